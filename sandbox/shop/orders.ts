// What may happen to an order, with Shopify's arithmetic: what was ordered stays, what is current follows edits and refunds.
import { deletedPayload, editedPayload, orderPayload, refundPayload } from "./payloads/orders.ts";
import { customerPayload } from "./payloads/customers.ts";
import { refuse, type Ledger } from "./ledger.ts";
import type { CustomerDoc, EditOrder, Id, OrderDoc, OrderLineDoc, PlaceOrder, RefundDoc, RefundOrder } from "./model.ts";

export const FIRST_ORDER_NUMBER = 1_001;
const SHIPPING_SHARE = 10; // an order pays a tenth of its goods for shipping, up to this many units of currency

export function placeOrder(ledger: Ledger, wish: PlaceOrder): OrderDoc {
  return ledger.change(() => {
    if (wish.lines.length === 0) refuse("an order needs at least one line");
    if (wish.id !== undefined && ledger.documents.get("order", wish.id)) refuse(`there is an order ${wish.id} already`);
    const at = ledger.now();
    const customer = wish.customerId === undefined || wish.customerId === null ? null : ledger.customer(wish.customerId);
    const lines = wish.lines.map((line) => lineOf(ledger, line));
    const goodsMinor = sum(lines.map((line) => line.quantity * line.unitPriceMinor));
    const discountMinor = wish.discountCode ? spreadDiscount(lines, Math.round((goodsMinor * percentOf(ledger, wish.discountCode)) / 100)) : 0;
    const subtotalMinor = goodsMinor - discountMinor;
    const shippingMinor = wish.shippingMinor ?? Math.round(subtotalMinor / SHIPPING_SHARE);
    const totalMinor = subtotalMinor + shippingMinor;
    const number = nextNumber(ledger);
    const order: OrderDoc = {
      id: wish.id ?? ledger.nextId("order"), name: `#${number}`, number, customerId: customer?.id ?? null, email: wish.email ?? customer?.email ?? null,
      createdAt: at, processedAt: wish.processedAt ?? at, updatedAt: at, cancelledAt: null, cancelReason: null, test: wish.test ?? false,
      financialStatus: wish.financialStatus ?? "PAID", sourceName: wish.sourceName ?? "web", countryCode: customer?.countryCode ?? ledger.shop().countryCode,
      customerLocale: wish.locale ?? customer?.locale ?? null, discountCodes: wish.discountCode ? [wish.discountCode.toUpperCase()] : [], tags: [],
      subtotalMinor, discountMinor, shippingMinor, taxMinor: 0, totalMinor, currentTotalMinor: totalMinor, refundedMinor: 0, lines, refunds: [],
    };
    ledger.putOrder(order);
    const buyer = touchCustomer(ledger, order);
    ledger.tell("orders/create", () => orderPayload(ledger.shop(), order, buyer));
    tellCustomer(ledger, buyer);
    return order;
  });
}

export function refundOrder(ledger: Ledger, id: Id, wish: RefundOrder): OrderDoc {
  return ledger.change(() => {
    const order = ledger.order(id);
    if (order.cancelledAt) refuse(`order ${order.name} is cancelled`);
    const refund = refundOf(ledger, order, wish);
    if (refund.amountMinor <= 0) refuse(`order ${order.name} has nothing left to refund`);
    return settle(ledger, withRefund(order, refund), [["refunds/create", (shop, changed) => refundPayload(shop, changed, refund)]]);
  });
}

export function cancelOrder(ledger: Ledger, id: Id, reason: string): OrderDoc {
  return ledger.change(() => {
    const order = ledger.order(id);
    if (order.cancelledAt) refuse(`order ${order.name} is already cancelled`);
    const wasPaid = order.currentTotalMinor > 0 && order.financialStatus !== "PENDING" && order.financialStatus !== "AUTHORIZED";
    const refund = wasPaid ? refundOf(ledger, order, {}) : null;
    const refunded = refund ? withRefund(order, refund) : { ...order, lines: order.lines.map((line) => ({ ...line, currentQuantity: 0 })), financialStatus: order.totalMinor === 0 ? order.financialStatus : "VOIDED" as const };
    const cancelled: OrderDoc = { ...refunded, cancelledAt: ledger.now(), cancelReason: reason, currentTotalMinor: 0 };
    return settle(ledger, cancelled, [...(refund ? [["refunds/create", (shop, changed) => refundPayload(shop, changed, refund)] satisfies Telling] : []), ["orders/cancelled", orderPayload]]);
  });
}

export function editOrder(ledger: Ledger, id: Id, wish: EditOrder): OrderDoc {
  return ledger.change(() => {
    const order = ledger.order(id);
    if (order.cancelledAt) refuse(`order ${order.name} is cancelled`);
    const before = order.lines;
    const changed = before.map((line) => {
      const quantity = wish.setQuantities?.find((each) => each.lineId === line.id)?.quantity;
      return quantity === undefined ? line : { ...line, quantity: Math.max(quantity, line.quantity), currentQuantity: quantity };
    });
    const unknown = wish.setQuantities?.find((each) => !before.some((line) => line.id === each.lineId));
    if (unknown) refuse(`order ${order.name} has no line ${unknown.lineId}`);
    const added = (wish.add ?? []).map((line) => lineOf(ledger, line));
    const lines = [...changed, ...added];
    const differenceMinor = sum(lines.map(currentMinor)) - sum(before.map(currentMinor));
    const edited: OrderDoc = { ...order, lines, subtotalMinor: order.subtotalMinor + differenceMinor, totalMinor: order.totalMinor + differenceMinor, currentTotalMinor: order.currentTotalMinor + differenceMinor };
    return settle(ledger, edited, [["orders/edited", (_shop, now) => editedPayload(ledger.shop(), now, { before, after: lines })]]);
  });
}

export function deleteOrder(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const order = ledger.order(id);
    ledger.documents.remove("order", id);
    ledger.tell("orders/delete", () => deletedPayload(id));
    if (order.customerId) tellCustomer(ledger, touchCustomer(ledger, { ...order, updatedAt: ledger.now() }));
  });
}

type Telling = [topic: string, body: (shop: ReturnType<Ledger["shop"]>, order: OrderDoc, customer: CustomerDoc | null) => string];

/** Stores the changed order and tells what happened, then orders/updated, then the customer. */
function settle(ledger: Ledger, changed: OrderDoc, tellings: Telling[]): OrderDoc {
  const order = ledger.putOrder({ ...changed, updatedAt: ledger.now() });
  const buyer = touchCustomer(ledger, order);
  for (const [topic, body] of [...tellings, ["orders/updated", orderPayload] satisfies Telling]) ledger.tell(topic, () => body(ledger.shop(), order, buyer));
  tellCustomer(ledger, buyer);
  return order;
}

function touchCustomer(ledger: Ledger, order: OrderDoc): CustomerDoc | null {
  if (order.customerId === null) return null;
  const customer = ledger.documents.get<CustomerDoc>("customer", order.customerId);
  return customer && ledger.putCustomer({ ...customer, updatedAt: order.updatedAt });
}

function tellCustomer(ledger: Ledger, customer: CustomerDoc | null): void {
  if (customer) ledger.tell("customers/update", () => customerPayload(ledger.shop(), customer));
}

function lineOf(ledger: Ledger, wish: PlaceOrder["lines"][number]): OrderLineDoc {
  if (!Number.isInteger(wish.quantity) || wish.quantity < 1) refuse("quantity must be a whole number of at least 1");
  const product = wish.productId ? ledger.product(wish.productId) : wish.variantId ? findByVariant(ledger, wish.variantId) : null;
  const variant = product?.variants.find((each) => each.id === wish.variantId) ?? product?.variants[0] ?? null;
  const unitPriceMinor = wish.unitPriceMinor ?? variant?.priceMinor ?? refuse("unitPriceMinor is needed for a line without a product");
  return {
    id: ledger.nextId("line"), productId: product?.id ?? null, variantId: variant?.id ?? null, title: wish.title ?? product?.title ?? "Custom item",
    variantTitle: variant && variant.title !== "Default Title" ? variant.title : null, sku: variant?.sku ?? null, vendor: product?.vendor ?? null,
    quantity: wish.quantity, currentQuantity: wish.quantity, unitPriceMinor, discountMinor: 0,
  };
}

function findByVariant(ledger: Ledger, variantId: Id) {
  for (const product of ledger.documents.each<ReturnType<Ledger["product"]>>("product", {})) if (product.variants.some((variant) => variant.id === variantId)) return product;
  return refuse(`there is no variant ${variantId}`);
}

/** What a line still costs: its share of the discount falls with its quantity. */
export const currentMinor = (line: OrderLineDoc): number => (line.quantity === 0 ? 0 : Math.round(((line.quantity * line.unitPriceMinor - line.discountMinor) * line.currentQuantity) / line.quantity));

function refundOf(ledger: Ledger, order: OrderDoc, wish: RefundOrder): RefundDoc {
  const isWhole = wish.lines === undefined && wish.amountMinor === undefined;
  const chosen = wish.lines ?? (isWhole ? order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity })) : []);
  const lines = chosen.filter((each) => each.quantity > 0).map((each) => {
    const line = order.lines.find((other) => other.id === each.lineId) ?? refuse(`order ${order.name} has no line ${each.lineId}`);
    if (each.quantity > line.currentQuantity) refuse(`only ${line.currentQuantity} of line ${line.id} are left to refund`);
    const subtotalMinor = currentMinor(line) - currentMinor({ ...line, currentQuantity: line.currentQuantity - each.quantity });
    return { id: ledger.nextId("refundLine"), lineId: line.id, quantity: each.quantity, subtotalMinor, taxMinor: 0 };
  });
  const linesMinor = sum(lines.map((line) => line.subtotalMinor));
  const amountMinor = isWhole ? order.currentTotalMinor : Math.min(linesMinor + (wish.amountMinor ?? 0), order.currentTotalMinor);
  const shippingMinor = isWhole ? Math.min(order.shippingMinor, Math.max(amountMinor - linesMinor, 0)) : 0;
  return { id: ledger.nextId("refund"), createdAt: ledger.now(), note: wish.note ?? null, lines, shippingMinor, amountMinor };
}

function withRefund(order: OrderDoc, refund: RefundDoc): OrderDoc {
  const currentTotalMinor = order.currentTotalMinor - refund.amountMinor;
  return {
    ...order, currentTotalMinor, refundedMinor: order.refundedMinor + refund.amountMinor, refunds: [...order.refunds, refund],
    financialStatus: currentTotalMinor === 0 ? "REFUNDED" : "PARTIALLY_REFUNDED",
    lines: order.lines.map((line) => ({ ...line, currentQuantity: line.currentQuantity - sum(refund.lines.filter((each) => each.lineId === line.id).map((each) => each.quantity)) })),
  };
}

/** Gives each line its share; the last takes the rounding. */
function spreadDiscount(lines: OrderLineDoc[], discountMinor: number): number {
  const goodsMinor = sum(lines.map((line) => line.quantity * line.unitPriceMinor));
  let left = discountMinor;
  lines.forEach((line, index) => {
    line.discountMinor = index === lines.length - 1 || goodsMinor === 0 ? left : Math.round((discountMinor * line.quantity * line.unitPriceMinor) / goodsMinor);
    left -= line.discountMinor;
  });
  return discountMinor;
}

/** A code ends with its percentage: WELCOME10 takes a tenth off. */
function percentOf(ledger: Ledger, code: string): number {
  const percent = Number(/(\d{1,2})$/.exec(code)?.[1] ?? Number.NaN);
  const isKnown = discountCodesOf(ledger).some((known) => known === code.toUpperCase());
  if (!isKnown || Number.isNaN(percent)) refuse(`the shop has no discount code ${code}`);
  return percent;
}

export function discountCodesOf(ledger: Ledger): string[] {
  const codes = ledger.recall("discount codes");
  return Array.isArray(codes) ? codes.map(String) : ["WELCOME10", "THANKYOU15"];
}

function nextNumber(ledger: Ledger): number {
  const last = ledger.recall("last order number");
  const number = typeof last === "number" ? last + 1 : FIRST_ORDER_NUMBER;
  ledger.remember("last order number", number);
  return number;
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);
