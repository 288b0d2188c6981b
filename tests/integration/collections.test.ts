// What collections hold is read once a day, goes on where it was cut off, and what Shopify refuses leaves all as it was.
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseId, type ProductId, type ShopId } from "../../app/values/ids.ts";
import { SANDBOX_START_TIMEOUT_MS, type TestSandbox } from "../../sandbox/testing/test-sandbox.ts";
import { openNearShopify, type NearShopify, type Question } from "../support/near-shopify.ts";
import { minute } from "../support/snapshots.ts";

/** Loaded only when fetch leads to the sandbox, since Shopify's library keeps the fetch it finds. */
const loadApp = async () => ({
  ...(await import("../../app/shopify/callers.server.ts")),
  ...(await import("../../app/shopify/shop.server.ts")),
  ...(await import("../../app/platform/db.server.ts")),
  ...(await import("../../app/capabilities/shops/shops.server.ts")),
  ...(await import("../../app/capabilities/orders/orders.server.ts")),
  ...(await import("../../app/capabilities/sync/sync.server.ts")),
  ...(await import("../../app/capabilities/sync/sync.server/collections.server.ts")),
});

const [FIRST, SECOND] = ["8100000000001", "8100000000002"];
const AT = "2026-01-05T10:00:00Z";
const PRODUCT = { title: "Leaves", handle: "leaves", description: "", productType: "Tea", vendor: "", status: "ACTIVE" as const, tags: [], createdAt: AT, updatedAt: AT, variants: [{ id: "1", title: "", sku: "", priceMinor: 9_900, unitCostMinor: null, updatedAt: AT }] };

let shopify: TestSandbox;
let app: Awaited<ReturnType<typeof loadApp>>;
let shopId: ShopId;
let near: NearShopify;
let answer: (question: Question) => Promise<Response> = ({ ask }) => ask();
const asked: string[] = [];

beforeAll(async () => {
  near = await openNearShopify((question) => {
    const text = typeof question.init.body === "string" ? question.init.body : "";
    const name = /query (collection\w+)/.exec(text)?.[1];
    if (name !== undefined) asked.push(name);
    return name === undefined ? question.ask() : answer(question);
  });
  ({ shopify } = near);
  app = await loadApp();
  const { state } = shopify;
  state.ledger.putProduct({ ...PRODUCT, id: FIRST, tags: ["seasonal"] });
  state.ledger.putProduct({ ...PRODUCT, id: SECOND });
  shopify.sandbox.context.installation.install();
  const { domain } = await app.adminFrom(await near.requestOf("/app"));
  const { id, snapshot, scopes } = await app.readRemoteShop(domain);
  shopId = id;
  await app.installShop({ id, domain, snapshot, scopes, at: minute(0) });
  await app.db().backfillPart.createMany({ data: ["products", "customers", "orders"].map((noun) => ({ shopId, noun, state: "done", startedAt: minute(0), finishedAt: minute(1) })) });
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => near.close());

const EMPTY = { "Everyday prices": [], "Gifts and tasting sets": [] };

/** Titles with the products in each, as stored. */
async function stored(): Promise<Record<string, string[]>> {
  const [named, members] = [await app.db().collection.findMany({ where: { shopId }, orderBy: { title: "asc" } }), await app.db().collectionProduct.findMany({ where: { shopId }, orderBy: { productId: "asc" } })];
  return Object.fromEntries(named.map(({ id, title }) => [title, members.filter(({ collectionId }) => collectionId === id).map(({ productId }) => String(productId))]));
}
const changes = () => app.readCollectionChanges(app.db(), shopId);
const isDue = async () => app.isReadingDue(await app.readShop(shopId));

/** As if all that was read, or refused, had been two days ago. */
async function wait(): Promise<void> {
  await app.db().$executeRaw`
    update collection_reading set began_at = began_at - interval '2 days', finished_at = finished_at - interval '2 days', failed_at = failed_at - interval '2 days' where shop_id = ${shopId}::bigint`;
  await app.db().$executeRaw`update collection set read_at = read_at - interval '2 days' where shop_id = ${shopId}::bigint`;
}

const refuse = (status: number) => () => Promise.resolve(new Response("{}", { status }));

test("not before the history is in", async () => {
  await app.db().backfillPart.updateMany({ where: { shopId }, data: { finishedAt: null } });
  expect(await app.stepCollections(shopId)).toBe(false);
  expect(asked).toEqual([]);
  await app.db().backfillPart.updateMany({ where: { shopId }, data: { finishedAt: minute(1) } });
});

test("a refused list is told, leaves nothing half done, and is asked for again an hour later", async () => {
  answer = refuse(403);
  expect(await app.stepCollections(shopId)).toBe(false);
  expect((await app.readSyncStatus(shopId)).collections).toEqual({ readAt: null, error: "refused" });
  expect([await stored(), await app.hasReadCollections(shopId), await isDue()]).toEqual([{}, false, false]);
  asked.splice(0);
  await app.stepCollections(shopId);
  expect(asked).toEqual([]);
  await wait();
  expect(await isDue()).toBe(true);
});

test("all of them are read, once a day", async () => {
  answer = ({ ask }) => ask();
  expect(await app.stepCollections(shopId)).toBe(false);
  expect(await stored()).toEqual({ ...EMPTY, "All products": [FIRST, SECOND], Seasonal: [FIRST], Tea: [FIRST, SECOND] });
  expect((await app.readSyncStatus(shopId)).collections).toEqual({ readAt: expect.any(Date), error: null });
  expect([await app.hasReadCollections(shopId), await isDue()]).toEqual([true, false]);
  expect(asked).toEqual(["collectionList", ...Array(5).fill("collectionProducts")]);
});

test("nothing is written where nothing has changed", async () => {
  const before = await changes();
  await wait();
  await app.stepCollections(shopId);
  expect(await changes()).toBe(before);
});

test("what changes, comes and goes at Shopify does so here; one that is killed goes on with what it has not read", async () => {
  const before = await changes();
  shopify.state.updateProduct(FIRST, { productType: "Coffee" });
  await wait();
  const [{ id: last } = { id: 0n }] = await app.db().collection.findMany({ where: { shopId }, orderBy: { id: "desc" }, take: 1 });
  await app.db().$executeRawUnsafe(`alter table collection add constraint deadly check (id <> ${last} or read_at < current_date) not valid`); // the process ends there
  await app.db().$executeRaw`alter table collection_reading add constraint dead check (failed_at is null)`; // and writes nothing down any more
  await expect(app.stepCollections(shopId)).rejects.toThrow();
  await app.db().$executeRaw`alter table collection drop constraint deadly`;
  await app.db().$executeRaw`alter table collection_reading drop constraint dead`;
  expect(Object.keys(await stored())).toEqual(["All products", "Coffee", "Everyday prices", "Gifts and tasting sets", "Seasonal", "Tea"]);
  asked.splice(0);
  expect(await isDue()).toBe(true);
  expect(await app.stepCollections(shopId)).toBe(false);
  expect(asked).toEqual(["collectionProducts"]); // neither the list nor the others once more
  expect(await stored()).toEqual({ ...EMPTY, "All products": [FIRST, SECOND], Coffee: [FIRST], Seasonal: [FIRST], Tea: [SECOND] });
  expect(await changes()).toBeGreaterThan(before);

  shopify.state.updateProduct(FIRST, { productType: "Tea" });
  await wait();
  await app.stepCollections(shopId);
  expect(await stored()).toEqual({ ...EMPTY, "All products": [FIRST, SECOND], Seasonal: [FIRST], Tea: [FIRST, SECOND] });
});

test("refused in the middle, all it had stays, and the next try goes on", async () => {
  const before = await stored();
  shopify.state.updateProduct(SECOND, { tags: ["seasonal"] });
  await wait();
  answer = (question) => (typeof question.init.body === "string" && question.init.body.includes("collectionProducts") ? refuse(403)() : question.ask());
  await app.stepCollections(shopId);
  expect([await stored(), await isDue()]).toEqual([before, false]);
  expect((await app.readSyncStatus(shopId)).collections).toEqual({ readAt: expect.any(Date), error: "refused" });
  answer = ({ ask }) => ask();
  await wait();
  asked.splice(0);
  await app.stepCollections(shopId);
  expect((await stored()).Seasonal).toEqual([FIRST, SECOND]);
});

test("one whose answer is odd keeps no other from being read, and is asked for again alone", async () => {
  shopify.state.updateProduct(FIRST, { tags: [], productType: "Coffee" });
  await wait();
  const odd = (await app.db().collection.findFirst({ where: { shopId, title: "All products" } }))?.id;
  answer = (question) => (typeof question.init.body === "string" && question.init.body.includes(`Collection/${odd}`) ? Promise.resolve(Response.json({ data: { collection: { products: "many" } } })) : question.ask());
  await app.stepCollections(shopId);
  expect(await stored()).toEqual({ ...EMPTY, "All products": [FIRST, SECOND], Coffee: [FIRST], Seasonal: [SECOND], Tea: [SECOND] });
  expect((await app.readSyncStatus(shopId)).collections.error).toBe("misunderstood");
  answer = ({ ask }) => ask();
  await app.db().$executeRaw`update collection_reading set failed_at = failed_at - interval '2 hours' where shop_id = ${shopId}::bigint`;
  asked.splice(0);
  await app.stepCollections(shopId);
  expect([asked, (await app.readSyncStatus(shopId)).collections.error, await isDue()]).toEqual([["collectionProducts"], null, false]);
});

test("a product that is deleted leaves its collections at once", async () => {
  await app.inTransaction((tx) => app.deleteProducts(tx, shopId, [parseId<ProductId>(SECOND)], new Date()));
  expect(Object.values(await stored()).flat()).not.toContain(SECOND);
});
