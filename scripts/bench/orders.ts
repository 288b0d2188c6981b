// Orders as Shopify words them, made without chance: the same in every run.
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

export const aCustomerDocument = (id: string, at: string): CustomerDoc => ({
  id, firstName: "Mina", lastName: "Okafor", email: `buyer-${id}@example.com`, phone: null, locale: "en", countryCode: "US", city: null, state: "ENABLED", tags: [], note: null,
  emailConsent: { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: at }, createdAt: at, updatedAt: at,
});

export const anOrderBody = (order: OrderDoc): string => orderPayload(BENCH_SHOP, order, order.customerId === null ? null : aCustomerDocument(order.customerId, order.createdAt));
