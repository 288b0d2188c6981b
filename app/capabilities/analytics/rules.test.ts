import { describe, expect, test } from "vitest";
import { parseDay } from "../../values/day.ts";
import { comparedBy, comparedWith, isBaseCut, isSameLength, kpisOf, periodBefore, presetFor, rangeOf, yearBefore } from "./rules.ts";
import type { Totals } from "./model.ts";

const range = (from: string, to: string) => ({ from: parseDay(from), to: parseDay(to) });
const today = parseDay("2026-11-22");

describe("ranges", () => {
  test("presets are whole months up to today", () => {
    const at = { today, firstOrderOn: parseDay("2024-12-03") };
    expect(rangeOf("this_month", at)).toEqual(range("2026-11-01", "2026-11-22"));
    expect(rangeOf("last_month", at)).toEqual(range("2026-10-01", "2026-10-31"));
    expect(rangeOf("last_3_months", at)).toEqual(range("2026-09-01", "2026-11-22"));
    expect(rangeOf("last_12_months", at)).toEqual(range("2025-12-01", "2026-11-22"));
    expect(rangeOf("all_time", at)).toEqual(range("2024-12-03", "2026-11-22"));
  });

  test("twelve months become the default once twelve earlier ones can be compared", () => {
    expect(presetFor({ today, firstOrderOn: parseDay("2024-12-31") })).toBe("last_12_months");
    expect(presetFor({ today, firstOrderOn: parseDay("2025-01-01") })).toBe("all_time");
    expect(presetFor({ today, firstOrderOn: null })).toBe("all_time");
  });

  test("the period before ends the day before and is as long, in months or in days", () => {
    expect(periodBefore(range("2026-09-01", "2026-11-22"))).toEqual(range("2026-06-01", "2026-08-31"));
    expect(periodBefore(range("2026-03-10", "2026-03-19"))).toEqual(range("2026-02-28", "2026-03-09"));
  });

  test("an unfinished month is compared with as many days of the month before", () => {
    expect(comparedWith(range("2026-11-01", "2026-11-22"))).toEqual(range("2026-10-01", "2026-10-22"));
    expect(comparedWith(range("2026-03-01", "2026-03-30"))).toEqual(range("2026-02-01", "2026-02-28"));
    expect(comparedWith(range("2026-02-01", "2026-02-28"))).toEqual(range("2026-01-01", "2026-01-31"));
  });
});

describe("what a range is compared with", () => {
  test("last year's days are the same days, and a month's end is that month's end", () => {
    expect(yearBefore(range("2026-11-01", "2026-11-22"))).toEqual(range("2025-11-01", "2025-11-22"));
    expect(yearBefore(range("2025-02-01", "2025-02-28"))).toEqual(range("2024-02-01", "2024-02-29"));
    expect(yearBefore(range("2024-02-29", "2024-03-05"))).toEqual(range("2023-02-28", "2023-03-05"));
    expect(yearBefore(range("2025-12-01", "2026-11-30"))).toEqual(range("2024-12-01", "2025-11-30"));
  });

  test("is the period before, last year's, one's own days or nothing; all time holds every other range", () => {
    const march = range("2026-03-01", "2026-03-31");
    const own = range("2024-01-05", "2024-02-07");
    expect(comparedBy("previous", march, false)).toEqual(range("2026-02-01", "2026-02-28"));
    expect(comparedBy("last_year", march, false)).toEqual(range("2025-03-01", "2025-03-31"));
    expect(comparedBy(own, march, false)).toEqual(own);
    expect(comparedBy("none", march, false)).toBeNull();
    for (const comparison of ["previous", "last_year", own] as const) expect(comparedBy(comparison, march, true)).toBeNull();
  });
});

describe("what cannot be compared as it is", () => {
  test("are periods of another length; whole months of one number count as one", () => {
    expect(isSameLength(range("2026-03-01", "2026-03-31"), range("2026-02-01", "2026-02-28"))).toBe(true);
    expect(isSameLength(range("2026-03-05", "2026-03-10"), range("2026-02-01", "2026-02-06"))).toBe(true);
    expect(isSameLength(range("2025-12-01", "2026-11-27"), range("2025-09-01", "2025-11-30"))).toBe(false);
    expect(isSameLength(range("2026-03-01", "2026-03-30"), range("2026-02-01", "2026-02-28"))).toBe(false);
  });

  test("is retention asked of buyers from before the first order, and only that", () => {
    const year = range("2024-12-01", "2025-11-30"); // asks for the buyers of 2023-12-01 to 2024-11-30
    expect(["2023-12-01", "2023-12-02", "2024-11-01"].map((first) => isBaseCut(year, parseDay(first)))).toEqual([false, true, true]);
    expect(isBaseCut(year, null)).toBe(false);
    const sums = totals({ customers: 10, repeatCustomers: 4, previousCustomers: 8, retainedCustomers: 2, askedCustomers: 10, returningCustomers: 3 });
    const [whole, cut, returning] = [kpisOf({ totals: sums, previous: sums, months: [] }), kpisOf({ totals: sums, previous: sums, months: [], isPreviousCut: true }), kpisOf({ totals: sums, previous: sums, months: [], isPreviousCut: true }, "returning")]
      .map((kpis) => kpis.map(({ previousValue }) => previousValue));
    expect([whole?.[2], cut?.[2], returning?.[2]]).toEqual([0.25, null, 0.3]);
    expect(cut?.filter((_, at) => at !== 2)).toEqual(whole?.filter((_, at) => at !== 2));
  });
});

const totals = (changes: Partial<Totals>): Totals => ({
  orders: 0, revenueMinor: 0, guestOrders: 0, guestRevenueMinor: 0, customers: 0, repeatCustomers: 0, newCustomers: 0,
  returningRevenueMinor: 0, previousCustomers: 0, retainedCustomers: 0, askedCustomers: 0, returningCustomers: 0, ...changes,
});

describe("KPIs", () => {
  test("CDNOW's published figures come out of their sums", () => {
    const cdnow = totals({ orders: 6_919, revenueMinor: 24_409_194, customers: 2_357, repeatCustomers: 1_152, previousCustomers: 619, retainedCustomers: 322 });
    const value = Object.fromEntries(kpisOf({ totals: cdnow, previous: null, months: [] }).map((kpi) => [kpi.name, kpi.value]));
    expect(value["repeat_purchase_rate"]).toBeCloseTo(0.48876, 5);
    expect(value["average_order_value"]).toBeCloseTo(3_527.85, 2);
    expect(value["revenue_per_customer"]).toBeCloseTo(10_356.0433, 3);
    expect(value["repurchase_retention"]).toBeCloseTo(0.52019, 5);
  });

  test("revenue per customer is average order value times frequency where there are no guests", () => {
    const sums = totals({ orders: 120, revenueMinor: 480_000, customers: 50 });
    const [, , , perCustomer, average] = kpisOf({ totals: sums, previous: null, months: [] });
    expect(perCustomer?.value).toBeCloseTo((average?.value ?? 0) * (120 / 50), 9);
  });

  test("nothing to divide by is no number, and no change", () => {
    for (const kpi of kpisOf({ totals: totals({}), previous: totals({}), months: [] })) {
      expect(kpi.value).toBe(kpi.name === "customers" ? 0 : null);
      expect(kpi.change).toBeNull();
    }
  });
});

describe("changes", () => {
  test("are relative for people and money, and in points for shares", () => {
    const kpis = kpisOf({ totals: totals({ orders: 10, revenueMinor: 3_000, customers: 6, repeatCustomers: 3 }), previous: totals({ orders: 10, revenueMinor: 2_000, customers: 4, repeatCustomers: 1 }), months: [] });
    const change = Object.fromEntries(kpis.map((kpi) => [kpi.name, kpi.change]));
    expect(change).toMatchObject({ customers: 0.5, average_order_value: 0.5, repeat_purchase_rate: 0.25, repurchase_retention: null });
  });
});
