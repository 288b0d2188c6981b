// What happens, in order, when Shopify tells us something.
import { noteChangedBuyers } from "../capabilities/analytics/analytics.server.ts";
import type { SavedOrders } from "../capabilities/orders/model.ts";
import * as orders from "../capabilities/orders/orders.server.ts";
import { holdStill } from "../capabilities/segments/segments.server.ts";
import type { Tx } from "../platform/db.server.ts";
import { parseConsentWebhook, parseCustomerWebhook } from "../shopify/parse/customer.ts";
import * as notices from "../shopify/parse/notices.ts";
import { parseOrderWebhook } from "../shopify/parse/order.ts";
import { parseProductWebhook } from "../shopify/parse/product.ts";
import { parseRefundWebhook } from "../shopify/parse/refund.ts";
import { parseShopWebhook } from "../shopify/parse/shop.ts";
import type { ShopId } from "../values/ids.ts";
import { changeScopes, closeShop, describeShop, erasePerson, eraseShop, exportPerson } from "./acts.server.ts";
import type { Bell } from "./model.ts";
import { forgetPeople, joinPeople } from "./people.server.ts";
import { act, project, type Step } from "./steps.server.ts";

// Ends first: what is deleted or merged away need not be written. Customers before the orders that mention them.
const mergeCustomers = project(notices.parseMerge, async (tx, { id }, heard) => {
  const merges = heard.filter((merge) => merge !== null);
  if (merges.length > 0) await holdStill(tx, id); // whoever follows customers now would tell Shopify of them as they were
  const bells = await note(tx, id, await orders.mergeCustomers(tx, id, merges));
  await joinPeople(tx, id, merges.map(({ deletedId }) => deletedId));
  return [...bells, "reread"];
});
const forgetOrders = project(notices.parseDeletedOrder, async (tx, { id }, ids, at) => note(tx, id, await orders.deleteOrders(tx, id, ids, at)));
const forgetProducts = project(notices.parseDeletedProduct, (tx, { id }, ids, at) => quietly(orders.deleteProducts(tx, id, ids, at)));
const forgetCustomers = project(notices.parseDeletedCustomer, async (tx, { id }, ids) => {
  const bells = await note(tx, id, await orders.deleteCustomers(tx, id, ids));
  await forgetPeople(tx, id, ids);
  return [...bells, "reread"];
});
const projectProducts = project((json, shop, topic) => parseProductWebhook(json, shop, topic), (tx, { id }, products) => quietly(orders.saveProducts(tx, id, products)));
const projectCustomers = project((json, _shop, topic) => parseCustomerWebhook(json, topic), async (tx, { id }, customers) => note(tx, id, await orders.saveCustomers(tx, id, customers)));
const projectConsents = project(parseConsentWebhook, async (tx, { id }, consents) => [...(await note(tx, id, await orders.saveConsents(tx, id, consents))), "reread"]);
const projectOrders = project((json, _shop, topic) => parseOrderWebhook(json, topic), async (tx, { id }, snapshots) => {
  const saved = await orders.saveOrders(tx, id, snapshots);
  await orders.askReread(tx, id, "order", saved.doubtfulIds);
  return [...(await note(tx, id, saved)), ...(saved.doubtfulIds.length > 0 ? ["reread" as const] : [])];
});

// News that says that an order changed, but not all of what it is now: Shopify is asked.
const projectRefunds = project(parseRefundWebhook, async (tx, { id }, refunds) => {
  await orders.saveRefunds(tx, id, refunds);
  await orders.askReread(tx, id, "order", refunds.map(({ orderId }) => orderId));
  return ["reread"];
});
const rereadOrders = project(notices.parseEditedOrder, async (tx, { id }, ids) => (await orders.askReread(tx, id, "order", ids), ["reread"]));
const fetchBulk = project(notices.parseFinishedBulk, () => Promise.resolve<Bell[]>(["backfill"]));

export const topics: Readonly<Record<string, Step>> = {
  "customers/merge": mergeCustomers,
  "customers/delete": forgetCustomers,
  "orders/delete": forgetOrders,
  "products/delete": forgetProducts,
  "products/create": projectProducts,
  "products/update": projectProducts,
  "customers/create": projectCustomers,
  "customers/update": projectCustomers,
  "customers_email_marketing_consent/update": projectConsents,
  "orders/create": projectOrders,
  "orders/updated": projectOrders,
  "orders/cancelled": projectOrders,
  "orders/edited": rereadOrders,
  "refunds/create": projectRefunds,
  "bulk_operations/finish": fetchBulk,
  "shop/update": act(parseShopWebhook, describeShop),
  "app/scopes_update": act(notices.parseScopes, changeScopes),
  "app/uninstalled": act((json) => json, closeShop),
  "customers/data_request": act(notices.parseDataRequest, exportPerson),
  "customers/redact": act(notices.parseRedaction, erasePerson),
  "shop/redact": act((json) => json, eraseShop),
};

/** Whose numbers moved is noted in the same transaction; analytics is rung after it. */
async function note(tx: Tx, shopId: ShopId, { changedBuyerIds }: SavedOrders): Promise<Bell[]> {
  await noteChangedBuyers(tx, shopId, changedBuyerIds);
  return changedBuyerIds.length > 0 ? ["refresh"] : [];
}

const quietly = (done: Promise<unknown>): Promise<Bell[]> => done.then(() => []);
