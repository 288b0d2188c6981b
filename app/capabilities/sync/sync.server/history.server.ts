// What each noun needs to be read from Shopify and stored: by bulk file, or by page.
import type { Tx } from "../../../platform/db.server.ts";
import { streamBulk } from "../../../shopify/bulk-file.server.ts";
import { assembleCustomers, assembleOrders, assembleProducts } from "../../../shopify/parse/bulk-lines.ts";
import { customerDocuments } from "../../../shopify/queries/customers.ts";
import type { NounDocuments } from "../../../shopify/queries/noun.ts";
import { orderDocuments } from "../../../shopify/queries/orders.ts";
import { productDocuments } from "../../../shopify/queries/products.ts";
import { readUpdatedCustomers, readUpdatedOrders, readUpdatedProducts } from "../../../shopify/reads.server.ts";
import type { BuyerId } from "../../../values/ids.ts";
import { saveCustomers, saveOrders, saveProducts } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import type { Noun } from "../model.ts";

/** Some snapshots and how to store them; `endByte` of a bulk file is where reading can go on once they are, `updatedAt` the last one's age. */
export type Batch = { count: number; endByte: number; updatedAt: Date | null; save: (tx: Tx) => Promise<Saved> };
export type Saved = { changedCount: number; changedBuyerIds: BuyerId[] };

export type History = {
  documents: NounDocuments;
  readFile: (shop: Shop, url: string, fromByte: number) => AsyncGenerator<Batch>;
  readUpdated: (shop: Shop, window: { from: Date; to: Date }) => AsyncGenerator<Batch>;
};

const historyOf = <Snapshot extends { updatedAt: Date }>(
  documents: NounDocuments,
  assemble: (lines: ReturnType<typeof streamBulk>, shop: Shop) => AsyncGenerator<{ snapshot: Snapshot; endByte: number }>,
  readUpdated: (shop: Shop, window: { from: Date; to: Date }) => AsyncGenerator<Snapshot[]>,
  save: (tx: Tx, shop: Shop, snapshots: Snapshot[]) => Promise<Saved>,
): History => {
  const batchOf = (shop: Shop, snapshots: Snapshot[], endByte: number): Batch => ({
    count: snapshots.length, endByte, updatedAt: snapshots.at(-1)?.updatedAt ?? null, save: (tx) => save(tx, shop, snapshots),
  });
  return {
    documents,
    readFile: async function* (shop, url, fromByte) {
      let snapshots: Snapshot[] = [];
      let lastByte = fromByte;
      for await (const { snapshot, endByte } of assemble(streamBulk(url, fromByte), shop)) {
        snapshots.push(snapshot);
        lastByte = endByte;
        if (snapshots.length < BATCH_MAX) continue;
        yield batchOf(shop, snapshots, lastByte);
        snapshots = [];
      }
      if (snapshots.length > 0) yield batchOf(shop, snapshots, lastByte);
    },
    readUpdated: async function* (shop, window) {
      for await (const snapshots of readUpdated(shop, window)) yield batchOf(shop, snapshots, 0);
    },
  };
};
const BATCH_MAX = 2_000; // larger ones are hardly faster, and the shop's news waits while a batch is stored

const quietly = async (done: Promise<{ changedCount: number }>): Promise<Saved> => ({ ...(await done), changedBuyerIds: [] });

export const histories: Readonly<Record<Noun, History>> = {
  products: historyOf(productDocuments, assembleProducts, readUpdatedProducts, (tx, shop, products) => quietly(saveProducts(tx, shop.id, products))),
  customers: historyOf(customerDocuments, assembleCustomers, readUpdatedCustomers, (tx, shop, customers) => quietly(saveCustomers(tx, shop.id, customers))),
  orders: historyOf(orderDocuments, assembleOrders, readUpdatedOrders, (tx, shop, snapshots) => saveOrders(tx, shop.id, snapshots)),
};
