// When customers are followed into cohorts, and when the sums are compared.
import { z } from "zod";
import { now } from "../../platform/clock.server.ts";
import { defineJob, defineSweep, enqueue, type AnyJob, type JobDefinition } from "../../platform/jobs.server.ts";
import { dayAt } from "../../values/day.ts";
import { shopIdSchema } from "../../values/id-schemas.ts";
import { listInstalledShops } from "../shops/shops.server.ts";
import { compareWithOrders, followCustomers, listLooks, listShopsToCompare, listShopsToFollow, measureProducts } from "./cohorts.server.ts";

const payload = z.object({ shopId: shopIdSchema });
const RUN_MS = 30_000; // a shop with a long list makes room for others

export const refreshCohorts: JobDefinition<typeof payload> = defineJob({
  name: "cohorts.refresh",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 5, // the database was busy; nothing outside is touched
  timeoutSeconds: 1_800, // ten million orders are built anew
  concurrency: 2,
  run: async ({ shopId }) => {
    if (await followCustomers(shopId, new Date(now().getTime() + RUN_MS))) await enqueue(refreshCohorts, { shopId });
  },
});

const compareCohorts = defineJob({
  name: "cohorts.compare",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 1, // tomorrow does it again
  timeoutSeconds: 1_800,
  concurrency: 1,
  run: async ({ shopId }) => {
    const differing = await compareWithOrders(shopId);
    if (differing > 0) throw new Error(`${differing} rows of the cohorts differed from the orders; they were built anew`);
  },
});

const measureProductsDaily = defineJob({
  name: "cohorts.products",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 1, // tomorrow does it again
  timeoutSeconds: 1_800,
  concurrency: 1,
  run: ({ shopId }) => measureProducts(shopId),
});

const sweep = defineSweep({
  name: "cohorts.sweep",
  run: async () => {
    for (const shopId of await listShopsToFollow()) await enqueue(refreshCohorts, { shopId });
    for (const shopId of await listShopsToCompare()) await enqueue(compareCohorts, { shopId });
    const looks = await listLooks();
    for (const { id: shopId, timeZone } of await listInstalledShops()) {
      const look = looks.get(shopId);
      if (look === undefined) continue; // not counted yet
      const isToday = (at: Date | null): boolean => at !== null && dayAt(at, timeZone) === dayAt(now(), timeZone);
      if (!isToday(look.measuredAt)) await enqueue(measureProductsDaily, { shopId });
      if (!isToday(look.comparedAt)) await enqueue(compareCohorts, { shopId });
    }
  },
});

export const jobs: readonly AnyJob[] = [refreshCohorts, compareCohorts, measureProductsDaily, sweep];
