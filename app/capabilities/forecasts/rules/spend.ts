// What a customer's orders will be worth: between the customer's own mean and everybody's, nearer to their own the more orders are known.
import { estimate, inLogarithms, type Estimate } from "./estimates.ts";
import { gammaGammaLikelihood, type GammaGamma, type SpendColumns } from "./gamma-gamma.ts";

/** Repeat orders, those of one day as one, and what they were worth on average; null where there are none. */
export type Spending = { repeats: number; meanRepeatValueMinor: number | null };

/** A mean, and what it lies between eight times of ten. */
export type MeanValue = { meanMinor: number; lowMinor: number; highMinor: number };

export type SpendVerdict = "good" | "too_few_repeaters" | "not_converged" | "mean_not_identifiable";

export type SpendFit = Omit<Estimate<keyof GammaGamma>, "covariance"> & {
  /** with repeat orders of positive value */
  repeaterCount: number;
  /** over all customers; null where the fit has no finite one */
  population: MeanValue | null;
  /** between how often and how much, from -1 to 1: the model takes them as unrelated, and from about 0.3 on they are not */
  correlation: number;
  verdict: SpendVerdict;
};

/** Takes customers one by one; who has no repeat orders, or only free ones, says nothing about values. */
export function startSpending(): { add(spending: Spending): void; finish(): SpendColumns } {
  const [repeats, means]: [number[], number[]] = [[], []];
  return {
    add: (spending) => {
      const mean = spending.meanRepeatValueMinor ?? 0;
      if (spending.repeats === 0 || mean <= 0) return;
      repeats.push(spending.repeats);
      means.push(mean);
    },
    finish: () => ({ repeats: Float64Array.from(repeats), means: Float64Array.from(means) }),
  };
}

const NAMES = ["p", "q", "gamma"] as const;

const TYPICAL: GammaGamma = { p: 4, q: 4, gamma: 0.75 }; // in multiples of the shop's mean value, so that currencies do not matter; p gamma / (q - 1) is 1
const SPREAD = 1; // as for purchases

/** Maximum a posteriori, with `spread` null by maximum likelihood. */
export function fitSpend(columns: SpendColumns, { spread = SPREAD }: { spread?: number | null } = {}): SpendFit {
  const repeaterCount = columns.repeats.length;
  const scale = repeaterCount === 0 ? 1 : meanOf(columns.means);
  const likelihood = gammaGammaLikelihood({ ...columns, means: columns.means.map((mean) => mean / scale) });
  const { covariance, ...found } = estimate({ names: NAMES, surfaceAt: inLogarithms(NAMES, likelihood), typical: TYPICAL, spread });
  const parameters = { ...found.parameters, gamma: found.parameters.gamma * scale };
  const standardErrors = found.standardErrors && { ...found.standardErrors, gamma: found.standardErrors.gamma * scale };
  const logLikelihood = found.logLikelihood - repeaterCount * Math.log(scale); // a density by the minor unit
  const error = meanErrorOf(parameters, covariance);
  const population = error === null ? null : populationOf(parameters, error);
  return { ...found, parameters, standardErrors, logLikelihood, repeaterCount, population, correlation: correlationOf(columns), verdict: verdictOf({ repeaterCount, isConverged: found.isConverged, error }) };
}

const REPEATERS_MIN = 10; // the spread between customers is read from them alone
const ERROR_MAX = 0.25; // of the population's mean: beyond, its interval spans a factor of two

function verdictOf({ repeaterCount, isConverged, error }: { repeaterCount: number; isConverged: boolean; error: number | null }): SpendVerdict {
  if (repeaterCount < REPEATERS_MIN) return "too_few_repeaters";
  if (!isConverged) return "not_converged";
  return error === null || error > ERROR_MAX ? "mean_not_identifiable" : "good";
}

/** The standard error of the mean's logarithm, ln p + ln gamma - ln(q - 1), by the delta method. */
function meanErrorOf({ q }: GammaGamma, covariance: Estimate<keyof GammaGamma>["covariance"]): number | null {
  if (q <= 1 || covariance === null) return null;
  const slopes = [1, -q / (q - 1), 1];
  return Math.sqrt(covariance.reduce((sum, row, i) => sum + row.reduce((part, value, j) => part + value * (slopes[i] ?? 0) * (slopes[j] ?? 0), 0), 0));
}

const EIGHT_OF_TEN = 1.2815515655446004; // the normal distribution's 90 % quantile

/** Log-normal around p gamma / (q - 1). */
function populationOf({ p, q, gamma }: GammaGamma, error: number): MeanValue {
  const meanMinor = (p * gamma) / (q - 1);
  return { meanMinor, lowMinor: meanMinor * Math.exp(-EIGHT_OF_TEN * error), highMinor: meanMinor * Math.exp(EIGHT_OF_TEN * error) };
}

/** The mean value of a customer's orders to come: Fader & Hardie (2013), eq. 5. Its interval is that of p over a gamma variate (px+q, gamma+mx), whose quantiles are Wilson & Hilferty's (1931), right to a percent from shape 3 on. */
export function valueOf({ p, q, gamma }: GammaGamma, { repeats, meanRepeatValueMinor }: Spending): MeanValue {
  const known = meanRepeatValueMinor === null ? 0 : repeats;
  const shape = p * known + q;
  const scale = p * (gamma + known * (meanRepeatValueMinor ?? 0));
  const quantile = (z: number): number => shape * (1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
  return { meanMinor: scale / (shape - 1), lowMinor: scale / quantile(EIGHT_OF_TEN), highMinor: scale / quantile(-EIGHT_OF_TEN) };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's; 0 where one of the two does not vary. */
function correlationOf({ repeats, means }: SpendColumns): number {
  const [x, y] = [meanOf(repeats), meanOf(means)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [index, times] of repeats.entries()) {
    const value = means[index] ?? 0;
    xx += (times - x) ** 2;
    yy += (value - y) ** 2;
    xy += (times - x) * (value - y);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
