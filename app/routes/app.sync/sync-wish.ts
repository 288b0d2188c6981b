// What a merchant may ask on the Sync page.
import { z } from "zod";

/** Where its forms go: one that does not say repeats the address of its page, session token and all. */
export const SYNC_PATH = "/app/sync";

const syncWish = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("backfill") }),
  z.object({ intent: z.literal("reconcile") }),
  z.object({ intent: z.literal("replay"), deliveryId: z.string() }),
  z.object({ intent: z.literal("replayAll") }),
  z.object({ intent: z.literal("rereadUnread") }),
]);

/** Throws for a form that is not one of ours. */
export const parseSyncWish = (form: FormData): z.output<typeof syncWish> => syncWish.parse(Object.fromEntries(form));

/** ok: it is under way; what comes of it shows on the page. Not ok: somebody was quicker. */
export type SyncAnswer = { ok: boolean };
