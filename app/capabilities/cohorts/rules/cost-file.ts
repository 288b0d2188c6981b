// A file of costs: month, channel, cost and purpose, and what is wrong with each line that cannot be one.
import { parse } from "csv-parse/sync";
import type { Month } from "../../../values/day.ts";
import { CHANNEL_MAX, COST_FIELDS, COST_LINES_MAX, PURPOSES, type Cost, type CostFault, type CostField, type CostFile, type CostLineError, type Purpose } from "../model.ts";
import { channelNames, knownAs, readAmount, readChannel, readCostMonth } from "./cost-cells.ts";

// As spreadsheets in our languages name them.
const COLUMNS: Record<CostField, readonly string[]> = {
  month: ["month", "月", "年月", "月份"],
  channel: ["channel", "saleschannel", "チャネル", "販売チャネル", "渠道", "销售渠道"],
  cost: ["cost", "amount", "spend", "費用", "金額", "费用", "金额"],
  purpose: ["purpose", "目的", "用途"],
};
const WORDS: Record<Purpose, readonly string[]> = { acquire: ["acquire", "acquisition", "獲得", "获取"], keep: ["keep", "retention", "維持", "留存"] };

/** Without what stands in brackets, as a currency does. */
const simple = (text: string): string => text.normalize("NFKC").replace(/\(.*\)$/u, "").toLowerCase().replaceAll(/[^\p{L}\d]/gu, "");

type TextRow = { record: string[]; info: { lines: number } };
/** `channels`: as they are written already; the same name in other letters is the same channel. */
type Known = { today: Month; currency: string; channels: readonly string[] };

export function parseCosts(text: string, known: Known): CostFile {
  const rows = readRows(text);
  if (rows === null) return { ok: false, lines: null, fault: "unreadable" };
  const [head, ...body] = rows;
  const names = head?.record ?? [];
  const fields = names.map((name) => COST_FIELDS.find((field) => COLUMNS[field].includes(simple(name))) ?? null);
  if (!fields.includes("month") || !fields.includes("cost")) return { ok: false, lines: null, fault: "columns" };
  const odd = names.findIndex((name, at) => (fields[at] === null && name.trim() !== "") || (fields[at] !== null && fields.indexOf(fields[at] ?? null) < at));
  if (odd >= 0) return { ok: false, lines: null, fault: fields[odd] === null ? "unknown_column" : "double_column", column: names[odd]?.trim() ?? "" };
  if (body.length === 0) return { ok: false, lines: null, fault: "empty" };
  if (body.length > COST_LINES_MAX) return { ok: false, lines: null, fault: "too_long" };
  return readBody(body, fields, known);
}

/** All lines, or all that is wrong with them: of a file nothing is kept by half. */
function readBody(body: readonly TextRow[], fields: readonly (CostField | null)[], known: Known): CostFile {
  const lineOf = new Map<string, number>();
  const channels = channelNames(known.channels);
  const costs: Cost[] = [];
  const errors: CostLineError[] = [];
  for (const { record, info: { lines: line } } of body) {
    const said = (field: CostField): string => record[fields.indexOf(field)]?.trim() ?? "";
    const hasMore = record.some((cell, at) => (fields[at] ?? null) === null && cell.trim() !== ""); // than the header names
    const found = hasMore ? [{ field: null, fault: "too_many_cells" as const, text: record.join(" | ") }] : readLine(said, known, channels);
    if (Array.isArray(found)) {
      errors.push(...found.map((error) => ({ line, ...error })));
      continue;
    }
    const key = `${found.month} ${found.purpose} ${found.channel}`;
    const otherLine = lineOf.get(key);
    if (otherLine !== undefined) errors.push({ line, field: null, fault: "double", text: record.join(" | "), otherLine });
    lineOf.set(key, otherLine ?? line);
    costs.push(found);
  }
  return errors.length > 0 ? { ok: false, lines: errors } : { ok: true, costs };
}

/** Commas, or semicolons as a spreadsheet writes them where a comma is a decimal point, or tabs. Null: no table. */
function readRows(text: string): TextRow[] | null {
  if (text.includes("\0")) return null;
  const [first = ""] = text.split(/\r\n|\r|\n/u, 1);
  const delimiter = [",", ";", "\t"].reduce((best, sign) => (first.split(sign).length > first.split(best).length ? sign : best));
  try {
    const rows: unknown = parse(text, { bom: true, delimiter, info: true, relax_column_count: true, record_delimiter: ["\r\n", "\n", "\r"], skip_empty_lines: true, skip_records_with_empty_values: true, to: COST_LINES_MAX + 2 });
    return rows as TextRow[]; // what csv-parse answers with `info`
  } catch {
    return null;
  }
}

type CellError = { field: CostField; fault: CostFault; text: string };

/** Every cell is looked at, so that a line is mended once. */
function readLine(said: (field: CostField) => string, { today, currency }: Known, channels: Map<string, string>): Cost | CellError[] {
  const [month, amount, purpose] = [readCostMonth(said("month"), today), readAmount(said("cost"), currency), readPurpose(said("purpose"))];
  const channel = readChannel(said("channel"));
  const errors: CellError[] = [];
  const fault = (field: CostField, what: CostFault): unknown => errors.push({ field, fault: what, text: said(field) });
  if ("fault" in month) fault("month", month.fault);
  if (channel.length > CHANNEL_MAX) fault("channel", "too_long");
  if (/^[\d.,]+$/.test(channel) && !channels.has(channel)) fault("channel", "a_number"); // Shopify names some channels by their app's number
  if ("fault" in amount) fault("cost", amount.fault);
  if (purpose === undefined) fault("purpose", "not_a_purpose");
  if ("fault" in month || "fault" in amount || purpose === undefined || errors.length > 0) return errors;
  return { month: month.month, purpose, channel: knownAs(channel, channels), amountMinor: amount.minor };
}

const readPurpose = (text: string): Purpose | undefined => (text === "" ? "acquire" : PURPOSES.find((purpose) => WORDS[purpose].includes(simple(text))));
