// orders/* and refunds/create with the keys of Shopify's REST-style order (contract of 2026-10).
import type { CustomerDoc, Id, OrderDoc, OrderLineDoc, RefundDoc, ShopDoc } from "../model.ts";
import { customerOf } from "./customers.ts";
import { gid, number, numberOrNull, wordsOf, type Words } from "./words.ts";

export const deletedPayload = (id: Id): string => JSON.stringify({ id: number(id) });
export const refundPayload = (shop: ShopDoc, order: OrderDoc, refund: RefundDoc): string => JSON.stringify(refundOf(wordsOf(shop), order, refund));

export function orderPayload(shop: ShopDoc, order: OrderDoc, customer: CustomerDoc | null): string {
  const words = wordsOf(shop);
  const { money, set, zero, moment, currency } = words;
  const currentGoodsMinor = Math.max(order.currentTotalMinor - order.shippingMinor, 0);
  const goodsMinor = order.subtotalMinor + order.discountMinor;
  const address = order.countryCode === null ? null : addressOf(order, customer);
  const status = order.financialStatus.toLowerCase();
  return JSON.stringify({
    id: number(order.id), admin_graphql_api_id: gid("Order", order.id), app_id: 580111, browser_ip: null, buyer_accepts_marketing: customer?.emailConsent.state === "SUBSCRIBED", cancel_reason: order.cancelReason, cancelled_at: moment(order.cancelledAt),
    cart_token: null, checkout_token: null, client_details: null, closed_at: null, confirmation_number: `R${order.number}`, confirmed: true, contact_email: order.email, created_at: moment(order.createdAt), currency,
    current_shipping_price_set: set(Math.min(order.shippingMinor, order.currentTotalMinor)), current_subtotal_price: money(currentGoodsMinor), current_subtotal_price_set: set(currentGoodsMinor), current_total_additional_fees_set: null,
    current_total_discounts: money(order.discountMinor), current_total_discounts_set: set(order.discountMinor), current_total_duties_set: null, current_total_price: money(order.currentTotalMinor), current_total_price_set: set(order.currentTotalMinor),
    current_total_tax: money(order.taxMinor), current_total_tax_set: set(order.taxMinor), customer_locale: order.customerLocale, device_id: null,
    discount_codes: order.discountCodes.map((code) => ({ code, amount: money(order.discountMinor), type: "percentage" })), duties_included: false, email: order.email, estimated_taxes: false, financial_status: status,
    fulfillment_status: null, landing_site: null, landing_site_ref: null, location_id: null, merchant_business_entity_id: "MTU0ODM4MDAwOQ", merchant_of_record_app_id: null, name: order.name, note: null, note_attributes: [],
    number: order.number - 1_000, order_number: order.number, order_status_url: `https://${shop.domain}/orders/${order.id}`, original_total_additional_fees_set: null, original_total_duties_set: null, payment_gateway_names: ["bogus"],
    phone: null, po_number: null, presentment_currency: currency, processed_at: moment(order.processedAt), reference: null, referring_site: null, source_identifier: null, source_name: order.sourceName, source_url: null,
    subtotal_price: money(order.subtotalMinor), subtotal_price_set: set(order.subtotalMinor), tags: order.tags.join(", "), tax_exempt: false, tax_lines: [], taxes_included: false, test: order.test, token: `token-${order.id}`,
    total_cash_rounding_payment_adjustment_set: zero, total_cash_rounding_refund_adjustment_set: zero, total_discounts: money(order.discountMinor), total_discounts_set: set(order.discountMinor),
    total_line_items_price: money(goodsMinor), total_line_items_price_set: set(goodsMinor), total_outstanding: money(status === "pending" ? order.currentTotalMinor : 0), total_price: money(order.totalMinor), total_price_set: set(order.totalMinor),
    total_shipping_price_set: set(order.shippingMinor), total_tax: money(order.taxMinor), total_tax_set: set(order.taxMinor), total_tip_received: money(0), total_weight: 0, updated_at: moment(order.updatedAt), user_id: null,
    billing_address: address, customer: customer && customerOf(shop, customer),
    discount_applications: order.discountCodes.map((code) => ({ target_type: "line_item", type: "discount_code", value: "10.0", value_type: "percentage", allocation_method: "across", target_selection: "all", code })),
    fulfillments: [], line_items: order.lines.map((line) => lineOf(words, line)), payment_terms: null, refunds: order.refunds.map((refund) => refundOf(words, order, refund)), shipping_address: address,
    shipping_lines: order.shippingMinor === 0 ? [] : [shippingLineOf(words, order)], returns: [], line_item_groups: [],
  });
}

function lineOf({ money, set, zero }: Words, line: OrderLineDoc) {
  return {
    id: number(line.id), admin_graphql_api_id: gid("LineItem", line.id), attributed_staffs: [], current_quantity: line.currentQuantity, fulfillable_quantity: line.currentQuantity, fulfillment_service: "manual", fulfillment_status: null,
    gift_card: false, grams: 0, name: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`, price: money(line.unitPriceMinor), price_set: set(line.unitPriceMinor), product_exists: line.productId !== null,
    product_id: numberOrNull(line.productId), properties: [], quantity: line.quantity, requires_shipping: true, sales_line_item_group_id: null, sku: line.sku, taxable: true, title: line.title, total_discount: money(0), total_discount_set: zero,
    variant_id: numberOrNull(line.variantId), variant_inventory_management: "shopify", variant_title: line.variantTitle, vendor: line.vendor, tax_lines: [], duties: [],
    discount_allocations: line.discountMinor === 0 ? [] : [{ amount: money(line.discountMinor), amount_set: set(line.discountMinor), discount_application_index: 0 }],
  };
}

function refundOf(words: Words, order: OrderDoc, refund: RefundDoc) {
  const { money, set, zero, moment, currency } = words;
  const transactionId = String(BigInt(refund.id) + 6_220_000_000_000n);
  const createdAt = moment(refund.createdAt);
  return {
    id: number(refund.id), order_id: number(order.id), created_at: createdAt, note: refund.note, user_id: null, processed_at: createdAt, duties: [], total_duties_set: zero, return: null, refund_shipping_lines: [], restock: true,
    admin_graphql_api_id: gid("Refund", refund.id), order_adjustments: [],
    refund_line_items: refund.lines.map((each) => ({
      id: number(each.id), quantity: each.quantity, line_item_id: number(each.lineId), location_id: null, restock_type: "return", subtotal: Number(money(each.subtotalMinor)), total_tax: Number(money(each.taxMinor)),
      subtotal_set: set(each.subtotalMinor), total_tax_set: set(each.taxMinor), line_item: order.lines.filter((line) => line.id === each.lineId).map((line) => lineOf(words, line))[0] ?? null,
    })),
    transactions: [{
      id: number(transactionId), order_id: number(order.id), kind: "refund", gateway: "bogus", status: "success", message: null, created_at: createdAt, test: false, authorization: null, location_id: null, user_id: null, parent_id: null,
      processed_at: createdAt, device_id: null, error_code: null, source_name: "web", receipt: {}, amount: money(refund.amountMinor), currency, payment_id: `${order.name}.1`, total_unsettled_set: zero, manual_payment_gateway: false,
      amount_rounding: null, admin_graphql_api_id: gid("OrderTransaction", transactionId),
    }],
  };
}

function shippingLineOf({ money, set }: Words, order: OrderDoc) {
  const price = money(order.shippingMinor);
  return {
    id: number(String(BigInt(order.id) + 1n)), carrier_identifier: null, code: "Standard", current_discounted_price_set: set(order.shippingMinor), discounted_price: price, discounted_price_set: set(order.shippingMinor), is_removed: false, phone: null,
    price, price_set: set(order.shippingMinor), requested_fulfillment_service_id: null, source: "shopify", title: "Standard", tax_lines: [], discount_allocations: [],
  };
}

function addressOf(order: OrderDoc, customer: CustomerDoc | null) {
  const code = order.countryCode ?? "US";
  return {
    first_name: customer?.firstName ?? null, address1: null, phone: null, city: customer?.city ?? null, zip: null, province: null, country: new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code, last_name: customer?.lastName ?? null,
    address2: null, company: null, latitude: null, longitude: null, name: [customer?.firstName, customer?.lastName].filter(Boolean).join(" "), country_code: code, province_code: null,
  };
}

export function editedPayload(shop: ShopDoc, order: OrderDoc, { before, after }: { before: OrderLineDoc[]; after: OrderLineDoc[] }): string {
  const deltas = after.map((line) => ({ id: number(line.id), delta: line.currentQuantity - (before.find((each) => each.id === line.id)?.currentQuantity ?? 0) }));
  const at = wordsOf(shop).moment(order.updatedAt);
  return JSON.stringify({ order_edit: {
    id: number(String(BigInt(order.id) + 100_000_000_000n)), app_id: null, created_at: at, committed_at: at, notify_customer: false, order_id: number(order.id), staff_note: "", user_id: null,
    line_items: { additions: deltas.filter(({ delta }) => delta > 0), removals: deltas.filter(({ delta }) => delta < 0).map(({ id, delta }) => ({ id, delta: -delta })) },
    discounts: { line_item: { additions: [], removals: [] } }, shipping_lines: { additions: [], removals: [] },
  } });
}
