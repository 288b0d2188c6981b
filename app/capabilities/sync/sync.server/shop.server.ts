// What Shopify says of the shop itself, and what that means for what we have read and added up.
import { now } from "../../../platform/clock.server.ts";
import { inTransaction } from "../../../platform/db.server.ts";
import { readRemoteShop } from "../../../shopify/shop.server.ts";
import type { ShopSnapshot } from "../../../shopify/snapshots.ts";
import type { ShopId } from "../../../values/ids.ts";
import { rebuildShop } from "../../analytics/analytics.server.ts";
import type { Shop } from "../../shops/model.ts";
import * as shops from "../../shops/shops.server.ts";
import { FULL_HISTORY_SCOPE } from "../model.ts";
import * as store from "../store.server.ts";

export type ShopNews = { snapshot?: ShopSnapshot; scopes?: string[] };

/**
 * In another currency Shopify tells every amount anew, and with the whole history granted it shows what was hidden: answers whether
 * the history is to be read anew, for the caller to ring. Days are the shop's own, so another zone means other sums. May be repeated.
 */
export async function followShop(shopId: ShopId, { snapshot, scopes }: ShopNews): Promise<boolean> {
  const before = await shops.readShop(shopId);
  const isPaidOtherwise = snapshot !== undefined && snapshot.currency !== before.currency;
  const isShownMore = scopes?.includes(FULL_HISTORY_SCOPE) === true && !before.scopes.includes(FULL_HISTORY_SCOPE);
  const isToBeReadAnew = isPaidOtherwise || isShownMore;
  if (isToBeReadAnew) await inTransaction((tx) => store.resetParts(tx, shopId, now())); // first: a crash before the next line repeats it
  if (scopes !== undefined) await shops.changeScopes(shopId, scopes);
  if (snapshot !== undefined) await shops.describeShop(shopId, snapshot);
  if (snapshot !== undefined && snapshot.timeZone !== before.timeZone && !isToBeReadAnew) await rebuildShop(shopId);
  return isToBeReadAnew;
}

/** As if all news of the shop itself had come this moment: should one have been lost, nothing else would ever repeat it. */
export async function compareShop({ id, domain }: Shop): Promise<boolean> {
  const { snapshot, scopes } = await readRemoteShop(domain);
  return followShop(id, { snapshot, scopes });
}
