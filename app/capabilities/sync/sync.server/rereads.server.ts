// Asks Shopify again about what its news did not say, and about what could not be read.
import { db, inTransaction } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { noteChangedBuyers } from "../../analytics/analytics.server.ts";
import type { RereadNoun } from "../../orders/model.ts";
import { askReread, dropRereads, followCustomers, listRereads } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import { ShopifyRefused } from "../../../shopify/errors.ts";
import type { Noun } from "../model.ts";
import { storeBatch } from "./batches.server.ts";
import { histories } from "./history.server.ts";
import * as store from "../store.server.ts";

const BATCH_MAX = 40; // five questions to Shopify of eight orders each, which is a second
const UNREAD_MAX = 1_000; // more, and it is not the records that are odd

const WISHES = { product: "products", customer: "customers", order: "orders" } as const satisfies Record<RereadNoun, Noun>;
const RECORDS = { products: "product", customers: "customer", orders: "order" } as const satisfies Record<Noun, RereadNoun>;

/** Answers whether any number may have changed. */
export async function rereadWishes(shopId: ShopId): Promise<boolean> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return false;
  const hasChanged = [];
  for (const noun of ["product", "customer", "order"] as const) hasChanged.push(await rereadNoun(shop, noun));
  return hasChanged.includes(true);
}

async function rereadNoun(shop: Shop, wished: RereadNoun): Promise<boolean> {
  const noun = WISHES[wished];
  let hasChanged = false;
  for (let wishes = await listRereads(shop.id, wished, BATCH_MAX); wishes.length > 0; wishes = await listRereads(shop.id, wished, BATCH_MAX)) {
    const ids = wishes.map(({ id }) => id);
    const { batch } = await histories[noun].readByIds(shop, ids);
    await storeBatch(shop, batch, {
      begin: async (tx) => {
        await store.dropUnread(tx, shop.id, noun, { ids }); // those that still cannot be read are noted again
        return true;
      },
      finish: async (tx, { changedBuyerIds }) => {
        await noteChangedBuyers(tx, shop.id, changedBuyerIds);
        await dropRereads(tx, shop.id, wishes); // also those Shopify does not show (any more): there is nothing to learn about them
        hasChanged ||= changedBuyerIds.length > 0;
      },
    });
  }
  return hasChanged;
}

/** Who they are now, also if the news of them is still on its way: who has just registered presses a button before it, and so does a Flow. Null: nobody. */
export async function meetCustomer(shopId: ShopId, id: CustomerId): Promise<CustomerId | null> {
  const find = async (): Promise<CustomerId | null> => (await followCustomers(db(), shopId, [id])).get(id) ?? null;
  const known = await find();
  if (known !== null) return known;
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return null;
  try {
    const { batch } = await histories.customers.readByIds(shop, [id]);
    await storeBatch(shop, batch, { finish: (tx, { changedBuyerIds }) => noteChangedBuyers(tx, shop.id, changedBuyerIds) });
  } catch (error) {
    if (!(error instanceof ShopifyRefused)) throw error; // it would be refused again
  }
  return find();
}

/** Everything that could not be read, once more: we, or it, may have changed. Answers whether there is any; the caller rings. */
export async function askUnreadAgain(shopId: ShopId): Promise<boolean> {
  const unread = (await store.listUnread(db(), shopId, UNREAD_MAX)).flatMap(({ noun, id }) => (id === null ? [] : [{ noun, id: BigInt(id) }]));
  await inTransaction(async (tx) => {
    for (const { noun, id } of unread) await askReread(tx, shopId, RECORDS[noun], [id]);
  });
  return unread.length > 0;
}
