// What each noun needs to be read from Shopify and stored: by bulk file, or by page.
import type { Tx } from "../../../platform/db.server.ts";
import { streamBulk } from "../../../shopify/bulk-file.server.ts";
import { assembleCustomers, assembleOrders, assembleProducts, type Assembled } from "../../../shopify/parse/bulk-lines.ts";
import { customerDocuments } from "../../../shopify/queries/customers.ts";
import type { NounDocuments } from "../../../shopify/queries/noun.ts";
import { orderDocuments } from "../../../shopify/queries/orders.ts";
import { productDocuments } from "../../../shopify/queries/products.ts";
import type { Reading, Unread } from "../../../shopify/parse/fields.ts";
import { readCustomers, readOrders, readProducts, readUpdatedCustomers, readUpdatedOrders, readUpdatedProducts } from "../../../shopify/reads.server.ts";
import { parseId, type BuyerId, type CustomerId, type OrderId, type ProductId } from "../../../values/ids.ts";
import { saveCustomers, saveOrderSet, saveProducts, toOrderSet } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import type { Noun } from "../model.ts";

/** Some snapshots and how to store them; `endByte` of a bulk file is where reading can go on once they are, `updatedAt` the last one's age. */
export type Batch = {
  noun: Noun;
  count: number;
  endByte: number;
  updatedAt: Date | null;
  unread: Unread[];
  save: (tx: Tx) => Promise<Saved>;
  /** of the snapshots alone, for when PostgreSQL refuses one of them */
  ids: bigint[];
  saveSome: (which: { from: number; to: number }) => (tx: Tx) => Promise<Saved>;
};
export type Saved = { changedCount: number; changedBuyerIds: BuyerId[] };

export type History = {
  documents: NounDocuments;
  /** `byteCount` of the whole file, where it is known */
  readFile: (shop: Shop, url: string, file: { fromByte: number; byteCount: number | null }) => AsyncGenerator<Batch>;
  readUpdated: (shop: Shop, window: { from: Date; to: Date }) => AsyncGenerator<Batch>;
  /** Those that are gone are missing from the answer. */
  readByIds: (shop: Shop, ids: readonly bigint[]) => Promise<{ batch: Batch; ids: bigint[] }>;
};

type Door<Snapshot> = {
  documents: NounDocuments;
  assemble: (lines: ReturnType<typeof streamBulk>, shop: Shop) => AsyncGenerator<Assembled<Snapshot>>;
  readUpdated: (shop: Shop, window: { from: Date; to: Date }) => AsyncGenerator<Reading<Snapshot>>;
  readByIds: (shop: Shop, ids: readonly bigint[]) => Promise<Reading<Snapshot>>;
  /** does what can be done before the transaction */
  prepare: (shop: Shop, snapshots: Snapshot[]) => Batch["save"];
};

const historyOf = <Snapshot extends { id: bigint; updatedAt: Date }>(noun: Noun, { documents, assemble, readUpdated, readByIds, prepare }: Door<Snapshot>): History => {
  const batchOf = (shop: Shop, { snapshots, unread }: Reading<Snapshot>, endByte: number): Batch => ({
    noun, count: snapshots.length + unread.length, endByte, updatedAt: snapshots.at(-1)?.updatedAt ?? null, unread,
    save: prepare(shop, snapshots),
    ids: snapshots.map(({ id }) => id),
    saveSome: ({ from, to }) => prepare(shop, snapshots.slice(from, to)),
  });
  return {
    documents,
    readFile: async function* (shop, url, { fromByte, byteCount }) {
      const batchBytes = batchBytesOf(byteCount);
      let waiting: Reading<Snapshot> = { snapshots: [], unread: [] };
      let batchFrom = fromByte;
      let endByte = fromByte;
      for await (const read of assemble(streamBulk(url, fromByte), shop)) {
        waiting.snapshots.push(...read.snapshots);
        waiting.unread.push(...read.unread);
        endByte = read.endByte;
        if (endByte - batchFrom < batchBytes) continue;
        yield batchOf(shop, waiting, endByte);
        waiting = { snapshots: [], unread: [] };
        batchFrom = endByte;
      }
      if (endByte > batchFrom) yield batchOf(shop, waiting, endByte);
    },
    readUpdated: async function* (shop, window) {
      for await (const read of readUpdated(shop, window)) yield batchOf(shop, read, 0);
    },
    readByIds: async (shop, ids) => {
      const read = await readByIds(shop, ids);
      return { batch: batchOf(shop, read, 0), ids: [...read.snapshots.map(({ id }) => id), ...read.unread.flatMap(({ id }) => (id === null ? [] : [id]))] };
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
  products: historyOf("products", {
    documents: productDocuments, assemble: assembleProducts, readUpdated: readUpdatedProducts,
    readByIds: (shop, ids) => readProducts(shop, ids.map((id) => parseId<ProductId>(id))),
    prepare: (shop, products) => (tx) => quietly(saveProducts(tx, shop.id, products)),
  }),
  customers: historyOf("customers", {
    documents: customerDocuments, assemble: assembleCustomers, readUpdated: readUpdatedCustomers,
    readByIds: (shop, ids) => readCustomers(shop, ids.map((id) => parseId<CustomerId>(id))),
    prepare: (shop, customers) => (tx) => saveCustomers(tx, shop.id, customers),
  }),
  orders: historyOf("orders", {
    documents: orderDocuments, assemble: assembleOrders, readUpdated: readUpdatedOrders,
    readByIds: (shop, ids) => readOrders(shop, ids.map((id) => parseId<OrderId>(id))),
    prepare: (shop, snapshots) => {
      const set = toOrderSet(snapshots);
      return (tx) => saveOrderSet(tx, shop.id, set);
    },
  }),
};
