// How Shopify writes ids, money and moments in its webhooks.
import type { Id, Instant, ShopDoc } from "../model.ts";

/** A bare JSON number, exact also beyond 2^53. TypeScript 5.9 does not know JSON.rawJSON, which Node has since 22. */
export function number(id: Id): unknown {
  const rawJson: unknown = Reflect.get(JSON, "rawJSON");
  if (typeof rawJson !== "function") throw new TypeError("the sandbox needs Node 22 or newer");
  return rawJson(id);
}
export const numberOrNull = (id: Id | null): unknown => (id === null ? null : number(id));
export const gid = (type: string, id: Id): string => `gid://shopify/${type}/${id}`;

const decimals = new Map<string, number>();
export function decimalsOf(currency: string): number {
  const known = decimals.get(currency) ?? new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  decimals.set(currency, known);
  return known;
}

/** "12.34" for 1234 USD, "1234" for 1234 JPY. */
export function amount(minor: number, currency: string): string {
  const digits = decimalsOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

export type Words = {
  money: (minor: number) => string;
  /** the `_set` form */
  set: (minor: number) => unknown;
  /** `2026-10-20T11:02:33-07:00` in the shop's zone */
  moment: (instant: Instant | null) => string | null;
  zero: unknown;
  currency: string;
};

export function wordsOf(shop: ShopDoc): Words {
  const { currency, timeZone } = shop;
  const money = (minor: number) => amount(minor, currency);
  const set = (minor: number) => ({ shop_money: { amount: money(minor), currency_code: currency }, presentment_money: { amount: money(minor), currency_code: currency } });
  return { money, set, zero: set(0), currency, moment: (instant) => (instant === null ? null : inZone(instant, timeZone)) };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function inZone(instant: Instant, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-CA", { timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "longOffset" });
    formatters.set(timeZone, formatter);
  }
  const part = Object.fromEntries(formatter.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const offset = part["timeZoneName"] === "GMT" ? "+00:00" : (part["timeZoneName"] ?? "").slice(3);
  return `${part["year"]}-${part["month"]}-${part["day"]}T${part["hour"]}:${part["minute"]}:${part["second"]}${offset}`;
}
