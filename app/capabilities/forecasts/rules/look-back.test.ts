import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createChance, type Chance } from "../../../../sandbox/shop/chance.ts";
import { drawOrderDays, type Population } from "../../../../scripts/forecasts/simulate-buyers.ts";
import type { CheckResult, Horizon } from "../model.ts";
import { asOf, checkHorizon as checkFitted, fitUsable, isModelBetter, markOf, poolChecks, recencyOf, startSnapshot, type Snapshot } from "./look-back.ts";
import type { RecencyFit } from "./recency.ts";

const checkHorizon = (snapshot: Snapshot, horizon: Horizon, recencyBefore: RecencyFit | null) => checkFitted(snapshot, horizon, { fitted: fitUsable(snapshot.customers), recencyBefore });

type Days = { days: number[] };

function snapshotOf(shop: readonly Days[], cut: number): Snapshot {
  const snapshot = startSnapshot(cut);
  for (const customer of shop) snapshot.add(customer);
  return snapshot.finish();
}

const TODAY = 1_095;
const BUYERS: Population = { family: "mbg_nbd", r: 0.8, alpha: 6, a: 0.7, b: 2.5 };

/** Three years of a shop. */
const drawShop = (customerCount: number, seed: number, daysOf = (untilDays: number, chance: Chance) => drawOrderDays(BUYERS, untilDays, chance)): Days[] => {
  const chance = createChance(seed);
  return Array.from({ length: customerCount }, () => {
    const first = chance.whole(0, TODAY - 1);
    return { days: daysOf(TODAY - first, chance).map((day) => first + day) };
  });
};

/** A year of monthly checks, as the nights make them. */
const checksOf = (shop: readonly Days[]): CheckResult[] => Array.from({ length: 12 }, (_, month) => TODAY - 91 - 30 * month).flatMap((cut) => {
  const check = checkHorizon(snapshotOf(shop, cut), 90, recencyOf(snapshotOf(shop, cut - 90), 90));
  return check === null ? [] : [check];
});

describe("one customer as of a day", () => {
  const days = [10, 20, 50];
  test.each([
    { cut: 9, found: null },
    { cut: 10, found: { purchases: { repeats: 0, recencyDays: 0, ageDays: 0 }, nextAfterDays: 10 } },
    { cut: 49, found: { purchases: { repeats: 1, recencyDays: 10, ageDays: 39 }, nextAfterDays: 1 } },
    { cut: 50, found: { purchases: { repeats: 2, recencyDays: 40, ageDays: 40 }, nextAfterDays: Infinity } },
  ])("day $cut", ({ cut, found }) => expect(asOf({ days }, cut)).toEqual(found));
});

describe("nothing is known but what was known on the day", () => {
  const shop = drawShop(150, 1);
  const cut = 700;
  const laters = fc.array(fc.uniqueArray(fc.integer({ min: cut + 1, max: TODAY }), { maxLength: 5 }), { minLength: shop.length, maxLength: shop.length });
  const rewritten = (later: readonly number[][]): Days[] => shop.map(({ days }, index) => ({ days: [...days.filter((day) => day <= cut), ...(later[index] ?? []).toSorted((one, other) => one - other)] }));

  test("whatever happens later changes neither what is known of customers, nor the fit, nor what recency had learned", () => {
    const [before, learned] = [snapshotOf(shop, cut), recencyOf(snapshotOf(shop, cut - 90), 90)];
    const { fit } = fitUsable(before.customers);
    fc.assert(fc.property(laters, (later) => {
      const changed = rewritten(later);
      const knownBefore = snapshotOf(changed, cut).customers.slice(0, before.customers.length);
      expect(knownBefore).toEqual(before.customers);
      expect(recencyOf(snapshotOf(changed.filter(({ days }) => (days[0] ?? Infinity) <= cut), cut - 90), 90)).toEqual(learned);
      expect(fitUsable(knownBefore).fit).toEqual(fit);
    }), { numRuns: 30 });
  });

  test("nor does it change what is predicted: of two futures, one check expects as many as the other", () => {
    fc.assert(fc.property(laters, (later) => {
      const known = shop.filter(({ days }) => (days[0] ?? Infinity) <= cut);
      const learned = recencyOf(snapshotOf(known, cut - 90), 90);
      const [one, other] = [checkHorizon(snapshotOf(known, cut), 90, learned), checkHorizon(snapshotOf(rewritten(later).filter(({ days }) => (days[0] ?? Infinity) <= cut), cut), 90, learned)];
      if (one === null || other === null) return;
      expect(other.expected).toBe(one.expected);
      expect(other.calibration.map(({ customerCount, predictedMean }) => [customerCount, predictedMean])).toEqual(one.calibration.map(({ customerCount, predictedMean }) => [customerCount, predictedMean]));
    }), { numRuns: 30 });
  });

  test("who came later is not there yet", () => expect(snapshotOf([{ days: [800, 810] }, { days: [3] }], cut).customers).toHaveLength(1));
});

describe("a check", () => {
  test("counts who ordered, expects about as many, and ranks them", () => {
    const check = checkHorizon(snapshotOf(drawShop(4_000, 2), 800), 90, null);
    expect(check).toMatchObject({ recencyBrier: null, customers: snapshotOf(drawShop(4_000, 2), 800).customers.length });
    expect((check?.expected ?? 0) / (check?.ordered ?? 0)).toBeCloseTo(1, 1);
    expect(check?.comparison?.isBetter).toBe(true);
    expect(check?.topTenth.model).toBeGreaterThan(0.5);
    expect(check?.calibration.filter(({ predictedMean, low, high }) => low <= predictedMean && predictedMean <= high).length).toBeGreaterThanOrEqual(8);
  });

  test("needs ten who ordered and ten who did not", () => {
    const shop: Days[] = Array.from({ length: 40 }, (_, index) => ({ days: index < 9 ? [1, 110] : [1] }));
    expect(checkHorizon(snapshotOf(shop, 100), 30, null)).toBeNull();
    expect(checkHorizon(snapshotOf([...shop, { days: [1, 130] }], 100), 30, null)).toMatchObject({ customers: 41, ordered: 10 });
    expect(checkHorizon(snapshotOf([...shop, { days: [1, 131] }], 100), 30, null)).toBeNull();
  });

  test("says what recency made of it where the model may not be used", () => {
    const shop: Days[] = Array.from({ length: 40 }, (_, index) => ({ days: index % 3 === 0 ? [index, 105] : [index] }));
    const check = checkHorizon(snapshotOf(shop, 100), 30, [{ fromDays: 0, toDays: 100, customerCount: 10, orderedCount: 3, chance: 0.3 }]);
    expect(check).toMatchObject({ expected: null, modelBrier: null, comparison: null, topTenth: { model: null }, recencyBrier: expect.closeTo((14 * 0.49 + 26 * 0.09) / 40, 12), calibration: [{ customerCount: 40, predictedMean: expect.closeTo(0.3, 12) }] });
  });
});

test("the likeliest tenth: of equals at its edge nobody is preferred", () => {
  const happened = Uint8Array.from({ length: 20 }, (_, index) => (index % 2));
  const mark = (model: number[]) => markOf({ happened, model: Float64Array.from(model), away: new Float64Array(20), recency: null }).topTenth;
  expect(mark(Array<number>(20).fill(0.4))).toEqual({ model: 0.5, recency: 0.5 });
  expect(mark(Array.from({ length: 20 }, (_, index) => (index === 3 ? 0.9 : index < 8 ? 0.5 : 0.1))).model).toBeCloseTo((1 + 3 / 7) / 2, 12);
});

describe("the decision between model and recency", () => {
  test("the model where customers buy as it says", () => {
    const contest = poolChecks(checksOf(drawShop(600, 5)));
    expect(contest).toMatchObject({ checks: 12 });
    expect(contest && isModelBetter(contest)).toBe(true);
  });

  test("recency where everybody comes every thirty days until they never do", () => {
    const likeClockwork = (untilDays: number, chance: Chance) => {
      const days = [0];
      for (let day = 30; day < untilDays && !chance.isTrue(0.12); day += 30) days.push(day);
      return days;
    };
    const contest = poolChecks(checksOf(drawShop(600, 6, likeClockwork)));
    expect(contest && contest.recencyBrier < contest.modelBrier).toBe(true);
    expect(contest && isModelBetter(contest)).toBe(false);
  });

  test("the error of the pooled difference is not below what sixty shops scatter by", () => {
    const contests = Array.from({ length: 60 }, (_, seed) => poolChecks(checksOf(drawShop(250, seed + 1)))).flatMap((contest) => contest ?? []);
    const mean = contests.reduce((sum, { aucDifference }) => sum + aucDifference, 0) / contests.length;
    const scatter = Math.sqrt(contests.reduce((sum, { aucDifference }) => sum + (aucDifference - mean) ** 2, 0) / (contests.length - 1));
    const claimed = contests.reduce((sum, { aucStandardError }) => sum + aucStandardError, 0) / contests.length;
    expect(claimed / scatter).toBeGreaterThan(0.95);
    expect(claimed / scatter).toBeLessThan(2);
  });

  test("none where there was nothing to check, and ranking worse outweighs closer chances", () => {
    expect(poolChecks([])).toBeNull();
    const contest = { checks: 3, customers: 900, modelBrier: 0.1, recencyBrier: 0.11, aucDifference: -0.03, aucStandardError: 0.01 };
    expect(isModelBetter(contest)).toBe(false);
    expect(isModelBetter({ ...contest, aucStandardError: 0.02 })).toBe(true);
    expect(isModelBetter({ ...contest, aucDifference: 0.1, modelBrier: 0.11 })).toBe(false);
  });
});
