// Segments as merchants treat them: saved in large shops, changed on the way, deleted while Shopify refuses, and too many.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rebuildShop, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { changeSettings, listShopsUnfinished } from "../../app/capabilities/profiles/profiles.server.ts";
import { SEGMENTS_MAX, type Rule } from "../../app/capabilities/segments/model.ts";
import * as segments from "../../app/capabilities/segments/segments.server.ts";
import { installShop } from "../../app/capabilities/shops/shops.server.ts";
import { openInbox, receive } from "../../app/inbox/inbox.server.ts";
import { now } from "../../app/platform/clock.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { aCustomer, anOrder, aShop, customerIdOf, minute, shopIdOf } from "../support/snapshots.ts";
import { aDelivery, customerBody, orderBody } from "../support/webhooks.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

let lastShop = 1_300;
/** One customer who bought; everybody has been looked at. */
async function aTown(): Promise<ShopId> {
  const id = shopIdOf(++lastShop);
  await installShop({ id, domain: `shop-${lastShop}.myshopify.com`, snapshot: aShop, scopes: [], at: minute(0) });
  for (const delivery of [aDelivery(id, "customers/create", customerBody(aCustomer({ id: 11 }))), aDelivery(id, "orders/create", orderBody(anOrder({ id: 7_011, customer: 11 })))]) await receive(delivery);
  await openInbox(id);
  await rebuildShop(id);
  await refreshShop(id);
  await segments.refreshCustomers(id);
  return id;
}

const CROWD = 24_000; // more than two pages
/** Straight into the tables: as many more customers, who spent as much as their number says. */
async function addCrowd(id: ShopId): Promise<void> {
  await db().$executeRaw`insert into customer (shop_id, id, tags, created_at, updated_at) select ${id}::bigint, 1000 + n, '{}', now(), now() from generate_series(1, ${CROWD}) n`;
  await db().$executeRaw`
    insert into customer_profile (shop_id, customer_id, as_of, order_count, purchase_days, revenue_minor, is_last_refunded, recent_orders, earlier_orders, stake_minor, rfm_group, stage, stage_since, is_vip, search)
    select ${id}::bigint, 1000 + n, now()::date, 1, 1, n, false, 0, 0, 0, 'NEW', 'new', now()::date, false, '' from generate_series(1, ${CROWD}) n`;
}

const spentBetween = (from: number, to: number): Rule => ({ field: "revenue", operator: "between", value: { from, to } });
const save = (shopId: ShopId, id: string, rule: Rule, name = "Spenders") => segments.saveSegment(shopId, { id, name, rule });
const LONG_AGO = new Date(0);
/** One page, as a worker gets on with before it is killed. */
const refreshPage = (id: ShopId) => segments.refreshCustomers(id, LONG_AGO);
const countMoves = async (id: ShopId, segmentId: string) => (await segments.countMoves(id, { segmentId, since: LONG_AGO }))[0];
const isMemberCountTrue = async (shopId: ShopId, segmentId: string) => (await segments.findSegment(shopId, segmentId))?.memberCount === (await db().segmentMember.count({ where: { shopId, segmentId } }));

test("in a large shop a rule takes hold page by page; a kill in between loses nothing and writes nothing twice", async () => {
  const shopId = await aTown();
  await addCrowd(shopId);
  const id = randomUUID();
  await save(shopId, id, spentBetween(1, 12_000));
  expect(await segments.findSegment(shopId, id)).toMatchObject({ isPopulated: false, isRefilling: true });
  expect(await segments.listShopsToRefill()).toContain(shopId);
  await segments.refreshCustomers(shopId);
  expect(await segments.findSegment(shopId, id)).toMatchObject({ isPopulated: true, isRefilling: false, memberCount: 12_001 }); // 11 has spent 1,000
  expect(await countMoves(shopId, id)).toMatchObject({ entered: 0, left: 0 }); // they belonged there from the beginning

  await segments.changeTelling(shopId, id, { isMirrored: true, isFlowOn: true, locale: "en", slug: "spenders" });
  await db().segmentTelling.deleteMany({ where: { shopId } });
  await save(shopId, id, spentBetween(6_001, 18_000));
  const first = await countMoves(shopId, id);
  expect(first?.left).toBeGreaterThan(0);
  expect(first?.entered).toBe(0);
  expect(await segments.findSegment(shopId, id)).toMatchObject({ isPopulated: true, isRefilling: true });
  expect(await isMemberCountTrue(shopId, id)).toBe(true);
  expect(await refreshPage(shopId)).toBe(true);
  expect(await segments.findSegment(shopId, id)).toMatchObject({ isRefilling: true });
  await save(shopId, id, spentBetween(6_001, 18_000), "Better spenders"); // another name begins nothing anew
  await segments.refreshCustomers(shopId);
  expect(await segments.findSegment(shopId, id)).toMatchObject({ name: "Better spenders", isRefilling: false, memberCount: 12_000 });
  expect(await countMoves(shopId, id)).toMatchObject({ entered: 6_000, left: 6_001 });
  expect(await db().segmentMove.findFirst({ where: { shopId, segmentId: id } })).toMatchObject({ reasons: [{ code: "rule_changed" }] });
  const told = await db().segmentTelling.groupBy({ by: ["isEntry", "startsFlow", "tag"], where: { shopId, customerId: { not: null } }, _count: true, orderBy: { isEntry: "asc" } });
  expect(told).toEqual([{ isEntry: false, startsFlow: false, tag: "regulars:spenders", _count: 6_001 }, { isEntry: true, startsFlow: false, tag: "regulars:spenders", _count: 6_000 }]);
  expect((await segments.countMoves(shopId, { segmentId: null, since: LONG_AGO })).find(({ segmentId }) => segmentId === id)).toEqual(await countMoves(shopId, id));
  expect(await isMemberCountTrue(shopId, id)).toBe(true);
  expect(await segments.listShopsToRefill()).not.toContain(shopId);
});

test("an answer puts its giver into the segments that ask for it, without an order too; who thinks again leaves", async () => {
  const shopId = await aTown();
  await receive(aDelivery(shopId, "customers/create", customerBody(aCustomer({ id: 13 })))); // never bought
  await openInbox(shopId);
  await refreshShop(shopId);
  const [id, prefix] = [randomUUID(), `survey:${randomUUID()}:`];
  await save(shopId, id, { field: "survey_answer", operator: "any_of", value: [`${prefix}slow`] }, "Waited too long");
  const say = async (answers: string[]) => {
    await inTransaction((tx) => segments.setMarks(tx, shopId, customerIdOf(13), { prefix, marks: answers.map((answer) => `${prefix}${answer}`), at: now() }));
    await segments.refreshCustomers(shopId);
    return segments.isMember(db(), shopId, id, customerIdOf(13));
  };
  expect(await say(["good"])).toBe(false);
  expect(await say(["slow", "broken"])).toBe(true);
  expect(await say(["slow", "broken"])).toBe(true);
  expect(await countMoves(shopId, id)).toMatchObject({ entered: 1, left: 0 });
  expect(await say(["good"])).toBe(false);
  expect(await segments.isMember(db(), shopId, id, customerIdOf(11))).toBe(false);
  expect(await countMoves(shopId, id)).toMatchObject({ entered: 1, left: 1 });
  expect(await isMemberCountTrue(shopId, id)).toBe(true);
});

test("a rule that is changed before the last one has taken hold ends where it would have alone", async () => {
  const shopId = await aTown();
  await addCrowd(shopId);
  const id = randomUUID();
  await save(shopId, id, spentBetween(1, 24_000));
  await refreshPage(shopId);
  await save(shopId, id, spentBetween(20_001, 24_000));
  await segments.refreshCustomers(shopId);
  expect(await segments.findSegment(shopId, id)).toMatchObject({ isPopulated: true, isRefilling: false, memberCount: 4_000 });
  expect(await countMoves(shopId, id)).toMatchObject({ entered: 0, left: 0 });
  expect(await isMemberCountTrue(shopId, id)).toBe(true);
});

test("a segment that is kept in Shopify before it is filled has its members tagged when it is", async () => {
  const shopId = await aTown();
  await addCrowd(shopId);
  const id = randomUUID();
  await save(shopId, id, spentBetween(1, 24_000));
  await segments.changeTelling(shopId, id, { isMirrored: true, locale: "en", slug: "all" });
  await segments.refreshCustomers(shopId);
  expect(await db().segmentTelling.count({ where: { shopId, segmentId: id, customerId: { not: null }, isEntry: true } })).toBe(CROWD + 1);
});

test("what Shopify refused of a deleted segment is counted, asked for again, and keeps its tag from others", async () => {
  const shopId = await aTown();
  const id = randomUUID();
  const told = { locale: "en", slug: "spenders" };
  await save(shopId, id, spentBetween(1, 2_000));
  await segments.changeTelling(shopId, id, { isMirrored: true, ...told });
  await segments.deleteSegment(shopId, id);
  await db().segmentTelling.updateMany({ where: { shopId, customerId: { not: null } }, data: { isRefused: true } });
  expect(await segments.countRefusedOfDeleted(shopId)).toBe(1);
  const other = randomUUID();
  await save(shopId, other, spentBetween(1, 2_000));
  await segments.changeTelling(shopId, other, { isMirrored: true, ...told });
  expect(await segments.findSegment(shopId, other)).toMatchObject({ tag: "regulars:spenders-2" });

  await segments.askRefusedAgain(shopId, null);
  expect(await segments.countRefusedOfDeleted(shopId)).toBe(0);
  expect(await db().segmentTelling.findMany({ where: { shopId, segmentId: id, customerId: { not: null } } })).toMatchObject([{ customerId: 11n, isEntry: false, isRefused: false, tag: "regulars:spenders" }]); // the tag that never came is not asked for
});

test("there is room for so many segments; those that are there can still be changed", async () => {
  const shopId = await aTown();
  const there = await db().segment.count({ where: { shopId } });
  const ids = Array.from({ length: SEGMENTS_MAX - there }, () => randomUUID());
  await db().segment.createMany({ data: ids.map((id, index) => ({ shopId, id, name: `Mine ${index}`, rule: spentBetween(1, 2), createdAt: now(), updatedAt: now() })) });
  expect(await save(shopId, randomUUID(), spentBetween(1, 2), "One more")).toEqual({ ok: false, reason: "no_room" });
  expect(await save(shopId, ids[0] ?? "", spentBetween(1, 3), "Renamed")).toEqual({ ok: true, id: ids[0] });
});

test("days that begin are found for all shops at once", async () => {
  const shopId = await aTown();
  expect(await listShopsUnfinished()).not.toContain(shopId);
  await db().$executeRaw`update profile_basis set as_of = as_of - 1, basis = jsonb_set(basis, '{basis,asOf}', to_jsonb((as_of - 1)::text)) where shop_id = ${shopId}::bigint`;
  expect(await listShopsUnfinished()).toContain(shopId);
  await segments.refreshCustomers(shopId);
  expect(await listShopsUnfinished()).not.toContain(shopId);
  await changeSettings(shopId, { vipShare: 0.2 });
  expect(await listShopsUnfinished()).toContain(shopId);
  await db().shop.update({ where: { id: shopId }, data: { uninstalledAt: now() } });
  expect(await listShopsUnfinished()).not.toContain(shopId);
});

test("shops are rung for only where something waits", async () => {
  const shopId = await aTown();
  expect([await segments.listShopsToTell(), await segments.isToTell(shopId)]).toEqual([expect.not.arrayContaining([shopId]), false]);
  await segments.changeTelling(shopId, (await segments.listSegments(shopId))[0]?.id ?? "", { isMirrored: true, locale: "en", slug: "first" });
  expect([await segments.listShopsToTell(), await segments.isToTell(shopId)]).toEqual([expect.arrayContaining([shopId]), true]);
  await db().shop.update({ where: { id: shopId }, data: { uninstalledAt: now() } });
  expect(await segments.listShopsToTell()).not.toContain(shopId);
});
