import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createChance } from "../../../../sandbox/shop/chance.ts";
import { aucOf, compareAucs, rank, type Outcomes } from "./auc.ts";

/** As DeLong, DeLong & Clarke-Pearson (1988) write it: every pair of one who ordered and one who did not. */
function bruteForce(models: number[][], happened: readonly number[]): { areas: number[]; covariance: number[][] } {
  const ordered = [...happened.keys()].filter((index) => happened[index] === 1);
  const others = [...happened.keys()].filter((index) => happened[index] !== 1);
  const psi = (predicted: number[], one: number, other: number) => ((predicted[one] ?? 0) > (predicted[other] ?? 0) ? 1 : predicted[one] === predicted[other] ? 0.5 : 0);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const byOrdered = models.map((predicted) => ordered.map((one) => mean(others.map((other) => psi(predicted, one, other)))));
  const byOthers = models.map((predicted) => others.map((other) => mean(ordered.map((one) => psi(predicted, one, other)))));
  const covarianceOf = (x: number[], y: number[]) => x.reduce((sum, value, index) => sum + (value - mean(x)) * ((y[index] ?? 0) - mean(y)), 0) / (x.length - 1);
  const covariance = models.map((_, i) => models.map((__, j) => covarianceOf(byOrdered[i] ?? [], byOrdered[j] ?? []) / ordered.length + covarianceOf(byOthers[i] ?? [], byOthers[j] ?? []) / others.length));
  return { areas: byOrdered.map(mean), covariance };
}

const shops = fc.array(fc.record({ happened: fc.constantFrom(0, 1), one: fc.integer({ min: 0, max: 9 }), other: fc.integer({ min: 0, max: 9 }) }), { minLength: 4, maxLength: 40 }) // few values, so many ties
  .filter((customers) => [0, 1].every((outcome) => customers.filter(({ happened }) => happened === outcome).length >= 2));

test("one sort gives what all pairs give: areas, their errors, and the error of the difference", () => {
  fc.assert(fc.property(shops, (customers) => {
    const [happened, one, other] = [customers.map((customer) => customer.happened), customers.map((customer) => customer.one), customers.map((customer) => customer.other)];
    const { areas, covariance } = bruteForce([one, other], happened);
    const found = compareAucs({ model: one, baseline: other, happened });
    expect(found?.model.area).toBeCloseTo(areas[0] ?? NaN, 12);
    expect(found?.baseline.area).toBeCloseTo(areas[1] ?? NaN, 12);
    expect((found?.model.standardError ?? NaN) ** 2).toBeCloseTo(covariance[0]?.[0] ?? NaN, 12);
    expect((found?.standardError ?? NaN) ** 2).toBeCloseTo((covariance[0]?.[0] ?? NaN) + (covariance[1]?.[1] ?? NaN) - 2 * (covariance[0]?.[1] ?? NaN), 12);
    expect(found?.difference).toBeCloseTo((areas[0] ?? NaN) - (areas[1] ?? NaN), 12);
  }), { numRuns: 300 });
});

describe("known areas", () => {
  const happened = [0, 0, 0, 1, 1];
  test.each<{ predicted: number[]; area: number }>([
    { predicted: [1, 2, 3, 4, 5], area: 1 }, { predicted: [5, 4, 3, 2, 1], area: 0 }, { predicted: [1, 1, 1, 1, 1], area: 0.5 }, { predicted: [1, 2, 4, 3, 5], area: 5 / 6 }, { predicted: [1, 2, 3, 3, 5], area: 5.5 / 6 },
  ])("$predicted", ({ predicted, area }) => {
    expect(aucOf({ predicted, happened })).toMatchObject({ area: expect.closeTo(area, 12), orderedCount: 2, otherCount: 3 });
  });

  test("one who ordered, or one who did not, tells nothing of errors", () => {
    expect(aucOf({ predicted: [1, 2, 3], happened: [0, 0, 1] })).toBeNull();
    expect(aucOf({ predicted: [1, 2, 3], happened: [0, 1, 1] })).toBeNull();
    expect(compareAucs({ model: [1, 2], baseline: [2, 1], happened: [1, 0] })).toBeNull();
  });
});

test("better is called what is better, and hardly ever what is not", () => {
  const drawShop = (seed: number, skill: number): Outcomes & { guess: number[] } => {
    const chance = createChance(seed);
    const quality = Array.from({ length: 400 }, () => chance.normal());
    return { happened: quality.map((value) => (chance.normal() < value - 0.5 ? 1 : 0)), predicted: quality.map((value) => skill * value + chance.normal()), guess: quality.map((value) => value + chance.normal()) };
  };
  const countBetter = (skill: number) => Array.from({ length: 200 }, (_, seed) => drawShop(seed + 1, skill)).filter(({ predicted, happened, guess }) => compareAucs({ model: predicted, baseline: guess, happened })?.isBetter).length;
  expect(countBetter(3)).toBeGreaterThan(190);
  expect(countBetter(1)).toBeLessThanOrEqual(10); // once in forty times are 5 of 200
  expect(countBetter(0.5)).toBe(0);
});

test("ranks are from the lowest up", () => expect([...rank([0.3, -1, 0.2, Infinity])]).toEqual([1, 2, 0, 3]));
