// The columns of a set that travels to PostgreSQL as one JSON text, said once for every place a statement names them.
import { Prisma } from "./db.server.ts";

type Columns = Record<string, string>;
/** Ids as text: a set has thousands of rows, and JSON.stringify is twice as slow when it has to ask about every value. */
export type Row = Record<string, string | number | boolean | Date | string[] | null>;
/** Rows as the text that travels: made while PostgreSQL is at something else. */
export type WrittenRows = { text: string; count: number };
export const writeRows = (rows: readonly Row[]): WrittenRows => ({ text: JSON.stringify(rows), count: rows.length });
export const textOf = (id: bigint | null): string | null => (id === null ? null : String(id));

/** `keys` find a row and `facts` are what it says: what is compared, and assigned. */
export function columnsOf(keys: Columns, facts: Columns) {
  const all = { ...keys, ...facts };
  return {
    /** `id, a, b` */
    names: list(Object.keys(all), (name) => name),
    /** `a, b` */
    facts: list(Object.keys(facts), (name) => name),
    /** `x.a, x.b` */
    factsOf: (alias: string) => list(Object.keys(facts), (name) => `${alias}.${name}`),
    /** `a = excluded.a, b = excluded.b` */
    assigned: list(Object.keys(facts), (name) => `${name} = excluded.${name}`),
    /** `json_to_recordset(…) as r(id bigint, a text, b text)` */
    from: (rows: readonly Row[] | WrittenRows) =>
      Prisma.sql`json_to_recordset(${"text" in rows ? rows.text : JSON.stringify(rows)}::json) as r(${list(Object.keys(all), (name) => `${name} ${all[name]}`)})`,
  };
}

const list = (names: string[], write: (name: string) => string): Prisma.Sql => Prisma.raw(names.map(write).join(", "));
