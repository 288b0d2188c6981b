// Orders with their lines and refunds, as the Admin API shows them.

import type { OrderDoc, RefundDoc } from "../../shop/model.ts";
import { allDiscountsMinor, fullShippingMinor, isTaxIncluded, lineTaxMinor, remainingShippingMinor } from "../../shop/rules/remaining.ts";
import { connectRows } from "../connections.ts";
import { toGid } from "../gids.ts";
import { metafieldFieldsOf } from "./metafields.ts";
import { moneyBag } from "./money.ts";
import { automaticMinor, lineAllocations, orderMoneyFields, productMinor, type LineSource } from "./order-discounts.ts";
import type { AddressSource } from "./customers.ts";
import { asNode, toDateTime, type ApiContext, type Arguments, type FieldTable } from "./field-table.ts";

export type RefundSource = { order: OrderDoc; refund: RefundDoc };
export type RefundLineSource = RefundSource & { refunded: RefundDoc["lines"][number] };

/** Sent to where its customer lives today: an order keeps no address but its country. */
function toAddress({ countryCode, customerId }: OrderDoc, _args: Arguments, context: ApiContext): AddressSource | null {
  const { street = null, postcode = null, lastName = null, phone = null } = (customerId === null ? null : context.readCustomer(customerId)) ?? {};
  return countryCode === null ? null : { countryCode, street, postcode, lastName, phone };
}

export const orders: FieldTable<OrderDoc> = {
  id: (order) => toGid("Order", order.id),
  legacyResourceId: (order) => order.id,
  name: (order) => order.name,
  number: (order) => order.number,
  email: (order) => order.email,
  phone: ({ customerId }, _args, context) => (customerId === null ? null : (context.readCustomer(customerId)?.phone ?? null)),
  createdAt: (order) => toDateTime(order.createdAt),
  processedAt: (order) => toDateTime(order.processedAt),
  updatedAt: (order) => toDateTime(order.updatedAt),
  cancelledAt: (order) => toDateTime(order.cancelledAt),
  cancelReason: (order) => order.cancelReason?.toUpperCase() ?? null,
  test: (order) => order.test,
  tags: (order) => order.tags,
  displayFinancialStatus: (order) => order.financialStatus,
  sourceName: (order) => order.sourceName,
  customerLocale: (order) => order.customerLocale,
  currencyCode: (_order, _args, { shop }) => shop.currency,
  presentmentCurrencyCode: (_order, _args, { shop }) => shop.currency,
  discountCode: (order) => order.discountCodes.at(0) ?? null,
  discountCodes: (order) => order.discountCodes,
  fullyPaid: (order) => receivedMinor(order) >= order.totalMinor,
  unpaid: (order) => receivedMinor(order) === 0 && order.totalMinor > 0,
  taxesIncluded: isTaxIncluded,

  subtotalPriceSet: (order) => moneyBag(order.subtotalMinor),
  totalDiscountsSet: (order) => moneyBag(allDiscountsMinor(order)),
  totalShippingPriceSet: (order) => moneyBag(fullShippingMinor(order)), // as the webhook says it: without discounts,
  currentShippingPriceSet: (order) => moneyBag(order.cancelledAt === null ? remainingShippingMinor(order) : 0),
  totalTaxSet: (order) => moneyBag(order.taxMinor),
  totalPriceSet: (order) => moneyBag(order.totalMinor),
  currentTotalPriceSet: (order) => moneyBag(order.currentTotalMinor),
  totalRefundedSet: (order) => moneyBag(order.refundedMinor),
  totalReceivedSet: (order) => moneyBag(receivedMinor(order)),
  netPaymentSet: (order) => moneyBag(receivedMinor(order) - order.refundedMinor),

  customer: (order, _args, context) => order.customerId && context.readCustomer(order.customerId),
  billingAddress: toAddress,
  shippingAddress: toAddress,
  displayAddress: toAddress,
  // The pretend shop keeps no visits; Shopify says "not ready" then, too.
  customerJourneySummary: () => ({ ready: false, momentsCount: null, customerOrderIndex: null, daysToConversion: null, firstVisit: null, lastVisit: null }),

  subtotalLineItemsQuantity: (order) => order.lines.reduce((sum, line) => sum + line.quantity, 0),
  currentSubtotalLineItemsQuantity: (order) => order.lines.reduce((sum, line) => sum + line.currentQuantity, 0),
  lineItems: (order, args) => connectRows(listLines(order), ({ line }) => line.id, args),
  refunds: (order, args) => listRefunds(order).slice(0, typeof args.first === "number" ? args.first : undefined),
  ...orderMoneyFields,
  ...metafieldFieldsOf<OrderDoc>((order) => toGid("Order", order.id)),
};

const listLines = (order: OrderDoc): LineSource[] => order.lines.map((line) => ({ order, line }));
const listRefunds = (order: OrderDoc): RefundSource[] => order.refunds.map((refund) => ({ order, refund }));

const receivedMinor = (order: OrderDoc): number => {
  switch (order.financialStatus) {
    case "PENDING": case "AUTHORIZED": case "VOIDED": case "EXPIRED": return 0;
    default: return order.totalMinor;
  }
};

const lineTotalMinor = ({ line }: LineSource): number => line.unitPriceMinor * line.quantity;
/** Shopify calls this price approximate, too: a discount need not divide by the quantity. */
const netUnitMinor = (source: LineSource): number =>
  source.line.quantity === 0 ? 0 : Math.round((lineTotalMinor(source) - source.line.discountMinor) / source.line.quantity);

const taxLinesOf = (taxMinor: number) => (taxMinor === 0 ? [] : [{ title: "Tax", priceSet: moneyBag(taxMinor) }]);

export const lines: FieldTable<LineSource> = {
  id: ({ line }) => toGid("LineItem", line.id),
  title: ({ line }) => line.title,
  name: ({ line }) => (line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title),
  variantTitle: ({ line }) => line.variantTitle,
  sku: ({ line }) => line.sku,
  vendor: ({ line }) => line.vendor,
  quantity: ({ line }) => line.quantity,
  currentQuantity: ({ line }) => line.currentQuantity,
  refundableQuantity: ({ line }) => line.currentQuantity,
  isGiftCard: () => false,
  taxLines: ({ order, line }) => taxLinesOf(lineTaxMinor(order, line.id)),
  product: ({ line }, _args, context) => line.productId && context.readProduct(line.productId),
  variant: ({ line }, _args, context) => {
    const product = line.productId ? context.readProduct(line.productId) : null;
    const variant = product?.variants.find(({ id }) => id === line.variantId);
    return product && variant ? { product, variant } : null;
  },
  originalUnitPriceSet: ({ line }) => moneyBag(line.unitPriceMinor),
  originalTotalSet: (source) => moneyBag(lineTotalMinor(source)),
  // Discounts on the whole order are never in these, and codes only when asked for.
  discountedTotalSet: (source, args) => moneyBag(lineTotalMinor(source) - (args.withCodeDiscounts === true ? productMinor(source) : automaticMinor(source))),
  discountedUnitPriceSet: (source) => moneyBag(source.line.unitPriceMinor - (source.line.quantity === 0 ? 0 : Math.round(automaticMinor(source) / source.line.quantity))),
  totalDiscountSet: (source) => moneyBag(automaticMinor(source)),
  discountedUnitPriceAfterAllDiscountsSet: (source) => moneyBag(netUnitMinor(source)),
  discountAllocations: lineAllocations,
};

export const refunds: FieldTable<RefundSource> = {
  id: ({ refund }) => toGid("Refund", refund.id),
  legacyResourceId: ({ refund }) => refund.id,
  createdAt: ({ refund }) => toDateTime(refund.createdAt),
  processedAt: ({ refund }) => toDateTime(refund.createdAt),
  updatedAt: ({ refund }) => toDateTime(refund.createdAt),
  note: ({ refund }) => refund.note,
  order: ({ order }) => order,
  totalRefundedSet: ({ refund }) => moneyBag(refund.amountMinor),
  refundLineItems: ({ order, refund }, args) =>
    connectRows(refund.lines.map((refunded): RefundLineSource => ({ order, refund, refunded })), ({ refunded }) => refunded.id, args),
};

export const refundLines: FieldTable<RefundLineSource> = {
  id: ({ refunded }) => toGid("RefundLineItem", refunded.id),
  quantity: ({ refunded }) => refunded.quantity,
  restocked: () => true,
  restockType: () => "RETURN",
  subtotalSet: ({ refunded }) => moneyBag(refunded.subtotalMinor),
  totalTaxSet: ({ refunded }) => moneyBag(refunded.taxMinor),
  priceSet: ({ refunded }) => moneyBag(refunded.quantity === 0 ? 0 : Math.round(refunded.subtotalMinor / refunded.quantity)),
  lineItem: ({ order, refunded }) => {
    const line = order.lines.find(({ id }) => id === refunded.lineId);
    return line ? { order, line } : null;
  },
};

export const findVisibleOrder = (order: OrderDoc | null, since: string | undefined): OrderDoc | null =>
  order !== null && (since === undefined || order.createdAt >= since) ? asNode("Order", order) : null;
