// What runs after somebody's orders changed.
import { z } from "zod";
import { defineJob } from "../../platform/jobs.server.ts";
import { shopIdSchema } from "../../values/id-schemas.ts";
import { refreshShop } from "./analytics.server.ts";

export const refreshAnalytics = defineJob({
  name: "analytics.refresh",
  payload: z.object({ shopId: shopIdSchema }),
  oncePer: ({ shopId }) => String(shopId), // a thousand orders in a minute, one refresh waiting
  retries: 5, // the database was busy; nothing outside is touched
  timeoutSeconds: 300,
  concurrency: 2,
  run: ({ shopId }) => refreshShop(shopId),
});

export const jobs = [refreshAnalytics];
