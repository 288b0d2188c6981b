// A batch of what Shopify said, stored; what cannot be read or stored is kept in sight and keeps nothing else from being stored.
import { now } from "../../../platform/clock.server.ts";
import { dataErrorOf, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import type { Unread } from "../../../shopify/parse/fields.ts";
import type { Shop } from "../../shops/model.ts";
import type { Batch, Saved } from "./history.server.ts";
import * as store from "../store.server.ts";

/** `begin` is the first thing in the transaction, and false ends it; `finish` the last. Answers whether the batch was stored. */
export type Around = { begin?: (tx: Tx) => Promise<boolean>; finish?: (tx: Tx, saved: Saved) => Promise<void> };

export async function storeBatch(shop: Shop, batch: Batch, around: Around): Promise<boolean> {
  try {
    return await storeWhole(shop, batch, batch.save, around);
  } catch (error) {
    if (dataErrorOf(error) === null) throw error;
    const { saved, refused } = await storeApart(batch, { from: 0, to: batch.ids.length });
    return storeWhole(shop, { ...batch, unread: [...batch.unread, ...refused] }, () => Promise.resolve(saved), around);
  }
}

const storeWhole = (shop: Shop, { noun, unread }: Batch, save: Batch["save"], { begin, finish }: Around): Promise<boolean> =>
  inTransaction(async (tx) => {
    if (begin && !(await begin(tx))) return false;
    const saved = await save(tx);
    if (unread.length > 0) {
      log.warn("records unread", { shopId: shop.id, noun, count: unread.length });
      await store.noteUnread(tx, shop.id, noun, unread, now());
    }
    await finish?.(tx, saved);
    return true;
  });

type Apart = { saved: Saved; refused: Unread[] };

/** PostgreSQL says that a row is wrong, but not which: halves are tried until it is alone. Repeated, this finds what it stored. */
async function storeApart(batch: Batch, { from, to }: { from: number; to: number }): Promise<Apart> {
  try {
    return { saved: await inTransaction(batch.saveSome({ from, to })), refused: [] };
  } catch (error) {
    const state = dataErrorOf(error);
    if (state === null) throw error;
    if (to - from <= 1) return { saved: { changedCount: 0, changedBuyerIds: [] }, refused: batch.ids.slice(from, to).map((id) => ({ id, code: "refused_by_database", at: state })) };
    const middle = Math.ceil((from + to) / 2);
    return together(await storeApart(batch, { from, to: middle }), await storeApart(batch, { from: middle, to }));
  }
}

const together = (one: Apart, other: Apart): Apart => ({
  saved: { changedCount: one.saved.changedCount + other.saved.changedCount, changedBuyerIds: [...one.saved.changedBuyerIds, ...other.saved.changedBuyerIds] },
  refused: [...one.refused, ...other.refused],
});
