// Calendar days and months of the shop's own zone, as ISO text: days compare and sort as strings.

declare const kind: unique symbol;
/** `2026-11-22` */
export type Day = string & { readonly [kind]: "day" };
/** `2026-11` */
export type Month = string & { readonly [kind]: "month" };
/** Both ends included. */
export type DayRange = { readonly from: Day; readonly to: Day };

const DAY_MS = 86_400_000;
const DAY = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A day of the calendar: February has no 30th. */
export const isDay = (text: string): text is Day => DAY.test(text) && (text.slice(8) <= "28" || new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text);

/** Throws a RangeError for text that is no day of the calendar. */
export function parseDay(text: string): Day {
  if (!isDay(text)) throw new RangeError("not a day");
  return text;
}

export function parseMonth(text: string): Month {
  if (!MONTH.test(text)) throw new RangeError("not a month");
  return text as Month; // checked above
}

/** The day it is at `instant` in an IANA zone. */
export function dayAt(instant: Date, timeZone: string): Day {
  return parseDay(formatterFor(timeZone).format(instant));
}
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  formatters.set(timeZone, made);
  return made;
}

const DAYS_APART_MS = { before: 14 * 3_600_000, after: 36 * 3_600_000 }; // a day has begun, or is over, everywhere on earth

/** The last whole second of a day in an IANA zone, whatever clocks do in it. */
export function lastSecondOf(day: Day, timeZone: string): Date {
  let [within, after] = [(toDate(day).getTime() - DAYS_APART_MS.before) / 1_000, (toDate(day).getTime() + DAYS_APART_MS.after) / 1_000];
  while (after - within > 1) {
    const middle = Math.floor((within + after) / 2);
    if (dayAt(new Date(middle * 1_000), timeZone) <= day) within = middle;
    else after = middle;
  }
  return new Date(within * 1_000);
}

/** A `date` column, which arrives as UTC midnight. */
export function dayOfDate(date: Date): Day {
  const text = date.toISOString().slice(0, 10);
  if (!DAY.test(text)) throw new RangeError("not a day");
  return text as Day; // of the calendar, as a Date is
}
export const toDate = (day: Day): Date => new Date(`${day}T00:00:00Z`);

export const addDays = (day: Day, count: number): Day => dayOfDate(new Date(toDate(day).getTime() + count * DAY_MS));
export const countDays = ({ from, to }: DayRange): number => Math.round((toDate(to).getTime() - toDate(from).getTime()) / DAY_MS) + 1;

export const monthOf = (day: Day): Month => parseMonth(day.slice(0, 7));
export const firstDayOf = (month: Month): Day => parseDay(`${month}-01`);
export const lastDayOf = (month: Month): Day => addDays(firstDayOf(addMonths(month, 1)), -1);
export const isFirstOfMonth = (day: Day): boolean => day.endsWith("-01");

export function addMonths(month: Month, count: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return parseMonth(`${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`);
}

/** The same day so many months away, or the last of that month. */
export function moveMonths(day: Day, count: number): Day {
  const month = addMonths(monthOf(day), count);
  const same = `${month}${day.slice(7)}`;
  return isDay(same) ? same : lastDayOf(month);
}

/** Months from one to another: 0 for the same. */
export const countMonths = ({ from, to }: { from: Month; to: Month }): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));
