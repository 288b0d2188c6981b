// Student's quantile as tables have it, and intervals that lean the way the amounts do.
import { expect, test } from "vitest";
import { wilson } from "../../forecasts/rules/wilson.ts";
import { shareInterval, skewedInterval, studentQuantile } from "./intervals.ts";

test.each([[5, 2.5706], [9, 2.2622], [29, 2.0452], [120, 1.9799], [1e9, 1.96]])("with %d degrees of freedom it is %d", (freedom, quantile) => {
  expect(studentQuantile(freedom)).toBeCloseTo(quantile, freedom < 9 ? 2 : 3);
});

test("a share of few weighed people is known less well than of as many alike, by Student's quantile", () => {
  const { low, high } = shareInterval({ share: 0.5, effective: 30 });
  const plain = wilson({ successes: 15, trials: 30 });
  expect(low).toBeLessThan(plain.low);
  expect(high - low).toBeCloseTo((plain.high - plain.low) * 1.035, 2);
});

test("without skewness it is Student's; with it, it reaches further to the side of the tail", () => {
  const symmetric = skewedInterval({ mean: 10, variance: 4, third: 0 }, 29);
  expect(symmetric).toEqual({ low: expect.closeTo(10 - 2 * 2.0452, 3), high: expect.closeTo(10 + 2 * 2.0452, 3) });
  const skewed = skewedInterval({ mean: 10, variance: 4, third: 4 }, 29);
  expect(skewed.low).toBeGreaterThan(symmetric.low);
  expect(skewed.high).toBeGreaterThan(symmetric.high);
  expect(skewed.high - 10).toBeGreaterThan(10 - skewed.low);
  const mirrored = skewedInterval({ mean: -10, variance: 4, third: -4 }, 29);
  expect(mirrored).toEqual({ low: expect.closeTo(-skewed.high, 9), high: expect.closeTo(-skewed.low, 9) });
});

test("Hall's transformation is undone: put back, its ends are the quantile", () => {
  const [mean, variance, third, freedom] = [10, 4, 4, 19];
  const a = third / variance ** 1.5;
  const transformed = (end: number): number => {
    const t = (mean - end) / Math.sqrt(variance);
    return t + (a * t ** 2) / 3 + (a ** 2 * t ** 3) / 27 + a / 6;
  };
  const { low, high } = skewedInterval({ mean, variance, third }, freedom);
  expect(transformed(low)).toBeCloseTo(studentQuantile(freedom), 9);
  expect(transformed(high)).toBeCloseTo(-studentQuantile(freedom), 9);
});
