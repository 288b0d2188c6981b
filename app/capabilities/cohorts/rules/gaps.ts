// The days between one order and the next, counted: their quantiles, and the point after which few come back.
import { atRiskFrom } from "../../profiles/rules/profile.ts";
import type { GapCount, LapsePoint } from "../model.ts";
import { GAPS_MIN } from "./clock.ts";

/** `from` to `to`, both included. Two orders of one day are a bucket of their own, the first. */
export type Bucket = { from: number; to: number; orders: number };

/** Contiguous up to the longest gap; one without orders is 0. */
export function bucketsOf(gaps: readonly GapCount[], widthDays: number): Bucket[] {
  const known = gaps.filter(({ orders }) => orders > 0);
  if (known.length === 0) return [];
  const longest = known.reduce((most, { days }) => Math.max(most, days), 0);
  const buckets: Bucket[] = Array.from({ length: 1 + Math.ceil(longest / widthDays) }, (_, at) => ({ from: at === 0 ? 0 : (at - 1) * widthDays + 1, to: at * widthDays, orders: 0 }));
  for (const { days, orders } of known) {
    const bucket = buckets[Math.ceil(days / widthDays)];
    if (bucket) bucket.orders += orders;
  }
  return buckets;
}

/** The shortest gap that so large a share of the gaps does not exceed (percentile_disc). Undefined: there are none. */
export function quantileOf(gaps: readonly GapCount[], share: number): number | undefined {
  const sorted = gaps.toSorted((one, other) => one.days - other.days);
  const wanted = share * countGaps(sorted);
  let seen = 0;
  return sorted.find(({ orders }) => {
    seen += orders;
    return seen > 0 && seen >= wanted - ROUNDING;
  })?.days;
}
const ROUNDING = 1e-9; // 0.9 of ten is nine

export const countGaps = (gaps: readonly GapCount[]): number => gaps.reduce((sum, { orders }) => sum + orders, 0);

const LAPSED = 0.9;

/** As profiles have it: of gaps of a day or more. Null: fewer than thirty. */
export function lapsePointOf(gaps: readonly GapCount[]): LapsePoint | null {
  const later = gaps.filter(({ days }) => days > 0);
  const gapCount = countGaps(later);
  const [medianDays, lapseDays] = [quantileOf(later, 1 / 2), quantileOf(later, LAPSED)];
  return gapCount < GAPS_MIN || medianDays === undefined || lapseDays === undefined ? null : { gapCount, medianDays, typicalDays: Math.exp(later.reduce((sum, { days, orders }) => sum + orders * Math.log(days), 0) / gapCount), lapseDays, atRiskDays: atRiskFrom(lapseDays) };
}
