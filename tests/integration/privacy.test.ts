// After an erasure nothing leads to the person any more, and no number has changed.
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRollupDifferences, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { refreshAnalytics } from "../../app/capabilities/analytics/jobs.server.ts";
import { askReread, countNouns } from "../../app/capabilities/orders/orders.server.ts";
import { listDataRequests, takeDataRequest } from "../../app/capabilities/privacy/privacy.server.ts";
import { closeShop, findShop, installShop } from "../../app/capabilities/shops/shops.server.ts";
import { startBackfill } from "../../app/capabilities/sync/sync.server.ts";
import { openInbox, receive } from "../../app/inbox/inbox.server.ts";
import { db, inTransaction, Prisma } from "../../app/platform/db.server.ts";
import { enqueue } from "../../app/platform/jobs.server.ts";
import type { Delivery } from "../../app/shopify/callers.server.ts";
import { sessionStorage } from "../../app/shopify/session-storage.server.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { aCustomer, anOrder, aShop, minute, shopIdOf } from "../support/snapshots.ts";
import { aDelivery, customerBody, mergeBody, orderBody } from "../support/webhooks.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

type Town = { id: ShopId; mina: number; /** the same person, merged into her */ minaBefore: number; ken: number; email: string };

let shopNumber = 300;
async function aShopWithPeople(): Promise<Town> {
  const id = shopIdOf(++shopNumber);
  const mina = 740_000_000_001 + shopNumber * 10;
  const [minaBefore, ken] = [mina + 1, mina + 2];
  const email = `customer-${mina}@example.com`;
  await installShop({ id, domain: `shop-${shopNumber}.myshopify.com`, snapshot: aShop, scopes: [], at: minute(0) });
  await deliver(
    ...[mina, minaBefore, ken].map((customer) => aDelivery(id, "customers/create", customerBody(aCustomer({ id: customer })))),
    ...[mina, mina, ken, minaBefore].map((customer, index) => aDelivery(id, "orders/create", orderBody(anOrder({ id: 5_000_000 + index, customer, placedAt: minute(index * 50_000) })))),
    aDelivery(id, "orders/create", orderBody(anOrder({ id: 5_000_009, customer: null }))),
    aDelivery(id, "customers/merge", mergeBody({ keptId: BigInt(mina), deletedId: BigInt(minaBefore) })),
    aDelivery(id, "orders/create", { id: 5_000_010, email }), // in quarantine
  );
  await inTransaction((tx) => askReread(tx, id, "customer", [BigInt(mina)]));
  await refreshShop(id);
  return { id, mina, minaBefore, ken, email };
}

async function deliver(...deliveries: Delivery[]): Promise<void> {
  for (const delivery of deliveries) await receive(delivery);
  for (const shopId of new Set(deliveries.map((delivery) => delivery.shopId))) if (shopId !== null) await openInbox(shopId);
}
const redact = ({ id, mina, email }: Town) =>
  aDelivery(id, "customers/redact", { customer: { id: mina, email, phone: null }, orders_to_redact: [5_000_000, 5_000_009] });

/** Every column of every table of every schema but PostgreSQL's own, as text. */
async function findTraces(words: string[]): Promise<string[]> {
  const columns = await db().$queryRaw<{ place: string; name: string }[]>`
    select format('%I.%I', table_schema, table_name) as place, column_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`;
  const found: string[] = [];
  for (const { place, name } of columns) {
    const rows = await db().$queryRaw<{ count: bigint }[]>`select count(*) from ${Prisma.raw(place)} where ${Prisma.raw(`"${name}"`)}::text ~ ${words.join("|")}`;
    if ((rows[0]?.count ?? 0n) > 0n) found.push(`${place}.${name}`);
  }
  return found;
}

const totalsOf = async (shopId: ShopId) => db().$queryRaw`
  select (select sum(orders) from kpi_day where shop_id = ${shopId})::int as orders, (select sum(revenue_minor) from kpi_day where shop_id = ${shopId})::int as revenue,
         (select sum(first_orders) from kpi_day where shop_id = ${shopId})::int as customers, (select sum(orders_over_two) from kpi_gap where shop_id = ${shopId})::int as cohorts`;

test("a person who asks is shown everything, once, and the merchant's taking is remembered", async () => {
  const { id: shopId, mina, minaBefore, email } = await aShopWithPeople();
  const ask = aDelivery(shopId, "customers/data_request", { customer: { id: mina, email }, orders_requested: [], data_request: { id: 9999 } }, { triggeredAt: minute(3) });
  await deliver(ask, { ...ask, webhookId: "again" });
  expect(await listDataRequests(shopId)).toEqual([{ id: "9999", customerId: String(mina), requestedAt: minute(3), handedOverAt: null }]);
  const file = JSON.parse((await takeDataRequest(shopId, "9999")) ?? "");
  expect(file).toMatchObject({ customer: [{ id: mina, email }], mergedCustomers: [{ id: minaBefore }], facts: [{ order_count: 3 }] });
  expect(file.orders.map(({ id }: { id: number }) => id)).toEqual([5_000_000, 5_000_001, 5_000_003]);
  expect(file.orderLines).toHaveLength(3);
  expect(file.countedOrders).toHaveLength(3);
  expect(file.deliveries.map(({ topic }: { topic: string }) => topic).sort()).toEqual(["customers/data_request", "customers/data_request", "orders/create"]); // what was understood is not kept
  expect((await listDataRequests(shopId))[0]?.handedOverAt).not.toBeNull();
  expect(await takeDataRequest(shopId, "1")).toBeNull();
});

test("a person who is to be forgotten leaves no trace but a number that leads nowhere, and the totals stay", async () => {
  const town = await aShopWithPeople();
  const { id: shopId, mina, minaBefore, ken, email } = town;
  await deliver(aDelivery(shopId, "customers/data_request", { customer: { id: mina, email }, orders_requested: [], data_request: { id: 1 } }));
  const before = await totalsOf(shopId);
  await deliver(redact(town), redact(town));

  const ids = await db().order.findMany({ where: { shopId }, orderBy: { id: "asc" } });
  const surrogates = new Set(ids.slice(0, 2).map(({ buyerId }) => buyerId));
  expect(surrogates.size).toBe(1); // still one person, nobody knows which
  expect([...surrogates][0]).toBeGreaterThanOrEqual(2n ** 62n);
  expect(ids.map(({ isErased }) => isErased)).toEqual([true, true, false, true, true]);
  expect(await totalsOf(shopId)).toEqual(before);
  expect(await countRollupDifferences(shopId)).toBe(0);
  expect(await countNouns(shopId)).toEqual({ orders: 5, customers: 1, products: 0 });
  expect(await findTraces([email, String(mina), String(minaBefore)])).toEqual(["public.customer_alias.id"]);
  expect(await findTraces([String(ken)])).toContain("public.customer.id"); // the search does find people
});

test("late news does not bring the person back", async () => {
  const town = await aShopWithPeople();
  const { id: shopId, mina } = town;
  await deliver(redact(town));
  const before = await totalsOf(shopId);
  await deliver(
    aDelivery(shopId, "customers/update", customerBody(aCustomer({ id: mina, updatedAt: minute(900) }))),
    aDelivery(shopId, "orders/updated", orderBody(anOrder({ id: 5_000_001, customer: mina, placedAt: minute(50_000), updatedAt: minute(900) }))),
  );
  await refreshShop(shopId);
  expect(await db().customer.count({ where: { shopId, id: BigInt(mina) } })).toBe(0);
  expect(await db().order.count({ where: { shopId, buyerId: BigInt(mina) } })).toBe(0);
  expect(await totalsOf(shopId)).toEqual(before);
});

test("a shop that left takes everything with it, tokens and jobs too; one that came back keeps it", async () => {
  const { id: shopId } = await aShopWithPeople();
  const { id: other } = await aShopWithPeople();
  const domain = `shop-${shopId}.myshopify.com`;
  await sessionStorage.storeSession(new Session({ id: `offline_${domain}`, shop: domain, state: "", isOnline: false, accessToken: "secret" }));
  await startBackfill(shopId);
  await enqueue(refreshAnalytics, { shopId });
  const rowsLeft = async () => {
    const tables = await db().$queryRaw<{ name: string }[]>`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'shop_id'`;
    const counts = await Promise.all(tables.map(async ({ name }) => [name, Number((await db().$queryRaw<{ count: bigint }[]>`select count(*) from ${Prisma.raw(name)} where shop_id = ${shopId}`)[0]?.count)] as const));
    return counts.filter(([, count]) => count > 0).map(([name]) => name);
  };
  const listJobs = async () => (await db().$queryRaw<{ id: string }[]>`select id::text from pgboss.job where data ->> 'shopId' = ${String(shopId)}`).map(({ id }) => id);

  await deliver(aDelivery(shopId, "shop/redact", { shop_id: shopId, shop_domain: domain }));
  expect(await findShop(domain)).not.toBeNull(); // it is installed
  const jobIds = await listJobs();
  expect(jobIds).not.toEqual([]);
  await closeShop(shopId, minute(10));
  await deliver(aDelivery(shopId, "shop/redact", { shop_id: shopId, shop_domain: domain }));
  expect(await rowsLeft()).toEqual([]);
  expect((await listJobs()).filter((id) => jobIds.includes(id))).toEqual([]); // the bell of this very news may ring after it was opened, and finds no shop
  expect(await findShop(domain)).toBeNull();
  expect(await sessionStorage.loadSession(`offline_${domain}`)).toBeUndefined();
  expect(await countNouns(other)).toMatchObject({ orders: 5 });
});
