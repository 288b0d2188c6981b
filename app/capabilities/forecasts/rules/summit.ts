// Climbs to the top of a smooth log-likelihood and says how wide the top is: Newton's steps, shortened where the ground is not yet round.
import { CholeskyDecomposition, Matrix } from "ml-matrix";

/** A function at one place, with its first and second derivatives. */
export type Surface = { value: number; gradient: readonly number[]; hessian: readonly (readonly number[])[] };
export type SurfaceAt = (place: readonly number[]) => Surface;

export type Summit = {
  place: readonly number[];
  value: number;
  gradientNorm: number;
  iterationCount: number;
  isConverged: boolean;
  /** the inverse of the observed information; null where the ground is flat in some direction */
  covariance: readonly (readonly number[])[] | null;
};

const ITERATIONS_MAX = 200; // ten to twenty are usual
const GAIN_MIN = 1e-9; // what Newton's step would still add to the log-likelihood: the place is within 5e-5 standard errors of the top
const STEP_MAX = 2; // in logarithms a factor of seven, so that a flat start throws nobody off
const DAMPING_MIN = 1e-6; // of the steepest curvature
const ROUNDING = 1e-12; // of the value: sums over many customers are no more exact

/** Levenberg (1944) and Marquardt (1963): the less a step brings, the more the next is shortened and turned towards the steepest ascent. */
export function climb(surfaceAt: SurfaceAt, start: readonly number[]): Summit {
  let [place, here, damping] = [start, surfaceAt(start), 0];
  for (let iterationCount = 1; iterationCount <= ITERATIONS_MAX; iterationCount += 1) {
    const newton = stepFrom(here, 0);
    if (newton && dot(newton, here.gradient) / 2 <= GAIN_MIN) return summitOf({ place, here, iterationCount, isConverged: true });
    const step = damping === 0 ? newton : stepFrom(here, damping);
    const next = step && place.map((value, index) => value + (step[index] ?? 0) * Math.min(1, STEP_MAX / Math.hypot(...step)));
    const there = next && surfaceAt(next);
    if (next && there && there.value >= here.value - ROUNDING * Math.abs(here.value)) {
      [place, here] = [next, there];
      damping = damping > DAMPING_MIN ? damping / 10 : 0;
    } else damping = Math.max(DAMPING_MIN, damping * 10);
  }
  return summitOf({ place, here, iterationCount: ITERATIONS_MAX, isConverged: false });
}

function stepFrom(here: Surface, damping: number): readonly number[] | null {
  return informationOf(here, damping)?.solve(Matrix.columnVector([...here.gradient])).getColumn(0) ?? null;
}

function summitOf({ place, here, ...end }: { place: readonly number[]; here: Surface; iterationCount: number; isConverged: boolean }): Summit {
  const covariance = informationOf(here, 0)?.solve(Matrix.eye(place.length)).to2DArray() ?? null;
  return { place, value: here.value, gradientNorm: Math.hypot(...here.gradient), ...end, covariance };
}

/** The negative of the curvature, damped; null where that is not a rounded top. */
function informationOf({ hessian }: Surface, damping: number): CholeskyDecomposition | null {
  const steepest = Math.max(...hessian.map((row, index) => Math.abs(row[index] ?? 0)));
  const information = hessian.map((row, i) => row.map((curve, j) => (i === j ? damping * steepest - curve : -curve)));
  const cholesky = new CholeskyDecomposition(new Matrix(information));
  return cholesky.isPositiveDefinite() ? cholesky : null;
}

const dot = (one: readonly number[], other: readonly number[]): number => one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
