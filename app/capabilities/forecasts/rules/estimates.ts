// From a log-likelihood to named parameters with standard errors: by maximum likelihood, or with a prior by maximum a posteriori.
import { climb, type Surface, type SurfaceAt } from "./summit.ts";

export type Estimate<Name extends string> = {
  parameters: Record<Name, number>;
  /** null where the log-likelihood has no rounded top; then it is not converged either */
  standardErrors: Record<Name, number> | null;
  /** of the parameters' logarithms, in the order of the names */
  covariance: readonly (readonly number[])[] | null;
  /** of the data alone, without the prior */
  logLikelihood: number;
  /** steepness left, by the logarithms */
  gradientNorm: number;
  isConverged: boolean;
  iterationCount: number;
};

type Problem<Name extends string> = {
  names: readonly Name[];
  surfaceAt: SurfaceAt;
  /** where the climb begins, and the median of the prior */
  typical: Record<Name, number>;
  /** the prior's standard deviation of each logarithm; null for no prior */
  spread: number | null;
};

/** Parameters are positive, so their logarithms are sought; errors come back by the delta method, se(p) = p se(ln p). */
export function estimate<Name extends string>({ names, surfaceAt, typical, spread }: Problem<Name>): Estimate<Name> {
  const start = names.map((name) => Math.log(typical[name]));
  const top = climb(spread === null ? surfaceAt : withPrior(surfaceAt, start, spread), start);
  const { covariance, gradientNorm, isConverged, iterationCount } = top;
  const parameters = nameAll(names, top.place.map(Math.exp));
  const standardErrors = covariance && nameAll(names, covariance.map((row, index) => Math.sqrt(row[index] ?? 0) * Math.exp(top.place[index] ?? 0)));
  return { parameters, standardErrors, covariance, logLikelihood: surfaceAt(top.place).value, gradientNorm, isConverged, iterationCount };
}

/** Parameters are log-normal around the typical ones, and independent. */
const withPrior = (surfaceAt: SurfaceAt, typical: readonly number[], spread: number): SurfaceAt => (place) => {
  const { value, gradient, hessian } = surfaceAt(place);
  const offsets = place.map((logarithm, index) => (logarithm - (typical[index] ?? 0)) / spread);
  return {
    value: value - Math.hypot(...offsets) ** 2 / 2,
    gradient: gradient.map((slope, index) => slope - (offsets[index] ?? 0) / spread),
    hessian: hessian.map((row, i) => row.map((curve, j) => (i === j ? curve - 1 / spread ** 2 : curve))),
  };
};

/** A log-likelihood with its own derivatives, as a function of logarithms: d/d(ln p) = p d/dp. */
export const inLogarithms = <Name extends string>(names: readonly Name[], surfaceOf: (parameters: Record<Name, number>) => Surface): SurfaceAt => (place) => {
  const parameters = place.map(Math.exp);
  const { value, gradient, hessian } = surfaceOf(nameAll(names, parameters));
  const slopes = parameters.map((parameter, index) => (gradient[index] ?? 0) * parameter);
  const curveOf = (i: number, j: number): number => (hessian[i]?.[j] ?? 0) * ((parameters[i] ?? 0) * (parameters[j] ?? 0)) + (i === j ? (slopes[i] ?? 0) : 0);
  return { value, gradient: slopes, hessian: parameters.map((_, i) => parameters.map((__, j) => curveOf(i, j))) };
};

const DIFFERENCE = 1e-3; // of a logarithm: slopes are off by its square, and curves by less than a millionth from rounding

/** A log-likelihood without derivatives of its own, by central differences. */
export const byDifferences = <Name extends string>(names: readonly Name[], valueOf: (parameters: Record<Name, number>) => number): SurfaceAt => (place) => {
  const valueAt = (steps: Record<number, number>): number => valueOf(nameAll(names, place.map((logarithm, index) => Math.exp(logarithm + (steps[index] ?? 0) * DIFFERENCE))));
  const value = valueAt({});
  const above = place.map((_, i) => valueAt({ [i]: 1 }));
  const below = place.map((_, i) => valueAt({ [i]: -1 }));
  const curveOf = (i: number, j: number): number => {
    if (i > j) return curveOf(j, i);
    if (i === j) return ((above[i] ?? 0) - 2 * value + (below[i] ?? 0)) / DIFFERENCE ** 2;
    return (valueAt({ [i]: 1, [j]: 1 }) - valueAt({ [i]: 1, [j]: -1 }) - valueAt({ [i]: -1, [j]: 1 }) + valueAt({ [i]: -1, [j]: -1 })) / (2 * DIFFERENCE) ** 2;
  };
  return { value, gradient: above.map((up, i) => (up - (below[i] ?? 0)) / (2 * DIFFERENCE)), hessian: place.map((_, i) => place.map((__, j) => curveOf(i, j))) };
};

const nameAll = <Name extends string>(names: readonly Name[], values: readonly number[]): Record<Name, number> =>
  Object.fromEntries(names.map((name, index) => [name, values[index]])) as Record<Name, number>; // one value for each name
