// When history is read, when nights are looked over, and who wakes what fell asleep.
import { z } from "zod";
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction } from "../../platform/db.server.ts";
import { defineJob, defineSweep, enqueue, type AnyJob, type JobBell, type JobDefinition } from "../../platform/jobs.server.ts";
import { shopIdSchema } from "../../values/id-schemas.ts";
import { listShopsToRefresh } from "../analytics/analytics.server.ts";
import { refreshAnalytics } from "../analytics/jobs.server.ts";
import { listShopsWithRereads } from "../orders/orders.server.ts";
import { listInstalledShops } from "../shops/shops.server.ts";
import { stepBackfill } from "./sync.server/backfill.server.ts";
import { isReadingDue, stepCollections } from "./sync.server/collections.server.ts";
import type { ForgetPeople } from "./sync.server/deletions.server.ts";
import { isReconcileDue, reconcileShop } from "./sync.server/reconcile.server.ts";
import { rereadWishes } from "./sync.server/rereads.server.ts";
import * as store from "./store.server.ts";

const payload = z.object({ shopId: shopIdSchema });

/** One step of at most 20 seconds, which sends the next one. */
export const continueBackfill = defineJob({
  name: "sync.backfill",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 3, // the step goes on where the last stored byte ended
  timeoutSeconds: 1_200, // the last step builds the sums, of ten million orders as well; the sweep goes on sooner when a worker dies
  concurrency: 2, // two shops at a time leave room for everybody's news
  run: async ({ shopId }) => {
    const end = await stepBackfill(shopId);
    if (end.kind === "again") await enqueue(continueBackfill, { shopId }, end.inSeconds > 0 ? { startAfterSeconds: end.inSeconds } : {});
    if (end.kind !== "finished") return;
    await enqueue(refreshAnalytics, { shopId }); // for news that came while the sums were built
    await enqueue(readCollections, { shopId });
  },
});

/** One step of at most 20 seconds and one collection, which sends the next one. */
const readCollections: JobDefinition<typeof payload> = defineJob({
  name: "sync.collections",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 0, // the sweep goes on where it was
  timeoutSeconds: 1_800, // a hundred thousand products in one, and Shopify busy
  concurrency: 1, // nobody waits for it
  run: async ({ shopId }) => {
    if (await stepCollections(shopId)) await enqueue(readCollections, { shopId });
  },
});

export const rereadShop = defineJob({
  name: "sync.reread",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 5, // reading twice does no harm
  timeoutSeconds: 300,
  concurrency: 2,
  run: async ({ shopId }) => {
    if (await rereadWishes(shopId)) await enqueue(refreshAnalytics, { shopId });
  },
});

/** What it does is filled in where the rooms that know people are known: app/jobs.server.ts. */
export const reconcile = {
  name: "sync.reconcile",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 0, // the sweep tries again within the hour
  timeoutSeconds: 3_600, // a month of a large shop, by bulk operation
  concurrency: 1, // nobody waits for it
} satisfies JobBell<typeof payload>;

const reconcileWith = (forgetPeople: ForgetPeople) => defineJob({
  ...reconcile,
  run: async ({ shopId }) => {
    if (await reconcileShop(shopId, forgetPeople)) await enqueue(continueBackfill, { shopId });
    await enqueue(refreshAnalytics, { shopId }); // who follows the customers has not heard of those whose sums the comparison moved
  },
});

/** Every minute: whatever waits because a process died before it rang is rung for again, and nights begin. */
const sweep = defineSweep({
  name: "sync.sweep",
  run: async () => {
    for (const shopId of await listShopsToRefresh()) await enqueue(refreshAnalytics, { shopId });
    for (const { id, installedAt } of await listInstalledShops()) await inTransaction((tx) => store.resetOldParts(tx, id, { installedAt, at: now() }));
    for (const shopId of await store.listShopsInBackfill(db())) await enqueue(continueBackfill, { shopId });
    for (const shopId of await listShopsWithRereads()) await enqueue(rereadShop, { shopId });
    for (const shop of await listInstalledShops()) {
      if (await isReconcileDue(shop)) await enqueue(reconcile, { shopId: shop.id });
      if (await isReadingDue(shop)) await enqueue(readCollections, { shopId: shop.id });
    }
  },
});

export const jobsWith = (forgetPeople: ForgetPeople): readonly AnyJob[] => [continueBackfill, readCollections, rereadShop, reconcileWith(forgetPeople), sweep];
