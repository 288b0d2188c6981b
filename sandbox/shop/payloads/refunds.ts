// refunds/create, alone or inside its order.

import type { OrderDoc, RefundDoc } from "../model.ts";
import { isTaxIncluded } from "../rules/remaining.ts";
import { refundedLineFields, shippingLineFields, type Shelves } from "./lines.ts";
import { deriveId, gid, number, wordsOf } from "./words.ts";

export const refundPayload = (shelves: Shelves, order: OrderDoc, refund: RefundDoc): string => JSON.stringify(refundFields(shelves, order, refund));

export function refundFields(shelves: Shelves, order: OrderDoc, refund: RefundDoc) {
  const { moment, zero } = wordsOf(shelves.shop());
  return {
    id: number(refund.id),
    order_id: number(order.id),
    created_at: moment(refund.createdAt),
    note: refund.note,
    user_id: null,
    processed_at: moment(refund.createdAt),
    duties: [],
    total_duties_set: zero,
    return: null,
    refund_shipping_lines: refund.shippingMinor === 0 ? [] : [refundedShippingFields(shelves, order, refund)],
    restock: refund.lines.length > 0,
    admin_graphql_api_id: gid("Refund", refund.id),
    order_adjustments: adjustmentFields(shelves, order, refund),
    refund_line_items: refund.lines.map((line) => refundedFields(shelves, order, line)),
    transactions: refund.amountMinor === 0 ? [] : [transactionFields(shelves, order, refund)],
  };
}

function refundedFields(shelves: Shelves, order: OrderDoc, { id, lineId, quantity, subtotalMinor, taxMinor }: RefundDoc["lines"][number]) {
  const { money, set } = wordsOf(shelves.shop());
  const line = order.lines.find((each) => each.id === lineId);
  return {
    id: number(id),
    quantity,
    line_item_id: number(lineId),
    location_id: null,
    restock_type: "return",
    subtotal: Number(money(subtotalMinor)), // numbers here, as Shopify has them
    total_tax: Number(money(taxMinor)),
    subtotal_set: set(subtotalMinor),
    total_tax_set: set(taxMinor),
    line_item: line ? refundedLineFields(shelves, order, line) : null,
  };
}

const SHIPPING_DISTANCE = 300_000_000_000n;
const ADJUSTMENT_DISTANCE = 400_000_000_000n;
const TRANSACTION_DISTANCE = 6_220_000_000_000n;

function refundedShippingFields(shelves: Shelves, order: OrderDoc, refund: RefundDoc) {
  const { set, zero } = wordsOf(shelves.shop());
  return {
    id: deriveId(refund.id, SHIPPING_DISTANCE),
    refund_id: number(refund.id),
    shipping_line: shippingLineFields(shelves.shop(), order),
    subtotal_amount_set: set(refund.shippingMinor),
    tax_amount_set: zero,
  };
}

/** What went back beyond (or short of) the goods and the shipping: a gesture of goodwill. Shopify writes it from the shop's side. */
function adjustmentFields(shelves: Shelves, order: OrderDoc, refund: RefundDoc) {
  const { money, set, zero } = wordsOf(shelves.shop());
  const isIncluded = isTaxIncluded(order);
  const goodsMinor = refund.lines.reduce((sum, { subtotalMinor, taxMinor }) => sum + subtotalMinor + (isIncluded ? 0 : taxMinor), 0);
  const differenceMinor = goodsMinor + refund.shippingMinor - refund.amountMinor;
  if (differenceMinor === 0) return [];
  return [{
    id: deriveId(refund.id, ADJUSTMENT_DISTANCE),
    order_id: number(order.id),
    refund_id: number(refund.id),
    amount: money(differenceMinor),
    tax_amount: money(0),
    kind: "refund_discrepancy",
    reason: "Refund discrepancy",
    amount_set: set(differenceMinor),
    tax_amount_set: zero,
  }];
}

function transactionFields(shelves: Shelves, order: OrderDoc, refund: RefundDoc) {
  const { currency, money, moment } = wordsOf(shelves.shop());
  const nothing = { amount: money(0), currency };
  return {
    id: deriveId(refund.id, TRANSACTION_DISTANCE),
    order_id: number(order.id),
    kind: "refund",
    gateway: "bogus",
    status: "success",
    message: null,
    created_at: moment(refund.createdAt),
    test: order.test,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: null,
    processed_at: moment(refund.createdAt),
    device_id: null,
    error_code: null,
    source_name: order.sourceName,
    receipt: {},
    amount: money(refund.amountMinor),
    currency,
    payment_id: `${order.name}.1`,
    total_unsettled_set: { presentment_money: nothing, shop_money: nothing },
    manual_payment_gateway: false,
    amount_rounding: null,
    admin_graphql_api_id: gid("OrderTransaction", String(BigInt(refund.id) + TRANSACTION_DISTANCE)),
  };
}
