// An order through both doors: a webhook's REST-like body and a GraphQL node make the same snapshot.
import { z } from "zod";
import type { CustomerId, OrderId, OrderLineId, ProductId, RefundId, VariantId } from "../../values/ids.ts";
import type { Money } from "../../values/money.ts";
import type { EmbeddedCustomer, FinancialStatus, OrderLineSnapshot, OrderSnapshot, RefundSnapshot } from "../snapshots.ts";
import { compiled, exactId, id, instant, nodeMoney, optional, parseAs, webhookMoney } from "./fields.ts";
import { refundFields, toRefund } from "./refund.ts";

/** `json` of orders/create, orders/updated or orders/cancelled, read by values/json.ts. Throws a ParseError. */
export const parseOrderWebhook = (json: unknown, topic = "orders/updated"): OrderSnapshot => toSnapshotOfWebhook(parseAs(topic, orderBody, json));

/** A node with the fields of queries/orders.ts. Throws a ParseError. */
export const parseOrderNode = (node: unknown): OrderSnapshot => toSnapshotOfNode(parseAs("order", orderNode, node));

// An order nobody has to pay for yet says nothing; it counts once it is paid.
const financialStatus = z
  .string()
  .nullish()
  .transform((status) => (status ?? "PENDING").toUpperCase())
  .pipe(z.enum(["PENDING", "AUTHORIZED", "PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED", "VOIDED", "EXPIRED"] satisfies FinancialStatus[]));

const lineBody = z.object({
  id: id<OrderLineId>(),
  admin_graphql_api_id: optional(id<OrderLineId>()),
  product_id: optional(id<ProductId>()),
  variant_id: optional(id<VariantId>()),
  title: z.string(),
  quantity: z.number().int(),
  current_quantity: z.number().int(),
  gift_card: optional(z.boolean()),
  price_set: webhookMoney,
  discount_allocations: z.array(z.object({ amount_set: webhookMoney })),
  tax_lines: optional(z.array(z.object({ price_set: webhookMoney }))),
});

const orderBody = compiled(z.object({
  id: id<OrderId>(),
  admin_graphql_api_id: optional(id<OrderId>()),
  name: z.string(),
  processed_at: instant,
  updated_at: instant,
  cancelled_at: optional(instant),
  test: z.boolean(),
  financial_status: financialStatus,
  current_total_price_set: webhookMoney,
  total_price_set: webhookMoney,
  total_discounts_set: optional(webhookMoney),
  // What was not asked for when some news was sent is taken for nothing: its order is compared at night.
  taxes_included: optional(z.boolean()),
  total_shipping_price_set: optional(webhookMoney),
  current_shipping_price_set: optional(webhookMoney),
  discount_codes: z.array(z.object({ code: z.string() })),
  source_name: optional(z.string()),
  shipping_address: optional(z.object({ country_code: optional(z.string()) })),
  billing_address: optional(z.object({ country_code: optional(z.string()) })),
  customer: optional(
    z.object({
      id: id<CustomerId>(),
      admin_graphql_api_id: optional(id<CustomerId>()),
      email: optional(z.string()),
      first_name: optional(z.string()),
      last_name: optional(z.string()),
      created_at: optional(instant),
    }),
  ),
  line_items: z.array(lineBody),
  refunds: z.array(refundFields),
}));

function toSnapshotOfWebhook(body: z.output<typeof orderBody>): OrderSnapshot {
  const { currency } = body.current_total_price_set;
  const refunds = body.refunds.map((refund) => toRefund(refund, currency));
  return {
    id: exactId(body),
    name: body.name,
    customer: body.customer && toEmbedded(body.customer),
    placedAt: body.processed_at,
    updatedAt: body.updated_at,
    cancelledAt: body.cancelled_at,
    isTest: body.test,
    financialStatus: body.financial_status,
    currency,
    totalMinor: body.total_price_set.minor,
    revenueMinor: body.current_total_price_set.minor,
    discountMinor: body.total_discounts_set?.minor ?? 0,
    hasTaxIncluded: body.taxes_included ?? false,
    shippingMinor: body.total_shipping_price_set?.minor ?? 0,
    currentShippingMinor: body.current_shipping_price_set?.minor ?? 0,
    refundedMinor: refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
    discountCodes: body.discount_codes.map(({ code }) => code),
    sourceName: body.source_name,
    countryCode: body.shipping_address?.country_code ?? body.billing_address?.country_code ?? null,
    lines: body.line_items.map((line) => ({
      ...toLine(line, line.price_set, { discounts: line.discount_allocations.map(({ amount_set }) => amount_set), taxes: (line.tax_lines ?? []).map(({ price_set }) => price_set) }),
      isGiftCard: line.gift_card ?? false,
      id: exactId(line),
      productId: line.product_id,
      variantId: line.variant_id,
      currentQuantity: line.current_quantity,
    })),
    refunds,
  };
}

type EmbeddedBody = NonNullable<z.output<typeof orderBody>["customer"]>;
const toEmbedded = (customer: EmbeddedBody): EmbeddedCustomer => ({
  id: exactId(customer),
  email: customer.email,
  firstName: customer.first_name,
  lastName: customer.last_name,
  createdAt: customer.created_at,
});

const lineNode = z.object({
  id: id<OrderLineId>(),
  product: optional(z.object({ id: id<ProductId>() })),
  variant: optional(z.object({ id: id<VariantId>() })),
  title: z.string(),
  quantity: z.number().int(),
  currentQuantity: z.number().int(),
  isGiftCard: z.boolean(),
  originalUnitPriceSet: nodeMoney,
  discountAllocations: z.array(z.object({ allocatedAmountSet: nodeMoney })),
  taxLines: z.array(z.object({ priceSet: nodeMoney })),
});

const orderNode = compiled(z.object({
  id: id<OrderId>(),
  name: z.string(),
  processedAt: instant,
  updatedAt: instant,
  cancelledAt: optional(instant),
  test: z.boolean(),
  displayFinancialStatus: financialStatus,
  currentTotalPriceSet: nodeMoney,
  totalPriceSet: nodeMoney,
  totalDiscountsSet: optional(nodeMoney),
  taxesIncluded: z.boolean(),
  totalShippingPriceSet: nodeMoney,
  currentShippingPriceSet: nodeMoney,
  totalRefundedSet: nodeMoney,
  discountCodes: z.array(z.string()),
  sourceName: optional(z.string()),
  shippingAddress: optional(z.object({ countryCodeV2: optional(z.string()) })),
  billingAddress: optional(z.object({ countryCodeV2: optional(z.string()) })),
  customer: optional(
    z.object({
      id: id<CustomerId>(),
      defaultEmailAddress: optional(z.object({ emailAddress: optional(z.string()) })),
      firstName: optional(z.string()),
      lastName: optional(z.string()),
      createdAt: optional(instant),
    }),
  ),
  lineItems: z.object({ nodes: z.array(lineNode) }),
  // Shopify may say null for the moment of an old refund, but always when it last changed
  refunds: z.array(z.object({ id: id<RefundId>(), createdAt: optional(instant), updatedAt: instant, totalRefundedSet: nodeMoney })),
}));

const toSnapshotOfNode = (node: z.output<typeof orderNode>): OrderSnapshot => ({
  id: node.id,
  name: node.name,
  customer: node.customer && toEmbeddedOfNode(node.customer),
  placedAt: node.processedAt,
  updatedAt: node.updatedAt,
  cancelledAt: node.cancelledAt,
  isTest: node.test,
  financialStatus: node.displayFinancialStatus,
  currency: node.currentTotalPriceSet.currency,
  totalMinor: node.totalPriceSet.minor,
  revenueMinor: node.currentTotalPriceSet.minor,
  discountMinor: node.totalDiscountsSet?.minor ?? 0,
  hasTaxIncluded: node.taxesIncluded,
  shippingMinor: node.totalShippingPriceSet.minor,
  currentShippingMinor: node.currentShippingPriceSet.minor,
  refundedMinor: node.totalRefundedSet.minor,
  discountCodes: node.discountCodes,
  sourceName: node.sourceName,
  countryCode: node.shippingAddress?.countryCodeV2 ?? node.billingAddress?.countryCodeV2 ?? null,
  lines: node.lineItems.nodes.map((line) => ({
    ...toLine(line, line.originalUnitPriceSet, { discounts: line.discountAllocations.map(({ allocatedAmountSet }) => allocatedAmountSet), taxes: line.taxLines.map(({ priceSet }) => priceSet) }),
    isGiftCard: line.isGiftCard,
    productId: line.product?.id ?? null,
    variantId: line.variant?.id ?? null,
    currentQuantity: line.currentQuantity,
  })),
  refunds: node.refunds.map(
    (refund): RefundSnapshot => ({ id: refund.id, refundedAt: refund.createdAt ?? refund.updatedAt, amountMinor: refund.totalRefundedSet.minor }),
  ),
});

const toEmbeddedOfNode = ({ defaultEmailAddress, ...customer }: NonNullable<z.output<typeof orderNode>["customer"]>): EmbeddedCustomer => ({
  ...customer,
  email: defaultEmailAddress?.emailAddress ?? null,
});

type Line = Pick<OrderLineSnapshot, "id" | "title" | "quantity">;

/** Before refunds, after every discount: on the line, or its share of one on the order. */
const toLine = (line: Line, unitPrice: Money, { discounts, taxes }: { discounts: Money[]; taxes: Money[] }): Line & Pick<OrderLineSnapshot, "totalMinor" | "beforeDiscountsMinor" | "taxMinor"> => ({
  id: line.id,
  title: line.title,
  quantity: line.quantity,
  totalMinor: unitPrice.minor * line.quantity - sumOf(discounts),
  beforeDiscountsMinor: unitPrice.minor * line.quantity,
  taxMinor: sumOf(taxes),
});

const sumOf = (parts: readonly Money[]): number => parts.reduce((sum, { minor }) => sum + minor, 0);
