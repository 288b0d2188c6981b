// What was deleted or merged away at Shopify leaves nothing to be read again: when its news is lost, only a count tells.
import { now } from "../../../platform/clock.server.ts";
import { inTransaction, type Tx } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import { streamBulk } from "../../../shopify/bulk-file.server.ts";
import { countRemote } from "../../../shopify/bulk.server.ts";
import { assembleIds } from "../../../shopify/parse/bulk-lines.ts";
import { readRemoteShop } from "../../../shopify/shop.server.ts";
import { parseId, type BuyerId, type CustomerId, type OrderId, type ProductId, type ShopId } from "../../../values/ids.ts";
import { noteChangedBuyers } from "../../analytics/analytics.server.ts";
import { countNouns, deleteCustomers, deleteOrders, deleteProducts, readIds } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { FULL_HISTORY_SCOPE, type Noun } from "../model.ts";
import { orderFile } from "./files.server.ts";
import { histories } from "./history.server.ts";

/** What the rooms after this one know of customers who are gone. */
export type ForgetPeople = (tx: Tx, shopId: ShopId, ids: readonly CustomerId[]) => Promise<void>;

/**
 * Answers how many were forgotten. Where more are here than Shopify counts, every id is compared. Who is missing from the list is
 * asked for by name before it goes, since it may only be younger than the list; and never do more go than the counts differ by.
 */
export async function forgetDeleted(shop: Shop, noun: Noun, forgetPeople: ForgetPeople): Promise<number> {
  if (noun === "orders" && !(await isShownWhole(shop))) return 0; // there would be a surplus every night
  const surplus = await countSurplus(shop, noun);
  if (surplus <= 0) return 0;
  const missing = await listMissing(shop, noun);
  const found = new Set((await histories[noun].readByIds(shop, missing)).ids);
  const gone = missing.filter((id) => !found.has(id));
  if (gone.length > surplus) {
    log.warn("more missing than counted", { shopId: shop.id, noun, surplus, missing: gone.length }); // news that is under way; the next night looks again
    return 0;
  }
  if (noun === "orders" && !(await isShownWhole(shop))) return 0;
  await inTransaction(async (tx) => {
    await noteChangedBuyers(tx, shop.id, await forget[noun](tx, shop, gone));
    if (noun === "customers") await forgetPeople(tx, shop.id, gone.map((id) => parseId<CustomerId>(id)));
  });
  return gone.length;
}

/** Without the whole history granted, orders older than sixty days look deleted. Asked of Shopify, and last: it may have been taken away a moment ago. */
const isShownWhole = async ({ domain }: Shop): Promise<boolean> => (await readRemoteShop(domain)).scopes.includes(FULL_HISTORY_SCOPE);

async function countSurplus(shop: Shop, noun: Noun): Promise<number> {
  const [remote, here] = await Promise.all([countRemote(shop.domain), countNouns(shop.id)]);
  return here[noun] - (remote[noun] ?? here[noun]);
}

async function listMissing(shop: Shop, noun: Noun): Promise<bigint[]> {
  const url = await orderFile(shop, histories[noun].documents.bulkIds);
  const listed = new Set<bigint>();
  if (url !== null) for await (const ids of assembleIds(streamBulk(url, 0))) for (const id of ids) listed.add(id);
  const missing: bigint[] = [];
  for await (const id of readIds(shop.id, noun)) if (!listed.has(id)) missing.push(id);
  return missing;
}

const forget: Readonly<Record<Noun, (tx: Tx, shop: Shop, ids: bigint[]) => Promise<BuyerId[]>>> = {
  orders: async (tx, shop, ids) => (await deleteOrders(tx, shop.id, ids.map((id) => parseId<OrderId>(id)), now())).changedBuyerIds,
  customers: async (tx, shop, ids) => (await deleteCustomers(tx, shop.id, ids.map((id) => parseId<CustomerId>(id)))).changedBuyerIds,
  products: async (tx, shop, ids) => (await deleteProducts(tx, shop.id, ids.map((id) => parseId<ProductId>(id)), now()), []),
};
