// What may happen to a customer.
import { customerPayload, consentPayload, dataRequestPayload, deletedCustomerPayload, mergedPayload, redactPayload } from "./payloads/customers.ts";
import { refuse, type Ledger } from "./ledger.ts";
import type { CustomerDoc, Id, OrderDoc } from "./model.ts";

export type CustomerWish = Partial<Omit<CustomerDoc, "id" | "createdAt" | "updatedAt">>;

const BLANK: Omit<CustomerDoc, "id" | "createdAt" | "updatedAt"> = {
  firstName: null, lastName: null, email: null, phone: null, locale: "en", countryCode: null, city: null, state: "DISABLED", tags: [], note: null,
  emailConsent: { state: "NOT_SUBSCRIBED", optInLevel: null, updatedAt: null },
};

export function createCustomer(ledger: Ledger, wish: CustomerWish): CustomerDoc {
  return ledger.change(() => {
    refuseTakenEmail(ledger, wish.email, null);
    const at = ledger.now();
    const customer = ledger.putCustomer({ ...BLANK, ...wish, id: ledger.nextId("customer"), createdAt: at, updatedAt: at });
    ledger.tell("customers/create", () => customerPayload(ledger.shop(), customer));
    return customer;
  });
}

export function updateCustomer(ledger: Ledger, id: Id, changes: CustomerWish): CustomerDoc {
  return ledger.change(() => {
    const before = ledger.customer(id);
    refuseTakenEmail(ledger, changes.email, id);
    const customer = ledger.putCustomer({ ...before, ...changes, updatedAt: ledger.now() });
    if (changes.emailConsent && changes.emailConsent.state !== before.emailConsent.state) ledger.tell("customers_email_marketing_consent/update", () => consentPayload(ledger.shop(), customer));
    ledger.tell("customers/update", () => customerPayload(ledger.shop(), customer));
    return customer;
  });
}

/** Shopify deletes only customers who never ordered. */
export function deleteCustomer(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const customer = ledger.customer(id);
    if (ledger.documents.count("order", { ownerId: id }) > 0) refuse(`customer ${id} has orders and cannot be deleted; redact or merge instead`);
    ledger.documents.remove("customer", customer.id);
    ledger.tell("customers/delete", () => deletedCustomerPayload(id));
  });
}

export function mergeCustomers(ledger: Ledger, { keptId, deletedId }: { keptId: Id; deletedId: Id }): CustomerDoc {
  return ledger.change(() => {
    if (keptId === deletedId) refuse("a customer cannot be merged into itself");
    const kept = ledger.customer(keptId);
    const gone = ledger.customer(deletedId);
    const at = ledger.now();
    for (const order of ledger.documents.each<OrderDoc>("order", { ownerId: deletedId })) ledger.putOrder({ ...order, customerId: keptId, updatedAt: at });
    ledger.documents.remove("customer", deletedId);
    const customer = ledger.putCustomer({ ...kept, email: kept.email ?? gone.email, phone: kept.phone ?? gone.phone, tags: [...new Set([...kept.tags, ...gone.tags])], createdAt: kept.createdAt < gone.createdAt ? kept.createdAt : gone.createdAt, updatedAt: at });
    ledger.tell("customers/merge", () => mergedPayload({ keptId, deletedId }));
    ledger.tell("customers/update", () => customerPayload(ledger.shop(), customer));
    return customer;
  });
}

/** The order stays, nobody is named on it any more, and the apps are told to forget. */
export function redactCustomer(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const customer = ledger.customer(id);
    const orders = [...ledger.documents.each<OrderDoc>("order", { ownerId: id })];
    ledger.tell("customers/redact", () => redactPayload(ledger.shop(), customer, orders.map((order) => order.id)));
    const at = ledger.now();
    for (const order of orders) ledger.putOrder({ ...order, email: null, updatedAt: at });
    ledger.putCustomer({ ...BLANK, id, createdAt: customer.createdAt, updatedAt: at, emailConsent: { state: "NOT_SUBSCRIBED", optInLevel: null, updatedAt: at } });
  });
}

export function requestCustomerData(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    const orders = [...ledger.documents.each<OrderDoc>("order", { ownerId: id })];
    const last = ledger.recall("last data request");
    const requestId = (typeof last === "number" ? last : 9_000_000) + 1;
    ledger.remember("last data request", requestId);
    ledger.tell("customers/data_request", () => dataRequestPayload(ledger.shop(), ledger.customer(id), orders.map((order) => order.id), requestId));
  });
}

function refuseTakenEmail(ledger: Ledger, email: string | null | undefined, ownId: Id | null): void {
  if (!email) return;
  const [other] = ledger.documents.list<CustomerDoc>("customer", { email }, { sortKey: "ID", first: 1 });
  if (other && other.id !== ownId) refuse("email has already been taken");
}
