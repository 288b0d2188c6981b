import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDay } from "../../../values/day.ts";
import { parseId, type CustomerId } from "../../../values/ids.ts";
import type { Facts } from "../../profiles/model.ts";
import type { StoredFit } from "../model.ts";
import { expectedOrders, prospectOf } from "./beta-geometric.ts";
import { makeForecaster } from "./forecast.ts";

const TODAY = parseDay("2026-11-22");
const facts = (changes: Partial<Facts>): Facts => ({
  customerId: parseId<CustomerId>(1n), orderCount: 4, purchaseDays: 4, revenueMinor: 20_000, firstDayRevenueMinor: 2_000, gapLogSum: 0, firstOrderOn: parseDay("2026-05-26"), lastOrderOn: parseDay("2026-10-23"), lastOrderAt: null, isLastRefunded: false,
  recentOrders: 4, earlierOrders: 0, productGapDays: null, productLapseDays: null, marginMinor: null, search: "", ...changes,
});
const ONCE = facts({ orderCount: 1, purchaseDays: 1, revenueMinor: 5_000, firstDayRevenueMinor: 5_000, lastOrderOn: parseDay("2026-05-26") });

const found = { logLikelihood: -1, gradientNorm: 0, isConverged: true, iterationCount: 9, standardErrors: null };
const FIT: StoredFit = {
  purchases: { ...found, family: "mbg_nbd", parameters: { r: 0.8, alpha: 6, a: 0.7, b: 2.5 }, customerCount: 900, repeaterCount: 300, verdict: "good" },
  spend: { ...found, parameters: { p: 6, q: 4, gamma: 1_500 }, repeaterCount: 300, population: null, correlation: 0, verdict: "good" },
  recency: { 30: null, 60: [{ fromDays: 0, toDays: 20, customerCount: 10, orderedCount: 6, chance: 0.6 }], 90: [{ fromDays: 0, toDays: 20, customerCount: 10, orderedCount: 6, chance: 0.6 }, { fromDays: 21, toDays: 90, customerCount: 10, orderedCount: 2, chance: 0.2 }] },
  contest: null,
};

describe("by the model", () => {
  const { forecastOf } = makeForecaster("model", FIT);

  test("180 days with the shop, 150 between first and last, three days with repeat orders of 60.00", () => {
    const prospect = prospectOf("mbg_nbd", FIT.purchases.parameters, { repeats: 3, recency: 150 / 7, age: 180 / 7 });
    const orders = expectedOrders(prospect, 365 / 7);
    const worth = (6 * (1_500 + 3 * 6_000)) / (6 * 3 + 4 - 1);
    const forecast = forecastOf(facts({}), TODAY);
    expect(forecast.expectedOrders365).toBeCloseTo(orders, 12);
    expect(forecast.expectedValue365Minor).toBe(Math.round(orders * worth));
    expect(forecast.valueHigh365Minor).toBe(Math.round((forecast.ordersHigh365 ?? NaN) * worth));
    expect(forecast.stakeMinor).toBe(Math.round((orders * worth * (1 - prospect.aliveChance)) / prospect.aliveChance)); // if they stay, less what is expected
    expect(forecast.chance30).toBeLessThan(forecast.chance60 ?? 0);
    expect(forecast.chance60).toBeLessThan(forecast.chance90 ?? 0);
  });

  test("without a fit of values, days with an order are worth what they were: four orders on two days are two", () => {
    const { forecastOf: withoutSpend } = makeForecaster("model", { ...FIT, spend: null });
    const forecast = withoutSpend(facts({ orderCount: 4, purchaseDays: 2 }), TODAY);
    expect(forecast.expectedValue365Minor).toBe(Math.round((forecast.expectedOrders365 ?? NaN) * 10_000));
  });

  test("numbers for everybody: finite, in order, nothing below none", () => {
    const anybody = fc.record({ age: fc.nat(3_650), active: fc.double({ min: 0, max: 1, noNaN: true }), daily: fc.double({ min: 0, max: 1, noNaN: true }), spent: fc.nat(10_000_000), first: fc.nat(10_000) }).map(({ age, active, daily, spent, first }) => {
      const recencyDays = Math.floor(active * age);
      const repeats = Math.floor(daily * recencyDays);
      const on = (daysAgo: number) => parseDay(new Date(Date.UTC(2026, 10, 22) - daysAgo * 86_400_000).toISOString().slice(0, 10));
      return facts({ purchaseDays: repeats + 1, orderCount: repeats + 1, firstOrderOn: on(age), lastOrderOn: on(repeats === 0 ? age : age - recencyDays), revenueMinor: first + spent, firstDayRevenueMinor: first });
    });
    const forecasters = [FIT, { ...FIT, purchases: { ...FIT.purchases, family: "nbd" as const, parameters: { r: 0.8, alpha: 6, a: 0, b: 1 } } }].map((fit) => makeForecaster("model", fit));
    fc.assert(fc.property(anybody, (customer) => {
      for (const forecaster of forecasters) {
        const forecast = forecaster.forecastOf(customer, TODAY);
        for (const value of Object.values(forecast)) expect(Number.isFinite(value), JSON.stringify(forecast)).toBe(true);
        const { chance30, chance60, chance90, ordersLow365, ordersHigh365, valueLow365Minor, valueHigh365Minor, expectedOrders365, stakeMinor } = forecast;
        const rising = [0, chance30, chance60, chance90, 1].map(Number);
        expect(rising).toEqual(rising.toSorted((one, other) => one - other));
        expect(Number(ordersLow365)).toBeLessThanOrEqual(Number(ordersHigh365));
        expect(Number(valueLow365Minor)).toBeLessThanOrEqual(Number(valueHigh365Minor));
        expect(Number(expectedOrders365)).toBeGreaterThanOrEqual(0);
        expect(stakeMinor).toBeGreaterThanOrEqual(0);
      }
    }), { numRuns: 500 });
  });

  test("all who came once on one day share their forecast; an order that bears tomorrow's date is of today", () => {
    expect(forecastOf(ONCE, TODAY)).toEqual(forecastOf({ ...ONCE, customerId: parseId<CustomerId>(2n) }, TODAY));
    const tomorrow = parseDay("2026-11-23");
    expect(forecastOf(facts({ firstOrderOn: tomorrow, lastOrderOn: tomorrow, purchaseDays: 1, orderCount: 1 }), TODAY).chance90).toBeGreaterThan(0);
  });
});

describe("by recency", () => {
  const { method, forecastOf } = makeForecaster("recency", FIT);

  test("chances are those of who was away as long, and what is not known is left out", () => {
    expect(method).toBe("recency");
    expect(forecastOf(facts({}), TODAY)).toMatchObject({ chance30: null, chance60: 0.6, chance90: 0.2, expectedOrders365: null, ordersLow365: null, expectedValue365Minor: null, valueHigh365Minor: null });
  });

  test("at stake is a year at one's own pace, times the chance of losing it", () => {
    expect(forecastOf(facts({}), TODAY).stakeMinor).toBe(Math.round(((3 * 365) / 150) * 5_000 * 0.8));
    expect(forecastOf(ONCE, TODAY).stakeMinor).toBe(0);
  });
});

test("by nothing: no chances, and at stake is what would be lost for sure", () => {
  for (const forecaster of [makeForecaster("none", null), makeForecaster("model", null), makeForecaster("recency", null)]) {
    expect(forecaster.method).toBe("none");
    expect(forecaster.forecastOf(facts({}), TODAY)).toMatchObject({ chance90: null, expectedOrders365: null, stakeMinor: Math.round(((3 * 365) / 150) * 5_000) });
  }
});

test("who never ordered has nothing to forecast", () => {
  const nobody = facts({ orderCount: 0, purchaseDays: 0, revenueMinor: 0, firstDayRevenueMinor: 0, firstOrderOn: null, lastOrderOn: null });
  for (const method of ["model", "recency", "none"] as const) expect(makeForecaster(method, FIT).forecastOf(nobody, TODAY)).toMatchObject({ chance30: null, expectedOrders365: null, stakeMinor: 0 });
});
