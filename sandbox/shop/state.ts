// The pretend shop: a file that survives a kill, read by everyone, changed by verbs.

import { createCustomer, deleteCustomer, findCustomerByEmail, mergeCustomers, redactCustomer, requestCustomerData, updateCustomer } from "./customers.ts";
import { createDiscounts } from "./discounts.ts";
import { createGiftCards } from "./gift-cards.ts";
import { Ledger } from "./ledger.ts";
import type { CustomerDoc, Id, OrderDoc, OrderFilter, ProductDoc, SandboxClock, ShopDoc, ShopState } from "./model.ts";
import { cancelOrder, deleteOrder, editOrder, placeOrder, refundOrder } from "./orders.ts";
import { deleteProduct, updateProduct } from "./products.ts";
import { quoteOrder } from "./quotes.ts";
import { createStoreCredit } from "./store-credit.ts";

export type OpenShop = { /** ":memory:" keeps nothing */ file: string; clock: SandboxClock; /** for a file that holds no shop yet */ shop?: ShopDoc };

const teaShop: ShopDoc = {
  id: "60000000001", domain: "regulars-tea.myshopify.com", name: "Regulars Tea & Coffee", email: "owner@regulars-tea.example", currency: "USD",
  timeZone: "America/Los_Angeles", planName: "Basic", countryCode: "US", createdAt: "2024-01-15T08:00:00.000Z",
};
const firstDiscountCodes = ["WELCOME10", "THANKYOU15"];

/** A shop with its ledger: for those who make history (the generator, an import), not for who watches it. */
export type OpenedShop = ShopState & { ledger: Ledger };

export function openShop({ file, clock, shop = teaShop }: OpenShop): OpenedShop {
  const ledger = new Ledger(file, clock);
  const { documents } = ledger;
  if (ledger.recall("shop") === undefined) {
    ledger.remember("shop", shop);
    ledger.remember("discount codes", firstDiscountCodes);
  }
  const byOwner = ({ customerId, ...filter }: OrderFilter) => (customerId === undefined ? filter : { ...filter, ownerId: customerId });
  return {
    ledger,
    shop: () => ledger.shop(),

    getOrder: (id) => documents.get<OrderDoc>("order", id),
    getCustomer: (id) => documents.get<CustomerDoc>("customer", id),
    findCustomerByEmail: (email) => findCustomerByEmail(ledger, email),
    getProduct: (id) => documents.get<ProductDoc>("product", id),
    findProductOfVariant: (variantId) => ledger.findProductOfVariant(variantId),
    listOrders: (filter, page) => documents.list<OrderDoc>("order", byOwner(filter), page),
    listCustomers: (filter, page) => documents.list<CustomerDoc>("customer", filter, page),
    listProducts: (filter, page) => documents.list<ProductDoc>("product", filter, page),
    countOrders: (filter) => documents.count("order", byOwner(filter)),
    countCustomers: (filter) => documents.count("customer", filter),
    countProducts: (filter) => documents.count("product", filter),
    eachOrder: (filter) => documents.each<OrderDoc>("order", byOwner(filter)),
    eachCustomer: (filter) => documents.each<CustomerDoc>("customer", filter),
    eachProduct: (filter) => documents.each<ProductDoc>("product", filter),
    customerTotals: (customerId) => readTotals(ledger, customerId),

    discounts: createDiscounts(ledger),
    storeCredit: createStoreCredit(ledger),
    giftCards: createGiftCards(ledger),

    quoteOrder: (wish) => quoteOrder(ledger, wish),
    placeOrder: (wish) => placeOrder(ledger, wish),
    refundOrder: (id, wish) => refundOrder(ledger, id, wish),
    cancelOrder: (id, reason = "customer") => cancelOrder(ledger, id, reason),
    editOrder: (id, wish) => editOrder(ledger, id, wish),
    deleteOrder: (id) => deleteOrder(ledger, id),
    createCustomer: (wish) => createCustomer(ledger, wish),
    updateCustomer: (id, changes) => updateCustomer(ledger, id, changes),
    deleteCustomer: (id) => deleteCustomer(ledger, id),
    mergeCustomers: (wish) => mergeCustomers(ledger, wish),
    redactCustomer: (id) => redactCustomer(ledger, id),
    requestCustomerData: (id) => requestCustomerData(ledger, id),
    updateProduct: (id, changes) => updateProduct(ledger, id, changes),
    deleteProduct: (id) => deleteProduct(ledger, id),

    during: (at, run) => ledger.during(at, () => ledger.change(run)),
    remember: (key, value) => ledger.remember(key, value),
    recall: (key) => ledger.recall(key),
    onEvent: (listener) => ledger.listen(listener),
    close: () => documents.database.close(),
  };
}

/** All of it from one index. */
const totals = `
  select count(spent_minor) as many, coalesce(sum(spent_minor), 0) as spent from "order" where owner_id = ?`;
const lastOrder = `
  select cast(id as text) as id from "order" where owner_id = ? and spent_minor is not null order by created_at desc, id desc limit 1`;

function readTotals({ documents }: Ledger, customerId: Id): ReturnType<ShopState["customerTotals"]> {
  const [sums] = documents.rows(totals, BigInt(customerId));
  const [last] = documents.rows(lastOrder, BigInt(customerId));
  return { orderCount: Number(sums?.["many"] ?? 0), amountMinor: Number(sums?.["spent"] ?? 0), lastOrderId: last ? String(last["id"]) : null };
}
