// An order's discounts as a list, and whose share is whose: also of orders that only know one code and one sum.

import type { AppliedDiscount, DiscountShare } from "../discount-model.ts";
import type { OrderDoc, OrderLineDoc } from "../model.ts";

export function discountsOf({ discounts, discountCodes, discountMinor, subtotalMinor }: OrderDoc): AppliedDiscount[] {
  if (discounts) return discounts;
  const goodsMinor = subtotalMinor + discountMinor;
  const share = goodsMinor === 0 ? 0 : discountMinor / goodsMinor;
  return discountCodes.map((code) => ({ code, title: code, class: "order", value: { kind: "percentage", share }, amountMinor: discountMinor }));
}

export const sharesOf = ({ shares, discountMinor }: OrderLineDoc): DiscountShare[] => shares ?? (discountMinor === 0 ? [] : [{ discount: 0, amountMinor: discountMinor }]);

/** Free shipping takes all of it, so that it is one discount's. */
export const shippingSharesOf = (order: OrderDoc): DiscountShare[] =>
  discountsOf(order).flatMap((each, discount) => (each.class === "shipping" && each.amountMinor > 0 ? [{ discount, amountMinor: each.amountMinor }] : []));
