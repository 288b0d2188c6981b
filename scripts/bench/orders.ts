// Orders as Shopify words them, made without chance: the same in every run.
import path from "node:path";
import { readAppConfig } from "../../sandbox/webhooks/app-config.ts";
import { pickFields } from "../../sandbox/webhooks/pick-fields.ts";
import { orderPayload } from "../../sandbox/shop/payloads/orders.ts";
import type { CustomerDoc, OrderDoc, ShopDoc } from "../../sandbox/shop/model.ts";

export const BENCH_SHOP: ShopDoc = {
  id: "60000000009", domain: "bench.myshopify.com", name: "Bench", email: "owner@bench.example", currency: "USD", timeZone: "America/Los_Angeles", planName: "Basic", countryCode: "US", createdAt: "2024-01-01T00:00:00.000Z",
};

const START_MS = Date.UTC(2024, 10, 1);
const SPAN_MS = 739 * 86_400_000;
const LINE_COUNT = 2;

/** 0 to 1 from whole numbers, spread as evenly as chance would (Knuth's multiplicative hash). */
const spread = (number: number, salt: number): number => (Math.imul(number + salt * 7_919, 2_654_435_761) >>> 0) / 2 ** 32;

/** Order `index` of a shop with `customerCount` customers, unevenly loyal; one in twelve is a guest's. */
export function anOrderDocument(index: number, customerCount: number): OrderDoc {
  const at = new Date(START_MS + Math.floor(spread(index, 2) * SPAN_MS)).toISOString();
  const customerId = index % 12 === 0 ? null : String(7_400_000_000_000 + Math.floor(spread(index, 1) ** 2 * customerCount));
  const unitPriceMinor = 500 + Math.floor(spread(index, 3) * 4_500);
  const totalMinor = LINE_COUNT * unitPriceMinor;
  return {
    id: String(5_700_000_000_000 + index), name: `#${1_001 + index}`, number: 1_001 + index, customerId, email: null, createdAt: at, processedAt: at, updatedAt: at, cancelledAt: null, cancelReason: null, test: false, financialStatus: "PAID",
    sourceName: "web", countryCode: "US", customerLocale: "en", discountCodes: [], tags: [], subtotalMinor: totalMinor, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor, currentTotalMinor: totalMinor, refundedMinor: 0, refunds: [],
    lines: Array.from({ length: LINE_COUNT }, (_, line) => ({
      id: String(14_200_000_000_000 + index * LINE_COUNT + line), productId: String(8_100_000_000_000 + (index % 40)), variantId: String(44_100_000_000_000 + (index % 40)), title: "Ethiopia Guji", variantTitle: "250 g", sku: "GUJI-250", vendor: "Bench",
      quantity: 1, currentQuantity: 1, unitPriceMinor, discountMinor: 0,
    })),
  };
}

const aCustomerDocument = (id: string, at: string): CustomerDoc => ({
  id, firstName: "Mina", lastName: "Okafor", email: `buyer-${id}@example.com`, phone: null, locale: "en", countryCode: "US", city: null, state: "ENABLED", tags: [], note: null, birthOn: null,
  emailConsent: { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: at }, createdAt: at, updatedAt: at,
});

const SHELVES = { shop: () => BENCH_SHOP, hasProduct: () => true, hasVariant: () => true };

/** As shopify.app.toml asks for it. */
export const anOrderBody = (order: OrderDoc): string => pickFields(orderPayload(SHELVES, order, order.customerId === null ? null : aCustomerDocument(order.customerId, order.createdAt)), FIELDS);
const FIELDS = readAppConfig(path.join(import.meta.dirname, "../../shopify.app.toml")).subscriptions.find(({ topic }) => topic === "orders/create")?.includeFields ?? [];

/** The order and its lines as a bulk operation writes them: one node a line. */
export function aBulkOrder(order: OrderDoc): string {
  const { currency } = BENCH_SHOP;
  const bag = (minor: number) => ({ shopMoney: { amount: (minor / 100).toFixed(2), currencyCode: currency } });
  const id = `gid://shopify/Order/${order.id}`;
  const customer = order.customerId === null ? null : { id: `gid://shopify/Customer/${order.customerId}`, firstName: "Mina", lastName: "Okafor", createdAt: order.createdAt, defaultEmailAddress: { emailAddress: `buyer-${order.customerId}@example.com` } };
  const lines = order.lines.map((line) => ({
    id: `gid://shopify/LineItem/${line.id}`, title: line.title, quantity: line.quantity, currentQuantity: line.currentQuantity, product: { id: `gid://shopify/Product/${line.productId}` }, variant: { id: `gid://shopify/ProductVariant/${line.variantId}` },
    originalUnitPriceSet: bag(line.unitPriceMinor), discountAllocations: [], isGiftCard: false, taxLines: [], __parentId: id,
  }));
  const node = {
    id, name: order.name, processedAt: order.processedAt, updatedAt: order.updatedAt, cancelledAt: null, test: false, displayFinancialStatus: "PAID", discountCodes: [], sourceName: "web", currentTotalPriceSet: bag(order.currentTotalMinor),
    totalPriceSet: bag(order.totalMinor), taxesIncluded: false, totalShippingPriceSet: bag(order.shippingMinor), currentShippingPriceSet: bag(order.shippingMinor), totalDiscountsSet: bag(0), totalRefundedSet: bag(0), shippingAddress: { countryCodeV2: "US" }, billingAddress: { countryCodeV2: "US" }, customer, refunds: [],
  };
  return [node, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}
