import { expect, test } from "vitest";
import type { FirstProduct } from "../../capabilities/cohorts/rules/first-products.ts";
import { parseMonth } from "../../values/day.ts";
import { parseProductsView, PEOPLE, sortProducts, toProductsParameters } from "./view.ts";

test("a view survives its address, and whatever is not understood is as usual", () => {
  const view = { sort: "value", direction: "ascending", page: 3, product: "81", spots: 2 } as const;
  expect(parseProductsView(new URLSearchParams(toProductsParameters(view)))).toEqual(view);
  const usual = { sort: "rate", direction: "descending", page: 1, product: null, spots: 1 } as const;
  expect(toProductsParameters(usual)).toEqual({});
  expect(parseProductsView(new URLSearchParams("sort=luck&direction=up&page=-1&product=1;drop&spots=x"))).toEqual(usual);
});

test("what is not known yet stands last, whichever way the list is sorted", () => {
  const product = (productId: string, minor: number | null): FirstProduct => ({
    productId, title: null, customers: 40, repeaters: 10, rate: { value: 0.25, low: 0.1, high: 0.4 }, othersRate: null, difference: null, verdict: "chance", year: minor === null ? null : { customers: 5, minorPerCustomer: minor },
  });
  const products = [product("a", null), product("b", 500), product("c", 900)];
  const ids = (direction: "ascending" | "descending") => sortProducts(products, { sort: "value", direction }).map(({ productId }) => productId);
  expect([ids("descending"), ids("ascending")]).toEqual([["c", "b", "a"], ["b", "c", "a"]]);
});

test("whose first year is over first ordered before the month after the last of these", () => {
  expect(PEOPLE.year("7", parseMonth("2025-12"))).toEqual({ all: [{ field: "first_order", operator: "before", value: "2026-01-01" }, { field: "first_product", operator: "any_of", value: ["7"] }] });
});
