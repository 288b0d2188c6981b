// Deliveries as Shopify would send them: the fields we read, as text, with a webhook id of their own.
import { randomUUID } from "node:crypto";
import type { Delivery } from "../../app/shopify/callers.server.ts";
import type { CustomerSnapshot, OrderSnapshot, ProductSnapshot } from "../../app/shopify/snapshots.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { toDecimal } from "../../app/values/money.ts";
import { minute } from "./snapshots.ts";

export const aDelivery = (shopId: ShopId | null, topic: string, body: unknown, rest: Partial<Delivery> = {}): Delivery => ({
  shopId, topic, domain: `shop-${shopId}.myshopify.com`, webhookId: randomUUID(), triggeredAt: minute(0), text: typeof body === "string" ? body : textOf(body), ...rest,
});

/** Ids are numbers in webhooks, however large. */
const textOf = (body: unknown): string => JSON.stringify(body, (_key, value: unknown) => (typeof value === "bigint" ? `#${value}#` : value)).replaceAll(/"#(-?\d+)#"/g, "$1");

const money = (minor: number, currency = "USD") => ({ shop_money: { amount: toDecimal({ minor, currency }), currency_code: currency } });

export const orderBody = (order: OrderSnapshot) => ({
  id: order.id, admin_graphql_api_id: `gid://shopify/Order/${order.id}`, name: order.name, processed_at: order.placedAt, updated_at: order.updatedAt, cancelled_at: order.cancelledAt, test: order.isTest,
  financial_status: order.financialStatus.toLowerCase(), current_total_price_set: money(order.revenueMinor), total_price_set: money(order.totalMinor), total_discounts_set: money(order.discountMinor), taxes_included: order.hasTaxIncluded,
  total_shipping_price_set: money(order.shippingMinor), current_shipping_price_set: money(order.currentShippingMinor),
  discount_codes: order.discountCodes.map((code) => ({ code })), source_name: order.sourceName, shipping_address: { country_code: order.countryCode },
  customer: order.customer && { id: order.customer.id, email: order.customer.email, first_name: order.customer.firstName, last_name: order.customer.lastName, created_at: order.customer.createdAt },
  line_items: order.lines.map((line) => ({
    id: line.id, product_id: line.productId, variant_id: line.variantId, title: line.title, quantity: line.quantity, current_quantity: line.currentQuantity,
    price_set: money(line.beforeDiscountsMinor / line.quantity), discount_allocations: line.beforeDiscountsMinor === line.totalMinor ? [] : [{ amount_set: money(line.beforeDiscountsMinor - line.totalMinor) }],
    gift_card: line.isGiftCard, tax_lines: line.taxMinor === 0 ? [] : [{ price_set: money(line.taxMinor) }],
  })),
  refunds: order.refunds.map((refund) => refundBody(order.id, refund)),
});

export const refundBody = (orderId: bigint, refund: OrderSnapshot["refunds"][number]) => ({
  id: refund.id, order_id: orderId, created_at: refund.refundedAt, refund_line_items: [],
  transactions: [{ kind: "refund", status: "success", amount: toDecimal({ minor: refund.amountMinor, currency: "USD" }), currency: "USD" }],
});

export const customerBody = (customer: CustomerSnapshot) => ({
  id: customer.id, email: customer.email, first_name: customer.firstName, last_name: customer.lastName, created_at: customer.createdAt, updated_at: customer.updatedAt,
  default_address: customer.countryCode && { country_code: customer.countryCode },
});

export const productBody = (product: ProductSnapshot) => ({
  id: product.id, title: product.title, product_type: product.productType, vendor: product.vendor, status: product.status.toLowerCase(), tags: product.tags.join(", "),
  created_at: product.createdAt, updated_at: product.updatedAt,
  variants: product.variants.map((variant) => ({ id: variant.id, title: variant.title, sku: variant.sku, price: toDecimal({ minor: variant.priceMinor, currency: "USD" }) })),
});

export const mergeBody = (merge: { keptId: bigint; deletedId: bigint }) => ({
  admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${merge.keptId}`, admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${merge.deletedId}`, status: "completed", errors: [],
});
