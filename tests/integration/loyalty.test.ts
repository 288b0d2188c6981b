// Points on a real database: settled from facts however news of them arrives, by any number of writers, joined and forgotten with people.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteChangedBuyers, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import { addMonthsToDay } from "../../app/capabilities/loyalty/rules/tiers.ts";
import * as orders from "../../app/capabilities/orders/orders.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { joinPeople } from "../../app/inbox/people.server.ts";
import { eraseCustomer } from "../../app/capabilities/privacy/privacy.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { addDays, toDate } from "../../app/values/day.ts";
import type { CustomerId, ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { A_POINT_A_DOLLAR as PLAIN, anOrderOf, daysAgo, hear, openPointsShop, today } from "../support/points-shop.ts";
import { aCustomer, anOrder, aRefund, customerIdOf } from "../support/snapshots.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

const openShop = async (programme = PLAIN) => (await openPointsShop({ programme })).shopId;

const balanceOf = async (shopId: ShopId, customer: number): Promise<number | undefined> => (await db().member.findUnique({ where: { shopId_customerId: { shopId, customerId: BigInt(customer) } } }))?.balance;
const linesOf = async (shopId: ShopId, customer: number) => (await db().ledgerEntry.findMany({ where: { shopId, customerId: BigInt(customer) }, orderBy: { id: "asc" } })).map(({ key, points, balanceAfter }) => ({ key, points, balanceAfter }));
const sumOf = async (shopId: ShopId): Promise<number> => (await db().ledgerEntry.aggregate({ where: { shopId }, _sum: { points: true } }))._sum.points ?? 0;
const shopper = (shopId: ShopId, customer: number) => ({ shopId, customerId: customerIdOf(customer) });

test("an order earns once, a refund takes its part back once, and all of it leaves as if it had never been", async () => {
  const shopId = await openShop();
  await hear(shopId, anOrderOf(1, 7, 4_200, 10));
  expect(await balanceOf(shopId, 7)).toBe(42);
  await hear(shopId, anOrderOf(1, 7, 4_200, 10));
  expect(await linesOf(shopId, 7)).toEqual([{ key: "order:1", points: 42, balanceAfter: 42 }]);
  const refunded = (minor: number, at: number) => anOrderOf(1, 7, 4_200, 10, { revenueMinor: 4_200 - minor, refundedMinor: minor, refunds: [{ ...aRefund(5, minor), refundedAt: daysAgo(at) }], updatedAt: daysAgo(at) });
  await hear(shopId, refunded(1_000, 5));
  await hear(shopId, refunded(1_000, 5));
  expect(await balanceOf(shopId, 7)).toBe(32);
  await hear(shopId, refunded(4_200, 4));
  expect(await balanceOf(shopId, 7)).toBe(0);
  expect(await loyalty.checkLedger(shopId)).toBe(0);
});

test("what was only looked at is launched as it was shown, and a draft that was kept before it", async () => {
  const [fresh, kept] = [(await openPointsShop({ launchedDaysAgo: null })).shopId, (await openPointsShop({ launchedDaysAgo: null, programme: { ...PLAIN, pendingDays: 9 } })).shopId];
  await db().programme.deleteMany({ where: { shopId: fresh } });
  for (const shopId of [fresh, kept]) expect(await loyalty.launch(shopId, { from: today, unkept: { ...PLAIN, pendingDays: 3 } })).toBe(true);
  expect([await loyalty.findLiveProgramme(fresh), await loyalty.findLiveProgramme(kept)]).toMatchObject([{ pendingDays: 3 }, { pendingDays: 9 }]);
});

test("the ledger refuses to be changed, whoever asks", async () => {
  const shopId = await openShop();
  await hear(shopId, anOrderOf(1, 7, 4_200, 10));
  await expect(db().$executeRaw`update ledger_entry set points = 1000 where shop_id = ${shopId}::bigint`).rejects.toThrow(/never changed/);
  await expect(db().$executeRaw`delete from ledger_entry where shop_id = ${shopId}::bigint`).rejects.toThrow(/never changed/);
  await expect(db().$executeRaw`insert into ledger_entry (shop_id, customer_id, key, sequence, kind, points, effective_on, written_at, balance_after, detail) select shop_id, customer_id, key, sequence, kind, points, effective_on, written_at, balance_after, detail from ledger_entry where shop_id = ${shopId}::bigint`).rejects.toThrow();
});

test("two customers made one have one account of both, whenever the merge is heard; what could be given once was given once", async () => {
  const shopId = await openShop();
  await inTransaction((tx) => orders.saveCustomers(tx, shopId, [aCustomer({ id: 7 }), aCustomer({ id: 8 })]));
  await hear(shopId, anOrderOf(1, 7, 4_000, 10), anOrderOf(2, 8, 6_000, 10));
  for (const customer of [7, 8]) expect(await loyalty.join(shopper(shopId, customer))).toEqual({ ok: true, points: 50 });
  expect(await loyalty.join(shopper(shopId, 7))).toEqual({ ok: true, points: 0 });
  await inTransaction(async (tx) => {
    const { changedBuyerIds } = await orders.mergeCustomers(tx, shopId, [{ deletedId: customerIdOf(8), keptId: customerIdOf(7) }]);
    await noteChangedBuyers(tx, shopId, changedBuyerIds);
    await joinPeople(tx, shopId, [customerIdOf(8)]);
  });
  await refreshShop(shopId);
  await loyalty.settleShop(shopId);
  expect([await balanceOf(shopId, 7), await balanceOf(shopId, 8)]).toEqual([150, 0]);
  expect(await loyalty.checkLedger(shopId)).toBe(0);
});

test("a person who is erased leaves lines of nobody, and books that add up", async () => {
  const shopId = await openShop();
  await inTransaction((tx) => orders.saveCustomers(tx, shopId, [aCustomer({ id: 7 })]));
  await hear(shopId, anOrderOf(1, 7, 4_000, 10), anOrderOf(2, 9, 1_000, 10));
  await eraseCustomer(shopId, { customerId: customerIdOf(7), orderIds: [] });
  await loyalty.settleShop(shopId);
  expect(await db().ledgerEntry.count({ where: { shopId, customerId: 7n } })).toBe(0);
  expect(await db().member.count({ where: { shopId, customerId: 7n } })).toBe(0);
  expect(await sumOf(shopId)).toBe(10);
});

test("the same wish is one wish, more than there is is refused, and another's id says nothing", async () => {
  const shopId = await openShop();
  await hear(shopId, anOrderOf(1, 7, 25_000, 10), anOrderOf(2, 8, 25_000, 10));
  const requestId = randomUUID();
  const wish = { requestId, rewardId: "five", steps: 2 };
  expect(await loyalty.redeem(shopper(shopId, 7), wish)).toMatchObject({ ok: true, redemption: { state: "held", points: 200 } });
  expect(await loyalty.redeem(shopper(shopId, 7), wish)).toMatchObject({ ok: true, redemption: { state: "held", points: 200 } });
  expect(await balanceOf(shopId, 7)).toBe(50);
  expect(await loyalty.redeem(shopper(shopId, 8), wish)).toEqual({ ok: false, reason: "failed" });
  expect(await loyalty.redeem(shopper(shopId, 7), { ...wish, requestId: randomUUID() })).toEqual({ ok: false, reason: "not_enough_points" });
  expect(await loyalty.redeem(shopper(shopId, 7), { requestId: randomUUID(), rewardId: "none", steps: 1 })).toEqual({ ok: false, reason: "unknown_reward" });
  expect(await loyalty.redeem(shopper(shopId, 8), { requestId: randomUUID(), rewardId: "five", steps: 11 })).toEqual({ ok: false, reason: "bad_steps" });
});

test("eight writers at once: nothing is spent twice, nothing is earned twice, and every balance is the sum of its lines", async () => {
  const shopId = await openShop({ ...PLAIN, rewards: PLAIN.rewards.map((reward) => ({ ...reward, total: 12 })) });
  const customers = [1, 2, 3, 4, 5, 6];
  await hear(shopId, ...customers.map((customer) => anOrderOf(customer, customer, 30_000, 10)));
  const wishes = customers.flatMap((customer) => Array.from({ length: 4 }, () => ({ customer, requestId: randomUUID() })));
  const acts = [
    ...wishes.flatMap(({ customer, requestId }) => [0, 1].map(() => () => loyalty.redeem(shopper(shopId, customer), { requestId, rewardId: "five", steps: 1 }))), // each told twice
    ...customers.flatMap((customer) => [0, 1].map(() => () => loyalty.join(shopper(shopId, customer)))),
    ...customers.map((customer) => () => hear(shopId, anOrderOf(100 + customer, customer, 1_000, 10))),
    ...customers.map((customer) => () => loyalty.settleNow(shopId, [customerIdOf(customer), customerIdOf((customer % 6) + 1)])),
  ];
  await inParallel(shuffled(acts), 8);
  await loyalty.settleShop(shopId);
  const taken = await db().redemption.count({ where: { shopId } });
  expect(taken).toBe(12);
  const balances = await db().member.findMany({ where: { shopId } });
  expect(balances.every(({ balance }) => balance >= 0)).toBe(true);
  expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(6 * (300 + 50 + 10) - 12 * 100);
  expect(await loyalty.checkLedger(shopId)).toBe(0);
});

async function inParallel(acts: readonly (() => Promise<unknown>)[], writers: number): Promise<void> {
  const waiting = [...acts];
  await Promise.all(Array.from({ length: writers }, async () => {
    for (let act = waiting.shift(); act !== undefined; act = waiting.shift()) await act();
  }));
}

/** By a fixed disorder. */
const shuffled = <T>(list: readonly T[]): T[] => list.map((item, at) => ({ item, at: (at * 7_919) % 101 })).toSorted((one, other) => one.at - other.at).map(({ item }) => item);

test("orders, refunds and cancellations in any order of arrival end in the same lines and balance", async () => {
  const news = [
    anOrderOf(1, 7, 5_000, 10, { placedAt: daysAgo(60), updatedAt: daysAgo(60) }),
    anOrderOf(2, 7, 8_000, 10, { placedAt: daysAgo(50), updatedAt: daysAgo(50) }),
    anOrderOf(2, 7, 8_000, 10, { placedAt: daysAgo(50), updatedAt: daysAgo(40), revenueMinor: 5_000, refundedMinor: 3_000, refunds: [{ ...aRefund(21, 3_000), refundedAt: daysAgo(40) }] }),
    anOrderOf(3, 7, 2_000, 10, { placedAt: daysAgo(30), updatedAt: daysAgo(30) }),
    anOrderOf(3, 7, 2_000, 10, { placedAt: daysAgo(30), updatedAt: daysAgo(20), cancelledAt: daysAgo(20), revenueMinor: 0 }),
  ];
  const ends = [];
  for (const order of [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1], [2, 1, 4, 4, 0, 3]]) {
    const shopId = await openShop();
    for (const at of order) await hear(shopId, news[at] ?? anOrder());
    const sums = new Map<string, number>();
    for (const { key, points } of await linesOf(shopId, 7)) sums.set(key, (sums.get(key) ?? 0) + points);
    ends.push({ balance: await balanceOf(shopId, 7), sums: [...sums].filter(([, points]) => points !== 0).toSorted() });
  }
  expect(ends[0]?.balance).toBe(100);
  expect(ends[1]).toEqual(ends[0]);
  expect(ends[2]).toEqual(ends[0]);
});

test("what one shop does touches no other, though its customers have the same numbers", async () => {
  const [one, other] = [await openShop(), await openShop()];
  await hear(one, anOrderOf(1, 7, 4_000, 10));
  await hear(other, anOrderOf(1, 7, 9_000, 10));
  expect([await balanceOf(one, 7), await balanceOf(other, 7)]).toEqual([40, 90]);
  expect((await readShop(one)).id).toBe(one);
  const seen = await loyalty.readSummary(shopper(one, 7));
  expect(seen).toMatchObject({ balance: 40, owed: 0, history: [{ kind: "order", points: 40, note: "#1" }] });
  expect((await loyalty.readHistory({ shopId: one, customerId: 9n as CustomerId }, null)).entries).toEqual([]); // a number of nobody
});

test("a birthday told in time is celebrated once a year, one told just before is not", async () => {
  const shopId = await openShop();
  await inTransaction((tx) => orders.saveCustomers(tx, shopId, [aCustomer({ id: 7 }), aCustomer({ id: 8 })]));
  const [month = 1, day = 1] = today.slice(5).split("-").map(Number);
  for (const customer of [7, 8]) expect(await loyalty.tellBirthday(shopper(shopId, customer), { month, day })).toEqual({ ok: true, points: 0 });
  expect(await loyalty.tellBirthday(shopper(shopId, 7), { month: 1, day: 1 })).toEqual({ ok: false, reason: "already_given" }); // or one every week
  await db().member.update({ where: { shopId_customerId: { shopId, customerId: 7n } }, data: { birthdayToldOn: toDate(addDays(today, -PLAIN.birthday.leadDays)) } });
  await loyalty.celebrateBirthdays(shopId);
  await loyalty.celebrateBirthdays(shopId);
  expect([await balanceOf(shopId, 7), await balanceOf(shopId, 8)]).toEqual([PLAIN.birthday.points, 0]);
  expect(await loyalty.listShopsAtNight()).not.toContain(shopId);
});

test("a birthday whose whole day the worker missed is made up for, once", async () => {
  const shopId = await openShop();
  await inTransaction((tx) => orders.saveCustomers(tx, shopId, [7, 8].map((id) => aCustomer({ id, birthOn: addDays(today, id === 7 ? -2 : -9) }))));
  await hear(shopId, anOrderOf(1, 7, 100, 20), anOrderOf(2, 8, 100, 20));
  expect(await loyalty.listShopsAtNight()).toContain(shopId);
  await db().programme.update({ where: { shopId }, data: { celebratedOn: toDate(addDays(today, -10)) } });
  expect(await loyalty.listShopsAtNight()).toContain(shopId);
  for (let times = 0; times < 2; times += 1) await loyalty.celebrateBirthdays(shopId);
  expect([await balanceOf(shopId, 7), await balanceOf(shopId, 8)]).toEqual([1 + PLAIN.birthday.points, 1]);
  expect((await db().earnEvent.findMany({ where: { shopId } })).map(({ happenedOn }) => happenedOn)).toEqual([toDate(addDays(today, -2))]);
});

test("a paused programme earns nothing new, redeems nothing, and loses nothing; published again it goes on", async () => {
  const shopId = await openShop();
  await hear(shopId, anOrderOf(1, 7, 25_000, 10));
  expect(await loyalty.pause(shopId)).toBe(true);
  await hear(shopId, anOrderOf(2, 7, 9_000, 10, { placedAt: new Date(Date.now() + 1), updatedAt: new Date() }));
  expect(await balanceOf(shopId, 7)).toBe(250);
  expect(await loyalty.redeem(shopper(shopId, 7), { requestId: randomUUID(), rewardId: "five", steps: 1 })).toEqual({ ok: false, reason: "not_live" });
  expect(await loyalty.publish(shopId, { keptUntil: null })).toBe(true);
  await hear(shopId, anOrderOf(3, 7, 1_000, 10, { placedAt: new Date(Date.now() + 1), updatedAt: new Date() }));
  expect(await balanceOf(shopId, 7)).toBe(260);
});

test("a shopper is told the last good day of their points, and what staying in their tier takes until when", async () => {
  const level = { reenter: 9_000, percent: 100, hasFreeShipping: false, percentOff: 0, giftPoints: 0 };
  const tiers: Programme["tiers"] = { basis: "spend", period: "rolling", graceDays: 60, levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 4_000, keep: 3_000 }, { ...level, id: "gold", title: { en: "Gold" }, entry: 8_000, keep: 6_000 }] };
  const { shopId } = await openPointsShop({ programme: { ...PLAIN, tiers, expiry: { kind: "per_grant", months: 1 } }, launchedDaysAgo: 800 });
  await hear(shopId, anOrderOf(1, 7, 5_000, 380), anOrderOf(2, 7, 1_000, 10), anOrderOf(3, 8, 5_000, 700), anOrderOf(4, 9, 5_000, 10));
  const seen = async (customer: number) => loyalty.readSummary(shopper(shopId, customer));
  const graceEnd = addDays(addMonthsToDay(addDays(today, -380), 12), 60);
  expect(await seen(7)).toMatchObject({ tierId: "silver", tierValue: 1_000, staying: { keep: 3_000, until: addDays(graceEnd, -1) }, expiring: 10, spendableUntil: addDays(addMonthsToDay(addDays(today, -10), 1), -1) });
  expect(await seen(8)).toMatchObject({ tierId: null, nextTier: { id: "silver", entry: 9_000 }, staying: null, expiring: 0, spendableUntil: null }); // they had it before
  expect(await seen(9)).toMatchObject({ tierId: "silver", nextTier: { id: "gold", entry: 8_000 }, staying: null });
});
