import { describe, expect, test } from "vitest";
import { parseDay, type Day } from "../../../values/day.ts";
import { GRAINS, MEASURES, type CellSums, type Measure } from "../model.ts";
import { lastDayOfPeriod, periodAfter, startOf } from "./periods.ts";
import { averagesOf, figureOf, othersOf, tableOf } from "./table.ts";

const day = parseDay;
const cell = (cohort: string, period: string, customers: number, more: Partial<CellSums> = {}): CellSums =>
  ({ cohort: day(cohort), period: day(period), customers, returned: 0, orders: customers, revenueMinor: 100 * customers, marginMinor: 10 * customers, marginOrders: customers, ...more });
const table = tableOf("month", [
  cell("2026-08-01", "2026-08-01", 10), cell("2026-08-01", "2026-10-01", 4, { returned: 4 }), cell("2026-08-01", "2026-11-01", 3, { returned: 1 }),
  cell("2026-09-01", "2026-09-01", 200), cell("2026-09-01", "2026-10-01", 5, { returned: 5, marginOrders: 4 }), cell("2026-09-01", "2026-11-01", 9, { returned: 6 }),
], day("2026-11-22"));
const [august, september] = table.rows;
if (!august || !september) throw new Error("two cohorts");

test("a begun period nobody bought in is zero, one not yet begun is absent, the running one says so", () => {
  expect(table.rows.map((row) => row.cells.map(({ customers }) => customers))).toEqual([[10, 0, 4, 3], [200, 5, 9]]);
  expect(table.rows.map((row) => row.cells.map(({ isComplete }) => isComplete))).toEqual([[true, true, true, false], [true, true, false]]);
});

test("the average weighs cohorts by what was divided, and leaves unfinished periods out", () => {
  const values = (measure: Measure) => averagesOf(table, { measure, view: "in" }).map(({ value }) => value);
  expect(values("retention")).toEqual([1, (0 + 5) / 210, 4 / 10, null]);
  expect(values("average_order_value")).toEqual([100, 100, 100, null]);
  expect(values("customers")).toEqual([105, 2.5, 4, null]);
  expect(averagesOf(table, { measure: "retention", view: "in" })[1]).toMatchObject({ part: 5, whole: 210, rows: table.rows.slice(0, 2) });
});

test("the others are everybody less some, cohort by cohort; one without others is absent", () => {
  const some = tableOf("month", [cell("2026-08-01", "2026-08-01", 10), cell("2026-08-01", "2026-10-01", 4, { returned: 4 }), cell("2026-08-01", "2026-11-01", 3, { returned: 1 }), cell("2026-09-01", "2026-09-01", 50), cell("2026-09-01", "2026-11-01", 9, { returned: 6 })], day("2026-11-22"));
  const others = othersOf(table, some);
  expect(others.rows.map(({ cohort, size, cells }) => [cohort, size, cells.map(({ customers, returned, marginOrders }) => [customers, returned, marginOrders])])).toEqual([["2026-09-01", 150, [[150, 0, 150], [5, 5, 4], [0, 0, 0]]]]);
  expect(othersOf(table, { ...some, rows: [] }).rows).toEqual(table.rows);
});

describe("a figure", () => {
  const of = (measure: (typeof MEASURES)[number], view: "in" | "by", at: number, row = august) => figureOf(row, at, { measure, view })?.value;

  test("in the period is of that period alone, by its end of all until then", () => {
    expect([of("retention", "in", 3), of("retention", "by", 3), of("customers", "by", 3)]).toEqual([0.3, 0.5, 5]);
    expect([of("revenue_per_customer", "in", 2), of("revenue_per_customer", "by", 2), of("orders_per_customer", "by", 3)]).toEqual([40, 140, 1.7]);
    expect([of("average_order_value", "in", 1), of("average_order_value", "by", 1)]).toEqual([null, 100]);
    expect(of("retention", "in", 9)).toBeUndefined();
  });

  test("of a margin is silent where a cost is missing, and counts where all are known", () => {
    expect([of("margin", "by", 3), of("margin_per_customer", "by", 3)]).toEqual([170, 17]);
    expect([of("margin", "in", 1, september), of("margin", "by", 1, september), of("margin", "in", 2, september)]).toEqual([null, null, 90]);
  });

  test("of a small cohort comes with its interval, of a large one without", () => {
    expect(figureOf(august, 2, { measure: "retention", view: "in" })?.interval?.low).toBeCloseTo(0.168, 3); // Wilson, 4 of 10
    expect(figureOf(august, 0, { measure: "retention", view: "in" })?.interval).toBeNull();
    expect(figureOf(september, 1, { measure: "retention", view: "in" })?.interval).toBeNull();
  });
});

test("weeks begin on Monday, quarters in January, April, July and October; the next begins where the last ended", () => {
  const starts = (text: string) => GRAINS.map((grain) => startOf(grain, day(text)));
  expect(starts("2026-11-22")).toEqual(["2026-11-16", "2026-11-01", "2026-10-01", "2026-01-01"]);
  expect(starts("2024-02-29")).toEqual(["2024-02-26", "2024-02-01", "2024-01-01", "2024-01-01"]);
  expect(starts("2025-12-29")).toEqual(["2025-12-29", "2025-12-01", "2025-10-01", "2025-01-01"]);
  const ends: Day[] = GRAINS.map((grain) => lastDayOfPeriod(grain, startOf(grain, day("2024-02-29"))));
  expect(ends).toEqual(["2024-03-03", "2024-02-29", "2024-03-31", "2024-12-31"]);
  expect(periodAfter("quarter", day("2025-10-01"), 2)).toBe("2026-04-01");
});
