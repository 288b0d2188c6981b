// What the page about first products shows, as its address says it.
import type { FirstProduct } from "../../capabilities/cohorts/rules/first-products.ts";
import type { Rule } from "../../capabilities/segments/model.ts";
import { addMonths, firstDayOf, type Month } from "../../values/day.ts";

export const SORTS = ["rate", "customers", "value"] as const;
export type Sort = (typeof SORTS)[number];
/** `page` and `spots` (of what loyal customers buy) count from 1; `product`: whose second orders are shown, null: the page chooses. */
export type ProductsView = { sort: Sort; direction: "ascending" | "descending"; page: number; product: string | null; spots: number };

const USUAL: ProductsView = { sort: "rate", direction: "descending", page: 1, product: null, spots: 1 };

/** Whatever is not understood is as usual. */
export function parseProductsView(parameters: URLSearchParams): ProductsView {
  const product = parameters.get("product") ?? "";
  return {
    sort: SORTS.find((known) => known === parameters.get("sort")) ?? USUAL.sort, direction: parameters.get("direction") === "ascending" ? "ascending" : "descending",
    page: pageIn(parameters, "page"), spots: pageIn(parameters, "spots"), product: /^[1-9]\d{0,17}$/.test(product) ? product : null,
  };
}

const pageIn = (parameters: URLSearchParams, name: string): number => (/^[1-9]\d{0,4}$/.test(parameters.get(name) ?? "") ? Number(parameters.get(name)) : 1);

export const toProductsParameters = (view: ProductsView): Record<string, string> => ({
  ...(view.sort !== USUAL.sort && { sort: view.sort }), ...(view.direction !== USUAL.direction && { direction: view.direction }), ...(view.page > 1 && { page: String(view.page) }),
  ...(view.product !== null && { product: view.product }), ...(view.spots > 1 && { spots: String(view.spots) }),
});

/** By the least the rate may be, by customers, or by what a customer brought in a year; where that is not known yet, last. */
export function sortProducts(products: readonly FirstProduct[], { sort, direction }: Pick<ProductsView, "sort" | "direction">): FirstProduct[] {
  const by = (product: FirstProduct): number | null => (sort === "rate" ? product.rate.low : sort === "customers" ? product.customers : (product.year?.minorPerCustomer ?? null));
  const sign = direction === "ascending" ? 1 : -1;
  return products.toSorted((a, b) => {
    const [one, other] = [by(a), by(b)];
    return Number(one === null) - Number(other === null) || sign * ((one ?? 0) - (other ?? 0));
  });
}

const began = (productId: string): Rule => ({ field: "first_product", operator: "any_of", value: [productId] });

/** Whom the figures of a first product count. */
export const PEOPLE = {
  customers: (id: string): Rule => ({ all: [{ field: "orders", operator: "at_least", value: 1 }, began(id)] }),
  repeaters: (id: string): Rule => ({ all: [{ field: "orders", operator: "at_least", value: 2 }, began(id)] }),
  once: (id: string): Rule => ({ all: [{ field: "orders", operator: "at_most", value: 1 }, began(id)] }),
  year: (id: string, yearTo: Month): Rule => ({ all: [{ field: "first_order", operator: "before", value: firstDayOf(addMonths(yearTo, 1)) }, began(id)] }),
  next: (id: string, next: string): Rule => ({ all: [began(id), { field: "second_product", operator: "any_of", value: [next] }] }),
};

/** Who has so many orders and has bought a product. */
export const buyersOf = (id: string, orders: { operator: "at_least" | "at_most"; value: number }): Rule => ({ all: [{ field: "orders", ...orders }, { field: "product", operator: "any_of", value: [id] }] });
