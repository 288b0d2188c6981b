// What runs after an answer, after a change, and as days pass.
import { z } from "zod";
import { now } from "../../platform/clock.server.ts";
import { defineJob, defineSweep, enqueue, type AnyJob, type JobDefinition } from "../../platform/jobs.server.ts";
import { shopIdSchema } from "../../values/id-schemas.ts";
import type { ShopId } from "../../values/ids.ts";
import { refreshSegments } from "../segments/jobs.server.ts";
import { followShop, listShopsToFollow } from "./surveys.server.ts";

const payload = z.object({ shopId: shopIdSchema });

const RUN_MS = 30_000; // a shop with a long list makes room for others

export const followSurveys: JobDefinition<typeof payload> = defineJob({
  name: "surveys.follow",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 5, // Shopify was away; what was done is off the list
  timeoutSeconds: 300,
  concurrency: 2,
  run: async ({ shopId }) => {
    if (await followShop(shopId, new Date(now().getTime() + RUN_MS))) await enqueue(followSurveys, { shopId });
  },
});

/** After an answer: its steps, and the segments that ask for its mark. */
export async function ringAfterAnswer(shopId: ShopId): Promise<void> {
  await enqueue(followSurveys, { shopId });
  await enqueue(refreshSegments, { shopId });
}

/** Every minute: what a dead process left, questions nobody answered, last days that are over. */
const sweep = defineSweep({
  name: "surveys.sweep",
  run: async () => {
    for (const shopId of await listShopsToFollow()) await enqueue(followSurveys, { shopId });
  },
});

export const jobs: readonly AnyJob[] = [followSurveys, sweep];
