import { afterEach, describe, expect, test } from "vitest";
import { createClock } from "../../clock.ts";
import type { ShopDoc, ShopEvent } from "../model.ts";
import { openShop, type OpenedShop } from "../state.ts";
import { bulkFinishedPayload, scopesPayload, shopPayload, shopRedactPayload } from "./shop.ts";

// The keys of API version 2026-10, as the contract has them.
const orderKeys = `
  id admin_graphql_api_id app_id browser_ip buyer_accepts_marketing cancel_reason cancelled_at cart_token checkout_token client_details closed_at confirmation_number confirmed
  contact_email created_at currency current_shipping_price_set current_subtotal_price current_subtotal_price_set current_total_additional_fees_set current_total_discounts
  current_total_discounts_set current_total_duties_set current_total_price current_total_price_set current_total_tax current_total_tax_set customer_locale device_id discount_codes
  duties_included email estimated_taxes financial_status fulfillment_status landing_site landing_site_ref location_id merchant_business_entity_id merchant_of_record_app_id name
  note note_attributes number order_number order_status_url original_total_additional_fees_set original_total_duties_set payment_gateway_names phone po_number presentment_currency
  processed_at reference referring_site source_identifier source_name source_url subtotal_price subtotal_price_set tags tax_exempt tax_lines taxes_included test token
  total_cash_rounding_payment_adjustment_set total_cash_rounding_refund_adjustment_set total_discounts total_discounts_set total_line_items_price total_line_items_price_set
  total_outstanding total_price total_price_set total_shipping_price_set total_tax total_tax_set total_tip_received total_weight updated_at user_id billing_address customer
  discount_applications fulfillments line_items payment_terms refunds shipping_address shipping_lines returns line_item_groups`;
const refundedLineKeys = `
  id admin_graphql_api_id fulfillable_quantity fulfillment_service fulfillment_status gift_card grams name price price_set product_exists product_id properties quantity
  requires_shipping sku taxable title total_discount total_discount_set variant_id variant_inventory_management variant_title vendor tax_lines duties discount_allocations`;
const lineKeys = `${refundedLineKeys} attributed_staffs current_quantity sales_line_item_group_id`;
const refundKeys = `id order_id created_at note user_id processed_at duties total_duties_set return refund_shipping_lines restock admin_graphql_api_id order_adjustments refund_line_items transactions`;
const transactionKeys = `
  id order_id kind gateway status message created_at test authorization location_id user_id parent_id processed_at device_id error_code source_name receipt amount currency payment_id
  total_unsettled_set manual_payment_gateway amount_rounding admin_graphql_api_id`;
const orderCustomerKeys = `
  id created_at updated_at first_name last_name state note verified_email multipass_identifier tax_exempt email phone currency tax_exemptions admin_graphql_api_id default_address`;
const addressKeys = `id customer_id first_name last_name company address1 address2 city province country zip phone name province_code country_code country_name default`;
const orderAddressKeys = `first_name address1 phone city zip province country last_name address2 company latitude longitude name country_code province_code`;
const shippingLineKeys = `
  id carrier_identifier code current_discounted_price_set discounted_price discounted_price_set is_removed phone price price_set requested_fulfillment_service_id source title tax_lines
  discount_allocations`;

const sorted = (keys: string): string[] => keys.trim().split(/\s+/).sort();
const keysOf = (value: unknown): string[] => Object.keys(Object(value)).sort();

// Tests look into bodies of many shapes.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Body = any;

let state: OpenedShop | undefined;
afterEach(() => {
  state?.close();
  state = undefined;
});

const yenShop: ShopDoc = { id: "60000000002", domain: "cha.myshopify.com", name: "Cha", email: "a@example.com", currency: "JPY", timeZone: "Asia/Tokyo", planName: "Basic", countryCode: "JP", createdAt: "2026-01-01T00:00:00.000Z" };

function openWatched(shop?: ShopDoc): { state: OpenedShop; events: ShopEvent[]; take(topic: string): Body } {
  const events: ShopEvent[] = [];
  const opened = openShop({ file: ":memory:", clock: createClock(0), ...(shop ? { shop } : {}) });
  opened.onEvent((event) => events.push(event));
  state = opened;
  return { state: opened, events, take: (topic) => JSON.parse(events.findLast((event) => event.topic === topic)?.body ?? "null") };
}

function buy(watched: ReturnType<typeof openWatched>, instant = "2026-10-20T18:02:33.000Z") {
  return watched.state.during(instant, () => {
    const { id } = watched.state.createCustomer({ email: "mina@example.com", firstName: "Mina", lastName: "Okafor", countryCode: "US", city: "Portland" });
    return watched.state.placeOrder({ customerId: id, lines: [{ title: "Guji", quantity: 2, unitPriceMinor: 1800 }, { title: "Filters", quantity: 1, unitPriceMinor: 900 }], discountCode: "WELCOME10", shippingMinor: 500 });
  });
}

describe("orders/create", () => {
  test("has Shopify's keys, down to lines and addresses", () => {
    const watched = openWatched();
    buy(watched);
    const body = watched.take("orders/create");
    expect(sorted(orderKeys)).toHaveLength(93);
    expect(keysOf(body)).toEqual(sorted(orderKeys));
    expect(keysOf(body.line_items[0])).toEqual(sorted(lineKeys));
    expect(keysOf(body.customer)).toEqual(sorted(orderCustomerKeys));
    expect(keysOf(body.customer.default_address)).toEqual(sorted(addressKeys));
    expect(keysOf(body.shipping_address)).toEqual(sorted(orderAddressKeys));
    expect(keysOf(body.shipping_lines[0])).toEqual(sorted(shippingLineKeys));
    expect(keysOf(body.discount_applications[0])).toEqual(sorted("target_type type value value_type allocation_method target_selection code"));
  });

  test("tells codes, automatic discounts and free shipping apart, each line's shares, and what was paid with", () => {
    const watched = openWatched();
    const { discounts, storeCredit } = watched.state;
    const every = { items: { kind: "all" as const }, buyers: { kind: "all" as const }, minimum: null, isOncePerCustomer: false, usageLimit: null, combinesWith: { order: true, product: true, shipping: true }, startsAt: "2020-01-01T00:00:00Z", endsAt: null, tags: [] };
    discounts.create({ ...every, code: "Five", title: "Five off", value: { kind: "amount", minor: 500, isOnEach: false } });
    discounts.create({ ...every, code: null, title: "Gold", value: { kind: "percentage", share: 0.1 } });
    discounts.create({ ...every, code: null, title: "Ships free", value: { kind: "shipping", maximumMinor: null } });
    const { id } = watched.state.createCustomer({ email: "mina@example.com" });
    storeCredit.credit(id, { amountMinor: 1000, expiresAt: null });
    watched.state.placeOrder({ customerId: id, lines: [{ title: "Guji", quantity: 2, unitPriceMinor: 1800 }, { title: "Filters", quantity: 1, unitPriceMinor: 900 }], discountCode: "five", shippingMinor: 400, payWith: { storeCredit: true } });
    const body = watched.take("orders/create");
    expect(keysOf(body)).toEqual(sorted(orderKeys));
    expect(body.discount_codes).toEqual([{ code: "Five", amount: "5.00", type: "fixed_amount" }]);
    expect(body.discount_applications).toMatchObject([
      { type: "discount_code", code: "Five", value: "5.00", value_type: "fixed_amount", target_type: "line_item", target_selection: "all" },
      { type: "automatic", title: "Gold", value: "10.0", value_type: "percentage", target_type: "line_item" },
      { type: "automatic", title: "Ships free", value: "100.0", value_type: "percentage", target_type: "shipping_line", allocation_method: "each" },
    ]);
    expect(body.line_items.map((line: Body) => line.discount_allocations.map((share: Body) => [share.discount_application_index, share.amount]))).toEqual([[[0, "4.00"], [1, "3.20"]], [[0, "1.00"], [1, "0.80"]]]);
    expect(body).toMatchObject({ subtotal_price: "36.00", total_discounts: "13.00", total_price: "36.00", total_line_items_price: "45.00", total_outstanding: "0.00", payment_gateway_names: ["shopify_store_credit", "bogus"] });
    expect(body.total_shipping_price_set.shop_money.amount).toBe("4.00");
    expect(body.current_shipping_price_set.shop_money.amount).toBe("0.00");
    expect(body.shipping_lines).toMatchObject([{ price: "4.00", discounted_price: "0.00", discount_allocations: [{ amount: "4.00", discount_application_index: 2 }] }]);
  });

  test("writes money as text, moments in the shop's zone, and sums that agree", () => {
    const watched = openWatched();
    buy(watched);
    expect(watched.take("orders/create")).toMatchObject({
      created_at: "2026-10-20T11:02:33-07:00", total_line_items_price: "45.00", total_discounts: "4.50", subtotal_price: "40.50", total_price: "45.50", current_total_price: "45.50",
      total_price_set: { shop_money: { amount: "45.50", currency_code: "USD" }, presentment_money: { amount: "45.50", currency_code: "USD" } },
      number: 1, order_number: 1001, name: "#1001", financial_status: "paid", discount_codes: [{ code: "WELCOME10", amount: "4.50", type: "percentage" }],
      line_items: [{ discount_allocations: [{ amount: "3.60" }] }, { discount_allocations: [{ amount: "0.90" }] }],
    });
    watched.state.during("2026-12-20T18:02:33.000Z", () => watched.state.placeOrder({ lines: [{ title: "Guji", quantity: 1, unitPriceMinor: 1800 }] }));
    expect(watched.take("orders/create")).toMatchObject({ created_at: "2026-12-20T10:02:33-08:00" });
  });

  test("has no decimals where the currency has none", () => {
    const watched = openWatched(yenShop);
    watched.state.during("2026-10-20T18:02:33.000Z", () => watched.state.placeOrder({ lines: [{ title: "Sencha", quantity: 1, unitPriceMinor: 1200 }], shippingMinor: 0 }));
    expect(watched.take("orders/create")).toMatchObject({ total_price: "1200", created_at: "2026-10-21T03:02:33+09:00", customer: null });
  });

  test("writes ids as bare numbers, beyond what a double holds", () => {
    const watched = openWatched();
    watched.state.placeOrder({ id: "9007199254740993", lines: [{ title: "Sencha", quantity: 1, unitPriceMinor: 1200 }] });
    expect(watched.events[0]?.body).toMatch(/^\{"id":9007199254740993,"admin_graphql_api_id":"gid:\/\/shopify\/Order\/9007199254740993"/);
  });

  test("points to no product once it is deleted", () => {
    const watched = openWatched();
    const at = watched.state.ledger.now();
    const variant = { id: "11", title: "250 g", sku: "G", priceMinor: 1800, unitCostMinor: null, updatedAt: at };
    watched.state.ledger.putProduct({ id: "1", title: "Guji", handle: "guji", description: "", productType: "", vendor: "", status: "ACTIVE", tags: ["a", "b"], createdAt: at, updatedAt: at, variants: [variant] });
    const order = watched.state.placeOrder({ lines: [{ variantId: "11", quantity: 2 }] });
    expect(watched.take("orders/create")).toMatchObject({ total_weight: 500, line_items: [{ product_exists: true, product_id: 1, variant_id: 11, grams: 250, name: "Guji - 250 g" }] });
    watched.state.updateProduct("1", { title: "Guji 2" });
    expect(watched.take("products/update")).toMatchObject({ id: 1, title: "Guji 2", tags: "a, b", status: "active", variants: [{ id: 11, price: "18.00" }], variant_gids: [{ admin_graphql_api_id: "gid://shopify/ProductVariant/11" }] });
    watched.state.deleteProduct("1");
    expect(watched.take("products/delete")).toEqual({ id: 1 });
    watched.state.refundOrder(order.id, { amountMinor: 100 });
    expect(watched.take("orders/updated")).toMatchObject({ line_items: [{ product_exists: false, product_id: null, variant_id: null, title: "Guji" }] });
  });
});

test("refunds/create tells goods as numbers and sets, and what was really paid back", () => {
  const watched = openWatched();
  const order = buy(watched);
  watched.state.refundOrder(order.id, { lines: [{ lineId: order.lines[0]?.id ?? "", quantity: 1 }], amountMinor: 1750, note: "One bag arrived torn" });
  const body = watched.take("refunds/create");
  expect(keysOf(body)).toEqual(sorted(refundKeys));
  expect(keysOf(body.transactions[0])).toEqual(sorted(transactionKeys));
  expect(keysOf(body.refund_line_items[0])).toEqual(sorted("id quantity line_item_id location_id restock_type subtotal total_tax subtotal_set total_tax_set line_item"));
  expect(keysOf(body.refund_line_items[0].line_item)).toEqual(sorted(refundedLineKeys));
  expect(body).toMatchObject({
    refund_line_items: [{ quantity: 1, subtotal: 16.2, subtotal_set: { shop_money: { amount: "16.20" } } }],
    order_adjustments: [{ amount: "-1.30", kind: "refund_discrepancy" }], transactions: [{ kind: "refund", status: "success", amount: "17.50", currency: "USD" }],
  });
  expect(watched.take("orders/updated")).toMatchObject({
    current_subtotal_price: "24.30", current_total_discounts: "2.70", current_total_price: "28.00", total_price: "45.50", financial_status: "partially_refunded",
    line_items: [{ quantity: 2, current_quantity: 1 }, {}], refunds: [{ transactions: [{ amount: "17.50" }] }],
  });
});

test("orders/cancelled and orders/edited say when, why and what", () => {
  const watched = openWatched();
  const order = buy(watched);
  watched.state.editOrder(order.id, { setQuantities: [{ lineId: order.lines[0]?.id ?? "", quantity: 3 }, { lineId: order.lines[1]?.id ?? "", quantity: 0 }] });
  expect(watched.take("orders/edited")).toMatchObject({
    order_edit: { order_id: Number(order.id), line_items: { additions: [{ id: Number(order.lines[0]?.id), delta: 1 }], removals: [{ id: Number(order.lines[1]?.id), delta: 1 }] } },
  });
  watched.state.during("2026-10-21T00:00:00.000Z", () => watched.state.cancelOrder(order.id, "inventory"));
  expect(watched.take("orders/cancelled")).toMatchObject({ cancelled_at: "2026-10-20T17:00:00-07:00", cancel_reason: "inventory", current_total_price: "0.00", current_subtotal_price: "0.00", financial_status: "refunded" });
  watched.state.deleteOrder(order.id);
  expect(watched.take("orders/delete")).toEqual({ id: Number(order.id) });
});

test("customers are told without counts, spend, tags and language", () => {
  const watched = openWatched();
  const { customerId } = buy(watched);
  expect(keysOf(watched.take("customers/create"))).toEqual(sorted(`${orderCustomerKeys} addresses`));
  watched.state.updateCustomer(customerId ?? "", { emailConsent: { state: "SUBSCRIBED", optInLevel: "CONFIRMED_OPT_IN", updatedAt: "2026-10-20T18:02:33.000Z" } });
  expect(watched.take("customers_email_marketing_consent/update")).toEqual({
    customer_id: Number(customerId), email_address: "mina@example.com", email_marketing_consent: { state: "subscribed", opt_in_level: "confirmed_opt_in", consent_updated_at: "2026-10-20T11:02:33-07:00" },
  });
  watched.state.requestCustomerData(customerId ?? "");
  expect(keysOf(watched.take("customers/data_request"))).toEqual(sorted("shop_id shop_domain orders_requested customer data_request"));
  const { id } = watched.state.createCustomer({});
  watched.state.deleteCustomer(id);
  expect(watched.take("customers/delete")).toEqual({ id: Number(id), tax_exemptions: [], admin_graphql_api_id: `gid://shopify/Customer/${id}` });
  const other = watched.state.createCustomer({ email: "other@example.com" });
  watched.state.mergeCustomers({ keptId: customerId ?? "", deletedId: other.id });
  expect(keysOf(watched.take("customers/merge"))).toEqual(sorted("admin_graphql_api_customer_kept_id admin_graphql_api_customer_deleted_id admin_graphql_api_job_id status errors"));
});

test("the shop, its scopes and finished bulk operations are told as Shopify does", () => {
  const at = "2026-10-20T18:20:00.000Z";
  expect(JSON.parse(shopPayload(yenShop))).toMatchObject({ id: 60000000002, myshopify_domain: "cha.myshopify.com", currency: "JPY", iana_timezone: "Asia/Tokyo", plan_name: "basic", created_at: "2026-01-01T09:00:00+09:00" });
  expect(JSON.parse(shopRedactPayload(yenShop))).toEqual({ shop_id: 60000000002, shop_domain: "cha.myshopify.com" });
  expect(JSON.parse(scopesPayload(yenShop, { appId: "1", previous: [], current: ["read_orders"], at }))).toEqual({ id: 1, shop_id: "gid://shopify/Shop/60000000002", previous: [], current: ["read_orders"], updated_at: at });
  expect(JSON.parse(bulkFinishedPayload(yenShop, { gid: "gid://shopify/BulkOperation/1", createdAt: at, completedAt: at, errorCode: "ACCESS_DENIED", status: "FAILED" }))).toEqual({
    admin_graphql_api_id: "gid://shopify/BulkOperation/1", completed_at: "2026-10-21T03:20:00+09:00", created_at: "2026-10-21T03:20:00+09:00", error_code: "access_denied", status: "failed", type: "query",
  });
});
