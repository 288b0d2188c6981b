// Documents in SQLite: JSON text beside the few columns that are searched; ids are 64-bit whole numbers there and text in the documents.

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SandboxError, type Id, type Instant, type Page } from "./model.ts";

export type Noun = "order" | "customer" | "product";
export type Columns = {
  createdAt: Instant;
  updatedAt: Instant;
  /** of an order: its customer */
  ownerId?: Id | null;
  email?: string | null;
  /** of an order that counts: what it brought in */
  spentMinor?: number | null;
};
type Found<Doc> = { id: Id } & Doc;

export type Filter = { ids?: Id[]; ownerId?: Id; email?: string; updatedAtMin?: Instant; updatedAtMax?: Instant; createdAtMin?: Instant; createdAtMax?: Instant };

const SCHEMA_VERSION = 2;
const STREAM_PAGE = 500; // rows held in memory while a bulk operation reads everything

export class Documents {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000"); // survives a kill, if not a power cut
    this.#createTables(file);
  }

  #createTables(file: string): void {
    const version = Number(this.rows("pragma user_version")[0]?.["user_version"] ?? 0);
    const hasTables = this.rows("select 1 from sqlite_schema limit 1").length > 0;
    if (hasTables && version !== SCHEMA_VERSION) {
      this.database.close();
      throw new SandboxError(`${file} was made by another version of the sandbox; delete it to begin with a new shop.`);
    }
    for (const noun of ["order", "customer", "product"] satisfies Noun[]) {
      this.database.exec(`
        create table if not exists "${noun}" (
          id integer primary key, owner_id integer, email text, spent_minor integer, created_at text not null, updated_at text not null, doc text not null
        ) strict;
        create index if not exists "${noun}_updated" on "${noun}" (updated_at, id);
        create index if not exists "${noun}_created" on "${noun}" (created_at, id);`);
    }
    this.database.exec(`
      create index if not exists order_owner on "order" (owner_id, created_at, spent_minor) where owner_id is not null;
      create unique index if not exists customer_email on "customer" (email) where email is not null;
      create table if not exists variant (id integer primary key, product_id integer not null) strict;
      create table if not exists memory (key text primary key, value text not null) strict;
      pragma user_version = ${SCHEMA_VERSION};`);
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
  }

  rows(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#prepare(sql).all(...values);
  }

  get<Doc>(noun: Noun, id: Id): Found<Doc> | null {
    if (!isId(id)) return null;
    const [row] = this.rows(`select doc from "${noun}" where id = ?`, BigInt(id));
    return row ? parseDocument<Doc>(row) : null;
  }

  put(noun: Noun, doc: { id: Id }, { createdAt, updatedAt, ownerId = null, email = null, spentMinor = null }: Columns): void {
    this.run(
      `insert into "${noun}" (id, owner_id, email, spent_minor, created_at, updated_at, doc) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set owner_id = excluded.owner_id, email = excluded.email, spent_minor = excluded.spent_minor,
         created_at = excluded.created_at, updated_at = excluded.updated_at, doc = excluded.doc`,
      BigInt(doc.id), ownerId === null ? null : BigInt(ownerId), email, spentMinor, createdAt, updatedAt, JSON.stringify(doc),
    );
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

  /** Page by page, so that the shop may change while somebody reads. */
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

const ID_MAX = 2n ** 63n - 1n; // the largest whole number of SQLite, and of Shopify
export const isId = (text: string): boolean => /^\d{1,19}$/.test(text) && BigInt(text) <= ID_MAX;

function parseDocument<Doc>(row: Record<string, unknown>): Found<Doc> {
  return JSON.parse(String(row["doc"])) as Found<Doc>; // only this file's callers write documents
}

/** Stored instants have milliseconds; asked ones may come without. */
const toStored = (instant: Instant): Instant => new Date(instant).toISOString();

function whereOf(filter: Filter): { sql: string; values: SQLInputValue[] } {
  const parts: [string, SQLInputValue][] = [];
  if (filter.ids) parts.push(["id in (select value from json_each(?))", `[${filter.ids.filter(isId).join(",")}]`]);
  if (filter.ownerId !== undefined) parts.push(["owner_id = ?", BigInt(filter.ownerId)]);
  if (filter.email !== undefined) parts.push(["email = ?", filter.email.toLowerCase()]);
  if (filter.updatedAtMin !== undefined) parts.push(["updated_at >= ?", toStored(filter.updatedAtMin)]);
  if (filter.updatedAtMax !== undefined) parts.push(["updated_at < ?", toStored(filter.updatedAtMax)]);
  if (filter.createdAtMin !== undefined) parts.push(["created_at >= ?", toStored(filter.createdAtMin)]);
  if (filter.createdAtMax !== undefined) parts.push(["created_at < ?", toStored(filter.createdAtMax)]);
  return { sql: parts.map(([sql]) => sql).join(" and ") || "true", values: parts.map(([, value]) => value) };
}
