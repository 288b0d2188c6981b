// Opens a shop's deliveries: in sets, oldest first, until none is left.
import { refreshAnalytics } from "../capabilities/analytics/jobs.server.ts";
import { readShop } from "../capabilities/shops/shops.server.ts";
import { continueBackfill, rereadShop } from "../capabilities/sync/jobs.server.ts";
import { now } from "../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../platform/db.server.ts";
import { enqueue } from "../platform/jobs.server.ts";
import { log } from "../platform/log.server.ts";
import type { ShopId } from "../values/ids.ts";
import type { Bell, OpenedShop, WaitingDelivery } from "./model.ts";
import { reasonOf, type ActStep, type SetStep } from "./steps.server.ts";
import * as store from "./store.server.ts";
import { topics } from "./topics.server.ts";

const BATCH_MAX = 500; // the projection is fastest there, and a batch holds the shop's writer lock for a quarter of a second
const SHRINK = 8; // 500 → 63 → 8 → 1: a bad row is alone after four tries
const RUN_MAX_MS = 30_000; // then the job ends and another goes on, so that a busy shop leaves room for the others

/**
 * Who finds the shop's deliveries being opened by somebody else may go: that one looks again after letting the lock go, and so sees
 * everything that was written down before the bell rang. Answers whether something may be left.
 */
export async function openInbox(shopId: ShopId): Promise<boolean> {
  if (!(await store.isShopHere(db(), shopId))) {
    await inTransaction((tx) => store.eraseShop(tx, shopId));
    return false;
  }
  const endAt = performance.now() + RUN_MAX_MS;
  for (let limit = BATCH_MAX; await store.hasWaiting(db(), shopId); ) {
    if (performance.now() > endAt) return true;
    const answer = await openBatch(shopId, limit);
    if (answer === "locked") return false;
    limit = answer === "too hard" ? Math.ceil(limit / SHRINK) : BATCH_MAX;
  }
  return false;
}

/** Too hard: PostgreSQL refused a row of the batch; nothing of it was stored. A batch of one goes to quarantine instead. */
async function openBatch(shopId: ShopId, limit: number): Promise<"opened" | "locked" | "too hard"> {
  const shop = await readShop(shopId);
  try {
    const opened = await inTransaction((tx) => openSets(tx, shop, limit));
    if (opened === null) return "locked";
    await ring(shopId, opened.bells);
    for (const delivery of opened.acts) await openAlone(shop, delivery);
    return "opened";
  } catch (error) {
    const state = store.dataErrorOf(error);
    if (state === null) throw error;
    if (limit > 1) return "too hard";
    await inTransaction(async (tx) => {
      const [hard] = await store.listWaiting(tx, shopId, 1);
      if (hard) await quarantine(tx, shopId, hard, `the database refused it (${state})`);
    });
    return "opened";
  }
}

/** The batch's transaction. Answers the bells to ring and the deliveries that want a transaction of their own; null: somebody else is at it. */
async function openSets(tx: Tx, shop: OpenedShop, limit: number): Promise<{ bells: Set<Bell>; acts: WaitingDelivery[] } | null> {
  if (!(await store.takeInboxLock(tx, shop.id))) return null;
  const waiting = await store.listWaiting(tx, shop.id, limit);
  const bells = new Set<Bell>();
  const done: bigint[] = [];
  for (const [step, deliveries] of bySetStep(waiting)) {
    const answer = await step.open(tx, shop, deliveries, now());
    for (const bell of answer.bells) bells.add(bell);
    const unreadable = new Map(answer.unreadable.map(({ id, reason }) => [id, reason]));
    for (const delivery of deliveries) {
      const reason = unreadable.get(delivery.id);
      if (reason === undefined) done.push(delivery.id);
      else await quarantine(tx, shop.id, delivery, reason);
    }
  }
  await store.markDone(tx, shop.id, done, now());
  for (const delivery of waiting) if (topics[delivery.topic] === undefined) await quarantine(tx, shop.id, delivery, "a topic we did not ask for");
  return { bells, acts: waiting.filter(({ topic }) => topics[topic]?.kind === "act") };
}

/** In the order of the table. Topics that lead to the same step are one set. */
function bySetStep(waiting: readonly WaitingDelivery[]): [SetStep, WaitingDelivery[]][] {
  const steps = new Set(Object.values(topics).filter((step) => step.kind === "set"));
  return [...steps].flatMap((step): [SetStep, WaitingDelivery[]][] => {
    const deliveries = waiting.filter(({ topic }) => topics[topic] === step);
    return deliveries.length > 0 ? [[step, deliveries]] : [];
  });
}

async function openAlone(shop: OpenedShop, delivery: WaitingDelivery): Promise<void> {
  const step = topics[delivery.topic];
  if (step?.kind !== "act") return;
  const reason = await reasonAgainst(step, shop, delivery);
  await inTransaction((tx) => (reason === null ? store.markDone(tx, shop.id, [delivery.id], now()) : quarantine(tx, shop.id, delivery, reason)));
}

async function reasonAgainst(step: ActStep, shop: OpenedShop, delivery: WaitingDelivery): Promise<string | null> {
  try {
    await ring(shop.id, await step.run(shop, delivery));
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function quarantine(tx: Tx, shopId: ShopId, { id, topic }: WaitingDelivery, reason: string): Promise<void> {
  log.warn("delivery quarantined", { shopId, deliveryId: id, topic });
  await store.quarantine(tx, shopId, id, reason, now());
}

/** After the commit: what is rung finds what it was rung for. */
async function ring(shopId: ShopId, bells: Iterable<Bell>): Promise<void> {
  const jobs = { refresh: refreshAnalytics, reread: rereadShop, backfill: continueBackfill };
  for (const bell of bells) await enqueue(jobs[bell], { shopId });
}
