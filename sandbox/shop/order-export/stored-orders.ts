// From what an export says to what a shop keeps: products by name, customers by e-mail address, orders with their refunds.

import type { Ledger } from "../ledger.ts";
import type { CustomerDoc, Id, OrderDoc, OrderLineDoc, ProductDoc, RefundDoc } from "../model.ts";
import { spreadDiscount } from "../rules/order-lines.ts";
import { lineNetMinor, sum } from "../rules/remaining.ts";
import type { ExportedLine, ExportedOrder } from "./exported-orders.ts";

/** The orders by time. Answers how many customers they are of. */
export function storeOrders(ledger: Ledger, orders: readonly ExportedOrder[]): number {
  const products = storeProducts(ledger, orders);
  const customers = storeCustomers(ledger, orders);
  for (const { id } of orders) if (id !== null) ledger.noteId("order", id);
  for (const order of orders) ledger.putOrder(toOrderDoc(ledger, order, { products, customerId: customers.get(order.email) ?? null }));
  return customers.size;
}

type Shelf = { doc: ProductDoc; variantsBySku: Map<string, ProductDoc["variants"][number]> };

/** One product per name, one variant per article number; the last price seen is today's. */
function storeProducts(ledger: Ledger, orders: readonly ExportedOrder[]): Map<string, Shelf> {
  const shelves = new Map<string, Shelf>();
  const handles = new Set<string>();
  for (const order of orders) {
    for (const line of order.lines) {
      const shelf: Shelf = shelves.get(line.name) ?? { doc: makeProduct(ledger, line, order, handles), variantsBySku: new Map() };
      shelves.set(line.name, shelf);
      const variant = shelf.variantsBySku.get(line.sku);
      if (variant) variant.priceMinor = line.unitPriceMinor;
      else addVariant(ledger, shelf, line, order);
    }
  }
  for (const { doc } of shelves.values()) ledger.putProduct(doc);
  return shelves;
}

function makeProduct(ledger: Ledger, { name, vendor }: ExportedLine, { createdAt }: ExportedOrder, handles: Set<string>): ProductDoc {
  const id = ledger.nextId("product");
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
  const handle = plain === "" || handles.has(plain) ? `${plain}-${id}`.replace(/^-/, "") : plain;
  handles.add(handle);
  return { id, title: name, handle, description: "", productType: "", vendor, status: "ACTIVE", tags: [], createdAt, updatedAt: createdAt, variants: [] };
}

function addVariant(ledger: Ledger, { doc, variantsBySku }: Shelf, { sku, unitPriceMinor }: ExportedLine, { createdAt }: ExportedOrder): void {
  const title = doc.variants.length === 0 ? "Default Title" : sku || `Variant ${doc.variants.length + 1}`;
  const variant = { id: ledger.nextId("variant"), title, sku, priceMinor: unitPriceMinor, unitCostMinor: null, updatedAt: createdAt };
  doc.variants.push(variant);
  variantsBySku.set(sku, variant);
}

/** One customer per e-mail address, whatever its case; a blank one is a guest. What later orders say about a person counts. */
function storeCustomers(ledger: Ledger, orders: readonly ExportedOrder[]): Map<string, Id> {
  const customers = new Map<string, CustomerDoc>();
  for (const order of orders) {
    if (order.email === "") continue;
    customers.set(order.email, updateCustomer(customers.get(order.email) ?? makeCustomer(ledger, order), order));
  }
  for (const customer of customers.values()) ledger.putCustomer(customer);
  return new Map([...customers].map(([email, { id }]) => [email, id]));
}

function makeCustomer(ledger: Ledger, { email, createdAt }: ExportedOrder): CustomerDoc {
  return {
    id: ledger.nextId("customer"), email, phone: null, locale: "en", countryCode: null, city: null, state: "DISABLED", tags: [], note: null, birthOn: null, createdAt, updatedAt: createdAt,
    ...splitName(email.slice(0, email.indexOf("@")).split(/[._+-]+/).filter(Boolean).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ")),
    emailConsent: { state: "NOT_SUBSCRIBED", optInLevel: null, updatedAt: null },
  };
}

function updateCustomer(customer: CustomerDoc, { createdAt, personName, phone, countryCode, acceptsMarketing }: ExportedOrder): CustomerDoc {
  const isSubscribed = customer.emailConsent.state === "SUBSCRIBED";
  return {
    ...customer,
    ...(personName === "" ? {} : splitName(personName)),
    phone: phone || customer.phone,
    countryCode: countryCode ?? customer.countryCode,
    updatedAt: createdAt,
    emailConsent: acceptsMarketing === null || acceptsMarketing === isSubscribed ? customer.emailConsent
      : acceptsMarketing ? { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: createdAt }
      : { state: "UNSUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: createdAt },
  };
}

function splitName(name: string): Pick<CustomerDoc, "firstName" | "lastName"> {
  const [firstName = "", ...others] = name.split(/\s+/);
  return { firstName: firstName || null, lastName: others.join(" ") || null };
}

type Known = { products: ReadonlyMap<string, Shelf>; customerId: Id | null };

function toOrderDoc(ledger: Ledger, order: ExportedOrder, { products, customerId }: Known): OrderDoc {
  const isAllBack = order.cancelledAt !== null || (order.refundedMinor > 0 && order.refundedMinor === order.totalMinor);
  const ordered = order.lines.map((line) => toLineDoc(ledger, line, products));
  const restMinor = Math.max(0, order.discountMinor - sum(ordered.map(({ discountMinor }) => discountMinor)));
  const lines = restMinor === 0 ? ordered : spreadDiscount(ordered, restMinor);
  const changedAt = order.cancelledAt ?? order.createdAt; // when money went back, an export does not say
  return {
    id: order.id ?? ledger.nextId("order"),
    name: order.name,
    number: readNumber(order.name) ?? ledger.nextOrderNumber(),
    customerId,
    email: order.email || null,
    createdAt: order.createdAt, processedAt: order.createdAt, updatedAt: changedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelledAt === null ? null : "other",
    test: false,
    financialStatus: order.financialStatus,
    sourceName: order.sourceName,
    countryCode: order.countryCode,
    customerLocale: null,
    discountCodes: order.discountCodes,
    tags: order.tags,
    subtotalMinor: order.subtotalMinor ?? sum(lines.map(lineNetMinor)),
    discountMinor: order.discountMinor,
    shippingMinor: order.shippingMinor,
    taxMinor: order.taxMinor,
    totalMinor: order.totalMinor,
    currentTotalMinor: order.cancelledAt === null ? order.totalMinor - order.refundedMinor : 0,
    refundedMinor: order.refundedMinor,
    lines: isAllBack ? lines.map((line) => ({ ...line, currentQuantity: 0 })) : lines,
    refunds: order.refundedMinor === 0 ? [] : [makeRefund(ledger, order, isAllBack ? lines : [], changedAt)],
  };
}

function toLineDoc(ledger: Ledger, { name, sku, vendor, quantity, unitPriceMinor, discountMinor }: ExportedLine, products: ReadonlyMap<string, Shelf>): OrderLineDoc {
  const shelf = products.get(name);
  return {
    id: ledger.nextId("line"),
    productId: shelf?.doc.id ?? null,
    variantId: shelf?.variantsBySku.get(sku)?.id ?? null,
    title: name,
    variantTitle: null,
    sku: sku || null,
    vendor: vendor || null,
    quantity, currentQuantity: quantity,
    unitPriceMinor,
    discountMinor: Math.min(discountMinor, quantity * unitPriceMinor),
  };
}

/** Which lines came back is known only when all of them did; else it is an amount without lines. */
function makeRefund(ledger: Ledger, order: ExportedOrder, lines: readonly OrderLineDoc[], createdAt: string): RefundDoc {
  return {
    id: ledger.nextId("refund"), createdAt, note: null,
    amountMinor: order.refundedMinor,
    shippingMinor: lines.length > 0 ? order.shippingMinor : 0,
    lines: lines.map((line, index) => ({
      id: ledger.nextId("refundLine"), lineId: line.id, quantity: line.quantity, subtotalMinor: lineNetMinor(line),
      taxMinor: index === 0 ? order.taxMinor : 0,
    })),
  };
}

const NUMBER_MAX = 9_999_999_999; // names may end with longer digits that are no order number

function readNumber(name: string): number | null {
  const number = Number(/(\d+)\D*$/.exec(name)?.[1] ?? 0);
  return number > 0 && number <= NUMBER_MAX ? number : null;
}
