// The log-likelihood of the Gamma-Gamma model of order values, with exact first and second derivatives.
import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import trigamma from "@stdlib/math-base-special-trigamma";
import type { Surface } from "./summit.ts";

/** A customer's orders vary in value by a gamma distribution (p, their own rate), the rates between customers by another (q, gamma). */
export type GammaGamma = { p: number; q: number; gamma: number };

/** Repeaters in columns: how many repeat orders, of what positive mean value. */
export type SpendColumns = { repeats: Float64Array; means: Float64Array };

/** Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", eq. 1a: ln G(px+q) - ln G(px) - ln G(q) + q ln gamma + (px-1) ln m + px ln x - (px+q) ln(gamma+mx). */
export function gammaGammaLikelihood(columns: SpendColumns): (parameters: GammaGamma) => Surface {
  const sums = constantsOf(columns);
  return (parameters) => {
    const { p, q, gamma } = parameters;
    const n = columns.repeats.length;
    const shapes = ofShapes(sums.byRepeats, parameters);
    const totals = ofTotals(columns, gamma);
    return {
      value: shapes.value + n * q * Math.log(gamma) + p * sums.xLnTotal - sums.lnMean - p * totals.xLn - q * totals.ln,
      gradient: [shapes.dp + sums.xLnTotal - totals.xLn, shapes.dq + n * Math.log(gamma) - totals.ln, (n * q) / gamma - p * totals.xOver - q * totals.over],
      hessian: [
        [shapes.dpp, shapes.dpq, -totals.xOver],
        [shapes.dpq, shapes.dqq, n / gamma - totals.over],
        [-totals.xOver, n / gamma - totals.over, (-n * q) / gamma ** 2 + p * totals.xOver2 + q * totals.over2],
      ],
    };
  };
}

/** What does not depend on the parameters, customers by x among it. */
function constantsOf({ repeats, means }: SpendColumns): { byRepeats: Map<number, number>; xLnTotal: number; lnMean: number } {
  const byRepeats = new Map<number, number>();
  let [xLnTotal, lnMean] = [0, 0];
  for (const [index, x] of repeats.entries()) {
    byRepeats.set(x, (byRepeats.get(x) ?? 0) + 1);
    xLnTotal += x * Math.log(x * (means[index] ?? 0));
    lnMean += Math.log(means[index] ?? 0);
  }
  return { byRepeats, xLnTotal, lnMean };
}

/** ln G(px+q) - ln G(px) - ln G(q) over all customers. */
function ofShapes(byRepeats: Map<number, number>, { p, q }: GammaGamma): Record<"value" | "dp" | "dq" | "dpp" | "dpq" | "dqq", number> {
  const sums = { value: 0, dp: 0, dq: 0, dpp: 0, dpq: 0, dqq: 0 };
  for (const [x, count] of byRepeats) {
    sums.value += count * (gammaln(p * x + q) - gammaln(p * x) - gammaln(q));
    sums.dp += count * x * (digamma(p * x + q) - digamma(p * x));
    sums.dq += count * (digamma(p * x + q) - digamma(q));
    sums.dpp += count * x * x * (trigamma(p * x + q) - trigamma(p * x));
    sums.dpq += count * x * trigamma(p * x + q);
    sums.dqq += count * (trigamma(p * x + q) - trigamma(q));
  }
  return sums;
}

/** Sums of ln(gamma+mx), 1/(gamma+mx) and 1/(gamma+mx)^2, each also times x. */
function ofTotals({ repeats, means }: SpendColumns, gamma: number): Record<"ln" | "xLn" | "over" | "xOver" | "over2" | "xOver2", number> {
  let [ln, xLn, over, xOver, over2, xOver2] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < repeats.length; index += 1) {
    const x = repeats[index] ?? 0;
    const total = gamma + x * (means[index] ?? 0);
    const logarithm = Math.log(total);
    ln += logarithm;
    xLn += x * logarithm;
    over += 1 / total;
    xOver += x / total;
    over2 += 1 / total ** 2;
    xOver2 += x / total ** 2;
  }
  return { ln, xLn, over, xOver, over2, xOver2 };
}
