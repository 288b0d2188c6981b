// What is in the collections the rules name: asked before anybody is settled by them, and again some hours later, as Shopify sends no news of it.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { readCollectionProducts } from "../../../shopify/collections.server.ts";
import { saveCollection } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import type { Programme } from "../model/programme.ts";
import { collectionIdsIn } from "../rules/facts.ts";
import * as programmes from "../store.server/programmes.server.ts";

const FRESH_MS = 6 * 3_600_000; // lines decided before keep what was decided

export async function readCollections({ id: shopId, domain }: Shop): Promise<void> {
  const version = (await programmes.listVersions(db(), shopId)).at(-1);
  const ids = version === undefined ? [] : [...new Set(collectionIdsIn(version.programme))];
  if (ids.length === 0) return;
  const readAt = await programmes.findCollectionsReadAt(db(), shopId);
  if (readAt !== null && now().getTime() - readAt.getTime() < FRESH_MS) return;
  await readThese({ id: shopId, domain }, ids);
  await inTransaction((tx) => programmes.noteCollectionsRead(tx, shopId, now()));
}

/** Of rules that are not in force yet. */
export const readCollectionsOf = (shop: Shop, draft: Programme): Promise<void> => readThese(shop, [...new Set(collectionIdsIn(draft))]);

async function readThese({ id: shopId, domain }: Pick<Shop, "id" | "domain">, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const productIds = await readCollectionProducts(domain, id);
    await inTransaction((tx) => saveCollection(tx, shopId, { id: BigInt(id), productIds, readAt: now() }));
  }
}
