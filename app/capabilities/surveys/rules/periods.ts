// Days as they are drawn: each by itself while they are few, else week by week.
import { addDays, countDays, type Day } from "../../../values/day.ts";
import type { Period } from "../model/results.ts";

const DAYS_MAX = 35; // more bars are not told apart on a phone
const WEEK = 7;

export type DaySum = { on: Day; asked: number; answered: number; dismissed: number };

/** From the first day anything happened to the last, those in between included. Sorted by day. */
export function periodsOf(days: readonly DaySum[]): Period[] {
  const [first, last] = [days[0]?.on, days.at(-1)?.on];
  if (first === undefined || last === undefined) return [];
  const step = countDays({ from: first, to: last }) > DAYS_MAX ? WEEK : 1;
  const periods = Array.from({ length: Math.ceil(countDays({ from: first, to: last }) / step) }, (_, index): Period => {
    const from = addDays(first, index * step);
    return { from, to: addDays(from, step - 1), asked: 0, answered: 0, dismissed: 0 };
  });
  for (const { on, asked, answered, dismissed } of days) {
    const period = periods[Math.floor((countDays({ from: first, to: on }) - 1) / step)];
    if (period) Object.assign(period, { asked: period.asked + asked, answered: period.answered + answered, dismissed: period.dismissed + dismissed });
  }
  return periods;
}
