// Reads a shop's whole history by bulk operation, in short steps: whatever kills a step, the next goes on at the last stored byte.
import { setTimeout as sleep } from "node:timers/promises";
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import { ShopifyRefused, ShopifyUnreachable, type RefusalReason } from "../../../shopify/errors.ts";
import { countRemote, readBulk, startBulk } from "../../../shopify/bulk.server.ts";
import { ParseError } from "../../../shopify/parse/fields.ts";
import type { ShopId } from "../../../values/ids.ts";
import { rebuildShop } from "../../analytics/analytics.server.ts";
import { collectFactStatistics } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import { storeBatch } from "./batches.server.ts";
import { histories, type Batch } from "./history.server.ts";
import { pollSeconds, stateOf } from "../rules.ts";
import * as store from "../store.server.ts";

const STEP_MAX_MS = 20_000; // then the worker looks at what else there is to do
const RETRY_SECONDS = 30;
const WATCHED_MS = 15_000;
const NAP_MS = 400;

/** What a step leads to: another one so many seconds later; the sums built; or nothing. */
export type StepEnd = { kind: "again"; inSeconds: number } | { kind: "finished" } | { kind: "idle" };

const atWork = new Set<ShopId>(); // a second step of a shop in this process would only lose against the first

export async function stepBackfill(shopId: ShopId): Promise<StepEnd> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null || atWork.has(shopId)) return { kind: "idle" };
  atWork.add(shopId);
  try {
    return await step(shop);
  } catch (error) {
    if (error instanceof ShopifyRefused) return await giveUp(shopId, error.reason);
    if (!(error instanceof ShopifyUnreachable)) throw error;
    log.warn("backfill waits for Shopify", { shopId });
    await inTransaction((tx) => store.noteTrouble(tx, shopId, "unreachable"));
    return { kind: "again", inSeconds: RETRY_SECONDS };
  } finally {
    atWork.delete(shopId);
  }
}

/** Every part is asked for at once, Shopify works on all of them; files are read one after the other. */
async function step(shop: Shop): Promise<StepEnd> {
  const parts = await store.listParts(db(), shop.id);
  if (stateOf(parts) !== "running") return { kind: "idle" };
  if (parts.every((part) => part.expectedCount === null)) await store.noteExpected(db(), shop.id, await countRemote(shop.domain));
  for (const part of parts) {
    if (part.state === "waiting" && hasRested(part)) await ask(shop, part);
    if (part.state === "asked") await look(shop, part);
  }
  const ready = (await store.listParts(db(), shop.id)).find((part) => part.state === "reading");
  if (ready) return read(shop, ready);
  return finishOrWait(shop);
}

/** A part that has just failed at Shopify's is left alone for a while. */
const hasRested = (part: store.Part): boolean => part.error === null || part.askedAt === null || Math.abs(now().getTime() - part.askedAt.getTime()) >= RETRY_SECONDS * 1000;

async function ask(shop: Shop, { noun }: store.Part): Promise<void> {
  const answer = await startBulk(shop.domain, histories[noun].documents.bulk(null));
  if (answer.ok) await store.noteAsked(db(), shop.id, noun, { bulkOperationId: answer.id, at: now() });
  else if (answer.reason === "invalid") await store.noteFailed(db(), shop.id, noun, "invalid_query"); // busy: asked again with the next step
}

async function look(shop: Shop, part: store.Part): Promise<void> {
  const bulk = part.bulkOperationId === null ? null : await readBulk(shop.domain, part.bulkOperationId);
  if (bulk?.status === "CREATED" || bulk?.status === "RUNNING") return store.noteGathered(db(), shop.id, part, bulk.rootObjectCount);
  if (bulk?.status === "COMPLETED") return store.noteReady(db(), shop.id, part, { url: bulk.url, byteCount: bulk.byteCount, expectedCount: bulk.rootObjectCount });
  if (bulk?.errorCode === "ACCESS_DENIED") return store.noteFailed(db(), shop.id, part.noun, "scope"); // the merchant has to grant it first
  log.warn("bulk operation failed", { shopId: shop.id, noun: part.noun, status: bulk?.status, code: bulk?.errorCode });
  await store.askAgain(db(), shop.id, part, { error: "shopify_failed", at: now() });
}

async function read(shop: Shop, part: store.Part): Promise<StepEnd> {
  try {
    const isWhole = part.url === null || (await readFile(shop, part, part.url));
    if (isWhole) await store.noteRead(db(), shop.id, part);
  } catch (error) {
    if (error instanceof ParseError) await store.noteFailed(db(), shop.id, part.noun, "unreadable"); // the file itself, not a record in it: only a newer version of us can read it
    else if (await isLost(shop, part, error)) await store.askAgain(db(), shop.id, part, { error: "expired", at: now() });
    else throw error;
  }
  return { kind: "again", inSeconds: 0 };
}

/** Answers whether the file has been read to its end. */
async function readFile(shop: Shop, part: store.Part, url: string): Promise<boolean> {
  const endAt = performance.now() + STEP_MAX_MS;
  let offset = part.byteOffset;
  for await (const batch of readAhead(histories[part.noun].readFile(shop, url, { fromByte: offset, byteCount: part.byteCount }))) {
    // Whose numbers changed need not be noted: the sums are built anew at the end.
    const isStored = await storeBatch(shop, batch, { begin: async (tx) => {
      await store.commitLater(tx);
      return store.advance(tx, shop.id, part, { from: offset, to: batch.endByte, count: batch.count });
    } });
    if (!isStored) return false; // another worker is at it, or it was begun anew
    offset = batch.endByte;
    if (performance.now() > endAt) return false;
  }
  return part.byteCount === null || offset >= part.byteCount;
}

/** Shopify's lines are read and understood while PostgreSQL stores the ones before. */
async function* readAhead(batches: AsyncGenerator<Batch>): AsyncGenerator<Batch> {
  let coming = batches.next();
  try {
    for (let next = await coming; next.done !== true; next = await coming) {
      coming = batches.next();
      coming.catch(() => undefined); // whoever awaits it next hears of it; who left early does not
      yield next.value;
    }
  } finally {
    void batches.return(undefined).catch(() => undefined); // closes the connection as soon as its last read is over
  }
}

/** Addresses are good for seven days: a file that cannot be had while Shopify itself answers has expired. */
async function isLost(shop: Shop, part: store.Part, error: unknown): Promise<boolean> {
  if (!(error instanceof ShopifyUnreachable) || !/status 4\d\d/.test(error.message)) return false;
  log.warn("bulk file expired", { shopId: shop.id, noun: part.noun });
  return true;
}

async function finishOrWait(shop: Shop): Promise<StepEnd> {
  const parts = await store.listParts(db(), shop.id);
  if (parts.some((part) => part.state !== "done")) {
    const askedAt = Math.min(...parts.flatMap((part) => (part.state === "asked" && part.askedAt ? [part.askedAt.getTime()] : [])));
    return stateOf(parts) === "running" ? waitFor(now().getTime() - askedAt) : { kind: "idle" };
  }
  await collectFactStatistics();
  await rebuildShop(shop.id);
  await inTransaction(async (tx) => {
    for (const { noun, startedAt } of parts) if (startedAt) await store.dropUnread(tx, shop.id, noun, { before: startedAt }); // this reading read them
    await store.finishParts(tx, shop.id, now());
  });
  log.info("backfill finished", { shopId: shop.id });
  return { kind: "finished" };
}

/** A small shop's file is ready within seconds, and its merchant is watching: the first ones are waited for on the spot, since a job that
 *  is sent for later would also hold back the bell of Shopify's own news that it is ready. */
async function waitFor(elapsedMs: number): Promise<StepEnd> {
  if (elapsedMs >= WATCHED_MS) return { kind: "again", inSeconds: pollSeconds(elapsedMs) };
  await sleep(NAP_MS);
  return { kind: "again", inSeconds: 0 };
}

/** No token, no scope or no shop: nothing gets better by itself. */
async function giveUp(shopId: ShopId, reason: RefusalReason): Promise<StepEnd> {
  log.warn("backfill refused", { shopId, reason });
  await inTransaction(async (tx) => {
    for (const part of await store.listParts(tx, shopId)) await store.noteFailed(tx, shopId, part.noun, reason);
  });
  return { kind: "idle" };
}
