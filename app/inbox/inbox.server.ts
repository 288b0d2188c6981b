// Shopify's news: written down before it is understood, opened later and in sets, kept aside when it cannot be read.
import { now } from "../platform/clock.server.ts";
import { db, inTransaction } from "../platform/db.server.ts";
import { log } from "../platform/log.server.ts";
import type { Delivery } from "../shopify/callers.server.ts";
import type { ShopId } from "../values/ids.ts";
import { writeDown } from "./arrivals.server.ts";
import { ringInbox } from "./jobs.server.ts";
import type { InboxState, QuarantinePage } from "./model.ts";
import * as store from "./store.server.ts";

export { openInbox } from "./open.server.ts";

/** Written down and committed: that is all Shopify's answer waits for. The bell rings after it. */
export async function receive({ shopId, domain, ...delivery }: Delivery): Promise<void> {
  if (shopId === null) return log.warn("delivery for an unknown shop", { topic: delivery.topic }); // erased, or its first page is not loaded yet: the backfill will read it
  await writeDown({ ...delivery, shopId, receivedAt: now() });
  ringSoon(shopId);
}

const RING_DELAY_MS = 50; // two hundred deliveries a second then send twenty jobs and not two hundred
const ringing = new Set<ShopId>();

/** Every delivery committed before the timer ends is rung for by it; a later one starts the next. */
function ringSoon(shopId: ShopId): void {
  if (ringing.has(shopId)) return;
  ringing.add(shopId);
  setTimeout(() => {
    ringing.delete(shopId);
    ringInbox(shopId).catch((error: unknown) => log.error("inbox not rung", error, { shopId })); // the sweep rings within a minute
  }, RING_DELAY_MS);
}

const PAGE_SIZE = 20;

/** Newest first; the first page is 1. */
export async function listQuarantined(shopId: ShopId, page: number): Promise<QuarantinePage> {
  const [deliveries, totalCount] = await Promise.all([
    store.listQuarantined(db(), shopId, { offset: (Math.max(page, 1) - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
    store.countQuarantined(db(), shopId),
  ]);
  return { deliveries, totalCount };
}

/** Answers false when it is not in quarantine (any more). */
export async function replayDelivery(shopId: ShopId, id: string): Promise<boolean> {
  const isReleased = /^\d{1,18}$/.test(id) && (await inTransaction((tx) => store.release(tx, shopId, BigInt(id))));
  if (isReleased) await ringInbox(shopId);
  return isReleased;
}

/** Answers how many were released. */
export async function replayAll(shopId: ShopId): Promise<number> {
  const released = await inTransaction(async (tx) => {
    const ids = await store.listQuarantinedIds(tx, shopId);
    for (const id of ids) await store.release(tx, shopId, id);
    return ids.length;
  });
  if (released > 0) await ringInbox(shopId);
  return released;
}

export const readInboxState = (shopId: ShopId): Promise<InboxState> => store.readState(db(), shopId);
