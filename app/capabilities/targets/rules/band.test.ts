import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, parseMonth } from "../../../values/day.ts";
import type { Totals } from "../../analytics/model.ts";
import type { MonthTotals } from "../../analytics/rules.ts";
import { findingOf, MONTHS_NEEDED, student95, usualBand } from "./band.ts";

const NONE: Totals = { orders: 0, revenueMinor: 0, guestOrders: 0, guestRevenueMinor: 0, customers: 0, repeatCustomers: 0, newCustomers: 0, returningRevenueMinor: 0, previousCustomers: 0, retainedCustomers: 0, askedCustomers: 0, returningCustomers: 0 };
const START = parseMonth("2022-01");
const months = (all: readonly Partial<Totals>[]): MonthTotals[] => all.map((some, at) => ({ month: addMonths(START, at), isComplete: true, totals: { ...NONE, ...some } }));
const spending = (minors: readonly number[]) => months(minors.map((revenueMinor) => ({ revenueMinor, orders: 1 })));

describe("the quantile", () => {
  test.each([[6, 2.4469], [12, 2.1788], [24, 2.0639]])("of %i degrees is the table's", (degrees, known) => expect(student95(degrees)).toBeCloseTo(known, 2));
});

describe("a band", () => {
  test("waits for nine months, and says how many are missing", () => {
    const short = usualBand(spending([100, 110, 90, 100, 105]), "average_order_value", "repurchase");
    expect(short.points.every(({ band }) => band === null)).toBe(true);
    expect(short.monthsMissing).toBe(MONTHS_NEEDED + 1 - 5);
    const first = usualBand(spending([100, 110, 90, 100, 105, 95, 100, 110, 90, 100]), "average_order_value", "repurchase");
    expect(first.points.findIndex(({ band }) => band !== null)).toBe(9);
    expect(first.monthsMissing).toBe(0);
  });

  test("of ten months is their mean moved by its mean error, as wide as its six errors lie apart: by hand", () => {
    const { points } = usualBand(spending([100, 110, 90, 100, 104, 96, 100, 112, 88, 100]), "average_order_value", "repurchase");
    // means before months 4 to 9: 100, 100, 100.8, 100, 100, 101.5; errors 0, 4, -4.8, 0, 12, -13.5: their mean -0.3833, squares about it 364.408
    const reach = 2.5706 * Math.sqrt((364.408 / 5) * (7 / 6));
    expect(points[9]?.band).toMatchObject({ by: "mean", errors: 6 });
    expect(points[9]?.band?.expected).toBeCloseTo(100 - 0.3833, 3);
    expect(points[9]?.band?.low).toBeCloseTo(100 - 0.3833 - reach, 0);
    expect(points[9]?.band?.high).toBeCloseTo(100 - 0.3833 + reach, 0);
  });

  test("knows the season once last year's month has been tried six times", () => {
    const season = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 150, 300];
    const wave = Array.from({ length: 36 }, (_, at) => (season[at % 12] ?? 0) + (at % 3) - 1);
    const { points } = usualBand(spending(wave), "average_order_value", "repurchase");
    expect(points[17]?.band?.by).toBe("mean");
    expect(points[18]?.band?.by).toBe("last_year");
    expect(points[35]).toMatchObject({ side: null }); // December is no surprise the third time
    const quiet = usualBand(spending(wave.with(35, 101)), "average_order_value", "repurchase");
    expect(quiet.points[35]?.side).toBe("below"); // and its absence is
  });

  test("grows with the shop: a year's usual growth is expected, and its absence is noticed", () => {
    const growing = Array.from({ length: 48 }, (_, at) => 1_000 + 10 * at + ((at * 37) % 11));
    const { points } = usualBand(spending(growing), "average_order_value", "repurchase");
    expect(Math.abs((points[47]?.band?.expected ?? 0) - (growing[47] ?? 0))).toBeLessThan(11);
    expect(points[47]?.side).toBeNull();
    expect(usualBand(spending(growing.with(47, growing[35] ?? 0)), "average_order_value", "repurchase").points[47]?.side).toBe("below");
  });

  test("of few people is never narrower than chance: one of eight is no news after months of none", () => {
    const rates = months([...Array.from({ length: 12 }, () => ({ previousCustomers: 8, retainedCustomers: 0 })), { previousCustomers: 8, retainedCustomers: 1 }]);
    expect(usualBand(rates, "repurchase_retention", "repurchase").points[12]?.side).toBeNull();
    const many = months([...Array.from({ length: 12 }, () => ({ previousCustomers: 800, retainedCustomers: 0 })), { previousCustomers: 800, retainedCustomers: 100 }]);
    expect(usualBand(many, "repurchase_retention", "repurchase").points[12]?.side).toBe("above");
    const four = months([...Array.from({ length: 12 }, () => ({ customers: 4 })), { customers: 7 }]);
    expect(usualBand(four, "customers", "repurchase").points[12]?.side).toBeNull();
  });

  test("holds about 95 of 100 months of a shop in which nothing changes", () => {
    let inside = 0;
    let all = 0;
    let state = 7;
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    for (let shop = 0; shop < 150; shop += 1) {
      const { points } = usualBand(spending(Array.from({ length: 60 }, () => Math.round(10_000 + 500 * normal()))), "average_order_value", "repurchase");
      for (const { band, side } of points) if (band !== null) { all += 1; inside += side === null ? 1 : 0; }
    }
    expect(inside / all).toBeGreaterThan(0.93);
    expect(inside / all).toBeLessThan(0.97);
  });

  test("is made only of what came before, whatever comes after", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 20, maxLength: 40 }), fc.integer({ min: 10, max: 19 }), fc.integer({ min: 1, max: 10_000 }), (minors, at, other) => {
      const before = usualBand(spending(minors), "average_order_value", "repurchase").points[at]?.band;
      expect(usualBand(spending([...minors.slice(0, at), ...minors.slice(at).map(() => other)]), "average_order_value", "repurchase").points[at]?.band).toEqual(before);
      if (before) expect(before.low).toBeLessThanOrEqual(before.high);
    }));
  });

  test("is not drawn for a month that still runs, and such a month raises nothing", () => {
    const steady = spending([100, 110, 90, 100, 104, 96, 100, 112, 88, 100, 5]);
    const running = steady.map((one, at) => ({ ...one, isComplete: at < 10 }));
    expect(usualBand(running, "average_order_value", "repurchase").points[10]?.band).toBeNull();
    expect(findingOf(usualBand(running, "average_order_value", "repurchase"))).toBeNull();
    expect(findingOf(usualBand(steady, "average_order_value", "repurchase"))).toMatchObject({ name: "average_order_value", formula: null, side: "below", value: 5, since: "2022-11" });
  });
});

test("a finding says since which month in a row", () => {
  const two = spending([100, 102, 98, 101, 99, 100, 103, 97, 100, 101, 99, 300, 600]);
  expect(findingOf(usualBand(two, "average_order_value", "repurchase"))).toMatchObject({ side: "above", since: "2022-12", value: 600 });
});
