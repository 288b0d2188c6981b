import { expect, test } from "vitest";
import { parseDay, parseMonth } from "../../../values/day.ts";
import { extremesOf, firstProductsOf, lastMonthOver, nextProductsOf, type Beginning, type FirstProductSums } from "./first-products.ts";

const [OLD, NEW] = [parseMonth("2025-01"), parseMonth("2026-10")];
const YEAR_TO = parseMonth("2025-10");
const of = (customers: number, repeaters: number, month = OLD): Beginning => ({ month, customers, repeaters });
const product = (productId: string, beginnings: Beginning[], yearMinor = 0): FirstProductSums => ({ productId, title: null, beginnings, yearMinor });

test("a product is held against others who came in the same months, so that a new one is not worse for being new", () => {
  // Everybody of January 2025 came again half the time, of last month a tenth; the new product does just as well as others of its month.
  const everybody = [of(1_000, 500), of(1_000, 100, NEW)];
  const [fresh] = firstProductsOf([product("1", [of(500, 50, NEW)])], everybody, YEAR_TO);
  expect(fresh).toMatchObject({ customers: 500, repeaters: 50, verdict: "chance", year: null, rate: { value: 0.1 } });
  expect(fresh?.othersRate).toBeCloseTo(0.1, 12); // and not 550 of 1,500
  expect(fresh?.difference?.value).toBeCloseTo(0, 12);
});

test("others are weighed month by month: 300 of 400 and 100 of 400 customers of two months", () => {
  const [found] = firstProductsOf([product("1", [of(300, 150), of(100, 40, NEW)], 600_000)], [of(700, 310), of(500, 80, NEW)], YEAR_TO);
  expect(found?.othersRate).toBeCloseTo(0.75 * (160 / 400) + 0.25 * (40 / 400), 12); // 32.5 %
  expect(found?.difference?.value).toBeCloseTo(190 / 400 - 0.325, 12);
  // as certain as 1 / (0.75² / 400 + 0.25² / 400) = 640 people: Newcombe of 208 of 640 and 190 of 400
  expect(found?.difference?.low).toBeCloseTo(0.0891, 3);
  expect(found?.difference?.high).toBeCloseTo(0.2106, 3);
  expect(found).toMatchObject({ verdict: "higher", year: { customers: 300, minorPerCustomer: 2_000 } });
});

test("of fifty products alike none is called better, though by one comparison one would be", () => {
  const everybody = [of(5_000, 1_500)];
  const lucky = product("lucky", [of(100, 40)]); // 40 % of 100 where others have 29.8 %: one comparison calls it higher
  const rest = Array.from({ length: 49 }, (_, at) => product(String(at), [of(100, at < 10 ? 29 : 30)]));
  expect(firstProductsOf([lucky], everybody, YEAR_TO)[0]?.verdict).toBe("higher");
  const all = firstProductsOf([lucky, ...rest], everybody, YEAR_TO);
  expect(all[0]).toMatchObject({ productId: "lucky", verdict: "chance" });
  expect(extremesOf(all)).toEqual({ best: null, worst: null });
});

test("few customers are shown, are not judged, and do not stand first for their luck", () => {
  const found = firstProductsOf([product("lucky", [of(3, 3)]), product("sure", [of(900, 500)]), product("bad", [of(900, 200)]), product("nobody", [of(0, 0)])], [of(3_000, 1_100)], YEAR_TO);
  expect(found.map(({ productId, verdict }) => [productId, verdict])).toEqual([["sure", "higher"], ["lucky", "few"], ["bad", "lower"]]);
  const { best, worst } = extremesOf(found);
  expect([best?.productId, worst?.productId]).toEqual(["sure", "bad"]);
});

test("a product everybody began with has no others", () => {
  expect(firstProductsOf([product("1", [of(100, 50)])], [of(100, 50)], YEAR_TO)).toMatchObject([{ othersRate: null, difference: null, verdict: "chance" }]);
});

test.each([["2026-10-31", "2025-09"], ["2026-11-01", "2025-10"], ["2026-11-27", "2025-10"], ["2026-12-31", "2025-11"], ["2027-01-01", "2025-12"], ["2024-02-29", "2023-02"], ["2024-03-01", "2023-02"], ["2025-02-28", "2024-01"], ["2024-12-31", "2023-12"]])("on %s the first year of those who came in %s is over, and not of those who came a month later", (today, month) => {
  // day 365 of somebody who came on 31 October 2025 is 31 October 2026; 2024 has 366 days, so its last day is day 366 of 31 December 2023
  expect(lastMonthOver(parseDay(today))).toBe(month);
});

test("lift is how much oftener than after any first order, with its limits", () => {
  const next = [{ productId: "a", title: "A", customers: 60, ofAll: 200 }, { productId: "b", title: "B", customers: 30, ofAll: 260 }, { productId: "c", title: "C", customers: 2, ofAll: 4 }, { productId: "d", title: "D", customers: 0, ofAll: 9 }];
  const [a, b, c, ...others] = nextProductsOf({ again: 120, allAgain: 1_000, next });
  expect(a).toMatchObject({ share: 0.5, usualShare: 0.2, lift: 2.5, verdict: "higher" });
  expect(a?.range?.low).toBeGreaterThan(1.8);
  expect(a?.range?.high).toBeLessThan(3.3);
  expect(b).toMatchObject({ lift: 0.25 / 0.26, verdict: "chance" });
  expect(c).toMatchObject({ customers: 2, verdict: "few", range: null }); // four times as often, by two people
  expect(others).toEqual([]);
});

test("where everybody began with the product there is nothing to compare, and where only they go on so the lift has its ceiling", () => {
  expect(nextProductsOf({ again: 50, allAgain: 50, next: [{ productId: "a", title: null, customers: 20, ofAll: 20 }] })).toMatchObject([{ lift: 1, range: null, verdict: "chance" }]);
  const [only] = nextProductsOf({ again: 50, allAgain: 500, next: [{ productId: "a", title: null, customers: 20, ofAll: 20 }] });
  expect(only).toMatchObject({ lift: expect.closeTo(10, 9), range: { high: 10 }, verdict: "higher" });
});
