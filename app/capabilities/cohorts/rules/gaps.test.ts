import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketsOf, lapsePointOf, quantileOf } from "./gaps.ts";

const gaps = (...pairs: [days: number, orders: number][]) => pairs.map(([days, orders]) => ({ days, orders }));

test("buckets stand side by side up to the longest gap, the same day apart", () => {
  expect(bucketsOf(gaps([0, 2], [1, 1], [7, 3], [8, 1], [15, 4]), 7)).toEqual([{ from: 0, to: 0, orders: 2 }, { from: 1, to: 7, orders: 4 }, { from: 8, to: 14, orders: 1 }, { from: 15, to: 21, orders: 4 }]);
  expect(bucketsOf(gaps([3, 1]), 1).map(({ to, orders }) => [to, orders])).toEqual([[0, 0], [1, 0], [2, 0], [3, 1]]);
  expect(bucketsOf([], 7)).toEqual([]);
  expect(bucketsOf(gaps([90, 0]), 7)).toEqual([]); // a sum that came back to nothing
});

test("the lapse point is the gap nine of ten do not exceed, the same day left out; at risk from four fifths of it", () => {
  expect(lapsePointOf(gaps([0, 900], [10, 15], [20, 11], [60, 1], [61, 3]))).toMatchObject({ gapCount: 30, medianDays: 10, lapseDays: 60, atRiskDays: 48 }); // the 15th and the 27th of thirty
  expect(lapsePointOf(gaps([0, 900], [10, 29]))).toBeNull();
  expect(lapsePointOf(gaps([1, 15], [100, 15]))?.typicalDays).toBeCloseTo(10, 10);
});

test("quantiles are percentile_disc's: the smallest gap with at least that share up to it", () => {
  fc.assert(fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 80 }), fc.constantFrom(0.1, 0.5, 0.9, 1), (days, share) => {
    const sorted = days.toSorted((one, other) => one - other);
    expect(quantileOf(days.map((day) => ({ days: day, orders: 1 })), share)).toBe(sorted[Math.ceil(share * days.length - 1e-9) - 1]);
  }));
});
