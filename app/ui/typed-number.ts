// A number as people type it, in units of the currency where it is money, or what is wrong with it.

export type NumberFault = "missing" | "not_a_number" | "not_whole" | "too_exact" | "negative" | "too_large";
export type ReadNumber = { value: number } | { fault: NumberFault };

/** whole: 3 · exact: 2.5 · minor: 12.34, read as 1234 minor units of a currency with `decimals` digits */
export type NumberKind = { is: "whole" } | { is: "exact" } | { is: "minor"; decimals: number };

const NUMBER = /^-?\d+(\.\d+)?$/;
const NUMBER_MAX = 1e12;

/** Grouping commas and a Japanese keyboard's wide digits are as good as plain ones. */
export const plainDigits = (text: string): string => text.normalize("NFKC").replaceAll(/[,\s]/gu, "").replace("\u2212", "-");

export function readNumber(text: string, kind: NumberKind, { min = 0, max = NUMBER_MAX }: { min?: number; max?: number } = {}): ReadNumber {
  const said = plainDigits(text);
  if (said === "") return { fault: "missing" };
  if (!NUMBER.test(said)) return { fault: "not_a_number" };
  const value = Number(said);
  const digits = said.split(".")[1]?.replace(/0+$/, "").length ?? 0;
  if (kind.is === "whole" && digits > 0) return { fault: "not_whole" };
  if (kind.is === "minor" && digits > kind.decimals) return { fault: "too_exact" };
  if (value < min) return { fault: value < 0 && min >= 0 ? "negative" : "too_large" };
  if (value > max) return { fault: "too_large" };
  return { value: kind.is === "minor" ? Math.round(value * 10 ** kind.decimals) : value };
}
