// How far a weighed share and a weighed mean of skewed amounts can lie from the truth.
import { wilson, type Interval } from "../../forecasts/rules/wilson.ts";

const Z = 1.959963984540054; // the normal distribution's 97.5 % quantile

/** Student's 97.5 % quantile: Hill's (1970) expansion from the normal one, right to three places from five degrees of freedom on. */
export function studentQuantile(freedom: number): number {
  return Z + (Z ** 3 + Z) / (4 * freedom) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * freedom ** 2) + (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / (384 * freedom ** 3);
}

/** A weighed share: Wilson's (1927) with as many people as would be as certain, were all weighed alike (Kish 1965), and Student's quantile for the
 *  normal one, as Korn & Graubard (1998) do for shares in surveys. */
export const shareInterval = ({ share, effective }: { share: number; effective: number }): Interval => wilson({ successes: share * effective, trials: effective }, studentQuantile(effective - 1));

/** Of an estimated mean: its variance, and its third central moment. */
export type Moments = { mean: number; variance: number; third: number };

/** A mean of amounts of which most are nothing and few are large: Hall's (1992, Journal of the Royal Statistical Society B 54) transformation of
 *  Student's t, which takes the skewness out and can be undone. `freedom`: those who bought at all, less one; the others say nothing of amounts. */
export function skewedInterval({ mean, variance, third }: Moments, freedom: number): Interval {
  const error = Math.sqrt(variance);
  if (error === 0) return { low: mean, high: mean };
  const skewness = third / error ** 3;
  const quantile = studentQuantile(freedom);
  return { low: mean - untransform(quantile, skewness) * error, high: mean - untransform(-quantile, skewness) * error };
}

const FLAT = 1e-6; // the cube root's own error is larger than so little skewness

/** Solves g(T) = T + a T² / 3 + a² T³ / 27 + a / 6 for T, a being the skewness of the mean. */
const untransform = (value: number, skewness: number): number =>
  Math.abs(skewness) < FLAT ? value : (3 / skewness) * (Math.cbrt(1 + skewness * (value - skewness / 6)) - 1);
