// Our side of Shopify against a whole sandbox: tokens, calls, histories, and one truth through both doors.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { CustomerSnapshot, OrderSnapshot } from "../../app/shopify/snapshots.ts";
import { parseJson } from "../../app/values/json.ts";
import { SANDBOX_START_TIMEOUT_MS, type TestSandbox } from "../../sandbox/testing/test-sandbox.ts";
import { readAppConfig } from "../../sandbox/webhooks/app-config.ts";
import { openNearShopify, type NearShopify } from "../support/near-shopify.ts";

const HUGE_ID = "9223372036854775801";
const PAGE_TIMEOUT_MS = 10_000;

/** Loaded only when fetch leads to the sandbox, since Shopify's library keeps the fetch it finds. */
async function loadApp() {
  return {
    ...(await import("../../app/shopify/callers.server.ts")),
    ...(await import("../../app/shopify/shop.server.ts")),
    ...(await import("../../app/shopify/bulk.server.ts")),
    ...(await import("../../app/shopify/bulk-file.server.ts")),
    ...(await import("../../app/shopify/reads.server.ts")),
    ...(await import("../../app/shopify/session-storage.server.ts")),
    ...(await import("../../app/shopify/parse/bulk-lines.ts")),
    ...(await import("../../app/shopify/parse/order.ts")),
    ...(await import("../../app/shopify/parse/customer.ts")),
    ...(await import("../../app/shopify/queries/orders.ts")),
    ...(await import("../../app/shopify/queries/customers.ts")),
  };
}

let shopify: TestSandbox;
let app: Awaited<ReturnType<typeof loadApp>>;
let domain = "";
let shop = { domain: "", currency: "" };
let near: NearShopify;
const asked: string[] = [];

beforeAll(async () => {
  near = await openNearShopify(({ pathname, ask }) => {
    asked.push(pathname);
    return ask();
  });
  ({ shopify } = near);
  domain = shopify.sandbox.context.shopDomain;
  app = await loadApp();
  shopify.sandbox.context.installation.install();
  fillShop();
  await visit();
  shop = { domain, currency: (await app.readRemoteShop(domain)).snapshot.currency };
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => near.close());
beforeEach(() => void asked.splice(0));

/** A guest, a regular with a refund in part, one with a cancelled order, one whose id no double can hold, one order of many lines. */
function fillShop(): void {
  const { state } = shopify;
  const mina = state.createCustomer({ firstName: "Mina", lastName: "Okafor", email: "mina@example.com" });
  const ken = state.createCustomer({ firstName: "健", lastName: "佐藤", email: "ken@example.com", locale: "ja", tags: ["vip", "wholesale"] });
  const line = { title: "Sencha", quantity: 2, unitPriceMinor: 1850 };
  const refunded = state.placeOrder({ customerId: mina.id, lines: [line, { ...line, title: "Gyokuro" }] });
  state.refundOrder(refunded.id, { lines: [{ lineId: refunded.lines[0]?.id ?? "", quantity: 1 }] });
  state.cancelOrder(state.placeOrder({ customerId: ken.id, lines: [line] }).id);
  state.placeOrder({ customerId: null, lines: [line] });
  state.placeOrder({ id: HUGE_ID, customerId: ken.id, lines: Array.from({ length: 25 }, (_, index) => ({ ...line, title: `Tea ${index}` })) });
}

const visit = async () => app.adminFrom(await near.requestOf("/app"));

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of source) found.push(item);
  return found;
}
const addMinute = (at: Date) => new Date(at.getTime() + 60_000);
const byId = (one: { id: bigint }, other: { id: bigint }) => Number(one.id - other.id);

async function readBulkFile(document: string): Promise<string> {
  const started = await app.startBulk(domain, document);
  if (!started.ok) throw new Error(started.reason);
  return vi.waitFor(async () => {
    const bulk = await app.readBulk(domain, started.id);
    expect(bulk).toMatchObject({ status: "COMPLETED", errorCode: null });
    expect(bulk?.byteCount).toBeGreaterThan(0);
    return bulk?.url ?? "";
  }, { timeout: PAGE_TIMEOUT_MS });
}

const snapshotsOf = <Snapshot>(readings: { snapshots: Snapshot[] }[]): Snapshot[] => readings.flatMap(({ snapshots }) => snapshots);

async function readHistory(): Promise<{ orders: OrderSnapshot[]; customers: CustomerSnapshot[] }> {
  const orders = await collect(app.assembleOrders(app.streamBulk(await readBulkFile(app.orderDocuments.bulk(null)), 0)));
  const customers = await collect(app.assembleCustomers(app.streamBulk(await readBulkFile(app.customerDocuments.bulk(null)), 0)));
  return { orders: snapshotsOf(orders).sort(byId), customers: snapshotsOf(customers).sort(byId) };
}

describe("a token", () => {
  test("is exchanged once for all loaders of a page", async () => {
    await app.forgetSessions(domain);
    const request = await near.requestOf("/app");
    const callers = await Promise.all(Array.from({ length: 4 }, () => app.adminFrom(request.clone())));
    expect(callers.map((caller) => caller.domain)).toEqual([domain, domain, domain, domain]);
    expect(callers[0]?.staffId).toMatch(/^\d+$/);
    expect(asked).toEqual(["/admin/oauth/access_token"]);
  });

  test("void since an uninstall gives way to a new one on the next visit", async () => {
    shopify.sandbox.context.installation.uninstall();
    shopify.sandbox.context.installation.install();
    await visit(); // the stored one still looks alive
    await expect(app.readRemoteShop(domain)).rejects.toMatchObject({ name: "ShopifyRefused", reason: "token" });
    await visit();
    expect((await app.readRemoteShop(domain)).id).toBe(BigInt(shopify.state.shop().id));
  });
});

test("a shop says who it is and what it granted", async () => {
  const { id, snapshot, scopes } = await app.readRemoteShop(domain);
  const told = shopify.state.shop();
  expect(id).toBe(BigInt(told.id));
  expect(snapshot).toMatchObject({ name: told.name, currency: told.currency });
  expect(scopes).toEqual(readAppConfig("shopify.app.toml").scopes.toSorted());
});

test("counts tell how much there is to come", async () => {
  expect(await app.countRemote(domain)).toMatchObject({ orders: 4, customers: 2 });
});

describe("one truth through every door", () => {
  test("history in bulk and changes by page are the same, long orders included", async () => {
    const history = await readHistory();
    const window = { from: new Date(0), to: addMinute(shopify.clock.now()) };
    const orders = snapshotsOf(await collect(app.readUpdatedOrders(shop, window))).sort(byId);
    const customers = snapshotsOf(await collect(app.readUpdatedCustomers(shop, window))).sort(byId);
    expect(orders).toEqual(history.orders);
    expect(customers).toEqual(history.customers);
    expect(orders.map(({ id }) => id)).toContain(BigInt(HUGE_ID));
    expect(orders.find(({ id }) => id === BigInt(HUGE_ID))?.lines).toHaveLength(25);
  });

  test("news and history are the same", async () => {
    const { orders } = await readHistory();
    expect(await shopify.sandbox.context.deliveries.flush(PAGE_TIMEOUT_MS)).toBe(true);
    const told = shopify.app.received
      .filter(({ topic }) => /^orders\/(create|updated|cancelled)$/.test(topic))
      .map(({ body }) => app.parseOrderWebhook(parseJson(body.toString("utf8"))));
    const newest = new Map<bigint, OrderSnapshot>();
    for (const order of told) if (order.updatedAt >= (newest.get(order.id)?.updatedAt ?? order.updatedAt)) newest.set(order.id, order);
    expect([...newest.values()].sort(byId)).toEqual(orders);
  });

  test("an order asked for by id is the one of the history, and one that is gone is missing", async () => {
    const { orders } = await readHistory();
    const ids = [...orders.map(({ id }) => id), app.parseOrderNode(goneNode).id];
    const read = await app.readOrders(shop, ids);
    expect(read.unread).toEqual([]);
    expect(read.snapshots.sort(byId)).toEqual(orders);
  });
});

test("throttled, failing and with an expired token, a call still comes home", async () => {
  shopify.sandbox.context.faults.change({ throttle: { next: 1 }, serverError: { next: 1 }, expireToken: { next: 1 } });
  expect((await app.readRemoteShop(domain)).id).toBe(BigInt(shopify.state.shop().id));
  shopify.sandbox.context.faults.clear();
});

const money = { shopMoney: { amount: "0.0", currencyCode: "USD" } };
const goneNode = {
  id: "gid://shopify/Order/1", name: "#1", processedAt: "2026-01-01T00:00:00Z", updatedAt: "2026-01-01T00:00:00Z", cancelledAt: null, test: false,
  displayFinancialStatus: null, currentTotalPriceSet: money, totalPriceSet: money, totalDiscountsSet: null, taxesIncluded: false, totalShippingPriceSet: money, currentShippingPriceSet: money, totalRefundedSet: money, discountCodes: [],
  sourceName: null, shippingAddress: null, billingAddress: null, customer: null, lineItems: { nodes: [] }, refunds: [],
};
