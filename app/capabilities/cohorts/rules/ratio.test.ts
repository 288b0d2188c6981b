import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, type Share } from "./difference.ts";
import { ratioOf, strictnessOf } from "./ratio.ts";

const share: fc.Arbitrary<Share> = fc.integer({ min: 1, max: 500 }).chain((trials) => fc.record({ successes: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }));

test("56 of 70 against 48 of 80 is 1.33 times as often, 1.07 to 1.65", () => { // by hand from Wilson's limits 0.6924, 0.8771 and 0.4904, 0.7008
  const found = ratioOf({ successes: 56, trials: 70 }, { successes: 48, trials: 80 });
  expect(found?.value).toBeCloseTo(4 / 3, 12);
  const [p, l, u, q, m, v] = [0.8, 0.692366, 0.877121, 0.6, 0.490453, 0.700806];
  expect(found?.low).toBeCloseTo((p * q - Math.sqrt((p * q) ** 2 - l * (2 * p - l) * v * (2 * q - v))) / (v * (2 * q - v)), 3);
  expect(found?.high).toBeCloseTo((p * q + Math.sqrt((p * q) ** 2 - u * (2 * p - u) * m * (2 * q - m))) / (m * (2 * q - m)), 3);
  expect(found?.verdict).toBe("higher");
});

test("times as often and points apart come to the same verdict, and the ratio lies within its limits", () => {
  fc.assert(fc.property(share, share, fc.constantFrom(1, 20), (one, other, comparisons) => {
    const z = strictnessOf(comparisons);
    const ratio = ratioOf(one, other, z);
    expect(ratio?.verdict).toBe(differenceOf(other, one, z)?.verdict);
    const value = ratio?.value ?? 1e9; // of none
    expect(ratio?.low).toBeLessThanOrEqual(value + 1e-9);
    if (ratio?.value !== null) expect(ratio?.high ?? Infinity).toBeGreaterThanOrEqual(value - 1e-9);
  }));
});

test("against nothing there is no ratio and no upper limit, of nobody nothing can be said", () => {
  expect(ratioOf({ successes: 5, trials: 50 }, { successes: 0, trials: 50 })).toMatchObject({ value: null, high: null, verdict: "higher" });
  expect(ratioOf({ successes: 0, trials: 50 }, { successes: 0, trials: 50 })).toMatchObject({ value: null, low: 0, verdict: "chance" });
  expect(ratioOf({ successes: 0, trials: 0 }, { successes: 1, trials: 2 })).toBeNull();
});

test("the more is looked at, the farther away a finding must be", () => { // quantiles of the normal distribution at 1 - 0.025 / n
  expect(strictnessOf(0)).toBe(strictnessOf(1));
  for (const [comparisons, z] of [[1, 1.959964], [2, 2.241403], [10, 2.807034], [100, 3.480756], [1_000, 4.055627]] as const) expect(strictnessOf(comparisons)).toBeCloseTo(z, 2);
});
