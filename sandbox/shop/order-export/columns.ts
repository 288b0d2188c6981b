// The columns of an order export, found by their names in any order, and what their cells say. Every reader refuses what it
// cannot read, naming file, line and column.

import type { Id, Instant } from "../model.ts";
import { isId } from "../documents.ts";
import { digitsOf } from "../payloads/words.ts";
import { quote, refuseExport } from "./export-error.ts";

const required = ["Name", "Email", "Currency", "Total", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price"] as const;
const optional = [
  "Id", "Financial Status", "Accepts Marketing", "Subtotal", "Shipping", "Taxes", "Discount Code", "Discount Amount", "Lineitem sku", "Lineitem discount", "Vendor",
  "Billing Name", "Billing Country", "Shipping Name", "Shipping Country", "Phone", "Cancelled at", "Refunded Amount", "Tags", "Source",
] as const;

export type ColumnName = (typeof required)[number] | (typeof optional)[number];
export type Columns = { width: number; positions: ReadonlyMap<ColumnName, number> };

export function parseHeader(file: string, cells: readonly string[], line: number): Columns {
  const names = cells.map((cell) => cell.trim());
  if (names.length === 1 && names[0]?.includes(";")) refuseExport({ file, line }, "the columns are separated by semicolons; Shopify separates them by commas");
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) refuseExport({ file, line }, `${missing.length === 1 ? "the column" : "the columns"} ${missing.map((name) => `"${name}"`).join(", ")} ${missing.length === 1 ? "is" : "are"} missing, so this is not a Shopify order export`);
  const known = [...required, ...optional].filter((name) => names.includes(name));
  return { width: names.length, positions: new Map(known.map((name) => [name, names.indexOf(name)])) };
}

export type ExportLine = {
  line: number;
  text(column: ColumnName): string;
  /** minor units; nothing written is null */
  amount(column: ColumnName, currency: string): number | null;
  instant(column: ColumnName): Instant;
  quantity(column: ColumnName): number;
  id(column: ColumnName): Id | null;
  refuse(column: ColumnName, problem: string): never;
};

export function readLine(file: string, { width, positions }: Columns, cells: readonly string[], line: number): ExportLine {
  if (cells.length !== width) refuseExport({ file, line }, `there are ${cells.length} cells where the header has ${width}`);
  const text = (column: ColumnName): string => cells[positions.get(column) ?? width]?.trim() ?? "";
  const refuse = (column: ColumnName, problem: string): never => refuseExport({ file, line, column }, problem);
  return {
    line, text, refuse,
    amount: (column, currency) => (text(column) === "" ? null : (parseAmount(text(column), digitsOf(currency)) ?? refuse(column, `${quote(text(column))} is not an amount in ${currency}`))),
    instant: (column) => parseInstant(text(column)) ?? refuse(column, `${quote(text(column))} is not a date and time like 2026-01-31 12:00:00 +0000`),
    quantity: (column) => (/^\d{1,9}$/.test(text(column)) ? Number(text(column)) : refuse(column, `${quote(text(column))} is not a quantity`)),
    id: (column) => (text(column) === "" ? null : isId(text(column)) ? text(column) : refuse(column, `${quote(text(column))} is not an id (spreadsheet programs spoil long numbers)`)),
  };
}

/** Unit prices may have more decimals than the currency; half a unit goes up. */
function parseAmount(text: string, digits: number): number | null {
  const [, whole, fraction = ""] = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  return Number(`${whole}${fraction.slice(0, digits).padEnd(digits, "0")}`) + ((fraction[digits] ?? "0") >= "5" ? 1 : 0);
}

/** `2010-12-01 08:26:00 +0000`, as Shopify writes it, or ISO 8601 with a zone. */
function parseInstant(text: string): Instant | null {
  const [, day, time, zone] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}) ?(Z|UTC|[+-]\d{2}:?\d{2})$/.exec(text) ?? [];
  if (day === undefined || zone === undefined) return null;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : "Z";
  const date = new Date(`${day}T${time}${offset}`);
  const isDay = !Number.isNaN(date.getTime()) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day); // there is no February 30
  return isDay ? date.toISOString() : null;
}
