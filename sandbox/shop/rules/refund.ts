// A refund: what goes back for a wish, and the order after it.

import { refuse } from "../ledger.ts";
import type { Id, Instant, OrderDoc, OrderLineDoc, RefundDoc, RefundOrder } from "../model.ts";
import { isTaxIncluded, remainingNetMinor, remainingShippingMinor, remainingTaxMinor, sum, taxShareMinor } from "./remaining.ts";

export type RefundNumbers = { at: Instant; nextId(kind: "refund" | "refundLine"): Id };

export const isPaid = ({ financialStatus }: OrderDoc): boolean => ["PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED"].includes(financialStatus);

export function decideRefund(order: OrderDoc, wish: RefundOrder, numbers: RefundNumbers): RefundDoc {
  if (!isPaid(order)) refuse(`Order ${order.name} is not paid, so nothing can be refunded; it can be cancelled.`);
  const isWhole = wish.lines === undefined && wish.amountMinor === undefined;
  const chosen = isWhole ? order.lines.map(({ id, currentQuantity }) => ({ lineId: id, quantity: currentQuantity })) : (wish.lines ?? []);
  const lines = refundLines(order, chosen.filter(({ quantity }) => quantity > 0), numbers);
  const goodsMinor = sum(lines.map(({ subtotalMinor, taxMinor }) => subtotalMinor + (isTaxIncluded(order) ? 0 : taxMinor)));
  const shippingMinor = isWhole ? remainingShippingMinor(order) : 0;
  const leftMinor = order.totalMinor - order.refundedMinor;
  const amountMinor = isWhole ? leftMinor : Math.min(wish.amountMinor ?? goodsMinor, leftMinor);
  if (wish.amountMinor !== undefined && wish.amountMinor > leftMinor) refuse(`Order ${order.name} has ${leftMinor} minor units left to refund, not ${wish.amountMinor}.`);
  if (amountMinor === 0 && lines.length === 0) refuse(`Order ${order.name} has nothing left to refund.`);
  return { id: numbers.nextId("refund"), createdAt: numbers.at, note: wish.note ?? null, lines, shippingMinor, amountMinor };
}

export function applyRefund(order: OrderDoc, refund: RefundDoc): OrderDoc {
  const refundedMinor = order.refundedMinor + refund.amountMinor;
  const status = refundedMinor === 0 ? order.financialStatus : refundedMinor >= order.totalMinor ? "REFUNDED" : "PARTIALLY_REFUNDED";
  const taken = (line: OrderLineDoc): number => sum(refund.lines.filter(({ lineId }) => lineId === line.id).map(({ quantity }) => quantity));
  return {
    ...order,
    financialStatus: status,
    refundedMinor,
    currentTotalMinor: order.totalMinor - refundedMinor,
    lines: order.lines.map((line) => ({ ...line, currentQuantity: line.currentQuantity - taken(line) })),
    refunds: [...order.refunds, refund],
  };
}

function refundLines(order: OrderDoc, chosen: readonly { lineId: Id; quantity: number }[], { nextId }: RefundNumbers): RefundDoc["lines"] {
  const taken = new Map<Id, number>();
  for (const { lineId, quantity } of chosen) taken.set(lineId, (taken.get(lineId) ?? 0) + quantity);
  const goods = [...taken].map(([lineId, quantity]) => {
    const line = order.lines.find(({ id }) => id === lineId) ?? refuse(`Order ${order.name} has no line ${lineId}.`);
    if (!Number.isInteger(quantity) || quantity > line.currentQuantity) refuse(`Line ${lineId} of order ${order.name} has ${line.currentQuantity} left to refund, not ${quantity}.`);
    return { lineId, quantity, subtotalMinor: remainingNetMinor(line) - remainingNetMinor({ ...line, currentQuantity: line.currentQuantity - quantity }) };
  });
  const isEverything = order.lines.every(({ id, currentQuantity }) => (taken.get(id) ?? 0) === currentQuantity);
  const taxMinor = isEverything ? remainingTaxMinor(order) : taxShareMinor(order, sum(goods.map(({ subtotalMinor }) => subtotalMinor)));
  return spreadTax(goods, taxMinor).map((line) => ({ id: nextId("refundLine"), ...line }));
}

/** The last line takes the rounding. */
function spreadTax<Goods extends { subtotalMinor: number }>(goods: readonly Goods[], taxMinor: number): (Goods & { taxMinor: number })[] {
  const allMinor = sum(goods.map(({ subtotalMinor }) => subtotalMinor));
  let leftMinor = taxMinor;
  return goods.map((line, index) => {
    const shareMinor = index === goods.length - 1 || allMinor === 0 ? leftMinor : Math.round((taxMinor * line.subtotalMinor) / allMinor);
    leftMinor -= shareMinor;
    return { ...line, taxMinor: shareMinor };
  });
}
