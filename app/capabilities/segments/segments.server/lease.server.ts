// The right to tell Shopify of a shop's segments: one worker's at a time, for two minutes, and again with every step.
import { now } from "../../../platform/clock.server.ts";
import { inTransaction, type Tx } from "../../../platform/db.server.ts";
import { PATIENCE_MS } from "../../../shopify/customer-news.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import * as store from "../store.server/locks.server.ts";

/** Somebody else took over, because this worker was silent for too long: it may neither ask nor write any more. */
export class LeaseLost extends Error {}

export type Lease = {
  /** Before every question to Shopify. Throws LeaseLost. */
  keep: () => Promise<void>;
  /** Keeps it and writes, or throws LeaseLost and writes nothing. */
  write: (run: (tx: Tx) => Promise<unknown>) => Promise<void>;
  giveBack: () => Promise<void>;
};

/** Where a telling goes, and the right to tell. */
export type Post = { shop: { id: ShopId; domain: string }; lease: Lease };

const LEASE_MS = 2 * PATIENCE_MS; // no question outlasts it, and one that was cut off has been dealt with at Shopify by then

/** null: somebody else has it. */
export async function holdLease(shopId: ShopId): Promise<Lease | null> {
  const owner = crypto.randomUUID();
  const until = () => new Date(now().getTime() + LEASE_MS);
  if (!(await inTransaction((tx) => store.takeLease(tx, shopId, { owner, at: now(), until: until() })))) return null;
  const write: Lease["write"] = (run) => inTransaction(async (tx) => {
    if (!(await store.renewLease(tx, shopId, { owner, until: until() }))) throw new LeaseLost("the lease is somebody else's");
    await run(tx);
  });
  return {
    write,
    keep: () => write(() => Promise.resolve()),
    giveBack: () => inTransaction((tx) => store.returnLease(tx, shopId, owner)),
  };
}
