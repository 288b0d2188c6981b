// Reads once a day what every collection holds: of products that come and go by a collection's conditions Shopify sends no news.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import { readCollectionList, readCollectionProducts } from "../../../shopify/collections.server.ts";
import { ShopifyMisunderstanding } from "../../../shopify/errors.ts";
import { dayAt } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { listUnreadCollections, saveCollection, saveCollectionList } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import { isNightDue, stateOf } from "../rules.ts";
import * as store from "../store.server.ts";
import { codeOf } from "./failures.server.ts";

const STEP_MAX_MS = 20_000; // then the worker looks at what else there is to do
const PAGE = 100;

const atWork = new Set<ShopId>();

/** The next step of a reading, or of a new one that is due. A collection is a transaction, so that a killed reading repeats no more than its last question; what
 *  Shopify refuses leaves all as it was. Answers whether there is more to read. */
export async function stepCollections(shopId: ShopId): Promise<boolean> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null || atWork.has(shopId) || !(await isReadingDue(shop))) return false;
  atWork.add(shopId);
  try {
    return await step(shop);
  } catch (error) {
    const code = codeOf(error);
    log.warn("reading collections broke off", { shopId, code });
    await inTransaction((tx) => store.noteReadingFailed(tx, shopId, { at: now(), error: code }));
    if (code === "unknown") throw error;
    return false;
  } finally {
    atWork.delete(shopId);
  }
}

async function step(shop: Shop): Promise<boolean> {
  const endAt = performance.now() + STEP_MAX_MS;
  const beganAt = (await findRunning(shop.id)) ?? (await begin(shop));
  let odd: ShopifyMisunderstanding | null = null;
  for await (const id of unreadSince(shop.id, beganAt)) {
    try {
      const productIds = await readCollectionProducts(shop.domain, String(id));
      await inTransaction((tx) => saveCollection(tx, shop.id, { id, productIds, readAt: notBefore(beganAt) }));
    } catch (error) {
      if (!(error instanceof ShopifyMisunderstanding)) throw error;
      odd = error; // it keeps no other from being read
    }
    if (performance.now() > endAt) return true;
  }
  if (odd !== null) throw odd;
  await inTransaction((tx) => store.finishReading(tx, shop.id, notBefore(beganAt)));
  return false;
}

/** Now; a clock set back must not leave it unread for ever. */
const notBefore = (beganAt: Date): Date => new Date(Math.max(now().getTime(), beganAt.getTime()));

const isOver = ({ beganAt, finishedAt }: store.Reading): boolean => beganAt !== null && finishedAt !== null && finishedAt >= beganAt;

/** When one began that is under way. */
async function findRunning(shopId: ShopId): Promise<Date | null> {
  const reading = await store.findReading(db(), shopId);
  if (reading === null || isOver(reading)) return null;
  if (reading.failedAt !== null) await store.resumeReading(db(), shopId);
  return reading.beganAt;
}

async function* unreadSince(shopId: ShopId, beganAt: Date): AsyncGenerator<bigint> {
  for (let after = 0n, page = await listUnreadCollections(shopId, { since: beganAt, after, limit: PAGE }); page.length > 0; page = await listUnreadCollections(shopId, { since: beganAt, after, limit: PAGE })) {
    yield* page;
    after = page.at(-1) ?? after;
  }
}

async function begin(shop: Shop): Promise<Date> {
  const beganAt = now();
  const all = await readCollectionList(shop.domain);
  await inTransaction(async (tx) => {
    await saveCollectionList(tx, shop.id, all);
    await store.beginReading(tx, shop.id, beganAt);
  });
  return beganAt;
}

/** Once the history is in, and from then on with the night's work; a reading that was cut off goes on, one that failed an hour later. */
export async function isReadingDue({ id, timeZone }: Shop): Promise<boolean> {
  const reading = await store.findReading(db(), id);
  const lastNightOn = reading?.beganAt && isOver(reading) ? dayAt(reading.beganAt, timeZone) : null;
  if (!isNightDue({ lastNightOn, undoneAt: reading?.failedAt ?? null, timeZone, at: now() })) return false;
  return stateOf(await store.listParts(db(), id)) === "done";
}
