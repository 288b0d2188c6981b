// Documents in SQLite: JSON text with the few columns that are searched; ids are 64-bit whole numbers there and text in the documents.
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Id, Instant, Page } from "./model.ts";

export type Noun = "order" | "customer" | "product";
type Columns = { createdAt: Instant; updatedAt: Instant; ownerId: Id | null; email: string | null };
type Found<Doc> = { id: Id } & Doc;

export type Filter = { ids?: Id[]; ownerId?: Id; email?: string; updatedAtMin?: Instant; updatedAtMax?: Instant; createdAtMin?: Instant; createdAtMax?: Instant };

const STREAM_PAGE = 500; // rows held in memory while a bulk operation reads everything

export class Documents {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000");
    for (const noun of ["order", "customer", "product"]) {
      this.database.exec(`
        create table if not exists "${noun}" (id integer primary key, owner_id integer, email text, created_at text not null, updated_at text not null, doc text not null) strict;
        create index if not exists "${noun}_owner" on "${noun}" (owner_id);
        create index if not exists "${noun}_email" on "${noun}" (email);
        create index if not exists "${noun}_updated" on "${noun}" (updated_at, id);
        create index if not exists "${noun}_created" on "${noun}" (created_at, id);`);
    }
    this.database.exec("create table if not exists memory (key text primary key, value text not null) strict");
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
  }

  rows(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#prepare(sql).all(...values);
  }

  get<Doc>(noun: Noun, id: Id): Found<Doc> | null {
    const [row] = this.rows(`select doc from "${noun}" where id = ?`, BigInt(id));
    return row ? parseDocument<Doc>(row) : null;
  }

  put(noun: Noun, doc: { id: Id }, columns: Columns): void {
    this.run(`insert into "${noun}" (id, owner_id, email, created_at, updated_at, doc) values (?, ?, ?, ?, ?, ?)
              on conflict (id) do update set owner_id = excluded.owner_id, email = excluded.email, created_at = excluded.created_at, updated_at = excluded.updated_at, doc = excluded.doc`,
      BigInt(doc.id), columns.ownerId === null ? null : BigInt(columns.ownerId), columns.email, columns.createdAt, columns.updatedAt, JSON.stringify(doc));
  }

  remove(noun: Noun, id: Id): void {
    this.run(`delete from "${noun}" where id = ?`, BigInt(id));
  }

  count(noun: Noun, filter: Filter): number {
    const where = whereOf(filter);
    const [row] = this.rows(`select count(*) as many from "${noun}" where ${where.sql}`, ...where.values);
    return Number(row?.["many"] ?? 0);
  }

  list<Doc>(noun: Noun, filter: Filter, page: Page): Found<Doc>[] {
    const where = whereOf(filter);
    const key = { ID: "id", UPDATED_AT: "updated_at", CREATED_AT: "created_at" }[page.sortKey];
    const [beyond, direction] = page.reverse === true ? ["<", "desc"] : [">", "asc"];
    if (page.after) {
      where.sql += key === "id" ? ` and id ${beyond} ?` : ` and (${key}, id) ${beyond} (?, ?)`;
      where.values.push(...(key === "id" ? [] : [page.after.key]), BigInt(page.after.id));
    }
    const order = key === "id" ? `id ${direction}` : `${key} ${direction}, id ${direction}`;
    return this.rows(`select doc from "${noun}" where ${where.sql} order by ${order} limit ?`, ...where.values, page.first).map((row) => parseDocument<Doc>(row));
  }

  *each<Doc>(noun: Noun, filter: Filter): Iterable<Found<Doc>> {
    let after: Page["after"] = null;
    for (;;) {
      const found: Found<Doc>[] = this.list<Doc>(noun, filter, { sortKey: "ID", first: STREAM_PAGE, after });
      yield* found;
      const last = found.at(-1);
      if (!last || found.length < STREAM_PAGE) return;
      after = { key: last.id, id: last.id };
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.database.prepare(sql);
    made.setReadBigInts(true);
    this.#statements.set(sql, made);
    return made;
  }
}

function parseDocument<Doc>(row: Record<string, unknown>): Found<Doc> {
  return JSON.parse(String(row["doc"])) as Found<Doc>; // only this file's callers write documents
}

function whereOf(filter: Filter): { sql: string; values: SQLInputValue[] } {
  const parts: [string, SQLInputValue][] = [];
  if (filter.ids) parts.push([`id in (select value from json_each(?))`, `[${filter.ids.join(",")}]`]);
  if (filter.ownerId !== undefined) parts.push(["owner_id = ?", BigInt(filter.ownerId)]);
  if (filter.email !== undefined) parts.push(["email = ?", filter.email.toLowerCase()]);
  if (filter.updatedAtMin !== undefined) parts.push(["updated_at >= ?", filter.updatedAtMin]);
  if (filter.updatedAtMax !== undefined) parts.push(["updated_at < ?", filter.updatedAtMax]);
  if (filter.createdAtMin !== undefined) parts.push(["created_at >= ?", filter.createdAtMin]);
  if (filter.createdAtMax !== undefined) parts.push(["created_at < ?", filter.createdAtMax]);
  return { sql: parts.map(([sql]) => sql).join(" and ") || "true", values: parts.map(([, value]) => value) };
}
