// The liability book in the shape its page shows it.
import type { Liability } from "../../capabilities/loyalty/model/books.ts";
import { addMonths, countMonths, monthOf, type Month } from "../../values/day.ts";

export type LiabilityView = ReturnType<typeof toLiabilityView>;

export function toLiabilityView({ version, today, outstanding, value, schedule, breakage, months, check }: Liability) {
  const reward = version?.programme.rewards.find(({ id }) => id === value?.rewardId) ?? null;
  return {
    isLaunched: version !== null, outstanding, breakage, value: value && reward && { minorPerPoint: value.minorPerPoint, reward }, forgivenAfterMonths: version?.programme.forgivenAfterMonths ?? null,
    schedule: wholeSchedule(schedule, monthOf(today)), endless: schedule.find(({ month }) => month === null)?.points ?? 0,
    months: months.toReversed().map((month) => ({ ...month, isOver: month.month < monthOf(today) })), // the newest is looked for first
    check: check && { checkedAt: check.checkedAt.toISOString(), brokenCount: check.brokenCount },
  };
}

const MONTHS_MAX = 60; // as far as a rule of expiry can reach

/** From the running month to the last in which points end, none left out. */
export function wholeSchedule(schedule: Liability["schedule"], running: Month): { month: Month; points: number }[] {
  const known = new Map(schedule.flatMap(({ month, points }) => (month === null ? [] : [[month, points] as const])));
  const last = [...known.keys()].toSorted().at(-1);
  if (last === undefined || last < running) return [];
  return Array.from({ length: Math.min(MONTHS_MAX, countMonths({ from: running, to: last }) + 1) }, (_, at) => addMonths(running, at)).map((month) => ({ month, points: known.get(month) ?? 0 }));
}
