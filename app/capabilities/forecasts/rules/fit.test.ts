import { describe, expect, test } from "vitest";
import { createChance } from "../../../../sandbox/shop/chance.ts";
import { drawOrderDays, purchasesUntil, type Population } from "../../../../scripts/forecasts/simulate-buyers.ts";
import type { BetaGeometric } from "./beta-geometric.ts";
import { fitPurchases, typicalShop, verdictOf } from "./fit.ts";
import { groupHistories, type Purchases } from "./histories.ts";
import { fitUsable } from "./look-back.ts";

const TRUTH: BetaGeometric = { r: 1.4, alpha: 8, a: 0.5, b: 2 };
const NAMES = ["r", "alpha", "a", "b"] as const;

function drawShop(customerCount: number, seed: number, { population = { family: "mbg_nbd", ...TRUTH }, oldestDays = 730 }: { population?: Population; oldestDays?: number } = {}): Purchases[] {
  const chance = createChance(seed);
  return Array.from({ length: customerCount }, () => {
    const ageDays = chance.whole(0, oldestDays);
    return purchasesUntil(drawOrderDays(population, ageDays + 1, chance), ageDays);
  });
}

/** Between two sets of parameters, by their ratios. */
const distance = (one: Record<string, number>, other: Record<string, number>) => Math.hypot(...NAMES.map((name) => Math.log((one[name] ?? NaN) / (other[name] ?? NaN))));

describe("a small shop leans on what shops are usually like", () => {
  test("with fifty customers the fit is nearer to the truth for it, and always comes to an end", () => {
    let [steadied, free, ended] = [0, 0, 0];
    for (let seed = 1; seed <= 40; seed += 1) {
      const groups = groupHistories(drawShop(50, seed));
      const [pooled, alone] = [fitPurchases(groups), fitPurchases(groups, { spread: null })];
      expect(pooled.isConverged).toBe(true);
      expect(pooled.standardErrors).not.toBeNull();
      if (alone.isConverged) ended += 1;
      steadied += Math.min(10, distance(pooled.parameters, TRUTH));
      free += Math.min(10, distance(alone.parameters, TRUTH));
    }
    expect(steadied).toBeLessThan(free / 2);
    expect(ended).toBeLessThan(40); // alone, some of them have no highest place at all
  });

  test("the more customers, the less: from half a standard error to none", () => {
    const pulls = [50, 500, 5_000, 50_000].map((customerCount) => {
      const groups = groupHistories(drawShop(customerCount, 3));
      const [pooled, alone] = [fitPurchases(groups), fitPurchases(groups, { spread: null })];
      return Math.max(...NAMES.map((name) => Math.abs(pooled.parameters[name] - alone.parameters[name]) / (alone.standardErrors?.[name] ?? Infinity)));
    });
    expect(pulls[1]).toBeLessThan(1);
    expect(pulls[2]).toBeLessThan(0.3);
    expect(pulls[3]).toBeLessThan(0.1);
  });

  test("where nothing is known, it is what shops are usually like, at the shop's own pace", () => {
    const groups = groupHistories([{ repeats: 0, recencyDays: 0, ageDays: 0 }]);
    const typical = typicalShop(groups);
    const { parameters } = fitPurchases(groups);
    for (const name of NAMES) expect(Math.abs(Math.log(parameters[name] / typical[name]))).toBeLessThan(0.5);
    expect(typicalShop({ medianGapDays: 14 }).alpha).toBe(2);
  });
});

describe("what must not be used is not", () => {
  test("forty-nine customers are too few, fifty are not", () => {
    expect(fitUsable(drawShop(49, 2))).toMatchObject({ isUsable: false, fit: { verdict: "too_few_customers", customerCount: 49 } });
    expect(fitUsable(drawShop(50, 2))).toMatchObject({ isUsable: true, fit: { verdict: "good", customerCount: 50 } });
  });

  test("nobody at all", () => expect(fitUsable([])).toMatchObject({ isUsable: false, fit: { verdict: "too_few_customers", customerCount: 0, repeaterCount: 0 } }));

  test("almost nobody came back", () => {
    const once = Array.from({ length: 300 }, (_, index): Purchases => ({ repeats: 0, recencyDays: 0, ageDays: index }));
    const back = Array.from({ length: 9 }, (): Purchases => ({ repeats: 1, recencyDays: 40, ageDays: 200 }));
    expect(fitUsable([...once, ...back])).toMatchObject({ isUsable: false, fit: { verdict: "too_few_repeaters", repeaterCount: 9 } });
  });

  test("a shop of six weeks, whose customers come every eight", () => {
    expect(fitUsable(drawShop(2_000, 1, { oldestDays: 42 }))).toMatchObject({ isUsable: false, fit: { verdict: "too_short" } });
  });

  test("nobody can be seen to stop: said, and forecast by the model without stopping", () => {
    const shop = drawShop(1_500, 4, { population: { family: "nbd", r: 1.4, alpha: 8, a: 0, b: 1 } });
    expect(fitPurchases(groupHistories(shop)).verdict).toBe("dropout_not_identifiable");
    const { fit, isUsable } = fitUsable(shop);
    expect(isUsable).toBe(true);
    expect(fit).toMatchObject({ family: "nbd", verdict: "dropout_not_identifiable", parameters: { a: 0 } });
    expect(Math.abs(fit.parameters.r - 1.4)).toBeLessThan(2 * (fit.standardErrors?.r ?? 0));
  });

  test("stopping is called unseen in few of the shops where customers do stop", () => {
    const verdicts = Array.from({ length: 40 }, (_, seed) => fitPurchases(groupHistories(drawShop(200, seed + 1))).verdict);
    expect(verdicts.filter((verdict) => verdict === "good").length).toBeGreaterThanOrEqual(38);
  });

  test("the first reason is the one that is said", () => {
    const findings = { customerCount: 60, repeaterCount: 20, isConverged: true, parameters: TRUTH, oldestAgeDays: 400, evidenceOfStops: 9 };
    expect(verdictOf(findings)).toBe("good");
    expect(verdictOf({ ...findings, customerCount: 3, isConverged: false })).toBe("too_few_customers");
    expect(verdictOf({ ...findings, isConverged: false, oldestAgeDays: 1 })).toBe("not_converged");
    expect(verdictOf({ ...findings, oldestAgeDays: 79 })).toBe("too_short"); // two cycles of 8 / 1.4 weeks are 80 days
    expect(verdictOf({ ...findings, oldestAgeDays: 80 })).toBe("good");
    expect(verdictOf({ ...findings, evidenceOfStops: 1.9 })).toBe("dropout_not_identifiable");
    expect(verdictOf({ ...findings, evidenceOfStops: null })).toBe("good");
  });
});
