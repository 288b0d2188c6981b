// What runs after somebody's facts changed, after a wish, and as days pass.
import { z } from "zod";
import { now } from "../../platform/clock.server.ts";
import { defineJob, defineSweep, enqueue, type AnyJob, type JobDefinition } from "../../platform/jobs.server.ts";
import { log } from "../../platform/log.server.ts";
import { customerIdSchema, shopIdSchema } from "../../values/id-schemas.ts";
import { listShopsWithMovedCustomers } from "../analytics/analytics.server.ts";
import {
  celebrateBirthdays, checkLedger, followReferrals, keepMonthValues, listDryRunsUnfinished, listReferralCodesToMake, listShopsAtNight, listShopsToSettle, listShopsToTell, listShopsWithProgramme, makeReferralCodes, settleShop,
  sweepRedemptions, tellDryRun, tellShopify, workOn,
} from "./loyalty.server.ts";

const payload = z.object({ shopId: shopIdSchema });

const RUN_MS = 30_000; // a shop with a long list makes room for others

export const settleLoyalty = defineJob({
  name: "loyalty.settle",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 3, // it goes on where the last page ended
  timeoutSeconds: 300,
  concurrency: 2,
  run: async ({ shopId }) => {
    if (await settleShop(shopId, new Date(now().getTime() + RUN_MS))) await enqueue(settleLoyalty, { shopId });
    await enqueue(followFriends, { shopId });
  },
});

export const tellLoyalty = defineJob({
  name: "loyalty.tell",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 5, // Shopify was away; what was told is off the list
  timeoutSeconds: 300,
  concurrency: 2,
  run: async ({ shopId }) => {
    if (await tellShopify(shopId, new Date(now().getTime() + RUN_MS))) await enqueue(tellLoyalty, { shopId });
  },
});

/** A reward that waits for Shopify: made, or taken back. */
const issuePayload = z.object({ shopId: shopIdSchema, redemptionId: z.uuid() });
export const issueReward: JobDefinition<typeof issuePayload> = defineJob({
  name: "loyalty.issue",
  payload: issuePayload,
  retries: 3, // its lease says who is at it; after that the sweep comes back to it
  timeoutSeconds: 120,
  concurrency: 4,
  run: async ({ shopId, redemptionId }) => {
    const next = await workOn(shopId, redemptionId);
    if (next !== null && next !== redemptionId) await enqueue(issueReward, { shopId, redemptionId: next });
    await enqueue(tellLoyalty, { shopId });
  },
});

/** A member's code for friends. */
export const makeCode = defineJob({
  name: "loyalty.referral-code",
  payload: z.object({ shopId: shopIdSchema, customerId: customerIdSchema }),
  oncePer: ({ shopId, customerId }) => `${shopId}/${customerId}`,
  retries: 3, // the code is its own key
  timeoutSeconds: 120,
  concurrency: 2,
  run: async ({ shopId, customerId }) => {
    await makeReferralCodes(shopId, customerId);
    await enqueue(tellLoyalty, { shopId });
  },
});

/** Friends who came by a code are looked at, and count when their window is over. */
export const followFriends = defineJob({
  name: "loyalty.referrals",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 3, // each is decided by itself
  timeoutSeconds: 300,
  run: async ({ shopId }) => {
    if (await followReferrals(shopId)) await enqueue(followFriends, { shopId });
    else await enqueue(tellLoyalty, { shopId });
  },
});

/** What a draft would have meant, for the page that asked. */
export const dryRun = defineJob({
  name: "loyalty.dry-run",
  payload: z.object({ shopId: shopIdSchema, id: z.uuid() }),
  oncePer: ({ shopId, id }) => `${shopId}/${id}`,
  retries: 2, // it goes on after the last page
  timeoutSeconds: 1_800,
  run: ({ shopId, id }) => tellDryRun(shopId, id),
});

/** Once in each of the shop's own days, whenever the worker is there: whether every balance is the sum of its lines, what points are worth at a month's
 *  end, and birthdays, which note the day: whatever broke off before comes again. */
const night = defineJob({
  name: "loyalty.night",
  payload,
  oncePer: ({ shopId }) => String(shopId),
  retries: 1,
  timeoutSeconds: 1_800,
  run: async ({ shopId }) => {
    const broken = await checkLedger(shopId);
    if (broken > 0) log.error("balances that are not the sum of their entries", new Error("ledger broken"), { shopId, broken });
    await keepMonthValues(shopId);
    await celebrateBirthdays(shopId);
    await enqueue(followFriends, { shopId }); // windows close as days pass
  },
});

/** Every minute: days that begin, members whose day has come, notes and wishes a dead process left. */
const sweep = defineSweep({
  name: "loyalty.sweep",
  run: async () => {
    for (const shopId of new Set([...(await listShopsToSettle()), ...(await listShopsWithMovedCustomers("loyalty"))])) await enqueue(settleLoyalty, { shopId });
    for (const shopId of await listShopsAtNight()) await enqueue(night, { shopId });
    for (const { shopId, id } of await sweepRedemptions(await listShopsWithProgramme())) await enqueue(issueReward, { shopId, redemptionId: id });
    for (const code of await listReferralCodesToMake()) await enqueue(makeCode, code);
    for (const { shopId, id } of await listDryRunsUnfinished()) await enqueue(dryRun, { shopId, id });
    for (const shopId of await listShopsToTell()) await enqueue(tellLoyalty, { shopId });
  },
});

export const jobs: readonly AnyJob[] = [settleLoyalty, tellLoyalty, issueReward, makeCode, followFriends, dryRun, night, sweep];
