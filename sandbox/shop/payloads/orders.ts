// orders/create, orders/updated and orders/cancelled with the keys of Shopify's REST-style order (contract of 2026-10).

import type { CustomerDoc, Id, OrderDoc } from "../model.ts";
import { isPaid } from "../rules/refund.ts";
import { allDiscountsMinor, fullShippingMinor, isTaxIncluded, remainingDiscountMinor, remainingShippingMinor, remainingSubtotalMinor, remainingTaxMinor, sum } from "../rules/remaining.ts";
import { gatewaysOf } from "../rules/payment-parts.ts";
import { customerFields } from "./customers.ts";
import { discountFields } from "./discounts.ts";
import { lineFields, readGrams, shippingLineFields, taxFields, type Shelves } from "./lines.ts";
import { refundFields } from "./refunds.ts";
import { countryName, fullName, gid, number, wordsOf } from "./words.ts";

const ONLINE_STORE_APP_ID = 580111; // Shopify's own

// What the pretend shop does not keep.
const unknown = {
  browser_ip: null, cart_token: null, checkout_token: null, client_details: null, closed_at: null, device_id: null, fulfillment_status: null,
  landing_site: null, landing_site_ref: null, location_id: null, merchant_business_entity_id: null, merchant_of_record_app_id: null, note: null,
  original_total_additional_fees_set: null, original_total_duties_set: null, phone: null, po_number: null, reference: null, referring_site: null,
  source_identifier: null, source_url: null, user_id: null, payment_terms: null,
};

export function orderPayload(shelves: Shelves, order: OrderDoc, customer: CustomerDoc | null): string {
  const shop = shelves.shop();
  const { currency, moment, momentOrNull, zero } = wordsOf(shop);
  const address = addressFields(order, customer);
  return JSON.stringify({
    id: number(order.id),
    admin_graphql_api_id: gid("Order", order.id),
    ...unknown,
    app_id: ONLINE_STORE_APP_ID,
    buyer_accepts_marketing: customer?.emailConsent.state === "SUBSCRIBED",
    cancel_reason: order.cancelReason,
    cancelled_at: momentOrNull(order.cancelledAt),
    confirmation_number: `R${order.number}`,
    confirmed: true,
    contact_email: order.email,
    created_at: moment(order.createdAt),
    currency,
    customer_locale: order.customerLocale,
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    financial_status: order.financialStatus.toLowerCase(),
    name: order.name,
    note_attributes: [],
    number: order.number > 1_000 ? order.number - 1_000 : order.number, // Shopify names its first order #1001
    order_number: order.number,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${order.id}/authenticate?key=sandbox`,
    payment_gateway_names: gatewaysOf(order),
    presentment_currency: currency,
    processed_at: moment(order.processedAt),
    source_name: order.sourceName,
    tags: order.tags.join(", "),
    tax_exempt: false,
    tax_lines: taxFields(shop, order.taxMinor, { ofMinor: order.subtotalMinor, isIncluded: isTaxIncluded(order) }),
    taxes_included: isTaxIncluded(order),
    test: order.test,
    token: `sandbox${order.id}`,
    total_cash_rounding_payment_adjustment_set: zero,
    total_cash_rounding_refund_adjustment_set: zero,
    total_weight: sum(order.lines.map((line) => line.quantity * readGrams(line))),
    updated_at: moment(order.updatedAt),
    ...orderedFields(shelves, order),
    ...currentFields(shelves, order),
    ...discountFields(shop, order),
    billing_address: address,
    customer: customer && customerFields(shop, customer),
    fulfillments: [],
    line_items: order.lines.map((line) => lineFields(shelves, order, line)),
    refunds: order.refunds.map((refund) => refundFields(shelves, order, refund)),
    shipping_address: address,
    shipping_lines: fullShippingMinor(order) === 0 ? [] : [shippingLineFields(shop, order)],
    returns: [],
    line_item_groups: [],
  });
}

/** As ordered, plus edits. */
function orderedFields(shelves: Shelves, order: OrderDoc) {
  const { money, set } = wordsOf(shelves.shop());
  const goodsMinor = sum(order.lines.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor));
  const owedMinor = isPaid(order) || order.cancelledAt ? 0 : order.currentTotalMinor;
  return {
    subtotal_price: money(order.subtotalMinor),
    subtotal_price_set: set(order.subtotalMinor),
    total_discounts: money(allDiscountsMinor(order)),
    total_discounts_set: set(allDiscountsMinor(order)),
    total_line_items_price: money(goodsMinor),
    total_line_items_price_set: set(goodsMinor),
    total_outstanding: money(owedMinor),
    total_price: money(order.totalMinor),
    total_price_set: set(order.totalMinor),
    total_shipping_price_set: set(fullShippingMinor(order)), // as Shopify says it: without discounts
    total_tax: money(order.taxMinor),
    total_tax_set: set(order.taxMinor),
    total_tip_received: money(0),
  };
}

/** After edits, refunds and cancellation. */
function currentFields(shelves: Shelves, order: OrderDoc) {
  const { money, set } = wordsOf(shelves.shop());
  const isCancelled = order.cancelledAt !== null;
  const discountMinor = isCancelled ? 0 : sum(order.lines.map(remainingDiscountMinor)) + (order.shippingDiscountMinor ?? 0);
  const subtotalMinor = isCancelled ? 0 : remainingSubtotalMinor(order);
  const taxMinor = isCancelled ? 0 : remainingTaxMinor(order);
  return {
    current_shipping_price_set: set(isCancelled ? 0 : remainingShippingMinor(order)),
    current_subtotal_price: money(subtotalMinor),
    current_subtotal_price_set: set(subtotalMinor),
    current_total_additional_fees_set: null,
    current_total_discounts: money(discountMinor),
    current_total_discounts_set: set(discountMinor),
    current_total_duties_set: null,
    current_total_price: money(order.currentTotalMinor),
    current_total_price_set: set(order.currentTotalMinor),
    current_total_tax: money(taxMinor),
    current_total_tax_set: set(taxMinor),
  };
}

function addressFields({ countryCode }: OrderDoc, customer: CustomerDoc | null) {
  if (countryCode === null) return null;
  return {
    first_name: customer?.firstName ?? null,
    address1: null,
    phone: customer?.phone ?? null,
    city: customer?.city ?? null,
    zip: null,
    province: null,
    country: countryName(countryCode),
    last_name: customer?.lastName ?? null,
    address2: null,
    company: null,
    latitude: null,
    longitude: null,
    name: fullName(customer),
    country_code: countryCode,
    province_code: null,
  };
}

/** orders/delete and products/delete */
export const deletedPayload = (id: Id): string => JSON.stringify({ id: number(id) });
