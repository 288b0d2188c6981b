// The pretend shop: a file that survives a kill, read by everyone, changed by verbs.
import { discountCodesOf, cancelOrder, deleteOrder, editOrder, placeOrder, refundOrder } from "./orders.ts";
import { createCustomer, deleteCustomer, mergeCustomers, redactCustomer, requestCustomerData, updateCustomer } from "./customers.ts";
import { deletedPayload } from "./payloads/orders.ts";
import { productPayload } from "./payloads/products.ts";
import { Ledger } from "./ledger.ts";
import type { CustomerDoc, CustomerFilter, Id, OrderDoc, OrderFilter, ProductDoc, SandboxClock, ShopDoc, ShopState } from "./model.ts";

export type OpenShop = { /** ":memory:" keeps nothing */ file: string; clock: SandboxClock; /** for a file that holds no shop yet */ shop?: ShopDoc };

const DEFAULT_SHOP: ShopDoc = {
  id: "60000000001", domain: "regulars-tea.myshopify.com", name: "Regulars Tea & Coffee", email: "owner@regulars-tea.example", currency: "USD",
  timeZone: "America/Los_Angeles", planName: "Basic", countryCode: "US", createdAt: "2024-01-15T08:00:00.000Z",
};

/** A shop with its ledger: for those who make history (the generator, an import), not for who watches it. */
export type OpenedShop = ShopState & { ledger: Ledger };

export function openShop({ file, clock, shop }: OpenShop): OpenedShop {
  const ledger = new Ledger(file, clock);
  if (ledger.recall("shop") === undefined) ledger.remember("shop", shop ?? DEFAULT_SHOP);
  const { documents } = ledger;
  const byOrder = ({ customerId, ...filter }: OrderFilter) => (customerId === undefined ? filter : { ...filter, ownerId: customerId });
  const byCustomer = (filter: CustomerFilter) => filter;
  return {
    ledger,
    shop: () => ledger.shop(),
    getOrder: (id) => documents.get<OrderDoc>("order", id),
    getCustomer: (id) => documents.get<CustomerDoc>("customer", id),
    findCustomerByEmail: (email) => documents.list<CustomerDoc>("customer", { email }, { sortKey: "ID", first: 1 })[0] ?? null,
    getProduct: (id) => documents.get<ProductDoc>("product", id),
    listOrders: (filter, page) => documents.list<OrderDoc>("order", byOrder(filter), page),
    listCustomers: (filter, page) => documents.list<CustomerDoc>("customer", byCustomer(filter), page),
    listProducts: (filter, page) => documents.list<ProductDoc>("product", filter, page),
    countOrders: (filter) => documents.count("order", byOrder(filter)),
    countCustomers: (filter) => documents.count("customer", byCustomer(filter)),
    countProducts: (filter) => documents.count("product", filter),
    eachOrder: (filter) => documents.each<OrderDoc>("order", byOrder(filter)),
    eachCustomer: (filter) => documents.each<CustomerDoc>("customer", byCustomer(filter)),
    eachProduct: (filter) => documents.each<ProductDoc>("product", filter),
    customerTotals: (customerId) => totalsOf(ledger, customerId),
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
    updateProduct: (id, changes) => ledger.change(() => {
      const product = ledger.putProduct({ ...ledger.product(id), ...changes, updatedAt: ledger.now() });
      ledger.tell("products/update", () => productPayload(ledger.shop(), product));
      return product;
    }),
    deleteProduct: (id) => ledger.change(() => {
      documents.remove("product", ledger.product(id).id);
      ledger.tell("products/delete", () => deletedPayload(id));
    }),
    during: (at, run) => ledger.during(at, () => ledger.change(run)),
    remember: (key, value) => ledger.remember(key, value),
    recall: (key) => ledger.recall(key),
    onEvent: (listener) => ledger.listen(listener),
    close: () => documents.database.close(),
  };
}

export { discountCodesOf };

function totalsOf(ledger: Ledger, customerId: Id): ReturnType<ShopState["customerTotals"]> {
  const orders = [...ledger.documents.each<OrderDoc>("order", { ownerId: customerId })].filter((order) => order.cancelledAt === null && !order.test);
  return { orderCount: orders.length, amountMinor: orders.reduce((total, order) => total + order.currentTotalMinor, 0), lastOrderId: orders.at(-1)?.id ?? null };
}
