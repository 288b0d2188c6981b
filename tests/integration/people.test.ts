// What is known of people follows them: into a merge, out of the shop, and into nothing when they are forgotten.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rebuildShop, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { addFollowup, exportPerson as exportFollowups, listEntries, openTask, tryContact } from "../../app/capabilities/followups/followups.server.ts";
import { eraseCustomer } from "../../app/capabilities/privacy/privacy.server.ts";
import { changePreference, readPreference } from "../../app/capabilities/profiles/profiles.server.ts";
import { exportPerson as exportMarks, refreshCustomers, saveView, setMarks } from "../../app/capabilities/segments/segments.server.ts";
import { addTellings, askRefusedAgain } from "../../app/capabilities/segments/store.server/tellings.server.ts";
import { installShop } from "../../app/capabilities/shops/shops.server.ts";
import { openInbox, receive } from "../../app/inbox/inbox.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import type { Delivery } from "../../app/shopify/callers.server.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { aCustomer, anOrder, aShop, customerIdOf, minute, shopIdOf } from "../support/snapshots.ts";
import { aDelivery, customerBody, mergeBody, orderBody } from "../support/webhooks.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

async function deliver(...deliveries: Delivery[]): Promise<void> {
  for (const delivery of deliveries) await receive(delivery);
  for (const shopId of new Set(deliveries.map((delivery) => delivery.shopId))) if (shopId !== null) await openInbox(shopId);
}

let lastShop = 900;
/** Customers 11 and 12 with an order each, 13 without; everybody has been looked at. */
async function aTown(): Promise<ShopId> {
  const id = shopIdOf(++lastShop);
  await installShop({ id, domain: `shop-${lastShop}.myshopify.com`, snapshot: aShop, scopes: [], at: minute(0) });
  await deliver(
    ...[11, 12, 13].map((customer) => aDelivery(id, "customers/create", customerBody(aCustomer({ id: customer })))),
    ...[11, 12].map((customer) => aDelivery(id, "orders/create", orderBody(anOrder({ id: 7_000 + customer, customer })))),
  );
  await rebuildShop(id);
  await follow(id);
  return id;
}
async function follow(id: ShopId): Promise<void> {
  await refreshShop(id);
  await refreshCustomers(id);
}
const idsIn = async (id: ShopId) => (await db().customerProfile.findMany({ where: { shopId: id }, orderBy: { customerId: "asc" } })).map(({ customerId }) => Number(customerId));
const membersOf = async (id: ShopId) => new Set((await db().segmentMember.findMany({ where: { shopId: id } })).map(({ customerId }) => Number(customerId)));
const countsAreTrue = async (id: ShopId) => {
  for (const segment of await db().segment.findMany({ where: { shopId: id } })) expect(await db().segmentMember.count({ where: { shopId: id, segmentId: segment.id } }), segment.readyKey ?? "").toBe(segment.memberCount);
};
const note = (id: ShopId, customer: number, text: string) => addFollowup(id, { kind: "note", wishId: randomUUID(), customerIds: [String(customer)], note: text }, null);

test("who is deleted leaves no profile and no membership behind", async () => {
  const id = await aTown();
  expect(await idsIn(id)).toEqual([11, 12, 13]);
  await note(id, 13, "asked for Oolong");
  await deliver(aDelivery(id, "customers/delete", { id: 13 }));
  await follow(id);
  expect(await idsIn(id)).toEqual([11, 12]);
  expect(await listEntries(id, customerIdOf(13), 9)).toEqual([]);
  await countsAreTrue(id);
});

test("so does somebody whose note a rebuild threw away", async () => {
  const id = await aTown();
  await deliver(aDelivery(id, "customers/delete", { id: 13 }));
  await rebuildShop(id);
  await follow(id);
  expect(await idsIn(id)).toEqual([11, 12]);
  expect(await membersOf(id)).not.toContain(13);
  await countsAreTrue(id);
});

test("a merge takes notes, contacts and preferences along; forgetting the one forgets both", async () => {
  const id = await aTown();
  await note(id, 12, "Mina's daughter is called Aya");
  await addFollowup(id, { kind: "contacted", wishId: randomUUID(), customerIds: ["12"], note: "", channel: "phone" }, null);
  await changePreference(id, customerIdOf(12), { channel: "line", language: "ja", everyDays: 30, birthOn: null });
  await deliver(aDelivery(id, "customers/merge", mergeBody({ keptId: 11n, deletedId: 12n })));
  await follow(id);
  expect(await idsIn(id)).toEqual([11, 13]);
  expect((await listEntries(id, customerIdOf(11), 9)).map(({ kind }) => kind)).toEqual(["contacted", "note"]);
  expect(await readPreference(id, customerIdOf(11))).toMatchObject({ channel: "line", everyDays: 30 });
  expect(await db().followup.findMany({ where: { shopId: id } })).toMatchObject([{ customerId: 11n, contactedAt: expect.any(Date) }]);

  await saveView(id, { id: randomUUID(), name: "Her", query: `q=${encodeURIComponent("customer-11@example.com")}` });
  await deliver(aDelivery(id, "customers/redact", { customer: { id: 11, email: "customer-11@example.com", phone: null }, orders_to_redact: [7_011, 7_012] }));
  await follow(id);
  expect(await idsIn(id)).toEqual([13]);
  expect(await db().followupEntry.count({ where: { shopId: id } }) + await db().contactPreference.count({ where: { shopId: id } }) + await db().customerView.count({ where: { shopId: id } })).toBe(0);
  await countsAreTrue(id);
});

test("what they answered, what is open about it, and when they were last asked go the same ways", async () => {
  const id = await aTown();
  const [delivery, taste] = [`survey:${randomUUID()}:`, `survey:${randomUUID()}:`];
  const reason = { kind: "survey" as const, surveyId: randomUUID(), survey: "Delivery", answer: { en: "Slow" }, text: "" };
  await inTransaction(async (tx) => {
    for (const [customer, prefix, answer] of [[11, delivery, "good"], [12, delivery, "slow"], [12, taste, "a"], [12, taste, "b"], [13, taste, "a"]] as const) {
      await setMarks(tx, id, customerIdOf(customer), { prefix: `${prefix}${answer}`, marks: [`${prefix}${answer}`], at: minute(0) });
    }
    for (const [customer, at] of [[11, minute(1)], [12, minute(2)], [13, minute(3)]] as const) {
      await openTask(tx, id, { id: randomUUID(), customerId: customerIdOf(customer), at, reason });
      await tryContact(tx, id, customerIdOf(customer), { kind: "survey", at, restDays: 30 });
    }
  });
  const marksOf = async (customer: number) => (await db().customerMark.findMany({ where: { shopId: id, customerId: BigInt(customer) } })).map(({ mark }) => mark).sort();
  await deliver(aDelivery(id, "customers/merge", mergeBody({ keptId: 11n, deletedId: 12n })));
  expect([await marksOf(11), await marksOf(12)]).toEqual([[`${delivery}good`, `${taste}a`, `${taste}b`].sort(), []]); // what 11 said of the delivery stands
  expect((await db().followupTask.findMany({ where: { shopId: id }, orderBy: { openedAt: "asc" } })).map(({ customerId }) => Number(customerId))).toEqual([11, 11, 13]);
  expect(await db().lastContact.findMany({ where: { shopId: id }, orderBy: { customerId: "asc" } })).toMatchObject([{ customerId: 11n, contactedAt: minute(2) }, { customerId: 13n }]);
  expect(await exportMarks(db(), id, customerIdOf(13))).toMatchObject({ customerMarks: [{ mark: `${taste}a` }] });
  expect(await exportFollowups(db(), id, customerIdOf(13))).toMatchObject({ followupTasks: [{ reason }], lastContact: [{ kind: "survey" }] });

  await deliver(aDelivery(id, "customers/delete", { id: 13 }));
  await eraseCustomer(id, { customerId: customerIdOf(11), orderIds: [] });
  expect(await db().customerMark.count({ where: { shopId: id } }) + await db().followupTask.count({ where: { shopId: id } }) + await db().lastContact.count({ where: { shopId: id } })).toBe(0);
});

test("of what Shopify refused only what is still so is told again", async () => {
  const id = await aTown();
  const segment = await db().segment.findFirstOrThrow({ where: { shopId: id, readyKey: "quiet_90" } });
  await db().segmentMember.deleteMany({ where: { shopId: id, segmentId: segment.id } });
  await db().segmentMember.create({ data: { shopId: id, segmentId: segment.id, customerId: 11n, since: minute(0) } });
  const told = (customer: number) => ({ segmentId: segment.id, customerId: customerIdOf(customer), isEntry: true, tag: "regulars:quiet", startsFlow: false, reasons: [] });
  await inTransaction(async (tx) => {
    await addTellings(tx, id, [told(11), told(12)]);
    await tx.segmentTelling.updateMany({ where: { shopId: id }, data: { isRefused: true } });
    await askRefusedAgain(tx, id, segment.id);
  });
  expect(await db().segmentTelling.findMany({ where: { shopId: id } })).toMatchObject([{ customerId: 11n, isRefused: false, isSent: false }]);
});

test("two who measure at once do not meet", async () => {
  const id = await aTown();
  await db().profileBasis.updateMany({ where: { shopId: id }, data: { rebuiltAt: null } });
  await Promise.all([refreshCustomers(id), refreshCustomers(id), refreshCustomers(id)]);
  expect(await db().profileBasis.findUnique({ where: { shopId: id } })).toMatchObject({ isWhole: true });
  expect(await idsIn(id)).toEqual([11, 12, 13]);
});

test("who is kept in a merge carries the tags of their own segments, and loses those the other one brought", async () => {
  const id = await aTown();
  const segmentOf = async (readyKey: string) => (await db().segment.findFirstOrThrow({ where: { shopId: id, readyKey } })).id;
  const [birthday, vip, quiet] = [await segmentOf("birthday"), await segmentOf("vip"), await segmentOf("quiet_90")];
  await db().segmentMember.deleteMany({ where: { shopId: id } });
  const member = (segmentId: string, customerId: bigint) => ({ shopId: id, segmentId, customerId, since: minute(0) });
  await db().segmentMember.createMany({ data: [member(birthday, 11n), member(birthday, 12n), member(vip, 12n)] });
  for (const [segmentId, tag] of [[birthday, "regulars:birthday"], [vip, "regulars:vip"], [quiet, "regulars:quiet"]] as const) await db().segment.update({ where: { shopId_id: { shopId: id, id: segmentId } }, data: { isMirrored: true, tag } });
  await inTransaction((tx) => addTellings(tx, id, [{ segmentId: quiet, customerId: customerIdOf(12), isEntry: false, tag: "regulars:quiet", startsFlow: false, reasons: [] }])); // left, and not told yet
  await deliver(aDelivery(id, "customers/merge", mergeBody({ keptId: 11n, deletedId: 12n })));
  const told = await db().segmentTelling.findMany({ where: { shopId: id, customerId: 11n }, orderBy: { id: "asc" } });
  expect(told.map(({ tag, isEntry, startsFlow }) => [tag, isEntry, startsFlow]).toSorted()).toEqual([["regulars:birthday", true, false], ["regulars:quiet", false, false], ["regulars:vip", false, false]]);
});

/** Statements of this database that wait for somebody else's lock. */
const countWaiting = async (): Promise<number> => {
  const [row] = await db().$queryRaw<{ count: number }[]>`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.count ?? 0;
};

test("who is forgotten in the middle of a page of customers does not come back with its end", async () => {
  const id = await aTown();
  await db().profileBasis.updateMany({ where: { shopId: id }, data: { rebuiltAt: null } }); // everybody is to be looked at
  let page: Promise<boolean> | undefined;
  let erasure: Promise<unknown> | undefined;
  await inTransaction(async (tx) => {
    await tx.$queryRaw`select 1 from customer_profile where shop_id = ${id}::bigint and customer_id = 11 for update`;
    page = refreshCustomers(id);
    await vi.waitFor(async () => expect(await countWaiting()).toBe(1)); // all facts are read, and 11 is the first to be written
    erasure = eraseCustomer(id, { customerId: customerIdOf(13), orderIds: [] });
    await vi.waitFor(async () => expect(await countWaiting()).toBe(2));
  });
  await Promise.all([page, erasure]);
  expect(await idsIn(id)).toEqual([11, 12]);
  expect(await membersOf(id)).not.toContain(13);
  await countsAreTrue(id);
});
