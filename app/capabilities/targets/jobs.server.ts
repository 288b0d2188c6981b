// When goals end and alerts are raised: once in each of a shop's own days.
import { z } from "zod";
import { now } from "../../platform/clock.server.ts";
import { defineJob, defineSweep, enqueue, type AnyJob } from "../../platform/jobs.server.ts";
import { dayAt } from "../../values/day.ts";
import { shopIdSchema } from "../../values/id-schemas.ts";
import { listInstalledShops, readShop } from "../shops/shops.server.ts";
import { listLooks, lookAtShop } from "./targets.server.ts";

const lookAtTargets = defineJob({
  name: "targets.look",
  payload: z.object({ shopId: shopIdSchema }),
  oncePer: ({ shopId }) => String(shopId),
  retries: 2, // the database was busy
  timeoutSeconds: 120,
  concurrency: 2,
  run: async ({ shopId }) => {
    const shop = await readShop(shopId);
    await lookAtShop(shop, dayAt(now(), shop.timeZone));
  },
});

const sweep = defineSweep({
  name: "targets.sweep",
  run: async () => {
    const looks = await listLooks();
    for (const { id: shopId, timeZone, lastNightOn } of await listInstalledShops()) {
      const today = dayAt(now(), timeZone);
      if (lastNightOn === today && looks.get(shopId) !== today) await enqueue(lookAtTargets, { shopId });
    }
  },
});

export const jobs: readonly AnyJob[] = [lookAtTargets, sweep];
