// What comes after an order: changes of mind, torn bags, lost payments, second accounts, and people who have had enough mail.

import type { Chance } from "../chance.ts";
import type { CustomerDoc, Id, OrderDoc, ShopState } from "../model.ts";
import { DAY_MS } from "./seasons.ts";

export type Mishap =
  | { kind: "refund" | "return" | "goodwill" | "edit"; atMs: number; orderId: Id }
  | { kind: "cancel"; atMs: number; orderId: Id; reason: string }
  | { kind: "merge"; atMs: number; keptId: Id; deletedId: Id }
  | { kind: "unsubscribe"; atMs: number; customerId: Id };

const HOUR_MS = 3_600_000;
const CANCEL_SHARE = 0.013;
const EDIT_SHARE = 0.012;
const REFUND_SHARE = 0.03;
const UNSUBSCRIBE_SHARE = 0.02;
type Amends = { kind: "refund" | "return" | "goodwill"; weight: number };
const amends: readonly [Amends, ...Amends[]] = [{ kind: "refund", weight: 7 }, { kind: "return", weight: 9 }, { kind: "goodwill", weight: 4 }];

export function planMishaps(chance: Chance, atMs: number, order: OrderDoc, customer: CustomerDoc | null): Mishap[] {
  const mishaps: Mishap[] = [];
  const draw = chance.next();
  const orderId = order.id;
  if (order.financialStatus === "PENDING") {
    mishaps.push({ kind: "cancel", atMs: atMs + 7 * DAY_MS, orderId, reason: "declined" });
  } else if (draw < CANCEL_SHARE) {
    mishaps.push({ kind: "cancel", atMs: atMs + chance.between(0.3, 20) * HOUR_MS, orderId, reason: chance.pick(["customer", "customer", "inventory", "fraud"]) });
  } else if (draw < CANCEL_SHARE + EDIT_SHARE) {
    mishaps.push({ kind: "edit", atMs: atMs + chance.between(0.1, 1.5) * HOUR_MS, orderId });
  } else if (draw < CANCEL_SHARE + EDIT_SHARE + REFUND_SHARE && order.totalMinor > 0) {
    const { kind } = chance.weigh(amends, ({ weight }) => weight);
    mishaps.push({ kind, atMs: atMs + chance.between(3, 14) * DAY_MS, orderId });
  }
  if (customer?.emailConsent.state === "SUBSCRIBED" && chance.isTrue(UNSUBSCRIBE_SHARE)) {
    mishaps.push({ kind: "unsubscribe", atMs: atMs + chance.between(1, 20) * DAY_MS, customerId: customer.id });
  }
  return mishaps;
}

export function sufferMishap(state: ShopState, chance: Chance, mishap: Mishap): void {
  switch (mishap.kind) {
    case "cancel": return void state.cancelOrder(mishap.orderId, mishap.reason);
    case "merge": return void state.mergeCustomers({ keptId: mishap.keptId, deletedId: mishap.deletedId });
    case "unsubscribe": return void state.updateCustomer(mishap.customerId, { emailConsent: { state: "UNSUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: null } });
    case "refund": return void state.refundOrder(mishap.orderId, { note: "Did not arrive" });
    case "return": return void state.refundOrder(mishap.orderId, { lines: chooseReturn(chance, state.getOrder(mishap.orderId)), note: "One bag arrived torn" });
    case "goodwill": return void state.refundOrder(mishap.orderId, { amountMinor: chooseGoodwill(chance, state.getOrder(mishap.orderId)), note: "Sorry for the late delivery" });
    case "edit": return void state.editOrder(mishap.orderId, chooseEdit(chance, state.getOrder(mishap.orderId)));
  }
}

function chooseReturn(chance: Chance, order: OrderDoc | null): { lineId: Id; quantity: number }[] {
  const [first, ...others] = order?.lines.filter(({ currentQuantity, unitPriceMinor }) => currentQuantity > 0 && unitPriceMinor > 0) ?? [];
  return first ? [{ lineId: chance.pick([first, ...others]).id, quantity: 1 }] : [];
}

const chooseGoodwill = (chance: Chance, order: OrderDoc | null): number => Math.max(1, Math.round((order?.currentTotalMinor ?? 0) * chance.between(0.1, 0.4)));

/** One more of the first thing, or the last thing out again. */
function chooseEdit(chance: Chance, order: OrderDoc | null): { setQuantities: { lineId: Id; quantity: number }[] } {
  const [first, last] = [order?.lines[0], order?.lines.at(-1)];
  if (first === undefined || last === undefined) return { setQuantities: [] };
  return { setQuantities: [last !== first && chance.isTrue(0.5) ? { lineId: last.id, quantity: 0 } : { lineId: first.id, quantity: first.currentQuantity + 1 }] };
}
