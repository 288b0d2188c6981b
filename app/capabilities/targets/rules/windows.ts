// Over how many months a figure can be judged, and which days these are.
import type { Rhythm } from "../../profiles/model.ts";
import { addDays, addMonths, firstDayOf, lastDayOf, monthOf, moveMonths, type Day, type DayRange } from "../../../values/day.ts";
import { WINDOWS, type Cycle, type MeasureName, type MixPart, type WindowMonths } from "../model.ts";

const MONTH_DAYS = 365.25 / 12;

/** So many months that end with this day: calendar months where it is a month's last. */
export function windowEnding(to: Day, months: number): DayRange {
  const isMonthEnd = to === lastDayOf(monthOf(to));
  return { from: isMonthEnd ? firstDayOf(addMonths(monthOf(to), 1 - months)) : addDays(moveMonths(to, -months), 1), to };
}

/** Fewer who came back, and one of them more or less would look like a change. */
const KEPT_MIN = 10;

/** The shortest window in which half of the next purchases fall and enough people came back; `keptIn`: how many did in the latest window of each length. */
export function cycleOf(rhythm: Rhythm | null, keptIn: Readonly<Record<WindowMonths, number>>): Cycle | null {
  if (rhythm === null) return null;
  const { gapCount, medianDays, lapseDays } = rhythm;
  return { gapCount, medianDays, ninthDays: lapseDays, windowMonths: WINDOWS.find((months) => holdsMedian(months, medianDays) && keptIn[months] >= KEPT_MIN) ?? null };
}

export const holdsMedian = (months: number, medianDays: number): boolean => medianDays <= months * MONTH_DAYS;

/** Months within which nine tenths of those who come back at all have come: how long to wait before anybody is asked whether they did. */
export const cycleMonths = ({ ninthDays }: Pick<Cycle, "ninthDays">): number => Math.max(1, Math.ceil(ninthDays / MONTH_DAYS));

/** Figures that ask whether people came again need a window as long as the cycle; the others are a month's. */
export const asksForReturn = (name: MeasureName): boolean => name === "repeat_purchase_rate" || name === "repurchase_retention";

const MIX_PARTS = 4;

/** Products by kind, the commonest first: their typical days are a geometric mean, as the products' own are. */
export function mixOf(products: readonly { kind: string; gapCount: number; typicalDays: number }[]): MixPart[] {
  const all = products.reduce((sum, { gapCount }) => sum + gapCount, 0);
  const parts = [...Map.groupBy(products, ({ kind }) => kind)].map(([kind, members]): MixPart => {
    const gaps = members.reduce((sum, { gapCount }) => sum + gapCount, 0);
    return { kind, share: gaps / all, typicalDays: Math.exp(members.reduce((sum, { gapCount, typicalDays }) => sum + gapCount * Math.log(typicalDays), 0) / gaps) };
  });
  return parts.toSorted((one, other) => other.share - one.share || (one.kind < other.kind ? -1 : 1)).slice(0, MIX_PARTS);
}

const NOTABLE_SHARE = 0.2;

/** Kinds that are no small part, and take longer than the window. */
export const slowParts = (mix: readonly MixPart[], windowMonths: number): MixPart[] => mix.filter(({ share, typicalDays }) => share >= NOTABLE_SHARE && !holdsMedian(windowMonths, typicalDays));
