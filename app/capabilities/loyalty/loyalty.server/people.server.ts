// Members who are merged, shown what is known of them, or forgotten.
import { now } from "../../../platform/clock.server.ts";
import type { Tx } from "../../../platform/db.server.ts";
import { dayAt } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { makeSurrogateId } from "../../orders/orders.server.ts";
import { readShopIn } from "../../shops/shops.server.ts";
import * as events from "../store.server/events.server.ts";
import * as ledger from "../store.server/ledger.server.ts";
import * as members from "../store.server/members.server.ts";
import * as store from "../store.server/people.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import { settleMembers } from "./settle.server.ts";

export { eraseShop, readPerson as exportPerson } from "../store.server/people.server.ts";

/** In the transaction of a merge: two histories become one, told again from all their facts. What could be given once was given once. */
export async function joinPeople(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  if (mergedIds.length === 0 || (await programmes.lockTogether(tx, shopId)) === null) return;
  const shop = await readShopIn(tx, shopId);
  const keptIds = await members.joinMembers(tx, shopId, mergedIds);
  await events.revokeDoubles(tx, shopId, keptIds, dayAt(now(), shop.timeZone));
  await settleMembers(tx, shop, [...mergedIds, ...keptIds]);
  await ledger.noteChange(tx, shopId, keptIds);
}

/** In the transaction of an erasure, or of a deletion in Shopify. */
export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  if (!(await programmes.lockAlone(tx, shopId))) return; // whoever settles now would write them down again
  const { timeZone } = await readShopIn(tx, shopId);
  await store.erasePerson(tx, shopId, customerId, { surrogateId: makeSurrogateId(), today: dayAt(now(), timeZone), at: now() });
}

