// The night's look for lost news: everything Shopify changed since the last one is read again and compared, and so are the sums.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import { searchUpdated } from "../../../shopify/queries/noun.ts";
import { dayAt } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { countRollupDifferences, noteChangedBuyers, rebuildShop } from "../../analytics/analytics.server.ts";
import { recountNouns } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { noteNight, readShop } from "../../shops/shops.server.ts";
import { forgetDeleted, type ForgetPeople } from "./deletions.server.ts";
import { codeOf } from "./failures.server.ts";
import { orderFile } from "./files.server.ts";
import { storeBatch } from "./batches.server.ts";
import { histories, type Batch } from "./history.server.ts";
import { askUnreadAgain } from "./rereads.server.ts";
import { compareShop } from "./shop.server.ts";
import { NOUNS, type Noun, type ReconcileError } from "../model.ts";
import { isNightDue, stateOf, windowToCompare } from "../rules.ts";
import * as store from "../store.server.ts";

const PAGED_MAX = 100; // a page of orders costs seven seconds of our points: beyond a dozen a bulk operation is faster, and free
const KEEP_MS = 366 * 86_400_000;

const atWork = new Set<ShopId>();

/** What a look found out. `isToBeReadAnew`: the shop itself has changed so much that a backfill is to begin, which finds everything else. */
type Found = { rollupsDiffering: number; isToBeReadAnew: boolean };

/** Everything since the last look that ended well, or since the backfill began. Does nothing before the backfill is done. Answers
 *  whether a new backfill is to be rung for. */
export async function reconcileShop(shopId: ShopId, forgetPeople: ForgetPeople): Promise<boolean> {
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
    const { isToBeReadAnew } = await finish(shop, id, async () => {
      const found = await compare(shop, id, { window, forgetPeople });
      await noteNight(shopId, dayAt(startedAt, shop.timeZone)); // before the end is: in between it would be neither at work nor done
      return found;
    });
    return isToBeReadAnew;
  } finally {
    atWork.delete(shopId);
  }
}

/** The night's work is due, is not under way, and did not fail a moment ago. One that a crash cut off counts as failed. */
export async function isReconcileDue(shop: Shop): Promise<boolean> {
  const last = await store.findReconcile(db(), shop.id);
  const isUndone = last !== null && (last.finishedAt === null || last.error !== null);
  return isNightDue({ lastNightOn: shop.lastNightOn, undoneAt: isUndone ? last.startedAt : null, timeZone: shop.timeZone, at: now() });
}

async function compare(shop: Shop, id: string, { window, forgetPeople }: { window: { from: Date; to: Date }; forgetPeople: ForgetPeople }): Promise<Found> {
  if (await compareShop(shop)) return { rollupsDiffering: 0, isToBeReadAnew: true };
  for (const noun of NOUNS) await compareNoun(shop, id, noun, window);
  await askUnreadAgain(shop.id);
  await inTransaction((tx) => recountNouns(tx, shop.id));
  for (const noun of NOUNS) {
    const forgottenCount = await forgetDeleted(shop, noun, forgetPeople);
    if (forgottenCount > 0) await inTransaction((tx) => store.addCompared(tx, shop.id, id, noun, { compared: 0, differing: forgottenCount }));
  }
  const rollupsDiffering = await countRollupDifferences(shop.id);
  if (rollupsDiffering > 0) await rebuildShop(shop.id);
  await inTransaction((tx) => store.dropOldReconciles(tx, shop.id, new Date(now().getTime() - KEEP_MS)));
  return { rollupsDiffering, isToBeReadAnew: false };
}

/** Page by page while there is little, oldest change first; from where that became much, by bulk operation. */
async function compareNoun(shop: Shop, id: string, noun: Noun, window: { from: Date; to: Date }): Promise<void> {
  let compared = 0;
  for await (const batch of histories[noun].readUpdated(shop, window)) {
    await compareBatch(shop, id, batch);
    compared += batch.count;
    if (compared < PAGED_MAX) continue;
    return compareInBulk(shop, id, noun, { from: batch.updatedAt ?? window.from, to: window.to });
  }
}

async function compareInBulk(shop: Shop, id: string, noun: Noun, window: { from: Date; to: Date }): Promise<void> {
  const url = await orderFile(shop, histories[noun].documents.bulk(searchUpdated(window)));
  if (url === null) return;
  for await (const batch of histories[noun].readFile(shop, url, { fromByte: 0, byteCount: null })) await compareBatch(shop, id, batch);
}

/** What the save verbs find different is what was lost. */
const compareBatch = (shop: Shop, id: string, batch: Batch): Promise<boolean> =>
  storeBatch(shop, batch, { finish: async (tx, { changedCount, changedBuyerIds }) => {
    await noteChangedBuyers(tx, shop.id, changedBuyerIds);
    await store.addCompared(tx, shop.id, id, batch.noun, { compared: batch.count, differing: changedCount });
  } });

/** A run that breaks off says why; what it compared until then stays stored, and the next one begins where the last whole one ended. */
async function finish(shop: Shop, id: string, run: () => Promise<Found>): Promise<Found> {
  const end = (rollupsDiffering: number, error: ReconcileError | null) => inTransaction((tx) => store.finishReconcile(tx, shop.id, id, { finishedAt: now(), rollupsDiffering, error }));
  try {
    const found = await run();
    await end(found.rollupsDiffering, null);
    return found;
  } catch (error) {
    log.warn("reconcile broke off", { shopId: shop.id });
    await end(0, codeOf(error));
    throw error;
  }
}
