import { describe, expect, test } from "vitest";
import { parseJson } from "../../values/json.ts";
import { ParseError } from "./fields.ts";
import { parseOrderNode, parseOrderWebhook } from "./order.ts";
import { parseRefundWebhook } from "./refund.ts";

// One order, told by each door in its own words.
const usual = {
  id: "5700000000001", currency: "USD", total: "48.74", revenue: "31.24", discount: "4.50", unitPrice: "18.00", allocated: "3.60", refund: "17.50", paidIn: "USD",
};
type Told = typeof usual;

const bodyOf = (told: Told): string => {
  const money = (amount: string) => ({ shop_money: { amount, currency_code: told.currency }, presentment_money: { amount: "99.99", currency_code: "CAD" } });
  const refund = {
    id: 980000000001,
    admin_graphql_api_id: "gid://shopify/Refund/980000000001",
    created_at: "2026-10-23T15:40:10-07:00",
    transactions: [
      { kind: "refund", status: "success", amount: told.refund, currency: told.paidIn },
      { kind: "refund", status: "failure", amount: "1000", currency: told.paidIn },
      { kind: "void", status: "success", amount: "1000", currency: told.paidIn },
    ],
    refund_line_items: [{ subtotal: 16.2, subtotal_set: money("16.20"), total_tax_set: money("1.30") }],
  };
  return JSON.stringify({
    id: "ID",
    name: "#1042",
    created_at: "2026-10-20T11:02:33-07:00",
    processed_at: "2026-10-20T11:02:31-07:00",
    updated_at: "2026-10-23T15:40:12-07:00",
    cancelled_at: null,
    test: false,
    financial_status: "partially_refunded",
    current_total_price_set: money(told.revenue),
    total_price_set: money(told.total),
    total_discounts_set: money(told.discount),
    taxes_included: true,
    total_shipping_price_set: money(told.allocated),
    current_shipping_price_set: money("0"),
    discount_codes: [{ code: "REGULAR10", amount: "4.50", type: "percentage" }],
    source_name: "web",
    shipping_address: null,
    billing_address: { country_code: "JP" },
    customer: { id: 7400000000001, email: "mina@example.com", first_name: "Mina", last_name: null, created_at: "2026-03-02T09:14:07-08:00" },
    line_items: [
      {
        id: 14200000000001, product_id: 8100000000001, variant_id: 44100000000001, title: "Ethiopia Guji", quantity: 2, current_quantity: 1,
        price_set: money(told.unitPrice), discount_allocations: [{ amount: "9", amount_set: money(told.allocated) }],
        gift_card: false, tax_lines: [{ price: "9", price_set: money(told.allocated) }, { price: "9", price_set: money(told.discount) }],
      },
      {
        id: 14200000000002, product_id: null, variant_id: null, title: "Gift wrap", quantity: 1, current_quantity: 1,
        price_set: money("0"), discount_allocations: [], gift_card: true, tax_lines: [],
      },
    ],
    refunds: [refund],
  }).replace('"id":"ID"', `"id":${told.id}`);
};

const nodeOf = (told: Told): unknown => {
  const money = (amount: string) => ({ shopMoney: { amount, currencyCode: told.currency } });
  return {
    id: `gid://shopify/Order/${told.id}`,
    name: "#1042",
    processedAt: "2026-10-20T18:02:31Z",
    updatedAt: "2026-10-23T22:40:12Z",
    cancelledAt: null,
    test: false,
    displayFinancialStatus: "PARTIALLY_REFUNDED",
    currentTotalPriceSet: money(told.revenue),
    totalPriceSet: money(told.total),
    totalDiscountsSet: money(told.discount),
    taxesIncluded: true,
    totalShippingPriceSet: money(told.allocated),
    currentShippingPriceSet: money("0.0"),
    totalRefundedSet: money(told.refund),
    discountCodes: ["REGULAR10"],
    sourceName: "web",
    shippingAddress: null,
    billingAddress: { countryCodeV2: "JP" },
    customer: {
      id: "gid://shopify/Customer/7400000000001", firstName: "Mina", lastName: null, createdAt: "2026-03-02T17:14:07Z",
      defaultEmailAddress: { emailAddress: "mina@example.com" },
    },
    lineItems: {
      nodes: [
        {
          id: "gid://shopify/LineItem/14200000000001", product: { id: "gid://shopify/Product/8100000000001" }, variant: { id: "gid://shopify/ProductVariant/44100000000001" },
          title: "Ethiopia Guji", quantity: 2, currentQuantity: 1, originalUnitPriceSet: money(told.unitPrice), discountAllocations: [{ allocatedAmountSet: money(told.allocated) }],
          isGiftCard: false, taxLines: [{ priceSet: money(told.allocated) }, { priceSet: money(told.discount) }],
        },
        {
          id: "gid://shopify/LineItem/14200000000002", product: null, variant: null,
          title: "Gift wrap", quantity: 1, currentQuantity: 1, originalUnitPriceSet: money("0.0"), discountAllocations: [], isGiftCard: true, taxLines: [],
        },
      ],
    },
    refunds: [{ id: "gid://shopify/Refund/980000000001", createdAt: "2026-10-23T22:40:10Z", updatedAt: "2026-10-24T00:00:00Z", totalRefundedSet: money(told.refund) }],
  };
};

const told = (changes: Partial<Told>) => ({ ...usual, ...changes });
const yen = { currency: "JPY", paidIn: "JPY", total: "4874", revenue: "3124", discount: "450", unitPrice: "1800", allocated: "360", refund: "1750" };
const dinars = { currency: "KWD", paidIn: "KWD", total: "48.740", revenue: "31.245", discount: "4.5", unitPrice: "18.000", allocated: "3.605", refund: "17.495" };
const fromWebhook = (order: Told) => parseOrderWebhook(parseJson(bodyOf(order)));

describe("both doors tell the same order", () => {
  test.each([
    { name: "in dollars", order: usual },
    { name: "in yen, which have no cents", order: told(yen) },
    { name: "in dinars, which have three digits", order: told(dinars) },
    { name: "with an id no double can hold", order: told({ id: "9007199254740993" }) },
  ])("$name", ({ order }) => {
    expect(fromWebhook(order)).toEqual(parseOrderNode(nodeOf(order)));
  });
});

test("an order is read to the last minor unit", () => {
  const snapshot = fromWebhook(usual);
  expect(snapshot).toMatchObject({
    id: 5700000000001n, currency: "USD", totalMinor: 4874, revenueMinor: 3124, discountMinor: 450, refundedMinor: 1750,
    financialStatus: "PARTIALLY_REFUNDED", countryCode: "JP",
    hasTaxIncluded: true, shippingMinor: 360, currentShippingMinor: 0,
    lines: [{ totalMinor: 3240, beforeDiscountsMinor: 3600, taxMinor: 810, isGiftCard: false, currentQuantity: 1 }, { totalMinor: 0, beforeDiscountsMinor: 0, taxMinor: 0, isGiftCard: true, currentQuantity: 1 }],
  });
  expect(snapshot.placedAt.toISOString()).toBe("2026-10-20T18:02:31.000Z");
  expect(fromWebhook(told(yen)).revenueMinor).toBe(3124);
  expect(fromWebhook(told(dinars)).revenueMinor).toBe(31_245);
  expect(fromWebhook(told({ id: "9007199254740993" })).id).toBe(9007199254740993n);
});

test("what went back in a foreign currency is taken from the goods, in the shop's", () => {
  expect(fromWebhook(told({ paidIn: "CAD", refund: "24.10" })).refundedMinor).toBe(1750);
});

test("the gid is believed where somebody rounded the number", () => {
  const rounded = bodyOf(usual).replace('"id":5700000000001,', '"id":820982911946154500,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508",');
  expect(parseOrderWebhook(parseJson(rounded)).id).toBe(820982911946154508n);
});

test("a guest is nobody", () => {
  const guest: unknown = JSON.parse(bodyOf(usual).replace(/"customer":\{[^}]*\}/, '"customer":null').replace('"ID"', "1"));
  expect(parseOrderWebhook(guest).customer).toBeNull();
});

describe("what cannot be read names its place, never its content", () => {
  test.each([
    { change: ['"current_total_price_set":{"shop_money":{"amount":"31.24"', '"current_total_price_set":{"shop_money":{"amount":"31,24 secret"'], path: "current_total_price_set" },
    { change: ['"processed_at":"2026-10-20T11:02:31-07:00"', '"processed_at":"yesterday, secret"'], path: "processed_at" },
    { change: ['"quantity":2', '"quantity":"secret"'], path: "line_items.0.quantity" },
    { change: ['"financial_status":"partially_refunded"', '"financial_status":"secret"'], path: "financial_status" },
    { change: ['"id":7400000000001', '"id":"secret"'], path: "customer.id" },
    { change: ['"name":"#1042",', ""], path: "name" },
  ])("$path", ({ change: [from = "", to = ""], path }) => {
    const body = bodyOf(usual);
    expect(body).toContain(from);
    const failure = failureOf(() => parseOrderWebhook(parseJson(body.replace(from, to)), "orders/create"));
    expect(failure).toMatchObject({ topic: "orders/create", path });
    expect(failure.message).not.toContain("secret");
  });

  test("nothing at all", () => {
    expect(failureOf(() => parseOrderWebhook(null)).path).toBe("");
  });
});

test("a refund alone tells whose it is and what went back", () => {
  const order: unknown = JSON.parse(bodyOf(usual).replace('"ID"', "1"));
  const refund: unknown = typeof order === "object" && order !== null && "refunds" in order && Array.isArray(order.refunds) ? order.refunds[0] : null;
  expect(parseRefundWebhook({ ...Object(refund), order_id: 5700000000001 }, { currency: "USD" })).toEqual({
    orderId: 5700000000001n,
    refund: { id: 980000000001n, refundedAt: new Date("2026-10-23T22:40:10Z"), amountMinor: 1750 },
  });
});

function failureOf(run: () => unknown): ParseError {
  try {
    run();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error("it was read");
}
