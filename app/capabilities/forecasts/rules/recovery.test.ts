// Shops drawn from known parameters: the fits find these again, and what is promised of customers comes true as often as it is promised.
import { describe, expect, test } from "vitest";
import { createChance } from "../../../../sandbox/shop/chance.ts";
import { drawOrderDays, drawSpender, purchasesUntil, type Population } from "../../../../scripts/forecasts/simulate-buyers.ts";
import { fitPurchases } from "./fit.ts";
import { groupHistories } from "./histories.ts";
import { fitUsable } from "./look-back.ts";
import { fitParetoNbd, type ParetoNbd } from "./pareto-nbd.ts";
import { makeScorer } from "./scores.ts";
import { fitSpend, startSpending } from "./spend.ts";

/** Customers who first came over three years, seen until the end of ten. Ten times slower than CDNOW, so that a day is but a moment: orders of one day are one to us, and not to the models. */
function drawGroups(population: Population, customerCount: number, seed: number) {
  const [chance, untilDays, arrivingDays] = [createChance(seed), 3_640, 1_092];
  return groupHistories(Array.from({ length: customerCount }, (_, index) => {
    const ageDays = untilDays - Math.floor((index * arrivingDays) / customerCount);
    return purchasesUntil(drawOrderDays(population, ageDays, chance), ageDays);
  }));
}

/** In how many of the runs each parameter came out within two of its standard errors. */
function countHits<Name extends string>(runs: number, truth: Record<Name, number>, fitRun: (seed: number) => { parameters: Record<Name, number>; standardErrors: Record<Name, number> | null; isConverged: boolean }): number[] {
  const names = Object.keys(truth) as Name[]; // its own
  const hits = names.map(() => 0);
  for (let seed = 1; seed <= runs; seed += 1) {
    const { parameters, standardErrors, isConverged } = fitRun(seed);
    expect(isConverged).toBe(true);
    for (const [index, name] of names.entries()) if (Math.abs(parameters[name] - truth[name]) <= 2 * (standardErrors?.[name] ?? 0)) hits[index] = (hits[index] ?? 0) + 1;
  }
  return hits;
}

describe("parameters are found again within two standard errors", () => {
  test.each([
    { family: "mbg_nbd", truth: { r: 0.525, alpha: 61.83, a: 0.891, b: 1.614 } },
    { family: "bg_nbd", truth: { r: 0.243, alpha: 44.14, a: 0.793, b: 2.426 } },
  ] as const)("$family: each in at least 90 of 100 shops", { timeout: 60_000 }, ({ family, truth }) => {
    const hits = countHits(100, truth, (seed) => fitPurchases(drawGroups({ family, ...truth }, 5_000, seed), { family, spread: null }));
    expect(Math.min(...hits), String(hits)).toBeGreaterThanOrEqual(90);
  });

  test("pareto_nbd: each in at least 18 of 20 shops", { timeout: 60_000 }, () => {
    const truth: ParetoNbd = { r: 0.553, alpha: 105.78, s: 0.606, beta: 116.69 };
    const hits = countHits(20, truth, (seed) => fitParetoNbd(drawGroups({ family: "pareto_nbd", ...truth }, 600, seed)));
    expect(Math.min(...hits), String(hits)).toBeGreaterThanOrEqual(18);
  });
});

const BUYERS: Population = { family: "mbg_nbd", r: 0.8, alpha: 6, a: 0.7, b: 2.5 }; // at a shop's usual pace
const SPENDERS = { p: 6, q: 4, gamma: 1_500 };

/** Two years of a shop, and the year after. */
function drawShop(customerCount: number, seed: number) {
  const chance = createChance(seed);
  return Array.from({ length: customerCount }, () => {
    const ageDays = chance.whole(30, 730);
    const [days, spender] = [drawOrderDays(BUYERS, ageDays + 366, chance), drawSpender(SPENDERS, chance)];
    const known = purchasesUntil(days, ageDays);
    const laterWithin = (horizon: number) => days.filter((day) => day > ageDays && day <= ageDays + horizon).length;
    const [in90, in365] = [laterWithin(90), laterWithin(365)];
    return { ...known, meanRepeatValueMinor: known.repeats === 0 ? null : spender.drawMean(known.repeats), in90, in365, worth365: in365 === 0 ? 0 : in365 * spender.drawMean(in365) };
  });
}

/** What became of the customers of many shops, each forecast by its own fit. */
function markShops({ shopCount, customerCount }: { shopCount: number; customerCount: number }) {
  const sums = { shops: 0, customers: 0, repeaters: 0, ordersInside: 0, valueInside: 0, predicted90: 0, ordered90: 0, predicted365: 0, ordered365: 0, predictedWorth: 0, worth: 0 };
  for (let seed = 1; seed <= shopCount; seed += 1) {
    const shop = drawShop(customerCount, seed * 7_919 + customerCount);
    const { fit, isUsable } = fitUsable(shop);
    if (!isUsable) continue;
    sums.shops += 1;
    const spending = startSpending();
    for (const customer of shop) spending.add(customer);
    const scoreOf = makeScorer(fit, fitSpend(spending.finish()));
    for (const customer of shop) {
      const score = scoreOf(customer);
      const worth = score.expectedValuePerOrderMinor ?? 0;
      const isInside = (value: number, factor: number) => value >= score.ordersLow365 * factor - 1e-6 && value <= score.ordersHigh365 * factor + 1e-6;
      sums.customers += 1;
      if (isInside(customer.in365, 1)) sums.ordersInside += 1;
      if (customer.repeats > 0) [sums.repeaters, sums.valueInside] = [sums.repeaters + 1, sums.valueInside + (isInside(customer.worth365, worth) ? 1 : 0)];
      sums.predicted90 += score.chance90;
      sums.ordered90 += customer.in90 > 0 ? 1 : 0;
      sums.predicted365 += score.expectedOrders365;
      sums.ordered365 += customer.in365;
      sums.predictedWorth += score.expectedOrders365 * worth;
      sums.worth += customer.worth365;
    }
  }
  return sums;
}

describe("what is said of customers comes true, at fifty customers as at five thousand", () => {
  test.each([{ shopCount: 150, customerCount: 60 }, { shopCount: 60, customerCount: 250 }, { shopCount: 3, customerCount: 5_000 }])("$shopCount shops of $customerCount customers", ({ shopCount, customerCount }) => {
    const sums = markShops({ shopCount, customerCount });
    expect(sums.shops).toBeGreaterThan(shopCount * 0.9); // the others abstain
    expect(sums.ordersInside / sums.customers).toBeGreaterThan(0.8); // eight of ten are promised; orders are whole, so there are a few more
    expect(sums.ordersInside / sums.customers).toBeLessThan(0.96);
    expect(sums.valueInside / sums.repeaters).toBeGreaterThan(0.8);
    expect(sums.predicted90 / sums.ordered90).toBeCloseTo(1, 1);
    expect(Math.abs(sums.predicted365 / sums.ordered365 - 1)).toBeLessThan(0.07);
    expect(Math.abs(sums.predictedWorth / sums.worth - 1)).toBeLessThan(0.1);
  });
});
