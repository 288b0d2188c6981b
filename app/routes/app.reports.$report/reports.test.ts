import { expect, test } from "vitest";
import { kpisOf } from "../../capabilities/analytics/rules.ts";
import type { Overview, Totals } from "../../capabilities/analytics/model.ts";
import type { CohortTable } from "../../capabilities/cohorts/model.ts";
import { parseDay } from "../../values/day.ts";
import { definitionsReport } from "./definitions-report.ts";
import { cohortsReport, parseCohortsWish } from "./cohorts-report.ts";
import { overviewReport } from "./overview-report.ts";
import { sendReport } from "./send-report.server.ts";

// CDNOW's tenth, from its own paper: 2,357 customers, 6,919 orders, 244,091.94, and 1,152 who came again.
const totals: Totals = {
  orders: 6_919, revenueMinor: 24_409_194, guestOrders: 0, guestRevenueMinor: 0, customers: 2_357, repeatCustomers: 1_152, newCustomers: 2_357,
  returningRevenueMinor: -500, previousCustomers: 0, retainedCustomers: 0, askedCustomers: 2_357, returningCustomers: 400,
};
const day = parseDay("1998-07-01");
const overview: Overview = {
  range: { from: parseDay("1997-01-01"), to: parseDay("1998-06-30") }, preset: null, comparison: "previous", comparedWith: null, retentionPeriod: null, totals, previousTotals: null,
  kpis: kpisOf({ totals, previous: null, months: [] }), isPreviousCut: false, firstOrderOn: day, lastOrderOn: day,
};

test("the overview writes plain decimals: money with the currency's digits, shares with six, nothing where nothing can be said", async () => {
  const answer = sendReport(overviewReport(overview, "USD"), "csv");
  const lines = (await answer.text()).split("\n");
  expect(lines[0]).toBe("metric,value,compared_value,change,verdict");
  for (const line of ["customers,2357", "repeat_purchase_rate,0.488757", "repurchase_retention,", "revenue_per_customer,103.56", "average_order_value,35.28", "revenue,244091.94", "returning_revenue,-5.00", "orders,6919"]) {
    expect(lines).toContain(`${line},,,`);
  }
  expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("Content-Disposition")).toBe('attachment; filename="regulars-overview-1997-01-01-1998-06-30.csv"');
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
});

test("a currency without minor units has no point", () => {
  expect(overviewReport(overview, "JPY").rows).toContainEqual(["revenue", "24409194", null, null, null]);
});

test("JSON names its columns and types, and writes numbers as numbers", async () => {
  const cell = { returned: 0, marginMinor: 0, marginOrders: 0 };
  const table: CohortTable = { grain: "month", asOf: parseDay("2011-01-09"), rows: [{ cohort: parseDay("2010-12-01"), size: 5, cells: [
    { ...cell, at: 0, start: parseDay("2010-12-01"), customers: 5, orders: 6, revenueMinor: 1_250, isComplete: true },
    { ...cell, at: 1, start: parseDay("2011-01-01"), customers: 2, returned: 2, orders: 2, revenueMinor: 300, marginMinor: 120, marginOrders: 2, isComplete: false },
  ] }] };
  const wish = { grain: "month" as const, selection: [], measure: null, by: null };
  const report: unknown = await sendReport(cohortsReport(wish, [{ value: "", table }], { asOf: table.asOf, currency: "GBP" }), "json").json();
  expect(report).toMatchObject({ report: "cohorts", grain: "month", filter: "", columns: ["cohort", "period", "cohort_size", "customers", "orders", "revenue", "returned_by", "margin", "is_complete"].map((name) => ({ name })) });
  expect(report).toHaveProperty("rows", [
    { cohort: "2010-12", period: 0, cohort_size: 5, customers: 5, orders: 6, revenue: 12.5, returned_by: 5, margin: null, is_complete: 1 },
    { cohort: "2010-12", period: 1, cohort_size: 5, customers: 2, orders: 2, revenue: 3, returned_by: 2, margin: 1.2, is_complete: 0 },
  ]);
  const measured = cohortsReport({ ...wish, measure: "revenue_per_customer", by: "code" }, [{ value: "", table }, { value: "TEN", table }], { asOf: table.asOf, currency: "GBP" });
  expect(measured.columns.map(({ name }) => name)).toEqual(["code", "cohort", "period", "cohort_size", "customers", "orders", "revenue", "returned_by", "margin", "is_complete", "revenue_per_customer", "revenue_per_customer_by"]);
  const summed = cohortsReport({ ...wish, measure: "margin" }, [{ value: "", table }], { asOf: table.asOf, currency: "GBP" });
  expect(summed.columns.map(({ name }) => name)).toEqual(["cohort", "period", "cohort_size", "customers", "orders", "revenue", "returned_by", "margin", "is_complete", "margin_by"]); // a name once
  expect(measured.rows).toHaveProperty("3", ["TEN", "2010-12", 1, 5, 2, 2, "3.00", 2, "1.20", 0, "0.60", "3.10"]);
});

test.each([["grain=decade", "grain"], ["measure=luck", "measure"], ["filter=shoe:1", "filter"], ["by=shoe", "by"]])("a cohorts report asked with %s is refused by its field", (text, field) => {
  expect(parseCohortsWish(new URLSearchParams(text))).toMatchObject({ ok: false, field });
});

test("the three retentions come with the people they are made of, and these add up", () => {
  const report = definitionsReport({ range: { from: parseDay("2026-02-01"), to: parseDay("2026-02-28") }, retentionPeriod: { from: parseDay("2026-01-01"), to: parseDay("2026-01-31") }, totals: { ...totals, previousCustomers: 3, retainedCustomers: 1, askedCustomers: 4, returningCustomers: 2 } });
  expect(report.rows).toEqual([ // docs/retention.md's example
    ["repurchase", 1, 3, "0.333333"], ["classic", 2, 3, "0.666667"], ["returning", 2, 4, "0.500000"],
    ["previous_customers", 3, null, null], ["retained_customers", 1, null, null], ["won_back_customers", 1, null, null], ["new_customers", 2, null, null], ["customers", 4, null, null],
  ]);
});

test("the overview keeps repurchase retention, whatever stands on Home", () => {
  const told = { ...totals, previousCustomers: 4, retainedCustomers: 1, askedCustomers: 10, returningCustomers: 9 };
  const { rows } = overviewReport({ ...overview, totals: told, kpis: kpisOf({ totals: told, previous: null, months: [] }, "returning") }, "GBP");
  expect(rows).toContainEqual(["repurchase_retention", "0.250000", null, null, null]);
});

test("the overview says what it compares with, how far it moved, and whether a share of people moved by more than chance", () => {
  const [now, before] = [{ ...totals, customers: 1_000, repeatCustomers: 300, orders: 1_500, revenueMinor: 300_000, previousCustomers: 40, retainedCustomers: 10 }, { ...totals, customers: 800, repeatCustomers: 160, orders: 1_000, revenueMinor: 250_000, previousCustomers: 30, retainedCustomers: 9 }];
  const compared = { ...overview, totals: now, previousTotals: before, comparison: "last_year" as const, comparedWith: { from: day, to: day }, kpis: kpisOf({ totals: now, previous: before, months: [] }, "returning") };
  const { rows, about } = overviewReport(compared, "USD");
  expect(about).toMatchObject({ comparison: "last_year", comparedFrom: day });
  expect(rows).toContainEqual(["customers", 1_000, 800, "0.250000", null]);
  expect(rows).toContainEqual(["repeat_purchase_rate", "0.300000", "0.200000", "0.100000", "higher"]);
  expect(rows).toContainEqual(["repurchase_retention", "0.250000", "0.300000", "-0.050000", "chance"]);
  expect(rows).toContainEqual(["average_order_value", "2.00", "2.50", "-0.200000", null]);
  expect(rows).toContainEqual(["orders", 1_500, 1_000, "0.500000", null]);
});
