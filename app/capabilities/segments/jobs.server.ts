// When customers are followed, and when Shopify is told.
import { z } from "zod";
import { now } from "../../platform/clock.server.ts";
import { defineJob, defineSweep, enqueue, type AnyJob, type JobBell, type JobDefinition } from "../../platform/jobs.server.ts";
import { dayAt } from "../../values/day.ts";
import { shopIdSchema } from "../../values/id-schemas.ts";
import { findRebuiltAt, listShopsWithMovedCustomers } from "../analytics/analytics.server.ts";
import { isRoundDone, listShopsUnfinished } from "../profiles/profiles.server.ts";
import type { Shop } from "../shops/model.ts";
import { listInstalledShops } from "../shops/shops.server.ts";
import { isToTell, listShopsToRefill, listShopsToTell, refreshCustomers, tellShopify, type TellingWords } from "./segments.server.ts";

const payload = z.object({ shopId: shopIdSchema });

const RUN_MS = 30_000; // of following or telling; a shop with a long list makes room for others

export const refreshSegments: JobDefinition<typeof payload> = defineJob({
  name: "segments.refresh",
  payload,
  oncePer: ({ shopId }) => String(shopId), // a thousand orders in a minute, one look at whom they moved
  retries: 3, // it goes on where the last page ended
  timeoutSeconds: 1_800, // the day's round over ten million customers
  concurrency: 2,
  run: async ({ shopId }) => {
    if (await refreshCustomers(shopId, new Date(now().getTime() + RUN_MS))) await enqueue(refreshSegments, { shopId });
    if (await isToTell(shopId)) await enqueue(tellSegments, { shopId });
  },
});

/** What it does is filled in where words are known: app/jobs.server.ts. */
export const tellSegments = {
  name: "segments.tell",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 5, // Shopify was away; what was told is off the list, and what may have been is looked up
  timeoutSeconds: 300,
  concurrency: 2,
} satisfies JobBell<typeof payload>;

export const jobsWith = (words: TellingWords): readonly AnyJob[] => [
  refreshSegments,
  defineJob({
    ...tellSegments,
    run: async ({ shopId }) => {
      if (await tellShopify(shopId, words, new Date(now().getTime() + RUN_MS))) await enqueue(tellSegments, { shopId });
    },
  }),
  sweep,
];

/** Every minute: days begin, each at its shop's midnight, rounds a killed process left go on, and whatever waits because a process died is rung for again. */
const sweep = defineSweep({
  name: "segments.sweep",
  run: async () => {
    const toFollow = new Set([...(await listShopsWithMovedCustomers("segments")), ...(await listShopsToRefill())]);
    const unfinished = new Set(await listShopsUnfinished());
    for (const shop of await listInstalledShops()) {
      if (toFollow.has(shop.id) || (unfinished.has(shop.id) && (await isDayToBegin(shop)))) await enqueue(refreshSegments, { shopId: shop.id });
    }
    for (const shopId of await listShopsToTell()) await enqueue(tellSegments, { shopId });
  },
});

async function isDayToBegin({ id, timeZone }: Shop): Promise<boolean> {
  const rebuiltAt = await findRebuiltAt(id);
  return rebuiltAt !== null && !(await isRoundDone(id, { today: dayAt(now(), timeZone), rebuiltAt }));
}
