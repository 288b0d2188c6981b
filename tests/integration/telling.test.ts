// Telling Shopify when things go wrong: a worker too slow for its lease, answers that never come, and a merchant's own saved segments.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Rule } from "../../app/capabilities/segments/model.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { SANDBOX_START_TIMEOUT_MS, type TestSandbox } from "../../sandbox/testing/test-sandbox.ts";
import { openNearShopify, type NearShopify } from "../support/near-shopify.ts";
import { customerIdOf, minute } from "../support/snapshots.ts";

/** Loaded only when fetch leads to the sandbox, since Shopify's library keeps the fetch it finds. */
const loadApp = async () => ({
  ...(await import("../../app/shopify/callers.server.ts")),
  ...(await import("../../app/shopify/shop.server.ts")),
  ...(await import("../../app/platform/db.server.ts")),
  ...(await import("../../app/platform/clock.server.ts")),
  ...(await import("../../app/capabilities/shops/shops.server.ts")),
  ...(await import("../../app/capabilities/segments/segments.server.ts")),
  ...(await import("../../app/capabilities/segments/store.server/tellings.server.ts")),
});

let shopify: TestSandbox;
let app: Awaited<ReturnType<typeof loadApp>>;
let shopId: ShopId;
let near: NearShopify;
/** May hold an answer back, or throw it away; Shopify has heard by then. */
let onAnswer: (question: string) => Promise<void> | void = () => undefined;

beforeAll(async () => {
  near = await openNearShopify(async ({ init, ask }) => {
    const response = await ask();
    await onAnswer(typeof init.body === "string" ? init.body : "");
    return response;
  });
  ({ shopify } = near);
  app = await loadApp();
  shopify.sandbox.context.installation.install();
  const { domain } = await app.adminFrom(await near.requestOf("/app"));
  const { id, snapshot, scopes } = await app.readRemoteShop(domain);
  shopId = id;
  await app.installShop({ id, domain, snapshot, scopes, at: minute(0) });
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => near.close());
beforeEach(() => {
  onAnswer = () => undefined;
});

const words = () => Promise.resolve({ nameOf: ({ name }: { name: string }) => name, reasonOf: () => "because" });
const tell = () => app.tellShopify(shopId, words, app.now());
const anyRule: Rule = { field: "orders", operator: "at_least", value: 1 };

async function aSegment(name: string): Promise<string> {
  const id = randomUUID();
  await app.saveSegment(shopId, { id, name, rule: anyRule });
  await app.changeTelling(shopId, id, { isMirrored: true, isFlowOn: true, locale: "en", slug: name });
  return id;
}
const findSegment = async (id: string) => {
  const segment = await app.findSegment(shopId, id);
  if (segment === null) throw new Error("no such segment");
  return segment;
};
const listSaved = () => shopify.sandbox.context.segments.list().map(({ name, query }) => [name, query]);
const queryOf = (tag: string) => `customer_tags CONTAINS '${tag}'`;

/** Throws away the first answer to a question of this name. */
function loseAnswer(operation: string): void {
  onAnswer = (question) => {
    if (!question.includes(operation)) return;
    onAnswer = () => undefined;
    throw new Error("the line went dead");
  };
}

/** Holds back every answer to a question of this name. Answers how many it holds, and lets the next one go. */
function holdAnswers(operation: string): { count: () => number; letGo: () => void } {
  const held: (() => void)[] = [];
  let count = 0;
  onAnswer = (question) => (question.includes(operation) ? new Promise<void>((resolve) => {
    count += 1;
    held.push(resolve);
  }) : undefined);
  return { count: () => count, letGo: () => held.shift()?.() };
}

test("a worker that was too slow for its lease stops, and nothing is told twice", async () => {
  const segmentId = await aSegment("patient");
  await tell();
  const customers = ["Mina", "Ken", "Aya"].map((firstName) => shopify.state.createCustomer({ firstName, lastName: "Sato", email: `${firstName}@example.com` }));
  await app.inTransaction((tx) => app.addTellings(tx, shopId, customers.map(({ id }) => ({ segmentId, customerId: customerIdOf(BigInt(id)), isEntry: true, tag: "regulars:patient", startsFlow: true, reasons: [] }))));
  const { count, letGo } = holdAnswers("mutation tellCustomer");
  const slow = tell();
  await vi.waitFor(() => expect(count()).toBe(1));
  await app.db().segmentLock.updateMany({ where: { shopId, work: "tell" }, data: { leasedUntil: minute(0) } }); // its two minutes are over
  const other = tell();
  await vi.waitFor(() => expect(count()).toBe(2)); // the first one's receipt is there: the other tells the second
  letGo();
  expect(await slow).toBe(false);
  expect(await app.db().segmentLock.findFirst({ where: { shopId, work: "tell" } })).toMatchObject({ owner: expect.any(String), leasedUntil: expect.any(Date) }); // the other's, still
  letGo();
  await vi.waitFor(() => expect(count()).toBe(3));
  letGo();
  await other;
  expect(shopify.sandbox.context.flow.list().toReversed().map(({ payload }) => String(payload["customer_id"]))).toEqual(customers.map(({ id }) => id));
  expect(await app.isToTell(shopId)).toBe(false);
});

test("a merchant's own saved segment is neither renamed nor removed, however alike", async () => {
  const own = shopify.sandbox.context.segments.create({ name: "alike", query: queryOf("regulars:alike") });
  const id = await aSegment("alike");
  await tell();
  const { shopifySegmentId } = await findSegment(id);
  expect(String(shopifySegmentId)).not.toBe(own.id);
  expect(shopify.sandbox.context.segments.find(own.id)).toMatchObject({ name: "alike" });
  await app.saveSegment(shopId, { id, name: "alike no more", rule: anyRule });
  await tell();
  expect(listSaved()).toEqual(expect.arrayContaining([["alike", queryOf("regulars:alike")], ["alike no more", queryOf("regulars:alike")]]));
  await app.deleteSegment(shopId, id);
  await tell();
  expect(shopify.sandbox.context.segments.list().filter(({ query }) => query === queryOf("regulars:alike")).map((segment) => segment.id)).toEqual([own.id]);
});

test("when nobody knows whether it was saved, it is looked for, and there is one", async () => {
  const id = await aSegment("lost");
  loseAnswer("mutation createSegment");
  await expect(tell()).rejects.toThrow();
  await tell();
  expect(listSaved().filter(([, query]) => query === queryOf("regulars:lost"))).toEqual([["lost", queryOf("regulars:lost")]]);
  expect(shopify.sandbox.context.segments.find(String((await findSegment(id)).shopifySegmentId))).toMatchObject({ name: "lost" });
});

test("what was begun for a segment that was deleted meanwhile goes too", async () => {
  const id = await aSegment("begun");
  loseAnswer("mutation createSegment");
  await expect(tell()).rejects.toThrow();
  await app.deleteSegment(shopId, id);
  await tell();
  expect(listSaved().filter(([, query]) => query === queryOf("regulars:begun"))).toEqual([]);
});

test("one that is deleted while it is being saved is removed when its number is known", async () => {
  const id = await aSegment("crossing");
  const { count, letGo } = holdAnswers("mutation createSegment");
  const saving = tell();
  await vi.waitFor(() => expect(count()).toBe(1));
  await app.deleteSegment(shopId, id);
  letGo();
  await saving;
  await tell();
  expect(listSaved().filter(([, query]) => query === queryOf("regulars:crossing"))).toEqual([]);
});

test("one the merchant made something else of is theirs; ours is saved anew", async () => {
  const id = await aSegment("taken");
  await tell();
  const saved = shopify.sandbox.context.segments.find(String((await findSegment(id)).shopifySegmentId));
  if (saved === null) throw new Error("nothing was saved");
  shopify.sandbox.context.segments.update(saved, { query: queryOf("wholesale") });
  await app.saveSegment(shopId, { id, name: "taken back", rule: anyRule });
  await tell();
  expect(shopify.sandbox.context.segments.find(saved.id)).toMatchObject({ name: "taken", query: queryOf("wholesale") });
  expect(shopify.sandbox.context.segments.find(String((await findSegment(id)).shopifySegmentId))).toMatchObject({ name: "taken back", query: queryOf("regulars:taken") });
});
