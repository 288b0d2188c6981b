// Asks Shopify again about orders and customers whose news did not say what changed.
import { inTransaction, type Tx } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import { ParseError } from "../../../shopify/parse/fields.ts";
import { readCustomers, readOrders } from "../../../shopify/reads.server.ts";
import { parseId, type BuyerId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import { noteChangedBuyers } from "../../analytics/analytics.server.ts";
import type { Reread, RereadNoun } from "../../orders/model.ts";
import { dropRereads, listRereads, saveCustomers, saveOrders } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";

const BATCH_MAX = 40; // five questions to Shopify of eight orders each, which is a second

/** Answers whether any number may have changed. */
export async function rereadWishes(shopId: ShopId): Promise<boolean> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return false;
  await rereadNoun(shop, "customer", async (ids) => {
    const customers = await readCustomers(shop, ids.map((id) => parseId<CustomerId>(id)));
    return async (tx) => (await saveCustomers(tx, shopId, customers), []);
  });
  return rereadNoun(shop, "order", async (ids) => {
    const orders = await readOrders(shop, ids.map((id) => parseId<OrderId>(id)));
    return async (tx) => (await saveOrders(tx, shopId, orders)).changedBuyerIds;
  });
}

type Save = (tx: Tx) => Promise<BuyerId[]>;

async function rereadNoun(shop: Shop, noun: RereadNoun, read: (ids: bigint[]) => Promise<Save>): Promise<boolean> {
  let hasChanged = false;
  for (let wishes = await listRereads(shop.id, noun, BATCH_MAX); wishes.length > 0; wishes = await listRereads(shop.id, noun, BATCH_MAX)) {
    for (const { answered, save } of await readApart(wishes, read)) {
      const changedBuyerIds = await inTransaction(async (tx) => {
        const changed = await save(tx);
        await noteChangedBuyers(tx, shop.id, changed);
        await dropRereads(tx, shop.id, answered); // also those Shopify does not show (any more): there is nothing to learn about them
        return changed;
      });
      hasChanged ||= changedBuyerIds.length > 0;
    }
  }
  return hasChanged;
}

/** Halves what cannot be read until the one that cannot is alone; its wish is given up, the night looks at it again. */
async function readApart(wishes: Reread[], read: (ids: bigint[]) => Promise<Save>): Promise<{ answered: Reread[]; save: Save }[]> {
  try {
    return [{ answered: wishes, save: await read(wishes.map(({ id }) => id)) }];
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (wishes.length === 1) {
      log.error("reread cannot be understood", error, { path: error.path });
      return [{ answered: wishes, save: () => Promise.resolve([]) }];
    }
    const half = Math.ceil(wishes.length / 2);
    return [...(await readApart(wishes.slice(0, half), read)), ...(await readApart(wishes.slice(half), read))];
  }
}
