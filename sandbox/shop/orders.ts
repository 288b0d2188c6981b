// What may happen to an order, with Shopify's arithmetic: what was ordered stays written down, what is current follows edits and refunds.

import { createCustomer, findCustomerOf, touchCustomer } from "./customers.ts";
import { countUse, OWN_CODE_ID } from "./discounts.ts";
import { isId } from "./documents.ts";
import { refuse, type Ledger } from "./ledger.ts";
import type { CustomerDoc, EditOrder, Id, OrderDoc, PlaceOrder, RefundOrder } from "./model.ts";
import { customerPayload } from "./payloads/customers.ts";
import { editedPayload } from "./payloads/edits.ts";
import { deletedPayload, orderPayload } from "./payloads/orders.ts";
import { refundPayload } from "./payloads/refunds.ts";
import { takePayments } from "./payments.ts";
import { CodeRefusal, findBuyer, priceOrder, type Quote } from "./quotes.ts";
import { applyEdit } from "./rules/edit.ts";
import { makeLine } from "./rules/order-lines.ts";
import { applyRefund, decideRefund, isPaid } from "./rules/refund.ts";

export function placeOrder(ledger: Ledger, wish: PlaceOrder): OrderDoc {
  return ledger.change(() => {
    if (wish.lines.length === 0) refuse("An order needs at least one line.");
    const known = findBuyer(ledger, wish);
    const customer = known ?? makeBuyer(ledger, wish);
    const order = ledger.putOrder(makeOrder(ledger, wish, customer));
    const buyer = touchCustomer(ledger, customer, order.updatedAt);
    ledger.tell("orders/create", () => orderPayload(ledger, order, buyer));
    if (buyer && known) ledger.tell("customers/update", () => customerPayload(ledger.shop(), buyer));
    return order;
  });
}

/** Whoever leaves an address becomes a customer, unless a guest (null) was asked for. */
function makeBuyer(ledger: Ledger, { customerId, email, locale }: PlaceOrder): CustomerDoc | null {
  if (customerId !== undefined || !email) return null;
  return createCustomer(ledger, { email, countryCode: ledger.shop().countryCode, ...(locale === undefined ? {} : { locale }) });
}

function makeOrder(ledger: Ledger, wish: PlaceOrder, customer: CustomerDoc | null): OrderDoc {
  const at = ledger.now();
  const quote = priceOrder(ledger, wish, wish.lines.map((line) => makeLine(ledger, line)), customer);
  const [refused] = quote.refused;
  if (refused) throw new CodeRefusal(refused);
  const { subtotalMinor, discountMinor, shippingMinor, totalMinor } = quote;
  const id = takeOrderId(ledger, wish.id);
  const number = ledger.nextOrderNumber();
  const email = wish.email ?? customer?.email ?? null;
  for (const discount of quote.discounts) countUse(ledger, discount.id, { customer, email }, id);
  const payments = takePayments(ledger, wish.payWith ?? {}, { orderId: id, totalMinor, customerId: customer?.id ?? null });
  return {
    id, number, name: `#${number}`,
    customerId: customer?.id ?? null, email,
    createdAt: at, processedAt: wish.processedAt ?? at, updatedAt: at,
    cancelledAt: null, cancelReason: null,
    test: wish.test ?? false,
    financialStatus: wish.financialStatus ?? "PAID",
    sourceName: wish.sourceName ?? "web",
    countryCode: customer?.countryCode ?? ledger.shop().countryCode,
    customerLocale: wish.locale ?? customer?.locale ?? null,
    discountCodes: quote.applied.flatMap(({ code }) => code ?? []),
    ...(isPlain(quote) ? {} : { discounts: quote.applied, shippingDiscountMinor: quote.shippingDiscountMinor }),
    ...(payments.length > 0 ? { payments } : {}),
    tags: [],
    subtotalMinor, discountMinor, shippingMinor, totalMinor,
    taxMinor: 0, // a shop of food
    currentTotalMinor: totalMinor, refundedMinor: 0,
    lines: isPlain(quote) ? quote.lines.map(({ shares: _shares, ...line }) => line) : quote.lines,
    refunds: [],
  };
}

/** No discount, or one of the shop's own codes: of those there are a hundred thousand, and they say all in one sum. */
const isPlain = ({ discounts }: Quote): boolean => discounts.every(({ id }) => id === OWN_CODE_ID);

function takeOrderId(ledger: Ledger, wished: Id | undefined): Id {
  if (wished === undefined) return ledger.nextId("order");
  if (!isId(wished)) refuse(`"${wished}" is not an id: a whole number of at most 64 bits, as text.`);
  if (ledger.documents.get("order", wished)) refuse(`There is an order ${wished} already.`);
  ledger.noteId("order", wished);
  return wished;
}

export function refundOrder(ledger: Ledger, id: Id, wish: RefundOrder): OrderDoc {
  return ledger.change(() => {
    const order = ledger.order(id);
    refuseCancelled(order);
    const refund = decideRefund(order, wish, { at: ledger.now(), nextId: (kind) => ledger.nextId(kind) });
    return settle(ledger, applyRefund(order, refund), [["refunds/create", (changed) => refundPayload(ledger, changed, refund)]]);
  });
}

/** A paid order gets everything back. */
export function cancelOrder(ledger: Ledger, id: Id, reason: string): OrderDoc {
  return ledger.change(() => {
    const order = ledger.order(id);
    refuseCancelled(order);
    const isRefunded = isPaid(order) && order.refundedMinor < order.totalMinor;
    const refund = isRefunded ? decideRefund(order, {}, { at: ledger.now(), nextId: (kind) => ledger.nextId(kind) }) : null;
    const after = refund ? applyRefund(order, refund) : order;
    const cancelled: OrderDoc = {
      ...after,
      financialStatus: isPaid(order) ? after.financialStatus : "VOIDED",
      cancelledAt: ledger.now(), cancelReason: reason, currentTotalMinor: 0,
      lines: after.lines.map((line) => ({ ...line, currentQuantity: 0 })),
    };
    return settle(ledger, cancelled, [
      ["orders/cancelled", (changed, buyer) => orderPayload(ledger, changed, buyer)],
      ...(refund ? [["refunds/create", (changed: OrderDoc) => refundPayload(ledger, changed, refund)] satisfies Telling] : []),
    ]);
  });
}

export function editOrder(ledger: Ledger, id: Id, wish: EditOrder): OrderDoc {
  return ledger.change(() => {
    const order = ledger.order(id);
    refuseCancelled(order);
    const edited = applyEdit(order, wish, (wish.add ?? []).map((line) => makeLine(ledger, line)));
    return settle(ledger, edited, [["orders/edited", (changed) => editedPayload(ledger.shop(), changed, order)]]);
  });
}

export function deleteOrder(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const order = ledger.order(id);
    ledger.documents.remove("order", id);
    ledger.tell("orders/delete", () => deletedPayload(id));
    const buyer = touchCustomer(ledger, findCustomerOf(ledger, order), ledger.now());
    if (buyer) ledger.tell("customers/update", () => customerPayload(ledger.shop(), buyer));
  });
}

function refuseCancelled({ name, cancelledAt }: OrderDoc): void {
  if (cancelledAt) refuse(`Order ${name} is cancelled already.`);
}

type Telling = [topic: string, body: (order: OrderDoc, buyer: CustomerDoc | null) => string];

/** Stores the changed order and tells what happened, then orders/updated, then the customer. */
function settle(ledger: Ledger, changed: OrderDoc, tellings: readonly Telling[]): OrderDoc {
  const order = ledger.putOrder({ ...changed, updatedAt: ledger.now() });
  const buyer = touchCustomer(ledger, findCustomerOf(ledger, order), order.updatedAt);
  for (const [topic, body] of tellings) ledger.tell(topic, () => body(order, buyer));
  ledger.tell("orders/updated", () => orderPayload(ledger, order, buyer));
  if (buyer) ledger.tell("customers/update", () => customerPayload(ledger.shop(), buyer));
  return order;
}
