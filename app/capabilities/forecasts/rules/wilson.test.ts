import fc from "fast-check";
import { expect, test } from "vitest";
import { wilson } from "./wilson.ts";

test.each([
  { successes: 81, trials: 263, low: 0.2553, high: 0.3662 }, // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
  { successes: 15, trials: 148, low: 0.0624, high: 0.1605 },
  { successes: 0, trials: 20, low: 0, high: 0.1611 },
  { successes: 1, trials: 29, low: 0.0061, high: 0.1718 },
  { successes: 20, trials: 20, low: 0.8389, high: 1 },
])("$successes of $trials", ({ successes, trials, low, high }) => {
  expect(wilson({ successes, trials })).toEqual({ low: expect.closeTo(low, 4), high: expect.closeTo(high, 4) });
});

test("of nobody, anything is possible", () => expect(wilson({ successes: 0, trials: 0 })).toEqual({ low: 0, high: 1 }));

test("it holds the share, stays between 0 and 1, mirrors, and narrows with more trials", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1_000 }).chain((trials) => fc.tuple(fc.constant(trials), fc.integer({ min: 0, max: trials }))), ([trials, successes]) => {
    const { low, high } = wilson({ successes, trials });
    const mirrored = wilson({ successes: trials - successes, trials });
    const tenfold = wilson({ successes: successes * 10, trials: trials * 10 });
    expect(low).toBeGreaterThanOrEqual(0);
    expect(low).toBeLessThanOrEqual(successes / trials + 1e-12);
    expect(high).toBeGreaterThanOrEqual(successes / trials - 1e-12);
    expect(high).toBeLessThanOrEqual(1);
    expect(mirrored.low).toBeCloseTo(1 - high, 12);
    expect(tenfold.high - tenfold.low).toBeLessThan(high - low);
  }));
});
