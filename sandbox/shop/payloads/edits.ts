// orders/edited: which lines got more and which got less. The order itself has to be read again.

import type { OrderDoc, ShopDoc } from "../model.ts";
import { deriveId, number, wordsOf } from "./words.ts";

const EDIT_DISTANCE = 100_000_000_000n;

export function editedPayload(shop: ShopDoc, order: OrderDoc, before: OrderDoc): string {
  const at = wordsOf(shop).moment(order.updatedAt);
  const deltas = order.lines.map(({ id, currentQuantity }) => ({ id, delta: currentQuantity - (before.lines.find((line) => line.id === id)?.currentQuantity ?? 0) }));
  return JSON.stringify({
    order_edit: {
      id: deriveId(order.id, EDIT_DISTANCE + BigInt(Date.parse(order.updatedAt) / 1000)), // an order can be edited again
      app_id: null,
      created_at: at,
      committed_at: at,
      notify_customer: false,
      order_id: number(order.id),
      staff_note: "",
      user_id: null,
      line_items: {
        additions: deltas.filter(({ delta }) => delta > 0).map(({ id, delta }) => ({ id: number(id), delta })),
        removals: deltas.filter(({ delta }) => delta < 0).map(({ id, delta }) => ({ id: number(id), delta: -delta })),
      },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  });
}
