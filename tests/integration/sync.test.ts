// History comes in once, goes on where it was cut off, and a night finds what the day lost.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { ShopId } from "../../app/values/ids.ts";
import { SANDBOX_START_TIMEOUT_MS, type TestSandbox } from "../../sandbox/testing/test-sandbox.ts";
import { openNearShopify, type NearShopify } from "../support/near-shopify.ts";
import { minute } from "../support/snapshots.ts";

/** Loaded only when fetch leads to the sandbox, since Shopify's library keeps the fetch it finds. */
const loadApp = async () => ({
  ...(await import("../../app/shopify/callers.server.ts")),
  ...(await import("../../app/shopify/shop.server.ts")),
  ...(await import("../../app/platform/db.server.ts")),
  ...(await import("../../app/platform/clock.server.ts")),
  ...(await import("../../app/capabilities/shops/shops.server.ts")),
  ...(await import("../../app/capabilities/orders/orders.server.ts")),
  ...(await import("../../app/capabilities/analytics/analytics.server.ts")),
  ...(await import("../../app/inbox/people.server.ts")),
  ...(await import("../../app/capabilities/sync/sync.server.ts")),
  ...(await import("../../app/capabilities/sync/sync.server/backfill.server.ts")),
  ...(await import("../../app/capabilities/sync/sync.server/reconcile.server.ts")),
  ...(await import("../../app/capabilities/sync/sync.server/rereads.server.ts")),
});

const COPIES = 1_500;
const ORDER_COUNT = 3 * COPIES; // three batches
let shopify: TestSandbox;
let app: Awaited<ReturnType<typeof loadApp>>;
let shopId: ShopId;
let near: NearShopify;
let answerFile: (bytes: Uint8Array, fromByte: number) => Promise<Response> | Response;
const fileRanges: number[] = [];

beforeAll(async () => {
  near = await openNearShopify(async ({ init, headers, ask }) => {
    const fromByte = Number(/\d+/.exec(headers.get("range") ?? "")?.[0] ?? 0);
    headers.delete("range");
    const response = await ask();
    if (init.method !== undefined) return response;
    fileRanges.push(fromByte);
    return answerFile(Buffer.from(multiplied(await response.text())), fromByte);
  });
  ({ shopify } = near);
  app = await loadApp();
  fillShop(); // before the installation: nobody is told
  shopify.sandbox.context.installation.install();
  await visit();
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => near.close());
beforeEach(() => {
  answerFile = serve;
  fileRanges.splice(0);
});

function fillShop(): void {
  const { state } = shopify;
  state.during("2026-01-05T10:00:00Z", () => {
    const mina = state.createCustomer({ firstName: "Mina", lastName: "Okafor", email: "mina@example.com" });
    for (const customerId of [mina.id, mina.id, null]) state.placeOrder({ customerId, lines: [{ title: "Sencha", quantity: 2, unitPriceMinor: 1850 }, { title: "Gyokuro", quantity: 1, unitPriceMinor: 2600 }] });
  });
}

/** A history of thousands without making thousands: each order of a bulk file with its lines again under other numbers. */
function multiplied(text: string): string {
  if (!text.includes("gid://shopify/Order/")) return text;
  const renumbered = (copy: number) => text.replaceAll(/gid:\/\/shopify\/(Order|LineItem)\/(\d+)/g, (_all, noun: string, id: string) => `gid://shopify/${noun}/${BigInt(id) + BigInt(copy) * 1_000_000n}`);
  return Array.from({ length: COPIES }, (_, copy) => renumbered(copy)).join("");
}

const serve = (bytes: Uint8Array, fromByte: number): Response => new Response(bytes.slice(fromByte), { status: fromByte > 0 ? 206 : 200 });

async function visit(): Promise<void> {
  const { domain } = await app.adminFrom(await near.requestOf("/app"));
  const { id, snapshot, scopes } = await app.readRemoteShop(domain);
  shopId = id;
  await app.installShop({ id, domain, snapshot, scopes, at: minute(0) });
}

/** Steps until nothing more is to be done, as the worker does. */
async function finishBackfill(): Promise<void> {
  await vi.waitFor(async () => expect((await app.stepBackfill(shopId)).kind).toBe("finished"), { timeout: 50_000, interval: 20 });
}

/** The orders' file breaks off after two thirds. */
function serveCut(bytes: Uint8Array, fromByte: number): Response {
  if (fromByte > 0 || bytes.byteLength < 1_000_000) return serve(bytes, fromByte);
  let isSent = false;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (isSent) return controller.error(new Error("the line went dead"));
    controller.enqueue(bytes.subarray(0, Math.floor(bytes.byteLength * 0.66)));
    isSent = true;
  };
  return new Response(new ReadableStream<Uint8Array>({ pull }));
}

const storedOrders = () => app.db().order.count({ where: { shopId } });

test("a file that breaks off is read on from the last stored batch, and nothing is stored twice", async () => {
  answerFile = serveCut;
  await app.startBackfill(shopId);
  const readPart = async () => (await app.readSyncStatus(shopId)).backfill.parts.find(({ noun }) => noun === "orders");
  await vi.waitFor(async () => {
    await app.stepBackfill(shopId);
    expect(await readPart()).toMatchObject({ error: "unreachable" });
  }, { timeout: 50_000, interval: 20 });
  const storedCount = await storedOrders();
  expect(storedCount).toBeGreaterThan(ORDER_COUNT / 2);
  expect(storedCount).toBeLessThan(ORDER_COUNT * 0.66);
  expect(await readPart()).toMatchObject({ doneCount: storedCount });
  expect((await app.readSyncStatus(shopId)).backfill).toMatchObject({ state: "running", isLimitedTo60Days: false });

  fileRanges.splice(0);
  await finishBackfill();
  expect(fileRanges[0]).toBeGreaterThan(0);
  const status = await app.readSyncStatus(shopId);
  expect(status.backfill).toMatchObject({ state: "done", share: 1, secondsLeft: null });
  expect(status.backfill.parts.map((part) => [part.noun, part.doneCount])).toEqual([["products", shopify.state.countProducts({})], ["customers", 1], ["orders", ORDER_COUNT]]);
  expect(status.counts).toEqual({ orders: ORDER_COUNT, customers: 1, products: shopify.state.countProducts({}) });
  expect(await storedOrders()).toBe(ORDER_COUNT);
  expect(await app.countRollupDifferences(shopId)).toBe(0);
  expect(await app.findRefreshedAt(shopId)).not.toBeNull();
});

/** Rows the planner expects of this shop. */
async function plannedRows(table: string): Promise<number> {
  const [row] = await app.db().$queryRaw<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }[]>`explain (format json) select 1 from ${app.Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
  return row?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
}

test("how much a shop just read has is known to the planner at once, whatever other shops have", async () => {
  await app.db().$executeRaw`alter table counted_order set (autovacuum_enabled = false)`;
  await app.db().$executeRaw`delete from pg_statistic where starelid in ('orders'::regclass, 'counted_order'::regclass)`;
  expect(await plannedRows("counted_order")).toBeLessThan(ORDER_COUNT / 2);
  await app.startBackfill(shopId);
  await finishBackfill();
  for (const table of ["orders", "order_line", "counted_order"]) expect(await plannedRows(table)).toBeGreaterThan(ORDER_COUNT * 0.9);
});

test("a file whose address has expired is asked for again", async () => {
  let isExpired = true;
  answerFile = (bytes, fromByte) => {
    const response = isExpired ? new Response("", { status: 403 }) : serve(bytes, fromByte);
    isExpired = false;
    return response;
  };
  await app.startBackfill(shopId);
  await vi.waitFor(async () => {
    await app.stepBackfill(shopId);
    expect((await app.readSyncStatus(shopId)).backfill.parts.some(({ error }) => error === "expired")).toBe(true);
  }, { timeout: 50_000, interval: 20 });
  await app.db().backfillPart.updateMany({ where: { shopId, error: "expired" }, data: { askedAt: minute(0) } }); // half a minute later
  await finishBackfill();
  expect(await storedOrders()).toBe(ORDER_COUNT);
});

test("begun anew while it is being read, the old reading stops and the new one ends whole", async () => {
  await app.startBackfill(shopId);
  let isBegun = false;
  answerFile = async (bytes, fromByte) => {
    if (!isBegun) await app.startBackfill(shopId);
    isBegun = true;
    return serve(bytes, fromByte);
  };
  await finishBackfill();
  expect((await app.readSyncStatus(shopId)).backfill.parts.map(({ doneCount }) => doneCount)).toEqual([shopify.state.countProducts({}), 1, ORDER_COUNT]);
  expect(await app.countRollupDifferences(shopId)).toBe(0);
});

test("a night finds what was lost and says how much; the next one finds nothing", async () => {
  const [first, second] = shopify.state.listOrders({}, { sortKey: "ID", first: 2 });
  shopify.state.during(new Date(app.now().getTime() - 600_000).toISOString(), () => { // younger news may still be under way
    shopify.state.cancelOrder(first?.id ?? "");
    shopify.state.refundOrder(second?.id ?? "", { amountMinor: 100 });
    shopify.state.placeOrder({ customerId: null, lines: [{ title: "Gyokuro", quantity: 1, unitPriceMinor: 2600 }] });
  });
  await app.db().$executeRaw`update kpi_day set orders = orders + 5 where shop_id = ${shopId}`;
  expect(await app.isReconcileDue(await app.readShop(shopId))).toBe(true);
  await app.reconcileShop(shopId, app.forgetPeople);
  const { lastReconcile, counts } = await app.readSyncStatus(shopId);
  expect(lastReconcile).toMatchObject({ error: null, differing: { orders: 3, customers: 0, products: 0 } });
  expect(lastReconcile?.differing.rollups).toBeGreaterThan(0);
  expect(counts.orders).toBe(ORDER_COUNT + 1);
  expect(await app.countRollupDifferences(shopId)).toBe(0);
  expect(await app.isReconcileDue(await app.readShop(shopId))).toBe(false);

  await app.reconcileShop(shopId, app.forgetPeople);
  expect((await app.readSyncStatus(shopId)).lastReconcile).toMatchObject({ error: null, differing: { orders: 0, customers: 0, products: 0, rollups: 0 } });
});

test("what was noted of a customer goes with them, also when only the night finds that they are gone", async () => {
  const gone = { shopId, customerId: 999n };
  await app.db().customer.create({ data: { shopId, id: 999n, tags: [], createdAt: minute(0), updatedAt: minute(0) } });
  await app.db().contactPreference.create({ data: { ...gone, channel: "line", updatedAt: minute(0) } });
  await app.db().followupEntry.create({ data: { ...gone, kind: "note", wishId: "01890000-0000-7000-8000-000000000000", writtenAt: minute(0), note: "Likes Oolong" } });
  await app.reconcileShop(shopId, app.forgetPeople);
  expect((await app.readSyncStatus(shopId)).lastReconcile).toMatchObject({ error: null, differing: { customers: 1 } });
  expect([await app.db().customer.count({ where: { shopId, id: 999n } }), await app.db().contactPreference.count({ where: gone }), await app.db().followupEntry.count({ where: gone })]).toEqual([0, 0, 0]);
});

test("what cannot be read or stored is named and left out, all else is stored, and once it can be read it is", async () => {
  const numbered = (id: number) => `gid://shopify/Order/${BigInt(shopify.state.listOrders({}, { sortKey: "ID", first: 1 })[0]?.id ?? 0) + BigInt(id) * 1_000_000n}`;
  const [unreadable, refused] = [numbered(700), numbered(900)];
  const lines = (text: string) => text.split("\n").map((line) => {
    if (line.startsWith(`{"id":"${unreadable}"`)) return line.replace(/"processedAt":"[^"]*"/, '"processedAt":"soon"');
    return line.includes(`"__parentId":"${refused}"`) ? line.replace(/"quantity":\d+/, '"quantity":3000000000') : line;
  });
  answerFile = (bytes, fromByte) => {
    const text = Buffer.from(bytes).toString("utf8");
    return serve(Buffer.from(text.includes(refused) ? lines(text).join("\n") : text), fromByte);
  };
  await app.db().order.deleteMany({ where: { shopId } });
  await app.startBackfill(shopId);
  await finishBackfill();
  expect((await app.listUnread(shopId)).map(({ noun, id, reason }) => [noun, `gid://shopify/Order/${id}`, reason])).toEqual([
    ["orders", unreadable, { code: "not_an_instant", at: "processedAt" }],
    ["orders", refused, { code: "refused_by_database", at: "22003" }],
  ]);
  expect((await app.readSyncStatus(shopId)).unreadCount).toBe(2);
  expect((await app.readSyncStatus(shopId)).backfill.parts.find(({ noun }) => noun === "orders")?.error).toBeNull();
  expect(await storedOrders()).toBe(COPIES * shopify.state.countOrders({}) - 2);
  expect(await app.countRollupDifferences(shopId)).toBe(0);

  answerFile = serve;
  await app.startBackfill(shopId);
  await finishBackfill();
  expect(await app.listUnread(shopId)).toEqual([]);
  expect(await storedOrders()).toBe(COPIES * shopify.state.countOrders({}));
});

test("what was asked to be read again is, and the wish is gone; what Shopify no longer has is no wish either", async () => {
  const [order] = shopify.state.listOrders({}, { sortKey: "ID", first: 1 });
  const [customer] = shopify.state.listCustomers({}, { sortKey: "ID", first: 1 });
  shopify.state.updateCustomer(customer?.id ?? "", { firstName: "Aiko" });
  await app.inTransaction(async (tx) => {
    await app.askReread(tx, shopId, "order", [BigInt(order?.id ?? 0), 1n]);
    await app.askReread(tx, shopId, "customer", [BigInt(customer?.id ?? 0)]);
  });
  await app.rereadWishes(shopId);
  expect(await app.db().customer.findFirst({ where: { shopId, id: BigInt(customer?.id ?? 0) } })).toMatchObject({ firstName: "Aiko" });
  expect(await app.listRereads(shopId, "order", 10)).toEqual([]);
  expect(await app.listRereads(shopId, "customer", 10)).toEqual([]);
});

test("refused by Shopify, a backfill says why and stops asking", async () => {
  shopify.sandbox.context.installation.uninstall();
  await app.startBackfill(shopId);
  expect(await app.stepBackfill(shopId)).toEqual({ kind: "idle" });
  expect((await app.readSyncStatus(shopId)).backfill).toMatchObject({ state: "failed", parts: [{ error: "token" }, { error: "token" }, { error: "token" }] });
  shopify.sandbox.context.installation.install();
});
