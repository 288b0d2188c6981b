// The lines of a new order: what is wished for, at which price, less a discount's share.

import { refuse, type Ledger } from "../ledger.ts";
import type { Id, OrderLineDoc, PlaceOrder } from "../model.ts";
import { lineNetMinor, sum } from "./remaining.ts";

const DEFAULT_TITLE = "Default Title"; // Shopify's word for a product's only variant

/** With a number of its own, unless it only shall be priced. */
export function makeLine(ledger: Ledger, wish: PlaceOrder["lines"][number], id?: Id): OrderLineDoc {
  if (!Number.isInteger(wish.quantity) || wish.quantity < 1) refuse(`A quantity is a whole number of at least 1, not ${wish.quantity}.`);
  const product = wish.productId ? ledger.product(wish.productId) : wish.variantId ? (ledger.findProductOfVariant(wish.variantId) ?? refuse(`There is no variant ${wish.variantId}.`)) : null;
  const variant = wish.variantId
    ? (product?.variants.find(({ id }) => id === wish.variantId) ?? refuse(`Product ${product?.id} has no variant ${wish.variantId}.`))
    : (product?.variants[0] ?? null);
  return {
    id: id ?? ledger.nextId("line"),
    productId: product?.id ?? null,
    variantId: variant?.id ?? null,
    title: wish.title ?? product?.title ?? "Custom item",
    variantTitle: variant && variant.title !== DEFAULT_TITLE ? variant.title : null,
    sku: variant?.sku ?? null,
    vendor: product?.vendor ?? null,
    quantity: wish.quantity,
    currentQuantity: wish.quantity,
    unitPriceMinor: wish.unitPriceMinor ?? variant?.priceMinor ?? refuse("A line without a product needs its unitPriceMinor."),
    discountMinor: 0,
  };
}

/** Gives each line its share of a discount on all of them, by what it still costs; the last takes the rounding. */
export function spreadDiscount(lines: readonly OrderLineDoc[], discountMinor: number): OrderLineDoc[] {
  const goodsMinor = sum(lines.map(lineNetMinor));
  let leftMinor = discountMinor;
  return lines.map((line, index) => {
    const shareMinor = index === lines.length - 1 || goodsMinor <= 0 ? leftMinor : Math.round((discountMinor * lineNetMinor(line)) / goodsMinor);
    leftMinor -= shareMinor;
    return { ...line, discountMinor: line.discountMinor + shareMinor };
  });
}
