import { describe, expect, test } from "vitest";
import { parseDay, parseMonth, type Day } from "../../../values/day.ts";
import type { AgeSums, CellSums, CohortCost, Cost } from "../model.ts";
import { blendedCost, blendedValueToCost, cohortCostsOf, keepMissing, keepShares, monthlyCosts, searchedUntil, toMonths, valueToCost } from "./acquisition.ts";
import { blendOf, blendsOf, knownMarginShare, newestValue, reachOf, valueOf, valueTableOf } from "./value.ts";

const day = parseDay;
const month = parseMonth;
const sum = (cohort: string, age: number, revenueMinor: number, marginMinor: number | null = revenueMinor / 2): AgeSums =>
  ({ cohort: day(cohort), age, orders: 1, revenueMinor, marginMinor: marginMinor ?? 0, marginOrders: marginMinor === null ? 0 : 1 });

// Seen on 2 April 2026. January's youngest came on the 31st: 60 days of age are over. February's, of the 28th: 32. March's, of the 31st: the day of the first order and one more. April is running.
const TODAY = day("2026-04-02");
const [JANUARY, FEBRUARY, MARCH, APRIL] = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"].map(day) as [Day, Day, Day, Day]; // four of them
const cell = (cohort: Day, period: Day, customers: number, [orders, revenueMinor, marginMinor, marginOrders]: [number, number, number, number]): CellSums => ({ cohort, period, customers, returned: 0, orders, revenueMinor, marginMinor, marginOrders });
const table = valueTableOf({
  ages: [30, 60, 90], asOf: TODAY,
  cells: [cell(FEBRUARY, FEBRUARY, 10, [2, 3_600, 1_500, 1]), cell(JANUARY, JANUARY, 4, [1, 400, 200, 1]), cell(JANUARY, FEBRUARY, 2, [2, 200, 100, 2]), cell(MARCH, MARCH, 5, [1, 250, 125, 1]), cell(APRIL, APRIL, 2, [1, 90, 45, 1])],
  sums: [sum("2026-01-01", 30, 400), sum("2026-01-01", 60, 120), sum("2026-01-01", 90, 80), sum("2026-02-01", 30, 3_000), sum("2026-02-01", 60, 600, null), sum("2026-03-01", 30, 250), sum("2026-04-01", 30, 90)],
});
const rowOf = (cohort: Day) => table.rows.find((row) => row.cohort === cohort) ?? expect.fail("no such cohort");

describe("a value by an age", () => {
  test("is told once the youngest of the cohort has had the whole of it", () => {
    expect([JANUARY, FEBRUARY, MARCH, APRIL].map((cohort) => reachOf(cohort, TODAY))).toEqual([60, 32, 1, -1]);
    expect(reachOf(FEBRUARY, day("2026-03-30"))).toBe(29); // its thirtieth day is running
    expect(reachOf(FEBRUARY, day("2026-03-31"))).toBe(30);
    expect(table.rows.map(({ cohort, values }) => [cohort, ...values.map((sums) => sums?.revenueMinor ?? null)])).toEqual([
      [JANUARY, 400, 520, null], [FEBRUARY, 3_000, null, null], [MARCH, null, null, null], [APRIL, null, null, null],
    ]);
  });

  test("adds up what came before; to the date everything counts", () => {
    expect([0, 1, 2].map((at) => valueOf(rowOf(JANUARY), at, "revenue"))).toEqual([100, 130, null]);
    expect(rowOf(JANUARY).toDate).toEqual({ orders: 3, revenueMinor: 600, marginMinor: 300, marginOrders: 3 });
  });

  test("has a margin where every cost is known", () => {
    expect([valueOf(rowOf(JANUARY), 1, "margin"), valueOf(rowOf(FEBRUARY), 0, "margin")]).toEqual([65, 150]);
    const unknown = valueTableOf({ ages: [30], asOf: TODAY, cells: [cell(JANUARY, JANUARY, 2, [2, 100, 10, 1])], sums: [sum("2026-01-01", 30, 80, null), sum("2026-01-01", 30, 20)] });
    expect(unknown.rows.map((row) => [valueOf(row, 0, "revenue"), valueOf(row, 0, "margin")])).toEqual([[50, null]]);
    expect([knownMarginShare(unknown), knownMarginShare(table), knownMarginShare({ ...table, rows: [] })]).toEqual([0.5, 6 / 7, null]);
  });

  test("of several cohorts weighs them by their customers, and says which they are", () => {
    expect(blendOf(table, 0, "revenue")).toEqual({ value: (400 + 3_000) / 14, customers: 14, cohorts: [JANUARY, FEBRUARY] });
    expect(blendsOf(table, { basis: "revenue", blend: "reached" }).map((blend) => blend?.cohorts.length ?? null)).toEqual([2, 1, null]);
  });

  test("of the newest is by the oldest age anybody has come to, and of no more cohorts than asked for", () => {
    expect(newestValue(table, "revenue", 12)).toEqual({ value: 130, customers: 4, cohorts: [JANUARY], at: 1, age: 60 });
    expect(newestValue({ ...table, ages: [30] }, "revenue", 1)).toMatchObject({ value: 300, cohorts: [FEBRUARY] });
    expect(newestValue({ ...table, rows: [] }, "revenue", 12)).toBeNull();
  });

  test("of the same cohorts throughout leaves out who has not come as far as the oldest", () => {
    expect(blendsOf(table, { basis: "revenue", blend: "same" })).toEqual([{ value: 100, customers: 4, cohorts: [JANUARY] }, { value: 130, customers: 4, cohorts: [JANUARY] }, null]);
    expect(blendsOf({ ...table, rows: [] }, { basis: "revenue", blend: "same" })).toEqual([null, null, null]);
  });
});

// January cost 300 to win and 100 to keep, February 1,400 for its ten and 60 to keep; April's bill of 50 has come already.
const cost = (at: string, purpose: Cost["purpose"], amountMinor: number, channel = ""): Cost => ({ month: month(at), purpose, channel, amountMinor });
const COSTS = [cost("2026-01", "acquire", 200), cost("2026-01", "acquire", 100, "web"), cost("2026-02", "acquire", 1_400), cost("2026-04", "acquire", 50), cost("2026-01", "keep", 100), cost("2026-02", "keep", 60), cost("2026-03", "keep", 7)];
const ACTIVE = [{ cohort: JANUARY, period: JANUARY, customers: 4 }, { cohort: JANUARY, period: FEBRUARY, customers: 2 }, { cohort: FEBRUARY, period: FEBRUARY, customers: 10 }];

describe("what customers cost", () => {
  const keep = keepShares(monthlyCosts(COSTS, "keep"), ACTIVE);
  const costs = cohortCostsOf(table, { acquire: monthlyCosts(COSTS, "acquire"), keep, keepMissing: new Map([[FEBRUARY, 1]]), paidBack: new Map([[JANUARY, { basis: "margin", day: 55 }]]) });
  const byCohort = new Map(costs.map((each) => [each.cohort, each] satisfies [Day, CohortCost]));

  test("is counted by month, of all channels or of one", () => {
    expect([...monthlyCosts(COSTS, "acquire")]).toEqual([["2026-01", 300], ["2026-02", 1_400], ["2026-04", 50]]);
    expect([...monthlyCosts(COSTS, "acquire", (channel) => channel === "web")]).toEqual([["2026-01", 100]]);
  });

  test("to keep them falls in equal shares on who ordered in the month; a month nobody ordered in falls on nobody", () => {
    expect([...keep]).toEqual([[JANUARY, 100 + 60 * (2 / 12)], [FEBRUARY, 60 * (10 / 12)]]);
    expect([...keepShares(monthlyCosts(COSTS, "keep"), [{ cohort: JANUARY, period: FEBRUARY, customers: 2 }], ACTIVE)]).toEqual([[JANUARY, 10]]);
  });

  test("to keep them is unknown, not nothing, of a month nothing was entered for, once it is over", () => {
    const [later, asOf] = [[...ACTIVE, { cohort: JANUARY, period: MARCH, customers: 1 }], parseDay("2026-04-10")];
    const only = new Map([[month("2026-02"), 60]]);
    expect([...keepShares(only, later.filter(({ period }) => period !== FEBRUARY))]).toEqual([]);
    expect([...keepMissing(new Set(only.keys()), later, asOf)]).toEqual([[JANUARY, 2]]);
    expect([...keepMissing(new Set(only.keys()), later, MARCH)]).toEqual([[JANUARY, 1]]); // March is running
    expect(costs.map(({ keepMinor, keepMissing: months }) => [keepMinor, months])).toEqual([[110, 0], [50, 1], [null, 0], [null, 0]]);
  });

  test("to win one is the month's cost over its new customers, and unknown where nothing was entered or the month is running", () => {
    expect(costs.map(({ perCustomerMinor }) => perCustomerMinor)).toEqual([75, 140, null, null]);
    expect(costs.map(({ paidBack }) => paidBack?.day)).toEqual([55, undefined, undefined, undefined]);
  });

  test("and what they brought leave a profit, of a margin where it is known", () => {
    expect(costs.map(({ profit }) => profit)).toEqual([{ revenue: 600 - 300 - 110, margin: 300 - 300 - 110 }, { revenue: 3_600 - 1_400 - 50, margin: null }, { revenue: null, margin: null }, { revenue: null, margin: null }]);
  });

  test("stands against their value by an age, alone and together", () => {
    expect([valueToCost(rowOf(JANUARY), 0, { basis: "revenue", cost: byCohort.get(JANUARY) }), valueToCost(rowOf(JANUARY), 2, { basis: "revenue", cost: byCohort.get(JANUARY) }), valueToCost(rowOf(MARCH), 0, { basis: "revenue", cost: byCohort.get(MARCH) })]).toEqual([100 / 75, null, null]);
    expect(blendedValueToCost(table, 0, { basis: "revenue", costs: byCohort })).toEqual({ brought: 3_400 / 14, cost: 1_700 / 14, times: 3_400 / 1_700, cohorts: [JANUARY, FEBRUARY] });
    expect(blendedValueToCost(table, 2, { basis: "revenue", costs: byCohort })).toBeNull();
    expect([blendedCost(table.rows, byCohort), blendedCost([], byCohort)]).toEqual([1_700 / 14, null]);
  });

  test("is looked for until an age at which it is known to have come back", () => {
    expect([100, 250, 300].map((minor) => searchedUntil(table, rowOf(JANUARY), minor))).toEqual([30, 60, 60]); // margin 200 by day 30, 260 by day 60, and 60 is all there is
    expect([searchedUntil(table, rowOf(FEBRUARY), 2_000), searchedUntil(table, rowOf(MARCH), 0)]).toEqual([32, 1]);
  });

  test("is paid back in months of a twelfth of a year, begun ones counted", () => {
    expect([0, 1, 30, 31, 60, 61, 90, 180, 365, 366].map(toMonths)).toEqual([0, 1, 1, 2, 2, 3, 3, 6, 12, 13]);
  });
});
