import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createChance } from "../../../../sandbox/shop/chance.ts";
import { brierOf, calibrationOf } from "./calibration.ts";

describe("tenths", () => {
  test("of twenty customers have two each, lowest first", () => {
    const predicted = Array.from({ length: 20 }, (_, index) => (19 - index) / 20);
    const tenths = calibrationOf({ predicted, happened: predicted.map((chance) => (chance > 0.5 ? 1 : 0)) });
    expect(tenths.map(({ customerCount }) => customerCount)).toEqual(Array(10).fill(2));
    expect(tenths.map(({ predictedMean }) => Math.round(predictedMean * 1_000))).toEqual([25, 125, 225, 325, 425, 525, 625, 725, 825, 925]);
    expect(tenths.map(({ happenedShare }) => happenedShare)).toEqual([0, 0, 0, 0, 0, 0.5, 1, 1, 1, 1]);
    expect(tenths[0]).toMatchObject({ low: 0, high: expect.closeTo(0.6576, 4) });
  });

  test("equal predictions stay together, so there may be fewer", () => {
    expect(calibrationOf({ predicted: [0.1, 0.1, 0.1, 0.1], happened: [0, 1, 0, 0] })).toEqual([{ customerCount: 4, predictedMean: expect.closeTo(0.1, 12), happenedShare: 0.25, low: expect.closeTo(0.0456, 4), high: expect.closeTo(0.6994, 4) }]);
    expect(calibrationOf({ predicted: [], happened: [] })).toEqual([]);
  });

  test("hold every customer once, and rise", () => {
    fc.assert(fc.property(fc.array(fc.record({ chance: fc.integer({ min: 0, max: 20 }), ordered: fc.constantFrom(0, 1) }), { minLength: 1, maxLength: 200 }), (customers) => {
      const tenths = calibrationOf({ predicted: customers.map(({ chance }) => chance / 20), happened: customers.map(({ ordered }) => ordered) });
      expect(tenths.length).toBeLessThanOrEqual(10);
      expect(tenths.reduce((sum, { customerCount }) => sum + customerCount, 0)).toBe(customers.length);
      expect(tenths.reduce((sum, { customerCount, happenedShare }) => sum + customerCount * happenedShare, 0)).toBeCloseTo(customers.reduce((sum, { ordered }) => sum + ordered, 0), 9);
      expect(tenths.map(({ predictedMean }) => predictedMean)).toEqual(tenths.map(({ predictedMean }) => predictedMean).sort((one, other) => one - other));
    }));
  });

  test("of true chances, nineteen of twenty hold the chance", () => {
    const chance = createChance(8);
    let [held, tenths] = [0, 0];
    for (let run = 0; run < 100; run += 1) {
      const predicted = Array.from({ length: 300 }, () => chance.next());
      for (const { predictedMean, low, high } of calibrationOf({ predicted, happened: predicted.map((share) => (chance.isTrue(share) ? 1 : 0)) })) [held, tenths] = [held + (low <= predictedMean && predictedMean <= high ? 1 : 0), tenths + 1];
    }
    expect(held / tenths).toBeGreaterThan(0.93);
  });
});

test("Brier's score: a prophet has 0, a coin 0.25, a false prophet 1, and nobody none", () => {
  const happened = [1, 0, 1, 0];
  expect(brierOf({ predicted: happened, happened })).toBe(0);
  expect(brierOf({ predicted: [0.5, 0.5, 0.5, 0.5], happened })).toBe(0.25);
  expect(brierOf({ predicted: [0, 1, 0, 1], happened })).toBe(1);
  expect(brierOf({ predicted: [], happened: [] })).toBeNull();
});
