// What may happen to a customer.

import { refuse, type Ledger } from "./ledger.ts";
import type { CustomerDoc, Id, Instant, OrderDoc } from "./model.ts";
import { consentPayload, customerPayload, dataRequestPayload, deletedCustomerPayload, mergedPayload, redactPayload } from "./payloads/customers.ts";
import { mergeCredit } from "./store-credit.ts";

export type CustomerWish = Partial<Omit<CustomerDoc, "id" | "createdAt" | "updatedAt">>;

const nobody: Omit<CustomerDoc, "id" | "createdAt" | "updatedAt"> = {
  firstName: null, lastName: null, email: null, phone: null, locale: "en", countryCode: null, city: null, state: "DISABLED", tags: [], note: null, birthOn: null,
  emailConsent: { state: "NOT_SUBSCRIBED", optInLevel: null, updatedAt: null },
};

export function createCustomer(ledger: Ledger, wish: CustomerWish): CustomerDoc {
  return ledger.change(() => {
    refuseTakenEmail(ledger, wish.email, null);
    const at = ledger.now();
    const customer = ledger.putCustomer({ ...nobody, ...wish, id: ledger.nextId("customer"), createdAt: at, updatedAt: at });
    ledger.tell("customers/create", () => customerPayload(ledger.shop(), customer));
    return customer;
  });
}

export function updateCustomer(ledger: Ledger, id: Id, changes: CustomerWish): CustomerDoc {
  return ledger.change(() => {
    const before = ledger.customer(id);
    refuseTakenEmail(ledger, changes.email, id);
    const at = ledger.now();
    const isConsentNew = changes.emailConsent !== undefined && changes.emailConsent.state !== before.emailConsent.state;
    const emailConsent = changes.emailConsent ?? before.emailConsent;
    const customer = ledger.putCustomer({
      ...before, ...changes, updatedAt: at,
      emailConsent: isConsentNew && emailConsent.updatedAt === null ? { ...emailConsent, updatedAt: at } : emailConsent,
    });
    if (isConsentNew) ledger.tell("customers_email_marketing_consent/update", () => consentPayload(ledger.shop(), customer));
    ledger.tell("customers/update", () => customerPayload(ledger.shop(), customer));
    return customer;
  });
}

/** Shopify deletes only customers who never ordered. */
export function deleteCustomer(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const customer = ledger.customer(id);
    if (ledger.documents.count("order", { ownerId: id }) > 0) refuse(`Customer ${id} has orders and cannot be deleted; redact or merge instead.`);
    ledger.documents.remove("customer", customer.id);
    ledger.tell("customers/delete", () => deletedCustomerPayload(id));
  });
}

/** Shopify's documents name no news for the orders that move, so apps must not count on any. */
export function mergeCustomers(ledger: Ledger, { keptId, deletedId }: { keptId: Id; deletedId: Id }): CustomerDoc {
  return ledger.change(() => {
    if (keptId === deletedId) refuse("A customer cannot be merged with itself.");
    const kept = ledger.customer(keptId);
    const gone = ledger.customer(deletedId);
    const at = ledger.now();
    for (const order of listOrders(ledger, deletedId)) ledger.putOrder({ ...order, customerId: keptId, updatedAt: at });
    mergeCredit(ledger, { keptId, deletedId });
    ledger.documents.remove("customer", deletedId);
    const customer = ledger.putCustomer({
      ...kept,
      email: kept.email ?? gone.email,
      phone: kept.phone ?? gone.phone,
      tags: [...new Set([...kept.tags, ...gone.tags])],
      createdAt: kept.createdAt < gone.createdAt ? kept.createdAt : gone.createdAt,
      updatedAt: at,
    });
    ledger.tell("customers/merge", () => mergedPayload({ keptId, deletedId }));
    ledger.tell("customers/update", () => customerPayload(ledger.shop(), customer));
    return customer;
  });
}

/** The orders stay, nobody is named on them any more, and the apps are told to forget. */
export function redactCustomer(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const customer = ledger.customer(id);
    const orders = listOrders(ledger, id);
    ledger.tell("customers/redact", () => redactPayload(ledger.shop(), customer, orders.map((order) => order.id)));
    const at = ledger.now();
    for (const order of orders) ledger.putOrder({ ...order, email: null, updatedAt: at });
    ledger.putCustomer({ ...nobody, id, createdAt: customer.createdAt, updatedAt: at, emailConsent: { ...nobody.emailConsent, updatedAt: at } });
  });
}

export function requestCustomerData(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const customer = ledger.customer(id);
    const requestId = ledger.nextId("dataRequest");
    ledger.tell("customers/data_request", () => dataRequestPayload(ledger.shop(), customer, { requestId, orderIds: listOrders(ledger, id).map((order) => order.id) }));
  });
}

export function findCustomerByEmail(ledger: Ledger, email: string): CustomerDoc | null {
  return ledger.documents.list<CustomerDoc>("customer", { email }, { sortKey: "ID", first: 1 })[0] ?? null;
}

/** Whatever happens to an order happens to its customer, too: Shopify keeps counts and sums there. */
export function touchCustomer(ledger: Ledger, customer: CustomerDoc | null, updatedAt: Instant): CustomerDoc | null {
  return customer && ledger.putCustomer({ ...customer, updatedAt });
}

export const findCustomerOf = (ledger: Ledger, { customerId }: OrderDoc): CustomerDoc | null => (customerId === null ? null : ledger.documents.get<CustomerDoc>("customer", customerId));

const listOrders = (ledger: Ledger, customerId: Id): OrderDoc[] => [...ledger.documents.each<OrderDoc>("order", { ownerId: customerId })];

function refuseTakenEmail(ledger: Ledger, email: string | null | undefined, ownId: Id | null): void {
  const other = email ? findCustomerByEmail(ledger, email) : null;
  if (other && other.id !== ownId) refuse("This e-mail address has already been taken.");
}
