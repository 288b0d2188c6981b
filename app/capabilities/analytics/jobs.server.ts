// What runs after somebody's orders changed.
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { now } from "../../platform/clock.server.ts";
import { defineJob } from "../../platform/jobs.server.ts";
import { shopIdSchema } from "../../values/id-schemas.ts";
import { findRefreshedAt, refreshShop } from "./analytics.server.ts";

const REST_MS = 500; // in a burst each refresh computes the same loyal buyers anew: fewer and larger ones do less

export const refreshAnalytics = defineJob({
  name: "analytics.refresh",
  payload: z.object({ shopId: shopIdSchema }),
  oncePer: ({ shopId }) => String(shopId), // a thousand orders in a minute, one refresh waiting
  retries: 5, // the database was busy; nothing outside is touched
  timeoutSeconds: 300,
  concurrency: 4, // most of them rest
  run: async ({ shopId }) => {
    const refreshedAt = await findRefreshedAt(shopId);
    const restMs = refreshedAt === null ? 0 : REST_MS - (now().getTime() - refreshedAt.getTime());
    if (restMs > 0 && restMs <= REST_MS) await sleep(restMs);
    await refreshShop(shopId);
  },
});
