// What news of the shop itself and of its people's rights leads to. Each may be run again after half of it was done.
import { refreshAnalytics } from "../capabilities/analytics/jobs.server.ts";
import { tellLoyalty } from "../capabilities/loyalty/jobs.server.ts";
import { showAgain } from "../capabilities/loyalty/loyalty.server.ts";
import { eraseCustomer, eraseShop as eraseRooms, exportCustomer } from "../capabilities/privacy/privacy.server.ts";
import * as shops from "../capabilities/shops/shops.server.ts";
import { takeShopNews } from "../capabilities/sync/sync.server.ts";
import { db, inTransaction } from "../platform/db.server.ts";
import { enqueue } from "../platform/jobs.server.ts";
import { log } from "../platform/log.server.ts";
import type { parseDataRequest, parseRedaction } from "../shopify/parse/notices.ts";
import { forgetSessions } from "../shopify/session-storage.server.ts";
import type { ShopSnapshot } from "../shopify/snapshots.ts";
import type { OpenedShop, WaitingDelivery } from "./model.ts";
import * as store from "./store.server.ts";

/** The tokens are void already; what we know is kept until Shopify sends shop/redact, two days later. */
export async function closeShop({ id, domain }: OpenedShop, _json: unknown, { triggeredAt }: WaitingDelivery): Promise<void> {
  await shops.closeShop(id, triggeredAt);
  if ((await shops.readShop(id)).uninstalledAt !== null) await forgetSessions(domain); // null: it was installed again since
}

export async function changeScopes({ id }: OpenedShop, scopes: string[], delivery: WaitingDelivery): Promise<void> {
  if (await store.hasNewer(db(), id, delivery)) return;
  await takeShopNews(id, { scopes });
  await showAgain(id); // a reward that Shopify would have refused may be offered now, or the other way
  await enqueue(tellLoyalty, { shopId: id });
}

export async function describeShop({ id }: OpenedShop, snapshot: ShopSnapshot, delivery: WaitingDelivery): Promise<void> {
  if (!(await store.hasNewer(db(), id, delivery))) await takeShopNews(id, { snapshot });
}

/** For the merchant to hand over: every room's rows, and the deliveries that mention the person. */
export async function exportPerson({ id }: OpenedShop, { requestId, customerId }: ReturnType<typeof parseDataRequest>, { triggeredAt }: WaitingDelivery): Promise<void> {
  const deliveries = await store.listMentions(db(), id, { ids: [customerId], emails: [] });
  await exportCustomer(id, { requestId, customerId, requestedAt: triggeredAt, others: { deliveries } });
}

/** The rooms first, then our own deliveries, this one included: it names the person too. */
export async function erasePerson({ id }: OpenedShop, { customerId, orderIds }: ReturnType<typeof parseRedaction>, delivery: WaitingDelivery): Promise<void> {
  const mentions = await eraseCustomer(id, { customerId, orderIds });
  await inTransaction((tx) => store.deleteMentions(tx, id, mentions, delivery.id));
  await enqueue(refreshAnalytics, { shopId: id }); // their sums have moved; who follows customers hears of it by this
  log.info("person erased", { shopId: id });
}

/** Two runs may have the same news at once: whoever comes second must not erase what was installed meanwhile. Deliveries of a shop that is gone go whenever they are met, so a crash in between leaves nothing. */
export async function eraseShop({ id, domain }: OpenedShop): Promise<void> {
  if (!(await eraseRooms(id, domain))) return log.warn("shop/redact for a shop that is installed or gone ignored", { shopId: id });
  await inTransaction((tx) => store.eraseShop(tx, id));
  log.info("shop erased", { shopId: id });
}
