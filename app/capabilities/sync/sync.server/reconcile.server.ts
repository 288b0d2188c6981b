// The night's look for lost news: everything Shopify changed since the last one is read again and compared, and so are the sums.
import { setTimeout as sleep } from "node:timers/promises";
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import { readBulk, startBulk } from "../../../shopify/bulk.server.ts";
import { ShopifyUnreachable } from "../../../shopify/errors.ts";
import { searchUpdated } from "../../../shopify/queries/noun.ts";
import { dayAt } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { countRollupDifferences, noteChangedBuyers, rebuildShop } from "../../analytics/analytics.server.ts";
import { recountNouns } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { noteNight, readShop } from "../../shops/shops.server.ts";
import { histories, type Batch } from "./history.server.ts";
import { compareShop } from "./shop.server.ts";
import { NOUNS, type Noun } from "../model.ts";
import { isNightDue, pollSeconds, stateOf, windowToCompare } from "../rules.ts";
import * as store from "../store.server.ts";

const PAGED_MAX = 2_000; // beyond that a bulk operation is faster and costs no points
const BULK_WAIT_MAX_MS = 1_800_000;
const KEEP_MS = 366 * 86_400_000;

const atWork = new Set<ShopId>();

/** What a look found out. `isToBeReadAnew`: the shop itself has changed so much that a backfill is to begin, which finds everything else. */
type Found = { rollupsDiffering: number; isToBeReadAnew: boolean };

/** Everything since the last look that ended well, or since the backfill began. Does nothing before the backfill is done. Answers
 *  whether a new backfill is to be rung for. */
export async function reconcileShop(shopId: ShopId): Promise<boolean> {
  const shop = await readShop(shopId);
  const parts = await store.listParts(db(), shopId);
  if (shop.uninstalledAt !== null || stateOf(parts) !== "done" || atWork.has(shopId)) return false;
  const startedAt = now();
  const since = (await store.findComparedUntil(db(), shopId)) ?? parts[0]?.startedAt ?? shop.installedAt;
  const window = windowToCompare({ since, at: startedAt });
  if (window === null) return false;
  atWork.add(shopId);
  try {
    const id = await inTransaction((tx) => store.startReconcile(tx, shopId, { startedAt, windowFrom: window.from, windowTo: window.to }));
    const { isToBeReadAnew } = await finish(shop, id, () => compare(shop, id, window));
    await noteNight(shopId, dayAt(startedAt, shop.timeZone));
    return isToBeReadAnew;
  } finally {
    atWork.delete(shopId);
  }
}

/** The night's work is due, and was not tried a moment ago. */
export async function isReconcileDue(shop: Shop): Promise<boolean> {
  const last = await store.findReconcile(db(), shop.id);
  return isNightDue({ lastNightOn: shop.lastNightOn, failedAt: last?.error ? last.startedAt : null, timeZone: shop.timeZone, at: now() });
}

async function compare(shop: Shop, id: string, window: { from: Date; to: Date }): Promise<Found> {
  if (await compareShop(shop)) return { rollupsDiffering: 0, isToBeReadAnew: true };
  for (const noun of NOUNS) await compareNoun(shop, id, noun, window);
  const rollupsDiffering = await countRollupDifferences(shop.id);
  if (rollupsDiffering > 0) await rebuildShop(shop.id);
  await inTransaction(async (tx) => {
    await recountNouns(tx, shop.id);
    await store.dropOldReconciles(tx, shop.id, new Date(now().getTime() - KEEP_MS));
  });
  return { rollupsDiffering, isToBeReadAnew: false };
}

/** Page by page while there is little, oldest change first; from where that became much, by bulk operation. */
async function compareNoun(shop: Shop, id: string, noun: Noun, window: { from: Date; to: Date }): Promise<void> {
  let compared = 0;
  for await (const batch of histories[noun].readUpdated(shop, window)) {
    await compareBatch(shop.id, id, noun, batch);
    compared += batch.count;
    if (compared < PAGED_MAX) continue;
    return compareInBulk(shop, id, noun, { from: batch.updatedAt ?? window.from, to: window.to });
  }
}

async function compareInBulk(shop: Shop, id: string, noun: Noun, window: { from: Date; to: Date }): Promise<void> {
  const answer = await startBulk(shop.domain, histories[noun].documents.bulk(searchUpdated(window)));
  if (!answer.ok) throw new ShopifyUnreachable(`bulk operation ${answer.reason}`);
  const url = await waitForFile(shop, answer.id);
  if (url === null) return;
  for await (const batch of histories[noun].readFile(shop, url, 0)) await compareBatch(shop.id, id, noun, batch);
}

/** null: nothing was found. */
async function waitForFile(shop: Shop, bulkOperationId: string): Promise<string | null> {
  for (let waitedMs = 0; waitedMs < BULK_WAIT_MAX_MS; ) {
    const bulk = await readBulk(shop.domain, bulkOperationId);
    if (bulk?.status === "COMPLETED") return bulk.url;
    if (bulk?.status !== "CREATED" && bulk?.status !== "RUNNING") break;
    const pauseMs = pollSeconds(waitedMs) * 1000;
    await sleep(pauseMs);
    waitedMs += pauseMs;
  }
  throw new ShopifyUnreachable("bulk operation did not complete");
}

/** What the save verbs find different is what was lost. */
const compareBatch = (shopId: ShopId, id: string, noun: Noun, batch: Batch): Promise<void> =>
  inTransaction(async (tx) => {
    const { changedCount, changedBuyerIds } = await batch.save(tx);
    await noteChangedBuyers(tx, shopId, changedBuyerIds);
    await store.addCompared(tx, shopId, id, noun, { compared: batch.count, differing: changedCount });
  });

/** A run that breaks off says why; what it compared until then stays stored, and the next one begins where the last whole one ended. */
async function finish(shop: Shop, id: string, run: () => Promise<Found>): Promise<Found> {
  const end = (rollupsDiffering: number, error: string | null) => inTransaction((tx) => store.finishReconcile(tx, shop.id, id, { finishedAt: now(), rollupsDiffering, error }));
  try {
    const found = await run();
    await end(found.rollupsDiffering, null);
    return found;
  } catch (error) {
    log.warn("reconcile broke off", { shopId: shop.id });
    await end(0, error instanceof Error ? error.name : "unknown");
    throw error;
  }
}
