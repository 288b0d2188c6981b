// When deliveries are opened, and when they leave.
import { z } from "zod";
import { now } from "../platform/clock.server.ts";
import { db, inTransaction } from "../platform/db.server.ts";
import { defineJob, defineSweep, enqueue } from "../platform/jobs.server.ts";
import { shopIdSchema } from "../values/id-schemas.ts";
import type { ShopId } from "../values/ids.ts";
import { openInbox } from "./open.server.ts";
import * as store from "./store.server.ts";

const openDeliveries = defineJob({
  name: "inbox.open",
  payload: z.object({ shopId: shopIdSchema }),
  oncePer: ({ shopId }) => String(shopId), // a thousand deliveries in a minute, one waiting to open them
  retries: 5, // the database was busy; nothing outside is touched
  timeoutSeconds: 120, // a run ends by itself after 30 seconds and a last batch
  concurrency: 4, // as many shops at once; a second one for the same shop leaves at once
  run: async ({ shopId }) => {
    if (await openInbox(shopId)) await ringInbox(shopId);
  },
});

export const ringInbox = (shopId: ShopId): Promise<void> => enqueue(openDeliveries, { shopId });

/** For deliveries whose bell was lost: a process died between the commit and the ring. */
const sweepInbox = defineSweep({
  name: "inbox.sweep",
  run: async () => {
    for (const shopId of await store.listShopsWithWaiting(db())) await ringInbox(shopId);
  },
});

const KEEP_DAYS = 7; // payloads hold people's data; long enough to look at what went wrong and to replay it
const DAY_MS = 86_400_000;

const purgeInbox = defineJob({
  name: "inbox.purge",
  payload: z.object({}),
  oncePer: () => "all",
  schedule: "17 * * * *",
  retries: 2,
  timeoutSeconds: 300,
  run: async () => {
    await inTransaction((tx) => store.purge(tx, new Date(now().getTime() - KEEP_DAYS * DAY_MS)));
  },
});

export const jobs = [openDeliveries, sweepInbox, purgeInbox];
