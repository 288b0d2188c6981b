import { describe, expect, test } from "vitest";
import { byDifferences, estimate, inLogarithms } from "./estimates.ts";
import { climb, type Surface } from "./summit.ts";

/** ln L of a normal mean and spread, whose top and errors are known in closed form. */
const values = [2, 3, 5, 8, 13, 21];
const count = values.length;
const mean = values.reduce((sum, value) => sum + value, 0) / count;
const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
const ofNormal = ({ mu, sigma }: Record<"mu" | "sigma", number>) => values.reduce((sum, value) => sum - Math.log(sigma) - ((value - mu) / sigma) ** 2 / 2, 0);

describe("a rounded top", () => {
  test("is found from afar, with the errors a textbook gives", () => {
    const found = estimate({ names: ["mu", "sigma"], surfaceAt: byDifferences(["mu", "sigma"], ofNormal), typical: { mu: 0.02, sigma: 400 }, spread: null });
    expect(found.isConverged).toBe(true);
    expect(found.iterationCount).toBeLessThan(60);
    expect(found.parameters.mu).toBeCloseTo(mean, 3);
    expect(found.parameters.sigma).toBeCloseTo(Math.sqrt(variance), 3);
    expect(found.standardErrors?.mu).toBeCloseTo(Math.sqrt(variance / count), 2);
    expect(found.standardErrors?.sigma).toBeCloseTo(Math.sqrt(variance / (2 * count)), 2);
    expect(found.logLikelihood).toBeCloseTo(ofNormal({ mu: mean, sigma: Math.sqrt(variance) }), 6);
  });

  test("with a narrow prior stays where the prior is, and says the log-likelihood of the data alone", () => {
    const found = estimate({ names: ["mu", "sigma"], surfaceAt: byDifferences(["mu", "sigma"], ofNormal), typical: { mu: 3, sigma: 4 }, spread: 1e-3 });
    expect(found.parameters).toEqual({ mu: expect.closeTo(3, 2), sigma: expect.closeTo(4, 2) });
    expect(found.logLikelihood).toBeCloseTo(ofNormal({ mu: 3, sigma: 4 }), 1);
  });

  test("Rosenbrock's valley, bent and narrow", () => {
    const surfaceAt = ([x = 0, y = 0]: readonly number[]): Surface => ({
      value: -((1 - x) ** 2) - 100 * (y - x * x) ** 2,
      gradient: [2 * (1 - x) + 400 * x * (y - x * x), -200 * (y - x * x)],
      hessian: [[-2 + 400 * (y - 3 * x * x), 400 * x], [400 * x, -200]],
    });
    const { place, isConverged, iterationCount } = climb(surfaceAt, [-1.2, 1]);
    expect(isConverged).toBe(true);
    expect(iterationCount).toBeLessThan(60);
    expect(place).toEqual([expect.closeTo(1, 4), expect.closeTo(1, 4)]);
  });
});

describe("where there is none", () => {
  test("a slope without end is not converged, and has no errors", () => {
    const { isConverged, covariance, iterationCount } = climb(([x = 0]) => ({ value: x, gradient: [1], hessian: [[0]] }), [0]);
    expect({ isConverged, covariance, iterationCount }).toEqual({ isConverged: false, covariance: null, iterationCount: 200 });
  });

  test("nor is a saddle", () => {
    const { isConverged, covariance } = climb(([x = 0, y = 0]) => ({ value: x * y, gradient: [y, x], hessian: [[0, 1], [1, 0]] }), [0, 0]);
    expect({ isConverged, covariance }).toEqual({ isConverged: false, covariance: null });
  });
});

test("logarithms: the derivatives of p ln p - p by ln p", () => {
  const surface = inLogarithms(["p"], ({ p }) => ({ value: p * Math.log(p) - p, gradient: [Math.log(p)], hessian: [[1 / p]] }))([Math.log(3)]);
  expect(surface.gradient[0]).toBeCloseTo(3 * Math.log(3), 12);
  expect(surface.hessian[0]?.[0]).toBeCloseTo(3 * Math.log(3) + 3, 12);
});
