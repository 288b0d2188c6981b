// The discounts of an order as Shopify words them: the codes for people, the applications for programs.

import type { AppliedDiscount } from "../discount-model.ts";
import type { OrderDoc, ShopDoc } from "../model.ts";
import { discountsOf } from "../rules/discount-parts.ts";
import { wordsOf } from "./words.ts";

export function discountFields(shop: ShopDoc, order: OrderDoc) {
  const { money } = wordsOf(shop);
  const discounts = discountsOf(order);
  return {
    discount_codes: discounts.flatMap(({ code, value, amountMinor }) => (code === null ? [] : [{ code, amount: money(amountMinor), type: codeTypes[value.kind] }])),
    discount_applications: discounts.map((discount) => applicationFields(shop, discount)),
  };
}

const codeTypes = { percentage: "percentage", amount: "fixed_amount", shipping: "shipping" } as const;

function applicationFields(shop: ShopDoc, { code, title, class: kind, value }: AppliedDiscount) {
  const isAmount = value.kind === "amount";
  return {
    target_type: kind === "shipping" ? "shipping_line" : "line_item",
    type: code === null ? "automatic" : "discount_code",
    value: isAmount ? wordsOf(shop).money(value.minor) : (value.kind === "shipping" ? 100 : 100 * value.share).toFixed(1),
    value_type: isAmount ? "fixed_amount" : "percentage",
    allocation_method: kind === "shipping" || (isAmount && value.isOnEach) ? "each" : "across",
    target_selection: kind === "product" ? "entitled" : "all",
    ...(code === null ? { title } : { code }),
  };
}
