// Numbers, money and dates as the reader's language writes them, in the shop's currency and time zone.
import { decimalsOf } from "../values/money.ts";
import { firstDayOf, toDate, type Day, type DayRange, type Month } from "../values/day.ts";
import type { Locale } from "./locales.ts";

export type Formats = {
  count: (value: number) => string;
  /** two digits after the point: 1.234 is 1.23 */
  decimal: (value: number) => string;
  /** 0.4234 is 42.3% */
  share: (value: number) => string;
  /** the difference of two shares, without its word: 0.0801 is 8.0 */
  points: (difference: number) => string;
  /** 0.4234 is 42%: for cells with little room */
  shareShort: (value: number) => string;
  money: (minor: number) => string;
  /** for an axis: 12K */
  moneyShort: (minor: number) => string;
  day: (day: Day) => string;
  range: (range: DayRange) => string;
  month: (month: Month) => string;
  /** in the shop's zone */
  instant: (iso: string) => string;
  /** rounded up to one unit: 95 seconds are 2 minutes */
  duration: (seconds: number) => string;
};

export function formatsFor(locale: Locale, shop: { currency: string; timeZone: string }): Formats {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const count = number({ maximumFractionDigits: 0 });
  const decimal = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const share = number({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const points = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const shareShort = number({ style: "percent", maximumFractionDigits: 0 });
  const money = number({ style: "currency", currency: shop.currency });
  const moneyShort = number({ style: "currency", currency: shop.currency, notation: "compact", maximumFractionDigits: 1 });
  const day = date({ year: "numeric", month: "short", day: "numeric" });
  const month = date({ year: "numeric", month: "short" });
  const instant = date({ dateStyle: "medium", timeStyle: "short", timeZone: shop.timeZone });
  const toMajor = (minor: number) => minor / 10 ** decimalsOf(shop.currency);
  return {
    count: (value) => count.format(value),
    decimal: (value) => decimal.format(value),
    share: (value) => share.format(value),
    points: (difference) => points.format(difference * 100),
    shareShort: (value) => shareShort.format(value),
    money: (minor) => plain(money.format(toMajor(minor))),
    moneyShort: (minor) => plain(moneyShort.format(toMajor(minor))),
    day: (value) => plain(day.format(toDate(value))),
    range: ({ from, to }) => plain(day.formatRange(toDate(from), toDate(to))),
    month: (value) => plain(month.format(toDate(firstDayOf(value)))),
    instant: (iso) => plain(instant.format(new Date(iso))),
    duration: (seconds) => {
      const [unit, size] = unitOf(seconds);
      return plain(number({ style: "unit", unit, unitDisplay: "long" }).format(Math.max(1, Math.ceil(seconds / size))));
    },
  };
}

// Node and the browser differ in which thin space they use, and React wants the same text from both.
const plain = (text: string): string => text.replace(/[\u2009\u202f]/gu, " ");

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

function unitOf(seconds: number): ["second" | "minute" | "hour" | "day", number] {
  if (seconds < MINUTE) return ["second", 1];
  if (seconds < HOUR) return ["minute", MINUTE];
  return seconds < DAY ? ["hour", HOUR] : ["day", DAY];
}
