// What is left of an order after edits and refunds. Shares are cut so that all of them together make exactly the whole.

import type { Id, OrderDoc, OrderLineDoc } from "../model.ts";

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What a line cost as ordered, its share of the discounts taken off. */
export const lineNetMinor = ({ quantity, unitPriceMinor, discountMinor }: OrderLineDoc): number => quantity * unitPriceMinor - discountMinor;

/** What the first so many pieces of a line cost. */
const shareOf = (amountMinor: number, pieces: number, quantity: number): number => (quantity === 0 ? 0 : Math.round((amountMinor * pieces) / quantity));

export const remainingNetMinor = (line: OrderLineDoc): number => shareOf(lineNetMinor(line), line.currentQuantity, line.quantity);
export const remainingDiscountMinor = (line: OrderLineDoc): number => shareOf(line.discountMinor, line.currentQuantity, line.quantity);

export const remainingSubtotalMinor = ({ lines }: OrderDoc): number => sum(lines.map(remainingNetMinor));
export const remainingTaxMinor = ({ taxMinor, refunds }: OrderDoc): number => taxMinor - sum(refunds.flatMap(({ lines }) => lines.map((line) => line.taxMinor)));
export const remainingShippingMinor = ({ shippingMinor, refunds }: OrderDoc): number => shippingMinor - sum(refunds.map((refund) => refund.shippingMinor));

/** What shipping would have cost, and what was taken off goods and shipping together. */
export const fullShippingMinor = ({ shippingMinor, shippingDiscountMinor = 0 }: OrderDoc): number => shippingMinor + shippingDiscountMinor;
export const allDiscountsMinor = ({ discountMinor, shippingDiscountMinor = 0 }: OrderDoc): number => discountMinor + shippingDiscountMinor;

/** Of taxes a shop keeps no more than their sum: where an order's total comes out without it, the prices have it in them. */
export const isTaxIncluded = ({ taxMinor, subtotalMinor, shippingMinor, totalMinor }: OrderDoc): boolean => taxMinor > 0 && totalMinor === subtotalMinor + shippingMinor;

/** A line's share of an order's taxes, by what it costs. */
export function lineTaxMinor({ taxMinor, lines }: OrderDoc, lineId: Id): number {
  const goodsMinor = sum(lines.map(lineNetMinor));
  const ofFirst = (count: number): number => shareOf(taxMinor, sum(lines.slice(0, count).map(lineNetMinor)), goodsMinor);
  const index = lines.findIndex(({ id }) => id === lineId);
  return ofFirst(index + 1) - ofFirst(index);
}

/** To the hundredth of a percent. */
export const taxRate = (taxMinor: number, untaxedMinor: number): number => (untaxedMinor <= 0 ? 0 : Math.round((10_000 * taxMinor) / untaxedMinor) / 10_000);

/** The tax of goods that leave an order: of the tax still there, the share these goods have of those still there. */
export function taxShareMinor(order: OrderDoc, goodsMinor: number): number {
  const subtotalMinor = remainingSubtotalMinor(order);
  return subtotalMinor === 0 ? 0 : Math.round((remainingTaxMinor(order) * goodsMinor) / subtotalMinor);
}
