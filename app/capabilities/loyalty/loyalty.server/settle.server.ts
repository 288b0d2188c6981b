// Members settled: their facts told from the beginning, and what is missing written into the ledger, in the caller's transaction.
import { now } from "../../../platform/clock.server.ts";
import { inTransaction, type Tx } from "../../../platform/db.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import type { CustomerId, OrderId, ShopId } from "../../../values/ids.ts";
import { findRebuiltAt, takeMovedCustomers } from "../../analytics/analytics.server.ts";
import type { PastLine, PastOrder } from "../../orders/model.ts";
import { listCollectionsOf, listKnownCustomers, listNextCustomers, listOrderFacts } from "../../orders/orders.server.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { MemberFacts } from "../model/facts.ts";
import type { ProgrammeVersion } from "../model/programme.ts";
import { collectionIdsIn, decidePercents, toOrderFact, toRedemptionFact, type Percents } from "../rules/facts.ts";
import { settle, type Standing } from "../rules/settlement.ts";
import { readCollections } from "./collections.server.ts";
import * as facts from "../store.server/facts.server.ts";
import * as ledger from "../store.server/ledger.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import * as referrals from "../store.server/referrals.server.ts";
import * as redemptions from "../store.server/redemptions.server.ts";

/** What every member of a shop is settled by. */
export type Rules = { shopId: ShopId; timeZone: string; today: Day; versions: readonly ProgrammeVersion[] };

export type Place = { id: ShopId; timeZone: string };

const readRules = async (tx: Tx, { id: shopId, timeZone }: Place): Promise<Rules> => ({ shopId, timeZone, today: dayAt(now(), timeZone), versions: await programmes.listVersions(tx, shopId) });

/** Members hold still until the transaction ends. Whoever is no customer any more, and never was a member, is left out; without a programme in force so is everybody. */
export async function settleMembers(tx: Tx, shop: Place, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, Standing>> {
  const shopId = shop.id;
  const state = await programmes.lockTogether(tx, shopId);
  if (state === null || state === "draft" || customerIds.length === 0) return new Map();
  const rules = await readRules(tx, shop);
  const known = await listKnownCustomers(tx, shopId, customerIds);
  const ids = await ledger.lockMembers(tx, shopId, { customerIds, newIds: known });
  const found = await readFacts(tx, ids, rules);
  const posted = await ledger.listPosted(tx, shopId, ids);
  const settled = ids.map((customerId) => ({ customerId, ...settle(found.get(customerId) ?? NOBODY, { ...rules, posted: posted.get(customerId) ?? [] }) }));
  await ledger.append(tx, shopId, settled, now());
  await ledger.saveStandings(tx, shopId, settled, rules.today);
  return new Map(settled.map(({ customerId, standing }) => [customerId, standing]));
}

const NOBODY: MemberFacts = { joinedOn: null, orders: [], events: [], redemptions: [] };

/** Decides, once, what new lines earn of the usual rate, and notices codes that were used, members' own for friends among them. */
export async function readFacts(tx: Tx, customerIds: readonly CustomerId[], rules: Rules): Promise<Map<CustomerId, MemberFacts>> {
  const { shopId, timeZone, versions } = rules;
  const histories = await listOrderFacts(tx, shopId, customerIds);
  await redemptions.noteUsed(tx, shopId, [...histories.values()].flat().flatMap(({ id, discountCodes }) => discountCodes.map((code) => ({ code, orderId: id }))));
  await referrals.noteReferred(tx, shopId, [...histories].flatMap(([friendId, history]) => history.flatMap(({ id, placedAt, discountCodes }) => discountCodes.map((code) => ({ code, orderId: id, friendId, placedAt })))));
  const [joined, events, wishes] = [await facts.listJoinedOn(tx, shopId, customerIds), await facts.listEvents(tx, shopId, customerIds), await facts.listRedemptions(tx, shopId, customerIds, timeZone)];
  const percents = await readPercents(tx, [...histories.values()].flat(), rules);
  const [joinedOf, eventsOf, wishesOf] = [new Map(joined.map(({ customerId, joinedOn }) => [customerId, joinedOn])), Map.groupBy(events, ofCustomer), Map.groupBy(wishes, ofCustomer)];
  return new Map(customerIds.map((customerId) => {
    const orders = (histories.get(customerId) ?? []).map((order) => toOrderFact(order, { timeZone, percents: percents.get(order.id) ?? {} }));
    const theirs = (wishesOf.get(customerId) ?? []).map((wish) => toRedemptionFact(wish, { orders, versions }));
    return [customerId, { joinedOn: joinedOf.get(customerId) ?? null, orders, events: eventsOf.get(customerId) ?? [], redemptions: theirs }];
  }));
}

const ofCustomer = ({ customerId }: { customerId: CustomerId }): CustomerId => customerId;

async function readPercents(tx: Tx, orders: readonly PastOrder[], { shopId, versions }: Rules): Promise<Map<OrderId, Percents>> {
  const known = await facts.listPercents(tx, shopId, orders.map(({ id }) => id));
  const collections = await listCollectionsOf(tx, shopId, versions.flatMap(({ programme }) => collectionIdsIn(programme)));
  const collectionIdsOf = ({ productId }: PastLine): string[] => collections.get(String(productId)) ?? [];
  const decided = orders.map((order) => ({ orderId: order.id, percents: decidePercents(order, { versions, known: known.get(order.id) ?? {}, collectionIdsOf }) })).filter(({ percents }) => Object.keys(percents).length > 0);
  await facts.savePercents(tx, shopId, decided);
  for (const { orderId, percents } of decided) known.set(orderId, { ...percents, ...known.get(orderId) });
  return known;
}

const PAGE = 500; // members a transaction: about a second of work

/** The round of everybody first, where one is due; then whoever moved, then those whom time alone changes. Ends after the page in which
 *  `until` passes; answers whether there is more to do. */
export async function settleShop(shopId: ShopId, until: Date | null = null): Promise<boolean> {
  const shop = await readShop(shopId);
  await readCollections(shop);
  for (;;) {
    const rebuiltAt = await findRebuiltAt(shopId);
    const isMore = rebuiltAt !== null && (await inTransaction((tx) => settlePage(tx, shop, rebuiltAt)));
    if (!isMore || (until !== null && now() >= until)) return isMore;
  }
}

async function settlePage(tx: Tx, shop: Place, rebuiltAt: Date): Promise<boolean> {
  const state = await programmes.lockTogether(tx, shop.id);
  if (state === null || state === "draft") return (await takeMovedCustomers(tx, shop.id, "loyalty", NOTES)).length > 0; // nobody follows them
  const after = await programmes.findRound(tx, shop.id, rebuiltAt);
  if (after !== null) return settleNext(tx, shop, { rebuiltAt, after });
  const moved = await takeMovedCustomers(tx, shop.id, "loyalty", PAGE);
  if (moved.length > 0) return (await settleMembers(tx, shop, moved), true);
  const due = await ledger.listDue(tx, shop.id, dayAt(now(), shop.timeZone), PAGE);
  await settleMembers(tx, shop, due);
  return due.length === PAGE;
}
const NOTES = 10_000; // thrown away at once

async function settleNext(tx: Tx, shop: Place, { rebuiltAt, after }: { rebuiltAt: Date; after: bigint }): Promise<boolean> {
  const ids = await listNextCustomers(tx, shop.id, { after, limit: PAGE });
  await settleMembers(tx, shop, ids);
  await programmes.noteRound(tx, shop.id, { rebuiltAt, doneUpTo: ids.length < PAGE ? null : (ids.at(-1) ?? after) });
  return true;
}

const BROKEN_SHOWN = 100;

/** Compares sums with lines, once a day of the shop's: 0, unless there is a bug. */
export async function checkLedger(shopId: ShopId): Promise<number> {
  const { timeZone } = await readShop(shopId);
  return inTransaction(async (tx) => {
    const last = await programmes.findCheck(tx, shopId);
    if (last !== null && dayAt(last.checkedAt, timeZone) === dayAt(now(), timeZone)) return 0;
    const broken = await ledger.listBroken(tx, shopId, BROKEN_SHOWN);
    await programmes.noteCheck(tx, shopId, { checkedAt: now(), brokenCount: broken.length });
    return broken.length;
  });
}
