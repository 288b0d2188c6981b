// Whether one share is truly higher than another, or only by chance.
import { wilson, type Interval } from "../../forecasts/rules/wilson.ts";

export type Share = { successes: number; trials: number };
/** `value`: the second share less the first; low to high: where the true difference lies, 95 times of 100. */
export type Difference = { value: number } & Interval & { verdict: Verdict };
export type Verdict = "higher" | "lower" | "chance";

/** Newcombe's interval from two of Wilson's: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10. Null: one of the two is nobody. `z`: where several are looked at together. */
export function differenceOf(one: Share, other: Share, z?: number): Difference | null {
  if (one.trials === 0 || other.trials === 0) return null;
  const [p, q] = [one.successes / one.trials, other.successes / other.trials];
  const [a, b] = [wilson(one, z), wilson(other, z)];
  const value = q - p;
  const low = value - Math.hypot(q - b.low, a.high - p);
  const high = value + Math.hypot(b.high - q, p - a.low);
  return { value, low, high, verdict: low > 0 ? "higher" : high < 0 ? "lower" : "chance" };
}

/** Two groups in strata, as months people came in: `one` as it is, and `other` weighed as if it had come in the same, over the strata that have both. `other.trials` are as many
 *  as would be as certain, were all weighed alike (L. Kish, Survey Sampling, 1965). */
export function weighed(strata: readonly { one: Share; other: Share }[]): { one: Share; other: Share } {
  const known = strata.filter(({ one, other }) => one.trials > 0 && other.trials > 0);
  const one = { successes: sumOf(known, (pair) => pair.one.successes), trials: sumOf(known, (pair) => pair.one.trials) };
  const rate = sumOf(known, (pair) => (pair.one.trials / one.trials) * (pair.other.successes / pair.other.trials));
  const spread = sumOf(known, (pair) => (pair.one.trials / one.trials) ** 2 / pair.other.trials);
  const effective = spread === 0 ? 0 : 1 / spread;
  return { one, other: { successes: rate * effective, trials: effective } };
}

const sumOf = <T>(values: readonly T[], of: (value: T) => number): number => values.reduce((sum, value) => sum + of(value), 0);
