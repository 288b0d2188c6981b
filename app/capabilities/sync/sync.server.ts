// A shop's history brought in once, kept whole by night, and how far that is.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import type { CustomerId, ShopId } from "../../values/ids.ts";
import { countNouns } from "../orders/orders.server.ts";
import { readShop } from "../shops/shops.server.ts";
import { continueBackfill, reconcile, rereadShop } from "./jobs.server.ts";
import type { SyncStatus, UnreadRecord } from "./model.ts";
import { describeBackfill } from "./rules.ts";
import { askUnreadAgain } from "./sync.server/rereads.server.ts";
import { followShop, type ShopNews } from "./sync.server/shop.server.ts";
import * as store from "./store.server.ts";

/** Reads everything anew, from the beginning; a reading under way stops at its next batch. */
export async function startBackfill(shopId: ShopId): Promise<void> {
  await inTransaction((tx) => store.resetParts(tx, shopId, now()));
  await enqueue(continueBackfill, { shopId });
}

/** Currency, zone, name, or what the merchant grants: stored, and what follows from it begun. */
export async function takeShopNews(shopId: ShopId, news: ShopNews): Promise<void> {
  if (await followShop(shopId, news)) await enqueue(continueBackfill, { shopId });
}

/** Looks for lost news now, and not only at night. */
export const startReconcile = (shopId: ShopId): Promise<void> => enqueue(reconcile, { shopId });

/** Single rows and indexes only: cheap however large the shop. */
export async function readSyncStatus(shopId: ShopId): Promise<SyncStatus> {
  const at = now();
  const [shop, parts, deliveries, unreadCount, lastReconcile, reading, counts] = await Promise.all([
    readShop(shopId), store.listParts(db(), shopId), store.readDeliveries(db(), shopId), store.countUnread(db(), shopId), store.findReconcile(db(), shopId), store.findReading(db(), shopId), countNouns(shopId),
  ]);
  return {
    backfill: describeBackfill(parts, { scopes: shop.scopes, at }),
    waitingCount: deliveries.waiting,
    lagSeconds: deliveries.oldestAt === null ? 0 : Math.max(0, Math.round((at.getTime() - deliveries.oldestAt.getTime()) / 1000)),
    lastDeliveryAt: deliveries.lastAt,
    quarantinedCount: deliveries.quarantined,
    unreadCount,
    lastReconcile,
    collections: { readAt: reading?.finishedAt ?? null, error: reading?.error ?? null },
    counts,
  };
}

/** Whether what is in collections has been read as a whole. */
export const hasReadCollections = async (shopId: ShopId): Promise<boolean> => ((await store.findReading(db(), shopId))?.finishedAt ?? null) !== null;

export { meetCustomer } from "./sync.server/rereads.server.ts";

const UNREAD_SHOWN = 50;

/** What could not be read, for the merchant to see. */
export const listUnread = (shopId: ShopId): Promise<UnreadRecord[]> => store.listUnread(db(), shopId, UNREAD_SHOWN);

/** Tries it now, and not only at night. Answers whether there is any. */
export async function rereadUnread(shopId: ShopId): Promise<boolean> {
  const isAny = await askUnreadAgain(shopId);
  if (isAny) await enqueue(rereadShop, { shopId });
  return isAny;
}

/** Even that a person's record could not be read is something known about them. */
export const erasePerson = (tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> => store.dropUnread(tx, shopId, "customers", { ids: [customerId] });

export const eraseShop = (tx: Tx, shopId: ShopId): Promise<void> => store.eraseShop(tx, shopId);
