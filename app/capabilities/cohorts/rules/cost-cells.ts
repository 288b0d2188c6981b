// Months, amounts and channels as merchants and their spreadsheets write them. What could be read in two ways is refused, not guessed.
import { parseMonth, type Month } from "../../../values/day.ts";
import { decimalsOf } from "../../../values/money.ts";
import { COST_FIRST_YEAR, COST_MAX_MAJOR, type AmountFault, type CostFault } from "../model.ts";

/** 2026-01, 2026/1, 2026年1月, or the first day of a month as a spreadsheet makes it. `today`: the running month. */
export function readCostMonth(text: string, today: Month): { month: Month } | { fault: CostFault } {
  const said = text.normalize("NFKC").trim();
  if (said === "") return { fault: "missing" };
  const [, year, number] = /^(\d{4})[-/.年](\d{1,2})(?:月|[-/.]0?1(?:[T ]0{1,2}:00(?::00)?)?)?$/u.exec(said) ?? [];
  const index = Number(number);
  if (year === undefined || !(index >= 1 && index <= MONTHS)) return { fault: "not_a_month" };
  const month = parseMonth(`${year}-${String(index).padStart(2, "0")}`);
  if (Number(year) < COST_FIRST_YEAR) return { fault: "too_early" };
  return month > today ? { fault: "in_future" } : { month };
}
const MONTHS = 12;

/** In minor units of the currency. Thousands may be grouped, its own sign or code may stand beside it. */
export function readAmount(text: string, currency: string): { minor: number } | { fault: AmountFault } {
  const said = text.normalize("NFKC").replaceAll("\u2212", "-").replaceAll(/[\s'’]/gu, "");
  if (said === "") return { fault: "missing" };
  const bare = withoutSign(said, currency);
  if (/\p{Sc}|^-?[A-Z]{3}|[A-Z]{3}$/u.test(bare)) return { fault: "other_currency" };
  const plain = plainOf(bare.replace(/^[+-]/, ""), decimalsOf(currency));
  if ("fault" in plain) return plain;
  const { whole, fraction } = plain;
  const decimals = decimalsOf(currency);
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > decimals) return { fault: "too_exact" };
  if (Number(whole) > COST_MAX_MAJOR) return { fault: "too_large" };
  const minor = Number(whole + kept.padEnd(decimals, "0"));
  return bare.startsWith("-") && minor > 0 ? { fault: "negative" } : { minor };
}

/** ¥1,200, 1,200円 and JPY 1200 are 1200 where money is yen. */
function withoutSign(said: string, currency: string): string {
  const upper = said.toUpperCase();
  const sign = signsOf(currency).find((known) => upper.startsWith(known) || upper.startsWith(`-${known}`) || upper.endsWith(known));
  return sign === undefined ? said : said.slice(0, upper.indexOf(sign)) + said.slice(upper.indexOf(sign) + sign.length);
}

/** What may stand beside an amount of this currency, the longest first. */
function signsOf(currency: string): string[] {
  const words = ["en", "ja", "zh-CN"].flatMap((locale) => (["symbol", "narrowSymbol", "name"] as const).map((currencyDisplay) =>
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay }).formatToParts(1).find(({ type }) => type === "currency")?.value ?? ""));
  return [...new Set([currency, ...words, ...(currency === "CNY" ? ["元"] : [])].map((word) => word.normalize("NFKC").replaceAll(/\s/gu, "").toUpperCase()))].filter((word) => word !== "").sort((one, other) => other.length - one.length);
}

type Plain = { whole: string; fraction: string };

/** Digits before and after the point, whichever of point and comma it is. */
function plainOf(text: string, decimals: number): Plain | { fault: AmountFault } {
  if (/^\d+$/.test(text)) return { whole: text, fraction: "" };
  const [, sign] = /^\d{1,3}([.,])\d{3}$/.exec(text) ?? [];
  if (sign === "." && decimals >= GROUP) return split(text, ".");
  if (sign === "." || (sign === "," && (decimals >= GROUP || text.startsWith("0")))) return { fault: "unclear" };
  for (const [group, point] of [[",", "."], [".", ","]] as const) {
    const grouped = new RegExp(`^(?:\\d+|\\d{1,3}(?:\\${group}\\d{3})+)(?:\\${point}\\d+)?$`);
    if (grouped.test(text)) return split(text.replaceAll(group, ""), point);
  }
  return { fault: "not_a_number" };
}
const GROUP = 3;

function split(text: string, point: string): Plain {
  const [whole = "", fraction = ""] = text.split(point);
  return { whole, fraction };
}

/** Without the apostrophe our own file puts before what a spreadsheet would take for a formula. */
export const readChannel = (text: string): string => text.normalize("NFC").replace(/^'(?=[=+\-@＝＋－＠])/u, "").trim();

/** By small letters. */
export const channelNames = (names: readonly string[]): Map<string, string> => new Map(names.map((name) => [name.toLowerCase(), name]));

/** As a channel is written already; a new name is known from then on. */
export function knownAs(channel: string, channels: Map<string, string>): string {
  const key = channel.toLowerCase();
  if (channel !== "" && !channels.has(key)) channels.set(key, channel);
  return channels.get(key) ?? channel;
}
