// The control routes that do something in the shop, as its merchant or its shoppers would.

import { isId } from "../admin-api/gids.ts";
import type { SandboxContext } from "../context.ts";
import { SandboxError, type OrderDoc, type PlaceOrder } from "../shop/model.ts";
import { CancelBody, CustomerBody, dropUndefined, EditBody, MergeBody, parseBody, PlaceOrderBody, ProductBody, RefundBody } from "./bodies.ts";
import type { AddRoute } from "./control-router.ts";

const ORDERS_PER_TURN = 50; // of a burst, then the rest of the sandbox has its turn

export function addShopRoutes(route: AddRoute, context: SandboxContext): void {
  const { state } = context;
  route("get", "/state", () => readState(context));

  route("post", "/orders", async (request) => {
    const { count, ...wish } = parseBody(PlaceOrderBody, request.body);
    if (count !== undefined && wish.id !== undefined) throw new SandboxError("id: a burst of orders cannot have one id");
    if (count === undefined) return state.placeOrder(completeWish(wish, context));
    const orders: OrderDoc[] = [];
    while (orders.length < count) {
      orders.push(state.placeOrder(completeWish(wish, context)));
      if (orders.length % ORDERS_PER_TURN === 0) await new Promise(setImmediate);
    }
    return { count, ids: orders.map(({ id }) => id) };
  });
  route("get", "/orders/:id", (request) => known(state.getOrder(idOf(request.params)), "order", request.params));
  route("post", "/orders/:id/refund", (request) => {
    const { lines, ...wish } = parseBody(RefundBody, request.body);
    return state.refundOrder(idOf(request.params), dropUndefined({ ...wish, lines }));
  });
  route("post", "/orders/:id/cancel", (request) => state.cancelOrder(idOf(request.params), parseBody(CancelBody, request.body).reason));
  route("post", "/orders/:id/edit", (request) => state.editOrder(idOf(request.params), dropUndefined(parseBody(EditBody, request.body))));
  route("delete", "/orders/:id", (request) => { state.deleteOrder(idOf(request.params)); });

  route("post", "/customers", (request) => state.createCustomer(dropUndefined(parseBody(CustomerBody, request.body))));
  route("get", "/customers/:id", (request) => {
    const customer = known(state.getCustomer(idOf(request.params)), "customer", request.params);
    return { ...customer, totals: state.customerTotals(customer.id) };
  });
  route("post", "/customers/:id", (request) => state.updateCustomer(idOf(request.params), dropUndefined(parseBody(CustomerBody, request.body))));
  route("post", "/customers/:id/redact", (request) => { state.redactCustomer(idOf(request.params)); });
  route("post", "/customers/:id/data-request", (request) => { state.requestCustomerData(idOf(request.params)); });
  route("post", "/customers/:id/merge", (request) =>
    state.mergeCustomers({ keptId: parseBody(MergeBody, request.body).into, deletedId: idOf(request.params) }));
  route("delete", "/customers/:id", (request) => { state.deleteCustomer(idOf(request.params)); });

  route("get", "/discounts", () => state.discounts.list());
  route("get", "/gift-cards", () => state.giftCards.list());

  route("get", "/products/:id", (request) => known(state.getProduct(idOf(request.params)), "product", request.params));
  route("post", "/products/:id", (request) => state.updateProduct(idOf(request.params), dropUndefined(parseBody(ProductBody, request.body))));
  route("delete", "/products/:id", (request) => { state.deleteProduct(idOf(request.params)); });
}

const readState = ({ state, clock, installation, deliveries, shopDomain }: SandboxContext): object => ({
  shopDomain,
  currency: state.shop().currency,
  timeZone: state.shop().timeZone,
  now: clock.now().toISOString(),
  orders: state.countOrders({}),
  customers: state.countCustomers({}),
  products: state.countProducts({}),
  isInstalled: installation.isInstalled(),
  deliveries: deliveries.counts(),
});

const CHOICE = 50; // of products and customers, for orders that leave the choice open

/** Who says nothing about lines or customer gets some of the shop's own. */
function completeWish(wish: Omit<ReturnType<typeof PlaceOrderBody.parse>, "count" | "id"> & { id?: string | undefined }, { state }: SandboxContext): PlaceOrder {
  const { lines, customerId, email, ...rest } = dropUndefined(wish);
  return {
    ...rest,
    ...(customerId === undefined && email === undefined ? { customerId: pick(state.listCustomers({}, { sortKey: "ID", first: CHOICE }))?.id ?? null } : dropUndefined({ customerId, email })),
    lines: lines?.map((line) => dropUndefined(line)) ?? [pickLine(state.listProducts({}, { sortKey: "ID", first: CHOICE }))],
  };
}

function pickLine(products: ReturnType<SandboxContext["state"]["listProducts"]>): PlaceOrder["lines"][number] {
  const product = pick(products.filter(({ status, variants }) => status === "ACTIVE" && variants.length > 0));
  const variant = product && pick(product.variants);
  if (!product || !variant) throw new SandboxError("lines: the shop has no product to choose, so say what is ordered: {lines: [{title, quantity, unitPriceMinor}]}");
  return { productId: product.id, variantId: variant.id, quantity: 1 };
}

const pick = <T>(rows: readonly T[]): T | undefined => rows[Math.floor(Math.random() * rows.length)];

function known<T>(doc: T | null, kind: string, params: Readonly<Record<string, string>>): T {
  if (doc === null) throw new SandboxError(`There is no ${kind} ${params.id}.`);
  return doc;
}

function idOf({ id }: Readonly<Record<string, string>>): string {
  if (id === undefined || !isId(id)) throw new SandboxError(`id: "${id ?? ""}" is not a string of digits below 2^63`);
  return id;
}
