// What each noun needs to be read from Shopify and stored: by bulk file, or by page.
import type { Tx } from "../../../platform/db.server.ts";
import { streamBulk } from "../../../shopify/bulk-file.server.ts";
import { assembleCustomers, assembleOrders, assembleProducts, type Assembled } from "../../../shopify/parse/bulk-lines.ts";
import { customerDocuments } from "../../../shopify/queries/customers.ts";
import type { NounDocuments } from "../../../shopify/queries/noun.ts";
import { orderDocuments } from "../../../shopify/queries/orders.ts";
import { productDocuments } from "../../../shopify/queries/products.ts";
import { readUpdatedCustomers, readUpdatedOrders, readUpdatedProducts } from "../../../shopify/reads.server.ts";
import type { BuyerId } from "../../../values/ids.ts";
import { saveCustomers, saveOrderSet, saveProducts, toOrderSet } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import type { Noun } from "../model.ts";

/** Some snapshots and how to store them; `endByte` of a bulk file is where reading can go on once they are, `updatedAt` the last one's age. */
export type Batch = { count: number; endByte: number; updatedAt: Date | null; save: (tx: Tx) => Promise<Saved> };
export type Saved = { changedCount: number; changedBuyerIds: BuyerId[] };

export type History = {
  documents: NounDocuments;
  /** `byteCount` of the whole file, where it is known */
  readFile: (shop: Shop, url: string, file: { fromByte: number; byteCount: number | null }) => AsyncGenerator<Batch>;
  readUpdated: (shop: Shop, window: { from: Date; to: Date }) => AsyncGenerator<Batch>;
};

const historyOf = <Snapshot extends { updatedAt: Date }>(
  documents: NounDocuments,
  assemble: (lines: ReturnType<typeof streamBulk>, shop: Shop) => AsyncGenerator<Assembled<Snapshot>[]>,
  readUpdated: (shop: Shop, window: { from: Date; to: Date }) => AsyncGenerator<Snapshot[]>,
  prepare: (shop: Shop, snapshots: Snapshot[]) => Batch["save"],
): History => {
  const batchOf = (shop: Shop, snapshots: Snapshot[], endByte: number): Batch => ({
    count: snapshots.length, endByte, updatedAt: snapshots.at(-1)?.updatedAt ?? null, save: prepare(shop, snapshots),
  });
  const fileBatchOf = (shop: Shop, read: Assembled<Snapshot>[]): Batch => batchOf(shop, read.map(({ snapshot }) => snapshot), read.at(-1)?.endByte ?? 0);
  return {
    documents,
    readFile: async function* (shop, url, { fromByte, byteCount }) {
      const batchBytes = batchBytesOf(byteCount);
      let waiting: Assembled<Snapshot>[] = [];
      let batchFrom = fromByte;
      for await (const together of assemble(streamBulk(url, fromByte), shop)) {
        waiting.push(...together);
        const endByte = waiting.at(-1)?.endByte ?? batchFrom;
        if (endByte - batchFrom < batchBytes) continue;
        yield fileBatchOf(shop, waiting);
        waiting = [];
        batchFrom = endByte;
      }
      if (waiting.length > 0) yield fileBatchOf(shop, waiting);
    },
    readUpdated: async function* (shop, window) {
      for await (const snapshots of readUpdated(shop, window)) yield batchOf(shop, snapshots, 0);
    },
  };
};
const BATCH_MAX_BYTES = 10_000_000; // some thousand orders, half a second to store, for which the shop's news waits; larger ones are hardly faster
const BATCH_MIN_BYTES = 250_000; // below, the transaction is most of the work
const STEPS_SEEN = 20; // a small shop's bar moves as well

const batchBytesOf = (byteCount: number | null): number =>
  Math.min(BATCH_MAX_BYTES, Math.max(BATCH_MIN_BYTES, byteCount === null ? BATCH_MAX_BYTES : byteCount / STEPS_SEEN));

const quietly = async (done: Promise<{ changedCount: number }>): Promise<Saved> => ({ ...(await done), changedBuyerIds: [] });

export const histories: Readonly<Record<Noun, History>> = {
  products: historyOf(productDocuments, assembleProducts, readUpdatedProducts, (shop, products) => (tx) => quietly(saveProducts(tx, shop.id, products))),
  customers: historyOf(customerDocuments, assembleCustomers, readUpdatedCustomers, (shop, customers) => (tx) => quietly(saveCustomers(tx, shop.id, customers))),
  orders: historyOf(orderDocuments, assembleOrders, readUpdatedOrders, (shop, snapshots) => {
    const set = toOrderSet(snapshots); // while the batch before is stored
    return (tx) => saveOrderSet(tx, shop.id, set);
  }),
};
