// How many times as large one share is as another, and how sure that is when several are looked at together.
import { wilson, type Interval } from "../../forecasts/rules/wilson.ts";
import type { Share, Verdict } from "./difference.ts";

/** `value`: the first share over the second; `high` null: no limit, as the second may be nothing. */
export type Ratio = { value: number | null; low: number; high: number | null; verdict: Verdict };

/** Newcombe's MOVER-R from two of Wilson's intervals: Statistical Methods in Medical Research 25 (2016) 1774-1778. It leaves 1 out exactly where the difference leaves 0 out. Null: one of the two is nobody. */
export function ratioOf(one: Share, other: Share, z?: number): Ratio | null {
  if (one.trials === 0 || other.trials === 0) return null;
  const [p, q] = [one.successes / one.trials, other.successes / other.trials];
  const [a, b] = [wilson(one, z), wilson(other, z)];
  const low = lower({ value: p, ...a }, { value: q, ...b });
  const high = upper({ value: p, ...a }, { value: q, ...b });
  return { value: q === 0 ? null : p / q, low, high, verdict: low > 1 ? "higher" : high !== null && high < 1 ? "lower" : "chance" };
}

type Estimate = { value: number } & Interval;

/** Where p - θ q may just be 0: the smaller root, written so that nothing is divided by 0. */
function lower(p: Estimate, q: Estimate): number {
  const above = p.low * (2 * p.value - p.low);
  const product = p.value * q.value;
  return above <= 0 ? 0 : above / (product + Math.sqrt(product ** 2 - above * q.high * (2 * q.value - q.high)));
}

function upper(p: Estimate, q: Estimate): number | null {
  const below = q.low * (2 * q.value - q.low);
  const product = p.value * q.value;
  return below <= 0 ? null : (product + Math.sqrt(product ** 2 - p.high * (2 * p.value - p.high) * below)) / below;
}

const USUAL = 1.959963984540054; // 95 times of 100
const WRONG = 0.05;

/** How many standard errors a finding must be away so that of so many looked at together one is found by chance in 5 of 100 shops, not in 5 of 100 rows (Bonferroni).
 *  The normal quantile by Abramowitz & Stegun (1964), 26.2.23, right to 0.0005. */
export function strictnessOf(comparisons: number): number {
  if (comparisons <= 1) return USUAL;
  const t = Math.sqrt(-2 * Math.log(WRONG / 2 / comparisons));
  return t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3);
}
