// From Shopify's mouth to our tables: nothing is lost, nothing is doubled, and what cannot be read harms nobody.
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRollupDifferences, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { countNouns, listRereads } from "../../app/capabilities/orders/orders.server.ts";
import { findShop, installShop, readShop } from "../../app/capabilities/shops/shops.server.ts";
import { listQuarantined, openInbox, readInboxState, receive, replayDelivery } from "../../app/inbox/inbox.server.ts";
import { db } from "../../app/platform/db.server.ts";
import type { Delivery } from "../../app/shopify/callers.server.ts";
import { sessionStorage } from "../../app/shopify/session-storage.server.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { aCustomer, aLine, anOrder, aProduct, aRefund, aShop, minute, shopIdOf } from "../support/snapshots.ts";
import { aDelivery, customerBody, mergeBody, orderBody, productBody, refundBody } from "../support/webhooks.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

let shopNumber = 200;
async function aShopOfItsOwn(): Promise<ShopId> {
  const id = shopIdOf(++shopNumber);
  await installShop({ id, domain: `shop-${shopNumber}.myshopify.com`, snapshot: aShop, scopes: ["read_orders"], at: minute(0) });
  return id;
}

async function deliver(...deliveries: Delivery[]): Promise<void> {
  for (const delivery of deliveries) await receive(delivery);
  for (const shopId of new Set(deliveries.map((delivery) => delivery.shopId))) if (shopId !== null) await openInbox(shopId);
}
const statesOf = async (shopId: ShopId) => (await db().delivery.findMany({ where: { shopId }, orderBy: { id: "asc" } })).map(({ state }) => state);
const ordersOf = (shopId: ShopId) => db().order.findMany({ where: { shopId }, orderBy: { id: "asc" } });

test("the same delivery twice is written down once", async () => {
  const shopId = await aShopOfItsOwn();
  const delivery = aDelivery(shopId, "orders/create", orderBody(anOrder()));
  await deliver(delivery, delivery, { ...delivery, text: "{}" });
  expect(await statesOf(shopId)).toEqual(["done"]);
  expect(await countNouns(shopId)).toEqual({ orders: 1, customers: 1, products: 0 });
});

test("late words do not undo the last one, whatever topic they came by, and an id a double cannot hold stays exact", async () => {
  const shopId = await aShopOfItsOwn();
  const id = 2n ** 59n + 1n;
  const words = [1, 2, 3, 4].map((at) => anOrder({ id, updatedAt: minute(at), revenueMinor: at * 100, cancelledAt: at === 4 ? minute(4) : null }));
  const topics = ["orders/create", "orders/updated", "orders/updated", "orders/cancelled"];
  const deliveries = words.map((word, index) => aDelivery(shopId, topics[index] ?? "", orderBody(word)));
  for (const order of [[2, 0, 3, 1], [0, 1, 2, 3]]) await deliver(...order.flatMap((index) => deliveries[index] ?? []).map((delivery) => ({ ...delivery, webhookId: `${delivery.webhookId}-${order.join("")}` })));
  expect(await ordersOf(shopId)).toMatchObject([{ id, revenueMinor: 400n, isCounted: false }]);
  await refreshShop(shopId);
  expect(await countRollupDifferences(shopId)).toBe(0);
});

test("of two words as old, the one Shopify triggered later wins, however they arrived", async () => {
  const shopId = await aShopOfItsOwn();
  const word = (name: string, second: number) => aDelivery(shopId, "orders/updated", orderBody(anOrder({ name })), { triggeredAt: new Date(minute(1).getTime() + second) });
  await deliver(word("later", 900), word("earlier", 100));
  expect(await ordersOf(shopId)).toMatchObject([{ name: "later" }]);
});

test("one that cannot be read is kept aside with where and why, the others go on, and it can be replayed", async () => {
  const shopId = await aShopOfItsOwn();
  const { line_items: _, ...withoutLines } = orderBody(anOrder({ id: 2 }));
  await deliver(aDelivery(shopId, "orders/create", orderBody(anOrder({ id: 1 }))), aDelivery(shopId, "orders/create", withoutLines), aDelivery(shopId, "orders/create", orderBody(anOrder({ id: 3 }))));
  expect(await statesOf(shopId)).toEqual(["done", "quarantined", "done"]);
  const { deliveries: [kept], totalCount } = await listQuarantined(shopId, 1);
  expect(totalCount).toBe(1);
  expect(kept?.reason).toEqual({ code: "missing", at: "line_items" });
  expect(await replayDelivery(shopId, kept?.id ?? "")).toBe(true);
  await openInbox(shopId);
  expect(await statesOf(shopId)).toEqual(["done", "quarantined", "done"]); // still unreadable

  await db().$executeRaw`update delivery set payload = (payload::jsonb || '{"line_items": []}')::text where shop_id = ${shopId} and state = 'quarantined'`;
  expect(await replayDelivery(shopId, kept?.id ?? "")).toBe(true);
  await openInbox(shopId);
  expect((await ordersOf(shopId)).map(({ id }) => id)).toEqual([1n, 2n, 3n]);
  expect(await replayDelivery(shopId, kept?.id ?? "")).toBe(false);
});

test("what is no JSON is answered like everything else, kept, and shown", async () => {
  const shopId = await aShopOfItsOwn();
  await deliver(aDelivery(shopId, "orders/create", "<html>"), aDelivery(shopId, "orders/create", orderBody(anOrder({ name: "\0" }))), aDelivery(shopId, "pigeons/create", {}));
  expect((await listQuarantined(shopId, 1)).deliveries.map(({ reason }) => reason)).toEqual([{ code: "unknown_topic", at: "" }, { code: "refused_by_database", at: "22P05" }, { code: "not_json", at: "" }]);
  expect(await readInboxState(shopId)).toMatchObject({ waitingCount: 0, quarantinedCount: 3 });
});

test("a row the database refuses goes alone, and its batch is stored", async () => {
  const shopId = await aShopOfItsOwn();
  const tooMany = anOrder({ id: 5, lines: [aLine({ id: 50, quantity: 1, currentQuantity: 3_000_000_000 })] });
  await deliver(...[1, 2, 3, 4].map((id) => aDelivery(shopId, "orders/create", orderBody(anOrder({ id })))), aDelivery(shopId, "orders/create", orderBody(tooMany)), aDelivery(shopId, "orders/create", orderBody(anOrder({ id: 6 }))));
  expect(await statesOf(shopId)).toEqual(["done", "done", "done", "done", "quarantined", "done"]);
  expect((await listQuarantined(shopId, 1)).deliveries).toMatchObject([{ reason: { code: "refused_by_database", at: "22003" } }]);
  expect((await ordersOf(shopId)).map(({ id }) => id)).toEqual([1n, 2n, 3n, 4n, 6n]);
});

test("any number may open at once: every delivery is opened once, and none is left", async () => {
  const shopId = await aShopOfItsOwn();
  const arrivals = Array.from({ length: 900 }, (_, index) => receive(aDelivery(shopId, "orders/updated", orderBody(anOrder({ id: (index % 300) + 1, customer: (index % 40) + 1, updatedAt: minute(index) })))));
  const openers = Array.from({ length: 6 }, async (_, index) => {
    await arrivals[index * 150];
    await openInbox(shopId);
  });
  await Promise.all([...arrivals, ...openers]);
  await openInbox(shopId);
  expect(new Set(await statesOf(shopId))).toEqual(new Set(["done"]));
  expect(await countNouns(shopId)).toMatchObject({ orders: 300, customers: 40 });
  await refreshShop(shopId);
  expect(await countRollupDifferences(shopId)).toBe(0);
});

test("deleted, merged, edited and refunded: what the news does not say is to be read again", async () => {
  const shopId = await aShopOfItsOwn();
  await deliver(...[1, 2, 3, 4].map((id) => aDelivery(shopId, "orders/create", orderBody(anOrder({ id, customer: id })))));
  await deliver(
    aDelivery(shopId, "orders/delete", { id: 1 }),
    aDelivery(shopId, "customers/merge", mergeBody({ keptId: 3n, deletedId: 2n })),
    aDelivery(shopId, "customers/merge", { ...mergeBody({ keptId: 3n, deletedId: 4n }), status: "failed", errors: [{ message: "no" }] }),
    aDelivery(shopId, "orders/edited", { order_edit: { order_id: 3 } }),
    aDelivery(shopId, "refunds/create", refundBody(4n, aRefund(77, 250))),
    aDelivery(shopId, "refunds/create", refundBody(99n, aRefund(78, 250))),
  );
  expect((await ordersOf(shopId)).map(({ id, customerId }) => [id, customerId])).toEqual([[2n, 3n], [3n, 3n], [4n, 4n]]);
  expect(await db().refund.findMany({ where: { shopId } })).toMatchObject([{ orderId: 4n, id: 77n, amountMinor: 250n }]);
  expect((await listRereads(shopId, "order", 10)).map(({ id }) => id)).toEqual([3n, 4n, 99n]);
  expect((await listRereads(shopId, "customer", 10)).map(({ id }) => id)).toEqual([3n]);
});

test("customers, their consent and products follow their news", async () => {
  const shopId = await aShopOfItsOwn();
  await deliver(
    aDelivery(shopId, "customers_email_marketing_consent/update", { customer_id: 7, email_address: "m@example.com", email_marketing_consent: { state: "subscribed", opt_in_level: null, consent_updated_at: minute(3) } }),
    aDelivery(shopId, "customers/create", customerBody(aCustomer({ id: 7 }))),
    aDelivery(shopId, "customers/update", customerBody(aCustomer({ id: 7, firstName: "Aiko", updatedAt: minute(1) }))),
    aDelivery(shopId, "customers/create", customerBody(aCustomer({ id: 8 }))),
    aDelivery(shopId, "customers/delete", { id: 8 }),
    aDelivery(shopId, "products/update", productBody(aProduct())),
  );
  expect(await db().customer.findMany({ where: { shopId } })).toMatchObject([{ id: 7n, firstName: "Aiko", emailConsent: "SUBSCRIBED" }]);
  expect(await db().variant.findMany({ where: { shopId } })).toMatchObject([{ productId: 81n, priceMinor: 1800n }]);
});

test("news of the shop itself: the latest word about it stays, and an uninstalled shop keeps its data but no token", async () => {
  const shopId = await aShopOfItsOwn();
  const { domain } = await readShop(shopId);
  const describe = (name: string, at: number) => aDelivery(shopId, "shop/update", { name, email: null, currency: "USD", iana_timezone: "Asia/Tokyo", plan_name: "basic" }, { triggeredAt: minute(at) });
  await deliver(describe("New name", 2));
  await deliver(describe("Old name", 1), aDelivery(shopId, "app/scopes_update", { previous: [], current: ["read_products", "read_orders"] }));
  expect(await readShop(shopId)).toMatchObject({ name: "New name", timeZone: "Asia/Tokyo", scopes: ["read_orders", "read_products"] });

  await sessionStorage.storeSession(new Session({ id: `offline_${domain}`, shop: domain, state: "", isOnline: false, accessToken: "secret" }));
  await deliver(aDelivery(shopId, "app/uninstalled", {}, { triggeredAt: minute(-5) })); // of an earlier installation
  expect((await readShop(shopId)).uninstalledAt).toBeNull();
  expect(await sessionStorage.loadSession(`offline_${domain}`)).toBeDefined();
  await deliver(aDelivery(shopId, "app/uninstalled", {}, { triggeredAt: minute(5) }));
  expect((await readShop(shopId)).uninstalledAt).toEqual(minute(5));
  expect(await sessionStorage.loadSession(`offline_${domain}`)).toBeUndefined();
});

test("news of a shop we do not know is not kept, and of one that is gone it is dropped", async () => {
  await receive(aDelivery(null, "orders/create", orderBody(anOrder())));
  const stranger = shopIdOf(999_999);
  await deliver(aDelivery(stranger, "orders/create", orderBody(anOrder())));
  expect(await statesOf(stranger)).toEqual([]);
  expect(await findShop("shop-999999.myshopify.com")).toBeNull();
});
