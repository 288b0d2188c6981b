import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, parseDay, parseMonth } from "../../../values/day.ts";
import type { CohortTable } from "../../cohorts/model.ts";
import type { Measure } from "../model.ts";
import { cycleRateOn, cycleRates } from "./cycle-rate.ts";
import { suggestTarget } from "./suggestion.ts";
import { cycleMonths, cycleOf, mixOf, slowParts, windowEnding } from "./windows.ts";

const today = parseDay("2026-11-20");
const START = parseMonth("2025-11");
const windows = (values: readonly (number | null)[]) => values.map((value, at) => ({ month: addMonths(START, at), value }));
const repeat: Measure = { name: "repeat_purchase_rate", formula: null, windowMonths: 3 };
const customers: Measure = { name: "customers", formula: null, windowMonths: 1 };

describe("a suggestion", () => {
  const twelve = windows([0.2, 0.21, 0.22, 0.23, 0.24, 0.25, 0.26, 0.27, 0.28, 0.29, 0.3, 0.31]);
  test("is the upper quartile: the ninth of twelve, where it stood four times", () => {
    expect(suggestTarget(repeat, twelve, { current: 0.25, today })).toMatchObject({ target: 0.28, dueOn: "2027-05-31", reason: { code: "quartile", of: 12, reached: 4, from: "2025-11", to: "2026-10" } });
  });
  test("is the best for who stands above it, and the best to be held for who stands there", () => {
    expect(suggestTarget(repeat, twelve, { current: 0.285, today })).toMatchObject({ target: 0.31, reason: { code: "best", reached: 1 } });
    expect(suggestTarget(repeat, twelve, { current: 0.35, today })).toMatchObject({ target: 0.35, reason: { code: "hold_today", reached: 0 } });
    expect(suggestTarget(repeat, twelve, { current: 0.31, today })).toMatchObject({ target: 0.31, reason: { code: "hold", reached: 1 } });
  });
  test("waits for six windows with a figure", () => {
    expect(suggestTarget(repeat, windows([null, 0.2, 0.2, 0.2, 0.2, 0.2]), { current: 0.2, today })).toMatchObject({ target: null, reason: { code: "too_short", have: 5, need: 6 } });
  });
  test("has always been reached, today or before, and is never below today", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 6, maxLength: 20 }), fc.integer({ min: 0, max: 6_000 }), (values, current) => {
      const { target, reason } = suggestTarget(customers, windows(values), { current, today });
      expect(target).not.toBeNull();
      expect(target).toBeLessThanOrEqual(Math.max(current, ...values.slice(-12)));
      expect(target).toBeGreaterThanOrEqual(current);
      if (reason.code !== "too_short" && reason.code !== "hold_today" && "reached" in reason) expect(reason.reached).toBeGreaterThan(0);
    }));
  });
});

const rhythm = (medianDays: number, lapseDays: number) => ({ gapCount: 100, typicalDays: medianDays, medianDays, lapseDays });
const MANY = { 1: 50, 3: 150, 6: 300, 12: 500 };

describe("a purchase cycle", () => {
  test.each([[21, 1], [31, 3], [80, 3], [150, 6], [300, 12], [400, null]])("of %i days is judged over %s months", (days, months) => {
    expect(cycleOf(rhythm(days, days * 3), MANY)?.windowMonths).toBe(months);
  });
  test("is judged where enough came back to see a change", () => {
    expect(cycleOf(rhythm(20, 60), { 1: 1, 3: 4, 6: 9, 12: 20 })?.windowMonths).toBe(12);
    expect(cycleOf(rhythm(20, 60), { 1: 1, 3: 1, 6: 1, 12: 2 })?.windowMonths).toBeNull();
    expect(cycleOf(null, MANY)).toBeNull();
  });
  test("ends when nine of ten have come", () => {
    expect(cycleMonths({ ninthDays: 30 })).toBe(1);
    expect(cycleMonths({ ninthDays: 400 })).toBe(14);
  });
});

test("a window ends with its day: whole months with a month's last, the same days otherwise", () => {
  expect(windowEnding(parseDay("2026-10-31"), 3)).toEqual({ from: "2026-08-01", to: "2026-10-31" });
  expect(windowEnding(parseDay("2026-11-19"), 1)).toEqual({ from: "2026-10-20", to: "2026-11-19" });
  expect(windowEnding(parseDay("2026-03-30"), 1)).toEqual({ from: "2026-03-01", to: "2026-03-30" });
  expect(windowEnding(parseDay("2024-02-29"), 12)).toEqual({ from: "2023-03-01", to: "2024-02-29" });
});

test("the mix adds products of one kind, and names the slow ones that are no small part", () => {
  const mix = mixOf([{ kind: "Tea", gapCount: 60, typicalDays: 30 }, { kind: "Pot", gapCount: 30, typicalDays: 200 }, { kind: "Cup", gapCount: 10, typicalDays: 300 }]);
  expect(mix.map(({ kind, share }) => [kind, share])).toEqual([["Tea", 0.6], ["Pot", 0.3], ["Cup", 0.1]]);
  expect(slowParts(mix, 3).map(({ kind }) => kind)).toEqual(["Pot"]);
  expect(mixOf([{ kind: "Tea", gapCount: 1, typicalDays: 10 }, { kind: "Tea", gapCount: 1, typicalDays: 40 }])[0]?.typicalDays).toBeCloseTo(20, 9);
});

describe("coming back within the cycle", () => {
  const cell = (start: string, at: number, returned: number) => ({ at, start: parseDay(start), customers: 0, returned, orders: 0, revenueMinor: 0, marginMinor: 0, marginOrders: 0, isComplete: true });
  const table: CohortTable = { grain: "month", asOf: today, rows: [
    { cohort: parseDay("2026-01-01"), size: 10, cells: [cell("2026-01-01", 0, 0), cell("2026-02-01", 1, 2), cell("2026-03-01", 2, 1), cell("2026-04-01", 3, 5)] },
    { cohort: parseDay("2026-02-01"), size: 20, cells: [cell("2026-02-01", 0, 0), cell("2026-03-01", 1, 1), cell("2026-04-01", 2, 4)] },
    { cohort: parseDay("2026-03-01"), size: 30, cells: [cell("2026-03-01", 0, 0), cell("2026-04-01", 1, 9)] },
  ] };
  test("asks only whose months are over, and no month after them", () => {
    expect(cycleRateOn(table, { months: 2, asOf: parseDay("2026-03-31") })).toBeCloseTo(3 / 10, 12);
    expect(cycleRateOn(table, { months: 2, asOf: parseDay("2026-04-29") })).toBeCloseTo(3 / 10, 12); // April is not over
    expect(cycleRateOn(table, { months: 2, asOf: parseDay("2026-04-30") })).toBeCloseTo(8 / 30, 12);
    expect(cycleRateOn(table, { months: 3, asOf: parseDay("2026-03-31") })).toBeNull();
  });
  test("begins once three cohorts had their time", () => {
    const ends = ["2026-03", "2026-04", "2026-05"].map(parseMonth);
    expect(cycleRates(table, { months: 1, ends, firstMonth: parseMonth("2026-01") }).map(({ month, value }) => [month, value])).toEqual([["2026-04", 12 / 60], ["2026-05", 12 / 60]]);
  });
});
