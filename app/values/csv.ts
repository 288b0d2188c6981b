// Tables as CSV that a spreadsheet reads as figures and words, never as formulas.
import { stringify } from "csv-stringify/sync";

/** Text in a number's column is already a plain decimal. */
export type CsvValue = string | number | null;

export const toCsv = (rows: readonly (readonly CsvValue[])[]): string => stringify(rows.map((row) => row.map(toCell)));

// What a spreadsheet takes for the start of a formula; tab and carriage return hide one from a reader's eye, and the wide
// forms are what a Japanese keyboard writes.
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** A negative number stays a number; any other dangerous start is disarmed by an apostrophe, which a spreadsheet hides. */
export function toCell(value: CsvValue): string {
  if (value === null) return "";
  const text = String(value);
  return FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}
