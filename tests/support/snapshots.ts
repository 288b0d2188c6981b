// Shopify's words, as tests want them: everything has a sensible default, and a test says only what it is about.
import type { CustomerSnapshot, EmbeddedCustomer, OrderLineSnapshot, OrderSnapshot, ProductSnapshot, ShopSnapshot } from "../../app/shopify/snapshots.ts";
import { parseId, type CustomerId, type OrderId, type OrderLineId, type ProductId, type RefundId, type ShopId, type VariantId } from "../../app/values/ids.ts";

export const shopIdOf = (number: number | bigint): ShopId => parseId<ShopId>(BigInt(number));
export const orderIdOf = (number: number | bigint): OrderId => parseId<OrderId>(BigInt(number));
export const customerIdOf = (number: number | bigint): CustomerId => parseId<CustomerId>(BigInt(number));
const productIdOf = (number: number | bigint): ProductId => parseId<ProductId>(BigInt(number));

const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
/** So many minutes after the beginning of 2026. */
export const minute = (number: number): Date => new Date(START + number * MINUTE_MS);

export function anOrder({ id = 1, customer = 7, ...rest }: Partial<Omit<OrderSnapshot, "id" | "customer">> & { id?: number | bigint; customer?: number | null } = {}): OrderSnapshot {
  return {
    id: orderIdOf(id), name: `#${id}`, customer: customer === null ? null : anEmbeddedCustomer(customer), placedAt: minute(0), updatedAt: minute(0), cancelledAt: null,
    isTest: false, financialStatus: "PAID", currency: "USD", totalMinor: 1000, revenueMinor: 1000, hasTaxIncluded: false, shippingMinor: 0, currentShippingMinor: 0, discountMinor: 0, refundedMinor: 0,
    discountCodes: [], sourceName: "web", countryCode: "US", lines: [aLine({ id: BigInt(id) * 10n })], refunds: [], ...rest,
  };
}

const anEmbeddedCustomer = (id: number): EmbeddedCustomer => ({ id: customerIdOf(id), email: `customer-${id}@example.com`, firstName: "Mina", lastName: "Okafor", createdAt: minute(0) });

export const aLine = ({ id = 10, ...rest }: Partial<Omit<OrderLineSnapshot, "id">> & { id?: number | bigint } = {}): OrderLineSnapshot => ({
  id: parseId<OrderLineId>(BigInt(id)), productId: productIdOf(81), variantId: parseId<VariantId>(441), title: "Ethiopia Guji", quantity: 1, currentQuantity: 1, totalMinor: 1000, beforeDiscountsMinor: 1000, taxMinor: 0, isGiftCard: false, ...rest,
});

export const aRefund = (id: number, amountMinor: number) => ({ id: parseId<RefundId>(id), refundedAt: minute(1), amountMinor });

export const aCustomer = ({ id = 7, ...rest }: Partial<Omit<CustomerSnapshot, "id">> & { id?: number } = {}): CustomerSnapshot => ({
  id: customerIdOf(id), email: `customer-${id}@example.com`, firstName: "Mina", lastName: "Okafor", locale: "en", countryCode: "US", tags: [], birthOn: null, rfmGroup: null,
  createdAt: minute(0), updatedAt: minute(0), consent: { state: "NOT_SUBSCRIBED", updatedAt: null }, ...rest,
});

export const aProduct = ({ id = 81, ...rest }: Partial<Omit<ProductSnapshot, "id">> & { id?: number } = {}): ProductSnapshot => ({
  id: productIdOf(id), title: "Ethiopia Guji", productType: "Coffee", vendor: "Regulars Roasters", status: "ACTIVE", tags: [], createdAt: minute(0), updatedAt: minute(0),
  variants: [{ id: parseId<VariantId>(id * 10), title: "250 g", sku: "GUJI-250", priceMinor: 1800, unitCostMinor: 700 }], ...rest,
});

export const aShop: ShopSnapshot = { name: "Regulars Tea", email: "owner@example.com", currency: "USD", timeZone: "America/Los_Angeles", planName: "Basic" };
