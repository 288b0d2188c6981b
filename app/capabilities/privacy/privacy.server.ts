// What the law lets people ask: to be shown what we know, to be forgotten, and for a shop that left to take everything with it.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction } from "../../platform/db.server.ts";
import { forgetSessions } from "../../shopify/session-storage.server.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../values/ids.ts";
import { noteChangedBuyers, refreshShop } from "../analytics/analytics.server.ts";
import * as cohorts from "../cohorts/cohorts.server.ts";
import * as followups from "../followups/followups.server.ts";
import * as forecasts from "../forecasts/forecasts.server.ts";
import * as loyalty from "../loyalty/loyalty.server.ts";
import type { Mentions } from "../orders/model.ts";
import * as orders from "../orders/orders.server.ts";
import * as profiles from "../profiles/profiles.server.ts";
import * as segments from "../segments/segments.server.ts";
import * as surveys from "../surveys/surveys.server.ts";
import * as shops from "../shops/shops.server.ts";
import * as targets from "../targets/targets.server.ts";
import * as sync from "../sync/sync.server.ts";
import type { DataRequest, ExportWish } from "./model.ts";
import * as store from "./store.server.ts";

/** Writes down everything every room knows about a customer, for the merchant to hand over. */
export const exportCustomer = (shopId: ShopId, { requestId, customerId, requestedAt, others }: ExportWish): Promise<void> =>
  inTransaction(async (tx) => {
    const rooms: Record<string, unknown>[] = [];
    for (const room of [orders, profiles, forecasts, cohorts, loyalty, segments, followups, surveys]) rooms.push(await room.exportPerson(tx, shopId, customerId));
    rooms.push(await store.readFacts(tx, shopId, customerId), others);
    await store.addRequest(tx, shopId, { id: requestId, customerId, requestedAt, export: rooms.reduce((all, one) => ({ ...all, ...one })) });
  });

/**
 * Forgets a person. Their orders stay for truthful totals, under a surrogate that leads nowhere; the sums move with them. May be
 * repeated: what was done is found done. Answers how else the person may be mentioned.
 */
export async function eraseCustomer(shopId: ShopId, { customerId, orderIds }: { customerId: CustomerId; orderIds: readonly OrderId[] }): Promise<Mentions> {
  const { mentions, ids } = await inTransaction(async (tx) => {
    await segments.holdStill(tx, shopId); // whoever is just looking at the person would write them down again
    const known = await orders.erasePerson(tx, shopId, customerId, orderIds);
    await noteChangedBuyers(tx, shopId, known.changedBuyerIds);
    const ids = [...new Set([customerId, ...known.mentions.ids.map((id) => parseId<CustomerId>(id))])]; // those merged into the person, too
    for (const id of ids) for (const room of [sync, profiles, forecasts, loyalty, segments, followups, surveys]) await room.erasePerson(tx, shopId, id);
    await segments.forgetViews(tx, shopId, known.mentions.emails);
    await store.deleteRequestsOf(tx, shopId, customerId);
    return { mentions: known.mentions, ids };
  });
  await refreshShop(shopId); // the sums' rows about the person go now, not with the next order
  await inTransaction(async (tx) => {
    for (const id of ids) await cohorts.erasePerson(tx, shopId, id);
    await store.forgetMoves(tx, shopId, ids); // nobody is left to be followed
  });
  return mentions;
}

/** Every row of a shop in every table, its tokens, its jobs and itself, while nobody can install it again. False: it is gone already, or installed, as another run of the same news has been quicker. */
export const eraseShop = (shopId: ShopId, domain: string): Promise<boolean> =>
  inTransaction(async (tx) => {
    if (!(await shops.holdUninstalled(tx, shopId))) return false;
    await forgetSessions(domain);
    for (const room of [orders, sync, profiles, forecasts, cohorts, targets, loyalty, segments, followups, surveys, store]) await room.eraseShop(tx, shopId);
    await store.deleteJobs(tx, shopId);
    await shops.eraseShop(tx, shopId);
    return true;
  });

const REQUESTS_MAX = 100; // newest first; a shop gets a handful a year

export const listDataRequests = (shopId: ShopId): Promise<DataRequest[]> => store.listRequests(db(), shopId, REQUESTS_MAX);

/** The file, as JSON text; null: there is no such request. */
export const takeDataRequest = (shopId: ShopId, id: string): Promise<string | null> =>
  /^\d{1,18}$/.test(id) ? inTransaction((tx) => store.takeRequest(tx, shopId, BigInt(id), now())) : Promise.resolve(null);
