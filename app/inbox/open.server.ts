// Opens a shop's deliveries: in sets, oldest first, until none is left.
import { refreshAnalytics } from "../capabilities/analytics/jobs.server.ts";
import { readShop } from "../capabilities/shops/shops.server.ts";
import { continueBackfill, rereadShop } from "../capabilities/sync/jobs.server.ts";
import { now } from "../platform/clock.server.ts";
import { dataErrorOf, db, inTransaction, type Tx } from "../platform/db.server.ts";
import { enqueue } from "../platform/jobs.server.ts";
import { log } from "../platform/log.server.ts";
import type { ShopId } from "../values/ids.ts";
import type { Misreading } from "../values/misreading.ts";
import type { Bell, OpenedShop, WaitingDelivery } from "./model.ts";
import { reasonOf, type ActStep, type ReadSet } from "./steps.server.ts";
import * as store from "./store.server.ts";
import { topics } from "./topics.server.ts";

const BATCH_MAX = 500; // the projection is fastest there, and a batch holds the shop's writer lock for a quarter of a second
const SHRINK = 8; // 500 → 63 → 8 → 1: a bad row is alone after four tries
const RUN_MAX_MS = 30_000; // then the job ends and another goes on, so that a busy shop leaves room for the others

/**
 * Who finds the shop's deliveries being opened by somebody else may go: that one looks again after each batch, and so sees everything
 * that was written down before the bell rang. Answers whether something may be left.
 */
export async function openInbox(shopId: ShopId): Promise<boolean> {
  if (!(await store.isShopHere(db(), shopId))) {
    await inTransaction((tx) => store.eraseShop(tx, shopId));
    return false;
  }
  const { isFree, batchCount } = await store.peekInbox(db(), shopId); // before anything is read for nothing
  return isFree && openBatches(shopId, batchCount);
}

async function openBatches(shopId: ShopId, firstBatch: number): Promise<boolean> {
  const endAt = performance.now() + RUN_MAX_MS;
  let batchCount = firstBatch;
  let limit = BATCH_MAX;
  let coming: Promise<Batch> | null = null; // read while PostgreSQL stores the one before
  while (await store.hasWaiting(db(), shopId)) {
    if (performance.now() > endAt) return true;
    const shop = await readShop(shopId);
    const batch: Batch = await (coming ?? readBatch(shop, { after: null, limit }));
    coming = batch.deliveries.length < limit || batch.acts.length > 0 ? null : readBatch(shop, { after: batch.deliveries.at(-1)?.id ?? null, limit }); // an act may change the shop
    coming?.catch(() => undefined); // whoever awaits it hears of it
    const answer = await openBatch(shop, batch, batchCount);
    if (answer === "overtaken") return false;
    if (answer === "opened") batchCount += 1;
    else coming = null;
    limit = answer === "too hard" ? Math.ceil(limit / SHRINK) : BATCH_MAX;
  }
  return false;
}

/** Some deliveries, read as far as they can be outside a transaction. */
type Batch = { deliveries: WaitingDelivery[]; sets: ReadSet[]; acts: WaitingDelivery[]; strangers: WaitingDelivery[] };

/** Sets in the order of the table; topics that lead to the same step are one. */
async function readBatch(shop: OpenedShop, { after, limit }: { after: bigint | null; limit: number }): Promise<Batch> {
  const deliveries = await store.listWaiting(db(), shop.id, { after, limit });
  const sets: ReadSet[] = [];
  for (const step of new Set(Object.values(topics))) {
    const ofStep = step.kind === "set" ? deliveries.filter(({ topic }) => topics[topic] === step) : [];
    if (step.kind === "set" && ofStep.length > 0) sets.push(await step.read(shop, ofStep));
  }
  return {
    deliveries, sets,
    acts: deliveries.filter(({ topic }) => topics[topic]?.kind === "act"),
    strangers: deliveries.filter(({ topic }) => topics[topic] === undefined),
  };
}

/** Overtaken: somebody else is at it, or has been since the batch was read. Too hard: PostgreSQL refused a row of the batch; nothing of it
 *  was stored. A batch of one is kept aside instead. */
async function openBatch(shop: OpenedShop, batch: Batch, batchCount: number): Promise<"opened" | "overtaken" | "too hard" | "kept aside"> {
  try {
    const bells = await inTransaction((tx) => storeBatch(tx, shop, batch, batchCount));
    if (bells === null) return "overtaken";
    await ring(shop.id, bells);
    for (const delivery of batch.acts) await openAlone(shop, delivery);
    return "opened";
  } catch (error) {
    const state = dataErrorOf(error);
    const [first, second] = batch.deliveries;
    if (state === null || first === undefined) throw error;
    if (second !== undefined) return "too hard";
    await inTransaction((tx) => quarantine(tx, shop.id, first, { code: "refused_by_database", at: state }));
    return "kept aside";
  }
}

/** The batch's transaction. Answers the bells to ring; null: it is overtaken. */
async function storeBatch(tx: Tx, shop: OpenedShop, { deliveries, sets, acts, strangers }: Batch, batchCount: number): Promise<Set<Bell> | null> {
  if ((await store.takeInboxLock(tx, shop.id)) !== batchCount) return null;
  await store.countBatch(tx, shop.id);
  const bells = new Set<Bell>();
  for (const set of sets) for (const bell of await set.store(tx, now())) bells.add(bell);
  const reasons = new Map<bigint, Misreading>(sets.flatMap(({ unreadable }) => unreadable.map(({ id, reason }) => [id, reason] as const)));
  for (const { id } of strangers) reasons.set(id, { code: "unknown_topic", at: "" });
  const left = new Set([...reasons.keys(), ...acts.map(({ id }) => id)]);
  await store.markDone(tx, shop.id, deliveries.flatMap(({ id }) => (left.has(id) ? [] : [id])), now());
  for (const delivery of deliveries) {
    const reason = reasons.get(delivery.id);
    if (reason !== undefined) await quarantine(tx, shop.id, delivery, reason);
  }
  return bells;
}

async function openAlone(shop: OpenedShop, delivery: WaitingDelivery): Promise<void> {
  const step = topics[delivery.topic];
  if (step?.kind !== "act") return;
  const reason = await reasonAgainst(step, shop, delivery);
  await inTransaction((tx) => (reason === null ? store.markDone(tx, shop.id, [delivery.id], now()) : quarantine(tx, shop.id, delivery, reason)));
}

async function reasonAgainst(step: ActStep, shop: OpenedShop, delivery: WaitingDelivery): Promise<Misreading | null> {
  try {
    await ring(shop.id, await step.run(shop, delivery));
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function quarantine(tx: Tx, shopId: ShopId, { id, topic }: WaitingDelivery, reason: Misreading): Promise<void> {
  log.warn("delivery quarantined", { shopId, deliveryId: id, topic });
  await store.quarantine(tx, shopId, id, reason, now());
}

/** After the commit: what is rung finds what it was rung for. */
async function ring(shopId: ShopId, bells: Iterable<Bell>): Promise<void> {
  const jobs = { refresh: refreshAnalytics, reread: rereadShop, backfill: continueBackfill };
  for (const bell of bells) await enqueue(jobs[bell], { shopId });
}
