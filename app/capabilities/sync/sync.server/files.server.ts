// A bulk file for whoever can wait for it: the night's work, which nobody watches.
import { setTimeout as sleep } from "node:timers/promises";
import { readBulk, startBulk } from "../../../shopify/bulk.server.ts";
import { ShopifyUnreachable } from "../../../shopify/errors.ts";
import type { Shop } from "../../shops/model.ts";
import { pollSeconds } from "../rules.ts";

const WAIT_MAX_MS = 1_800_000;

/** Answers the file's address; null: nothing was found. */
export async function orderFile({ domain }: Shop, document: string): Promise<string | null> {
  const answer = await startBulk(domain, document);
  if (!answer.ok) throw new ShopifyUnreachable(`bulk operation ${answer.reason}`);
  for (let waitedMs = 0; waitedMs < WAIT_MAX_MS; ) {
    const bulk = await readBulk(domain, answer.id);
    if (bulk?.status === "COMPLETED") return bulk.url;
    if (bulk?.status !== "CREATED" && bulk?.status !== "RUNNING") break;
    const pauseMs = pollSeconds(waitedMs) * 1000;
    await sleep(pauseMs);
    waitedMs += pauseMs;
  }
  throw new ShopifyUnreachable("bulk operation did not complete");
}
