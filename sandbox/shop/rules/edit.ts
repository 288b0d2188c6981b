// An edit: other quantities and new lines, and what the order costs then. What was refunded stays refunded.

import { refuse } from "../ledger.ts";
import type { EditOrder, OrderDoc, OrderLineDoc } from "../model.ts";
import { isTaxIncluded, remainingSubtotalMinor, taxShareMinor } from "./remaining.ts";

export function applyEdit(order: OrderDoc, { setQuantities = [] }: EditOrder, added: readonly OrderLineDoc[]): OrderDoc {
  const unknown = setQuantities.find(({ lineId }) => !order.lines.some(({ id }) => id === lineId));
  if (unknown) refuse(`Order ${order.name} has no line ${unknown.lineId}.`);
  const kept = order.lines.map((line) => {
    const wish = setQuantities.findLast(({ lineId }) => lineId === line.id);
    return wish ? changeQuantity(line, wish.quantity) : line;
  });
  const lines = [...kept, ...added];
  const differenceMinor = remainingSubtotalMinor({ ...order, lines }) - remainingSubtotalMinor(order);
  const taxDifferenceMinor = differenceMinor < 0 ? -taxShareMinor(order, -differenceMinor) : 0; // what is added is food, and untaxed
  const totalMinor = order.totalMinor + differenceMinor + (isTaxIncluded(order) ? 0 : taxDifferenceMinor);
  return {
    ...order, lines, totalMinor,
    subtotalMinor: order.subtotalMinor + differenceMinor,
    taxMinor: order.taxMinor + taxDifferenceMinor,
    currentTotalMinor: Math.max(0, totalMinor - order.refundedMinor),
  };
}

/** As at Shopify, what was ordered stays written down when less of it is wanted, and grows when more is. */
function changeQuantity(line: OrderLineDoc, quantity: number): OrderLineDoc {
  if (!Number.isInteger(quantity) || quantity < 0) refuse(`A quantity is a whole number, not ${quantity}.`);
  return { ...line, quantity: line.quantity + Math.max(0, quantity - line.currentQuantity), currentQuantity: quantity };
}
