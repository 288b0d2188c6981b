// A Shopify order export (Admin > Orders > Export) becomes a shop: all of it, or nothing and one sentence naming line and column.
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { decimalsOf } from "./payloads/words.ts";
import { toSeconds } from "./ledger.ts";
import { ExportedOrders } from "./exported-orders.ts";
import type { Instant } from "./model.ts";
import type { OpenedShop } from "./state.ts";

export class OrderExportError extends Error {
  override name = "OrderExportError";
}

export type ExportSummary = { currency: string; firstOrderAt: Instant; lastOrderAt: Instant; orderCount: number; lineCount: number; customerCount: number };

const REQUIRED = ["Name", "Email", "Currency", "Total", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price"] as const;
const OPTIONAL = [
  "Id", "Financial Status", "Accepts Marketing", "Shipping", "Taxes", "Discount Code", "Discount Amount", "Lineitem sku", "Billing Name", "Billing Country", "Shipping Name",
  "Shipping Country", "Cancelled at", "Refunded Amount", "Vendor", "Tags", "Source",
] as const;
export type ColumnName = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** One line of the file; every reader refuses what it cannot read, naming file, line and column. */
export type ExportLine = {
  text: (column: ColumnName) => string;
  amount: (column: ColumnName, currency: string) => number;
  instant: (column: ColumnName) => Instant;
  quantity: (column: ColumnName) => number;
  refuse: (column: ColumnName, sentence: string) => never;
};

/** Reads `file` (.csv or .csv.gz) into an empty shop, in one transaction. Throws OrderExportError, and then nothing is stored. */
export async function loadOrderExport(shop: OpenedShop, { file }: { file: string }): Promise<ExportSummary> {
  const orders = new ExportedOrders();
  await readLines(file, (line) => orders.add(line));
  if (orders.isEmpty()) throw new OrderExportError(`${basename(file)} line 2, column "Name": there is no order in this file`);
  return shop.ledger.change(() => orders.store(shop.ledger));
}

async function readLines(file: string, use: (line: ExportLine) => void): Promise<void> {
  const parser = parse({ bom: true, info: true, relax_column_count: false, skip_empty_lines: true });
  const source = createReadStream(file);
  const stages = file.endsWith(".gz") ? [source, createGunzip(), parser] : [source, parser];
  const broken = new Promise<never>((_resolve, reject) => pipeline(stages, (error) => { if (error) reject(error); }));
  broken.catch(() => undefined); // it is raced below, and may lose
  let columns: Map<string, number> | undefined;
  try {
    const records = parser[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([records.next(), broken]);
      if (next.done === true) break;
      const { record, info }: { record: string[]; info: { lines: number } } = next.value;
      if (columns) use(lineOf(file, { columns, record, number: info.lines }));
      else columns = columnsOf(file, record);
    }
  } catch (error) {
    throw worded(file, error);
  }
  if (!columns) throw new OrderExportError(`${basename(file)} line 1, column "Name": the file is empty`);
}

function columnsOf(file: string, header: string[]): Map<string, number> {
  const columns = new Map(header.map((name, index) => [name.trim(), index]));
  const missing = REQUIRED.find((name) => !columns.has(name));
  if (missing !== undefined) throw new OrderExportError(`${basename(file)} line 1, column "${missing}": it is missing, so this is not a Shopify order export`);
  return columns;
}

function lineOf(file: string, { columns, record, number }: { columns: Map<string, number>; record: string[]; number: number }): ExportLine {
  const text = (column: ColumnName): string => record[columns.get(column) ?? -1]?.trim() ?? "";
  const refuse = (column: ColumnName, sentence: string): never => {
    throw new OrderExportError(`${basename(file)} line ${number}, column "${column}": ${sentence}`);
  };
  return {
    text, refuse,
    amount: (column, currency) => parseAmount(text(column), currency) ?? refuse(column, `"${text(column)}" is not an amount`),
    instant: (column) => parseInstant(text(column)) ?? refuse(column, `"${text(column)}" is not a date and time`),
    quantity: (column) => (/^[1-9]\d{0,8}$/.test(text(column)) ? Number(text(column)) : refuse(column, `"${text(column)}" is not a quantity`)),
  };
}

/** Minor units; an empty cell is 0; half a unit rounds away from zero. */
function parseAmount(text: string, currency: string): number | null {
  if (text === "") return 0;
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const digits = decimalsOf(currency);
  const fraction = (match[2] ?? "").padEnd(digits + 1, "0");
  return Number(`${match[1]}${fraction.slice(0, digits)}`) + ((fraction[digits] ?? "0") >= "5" ? 1 : 0);
}

/** `2010-12-01 08:26:00 +0000`, as Shopify writes it, or ISO 8601 with a zone. */
function parseInstant(text: string): Instant | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}) ?(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (!match) return null;
  const [, day = "", time = "", zone = ""] = match;
  const date = new Date(`${day}T${time}${zone === "Z" ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`}`);
  const isDay = !Number.isNaN(date.getTime()) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return isDay ? toSeconds(date) : null;
}

function worded(file: string, error: unknown): unknown {
  if (error instanceof OrderExportError || !(error instanceof Error)) return error;
  if (error instanceof CsvError) return new OrderExportError(`${basename(file)} line ${String(error["lines"] ?? "?")}, column ${String(Number(error["column"] ?? 0) + 1)}: ${csvSentence(error.code)}`);
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "EISDIR" || code === "EACCES") return new OrderExportError(`${file}: the file cannot be read (${code})`);
  if (code.startsWith("Z_")) return new OrderExportError(`${basename(file)}: the gzip data is damaged or cut off, so no line can be trusted`);
  return error;
}

const csvSentence = (code: string): string => code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH" || code === "CSV_RECORD_INCONSISTENT_COLUMNS" ? "the line has another number of columns than the first line"
  : code === "CSV_QUOTE_NOT_CLOSED" ? "a quotation mark is opened and never closed" : "the line is not readable as CSV";
