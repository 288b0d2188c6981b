// The lines of an order, and of its shipping, as Shopify words them in orders and refunds.

import type { DiscountShare } from "../discount-model.ts";
import type { Id, OrderDoc, OrderLineDoc, ShopDoc } from "../model.ts";
import { fullShippingMinor, isTaxIncluded, lineNetMinor, lineTaxMinor, remainingShippingMinor, taxRate } from "../rules/remaining.ts";
import { sharesOf, shippingSharesOf } from "../rules/discount-parts.ts";
import { deriveId, gid, number, wordsOf } from "./words.ts";

/** What payloads ask the shop: itself, and what is still on its shelves. */
export type Shelves = { shop(): ShopDoc; hasProduct(id: Id): boolean; hasVariant(id: Id): boolean };

/** A refund shows its lines with fewer fields. */
export function refundedLineFields(shelves: Shelves, order: OrderDoc, line: OrderLineDoc) {
  const { money, set, zero } = wordsOf(shelves.shop());
  const { productId, variantId } = line;
  const hasProduct = productId !== null && shelves.hasProduct(productId);
  return {
    id: number(line.id),
    admin_graphql_api_id: gid("LineItem", line.id),
    fulfillable_quantity: line.currentQuantity,
    fulfillment_service: "manual",
    fulfillment_status: null,
    gift_card: false,
    grams: readGrams(line),
    name: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`,
    price: money(line.unitPriceMinor),
    price_set: set(line.unitPriceMinor),
    product_exists: hasProduct,
    product_id: hasProduct ? number(productId) : null,
    properties: [],
    quantity: line.quantity,
    requires_shipping: true,
    sku: line.sku,
    taxable: true,
    title: line.title,
    total_discount: money(0), // codes are on the whole order, and stand in the allocations
    total_discount_set: zero,
    variant_id: hasProduct && variantId !== null && shelves.hasVariant(variantId) ? number(variantId) : null,
    variant_inventory_management: "shopify",
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: taxFields(shelves.shop(), lineTaxMinor(order, line.id), { ofMinor: lineNetMinor(line), isIncluded: isTaxIncluded(order) }),
    duties: [],
    discount_allocations: sharesOf(line).map((share) => shareFields(shelves.shop(), share)),
  };
}

export const lineFields = (shelves: Shelves, order: OrderDoc, line: OrderLineDoc) => ({
  ...refundedLineFields(shelves, order, line),
  attributed_staffs: [],
  current_quantity: line.currentQuantity,
  sales_line_item_group_id: null,
});

/** All the taxes on something that costs so much, as one. */
export function taxFields(shop: ShopDoc, taxMinor: number, { ofMinor, isIncluded }: { ofMinor: number; isIncluded: boolean }) {
  if (taxMinor === 0) return [];
  const { money, set } = wordsOf(shop);
  return [{ channel_liable: false, price: money(taxMinor), price_set: set(taxMinor), rate: taxRate(taxMinor, isIncluded ? ofMinor - taxMinor : ofMinor), title: "Tax" }];
}

function shareFields(shop: ShopDoc, { discount, amountMinor }: DiscountShare) {
  const { money, set } = wordsOf(shop);
  return { amount: money(amountMinor), amount_set: set(amountMinor), discount_application_index: discount };
}

const gramsOfUnit: Readonly<Record<string, number>> = { g: 1, kg: 1000 };

/** The weight of one piece, where its size says so: "250 g", "1 kg". */
export function readGrams({ variantTitle }: OrderLineDoc): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?) ?(k?g)$/.exec(variantTitle ?? "") ?? [];
  return Math.round(Number(count ?? 0) * (gramsOfUnit[unit ?? ""] ?? 0));
}

const SHIPPING_LINE_DISTANCE = 1n;

export function shippingLineFields(shop: ShopDoc, order: OrderDoc) {
  const { money, set } = wordsOf(shop);
  return {
    id: deriveId(order.id, SHIPPING_LINE_DISTANCE),
    carrier_identifier: null,
    code: "Standard",
    current_discounted_price_set: set(order.cancelledAt ? 0 : remainingShippingMinor(order)),
    discounted_price: money(order.shippingMinor),
    discounted_price_set: set(order.shippingMinor),
    is_removed: false,
    phone: null,
    price: money(fullShippingMinor(order)),
    price_set: set(fullShippingMinor(order)),
    requested_fulfillment_service_id: null,
    source: "shopify",
    title: "Standard",
    tax_lines: [],
    discount_allocations: shippingSharesOf(order).map((share) => shareFields(shop, share)),
  };
}
