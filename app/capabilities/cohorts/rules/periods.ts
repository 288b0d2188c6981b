// Weeks, months, quarters and years of the shop's calendar, each known by its first day.
import { addDays, addMonths, firstDayOf, monthOf, toDate, type Day } from "../../../values/day.ts";
import type { Grain } from "../model.ts";

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const WEEK_DAYS = 7;
const MONDAY_OFFSET = 6; // Sunday is day 0

/** Weeks begin on Monday. */
export function startOf(grain: Grain, day: Day): Day {
  if (grain === "week") return addDays(day, -((toDate(day).getUTCDay() + MONDAY_OFFSET) % WEEK_DAYS));
  const month = monthOf(day);
  return firstDayOf(addMonths(month, -((Number(month.slice(5)) - 1) % MONTHS[grain])));
}

/** The first day of the period `count` after the one that begins on `start`. */
export const periodAfter = (grain: Grain, start: Day, count = 1): Day =>
  grain === "week" ? addDays(start, count * WEEK_DAYS) : firstDayOf(addMonths(monthOf(start), count * MONTHS[grain]));

export const lastDayOfPeriod = (grain: Grain, start: Day): Day => addDays(periodAfter(grain, start), -1);
