// What the shop sold and to whom, as Shopify last said it. Everything may come twice, late or out of order: the newest word wins.
import { setImmediate as nextTurn } from "node:timers/promises";
import { db, type Tx } from "../../platform/db.server.ts";
import type { CustomerSnapshot, OrderSnapshot, ProductSnapshot, RefundSnapshot } from "../../shopify/snapshots.ts";
import { parseId, type BuyerId, type CustomerId, type OrderId, type ProductId, type ShopId } from "../../values/ids.ts";
import type { CustomerOrder, CustomerRecord, HeardOrders, Mentions, Merge, NounCounts, OrderHistory, Reread, RereadNoun, SavedOrders, Titled, TitledNoun } from "./model.ts";
import { followMerges, newestOf, tiedIds } from "./rules.ts";
import * as collections from "./store.server/collections.server.ts";
import * as customers from "./store.server/customers.server.ts";
import * as histories from "./store.server/histories.server.ts";
import * as merging from "./store.server/merges.server.ts";
import * as orders from "./store.server/orders.server.ts";
import * as people from "./store.server/people.server.ts";
import * as products from "./store.server/products.server.ts";
import * as rereads from "./store.server/rereads.server.ts";
import * as titles from "./store.server/titles.server.ts";
import { addToTally, collectStatistics, listIds, readTally, recount, takeWriterLock } from "./store.server/tally.server.ts";

export type { ConsentNews } from "./store.server/customers.server.ts";

/** Orders brought down to the newest word about each and written out: the part of storing them that needs no transaction. */
export type OrderSet = { snapshots: readonly OrderSnapshot[]; newest: OrderSnapshot[]; written: ReturnType<typeof orders.writeOrders> };

export function toOrderSet(snapshots: readonly OrderSnapshot[]): OrderSet {
  const newest = newestOf(snapshots);
  return { snapshots, newest, written: orders.writeOrders(newest) };
}

export const saveOrders = (tx: Tx, shopId: ShopId, snapshots: readonly OrderSnapshot[]): Promise<HeardOrders> => saveOrderSet(tx, shopId, toOrderSet(snapshots));

/** Orders with their lines and refunds. Pass `changedBuyerIds` to analytics in the same transaction: who follows people learns by the same road, also where no figure moved. */
export async function saveOrderSet(tx: Tx, shopId: ShopId, { snapshots, newest, written }: OrderSet): Promise<HeardOrders> {
  if (snapshots.length === 0) return { ...NOTHING, doubtfulIds: [] };
  await takeWriterLock(tx, shopId);
  const [{ newCount, staleIds, storedIds, sameAgeIds, ...applied }, parts] = await Promise.all([
    orders.saveOrders(tx, shopId, written),
    nextTurn().then(() => orders.writeParts(newest)), // while PostgreSQL stores the orders
  ]);
  const stale = new Set(staleIds);
  const current = newest.filter(({ id }) => !stale.has(id));
  const partIds = await orders.replaceParts(tx, shopId, stale.size === 0 ? parts : orders.writeParts(current), storedIds);
  await addToTally(tx, shopId, { orders: newCount, customers: await customers.addEmbedded(tx, shopId, current) });
  const changedIds = new Set([...applied.changedIds, ...partIds]);
  return {
    changedBuyerIds: buyersOf([...applied.movedBuyerIds, ...(await orders.listBuyers(tx, shopId, partIds))]), changedCount: newCount + changedIds.size,
    doubtfulIds: [...new Set([...tiedIds(snapshots), ...sameAgeIds.filter((id) => changedIds.has(id))])],
  };
}

/** A refund told alone, until its order's next word repeats it. It moves no number: ask for its order again. */
export const saveRefunds = async (tx: Tx, shopId: ShopId, refunds: readonly { orderId: OrderId; refund: RefundSnapshot }[]): Promise<void> => {
  if (refunds.length === 0) return;
  await takeWriterLock(tx, shopId);
  await orders.addRefunds(tx, shopId, refunds);
};

export async function deleteOrders(tx: Tx, shopId: ShopId, ids: readonly OrderId[], at: Date): Promise<SavedOrders> {
  if (ids.length === 0) return NOTHING;
  await takeWriterLock(tx, shopId);
  const gone = await orders.deleteOrders(tx, shopId, [...new Set(ids)], at);
  await addToTally(tx, shopId, { orders: -gone.length });
  return { changedBuyerIds: buyersOf(gone.map((row) => row.buyer_id)), changedCount: gone.length };
}

/** Pass `changedBuyerIds` to analytics in the same transaction, as for orders: who follows people learns of them by the same road. */
export async function saveCustomers(tx: Tx, shopId: ShopId, snapshots: readonly CustomerSnapshot[]): Promise<SavedOrders> {
  if (snapshots.length === 0) return NOTHING;
  await takeWriterLock(tx, shopId);
  const newest = newestOf(snapshots);
  const changed = await customers.saveCustomers(tx, shopId, newest);
  const consented = await customers.saveConsents(tx, shopId, newest.flatMap(({ id, consent }) => (consent ? [{ customerId: id, consent }] : [])));
  await addToTally(tx, shopId, { customers: changed.filter((row) => row.is_new).length });
  const changedIds = new Set([...changed, ...consented].map(({ id }) => id));
  return { changedBuyerIds: buyersOf([...changedIds]), changedCount: changedIds.size };
}

/** A consent of somebody we have not heard of yet is read again together with them. */
export async function saveConsents(tx: Tx, shopId: ShopId, news: readonly customers.ConsentNews[]): Promise<SavedOrders> {
  if (news.length === 0) return NOTHING;
  await takeWriterLock(tx, shopId);
  await askReread(tx, shopId, "customer", await customers.listUnknown(tx, shopId, news.map(({ customerId }) => customerId)));
  const dated = news.map((item) => ({ ...item, id: item.customerId, updatedAt: item.consent.updatedAt ?? new Date(0) }));
  const changed = await customers.saveConsents(tx, shopId, newestOf(dated));
  return { changedBuyerIds: buyersOf(changed.map(({ id }) => id)), changedCount: changed.length };
}

/** Shopify deletes only customers without orders; should orders of theirs be here, they are read again. */
export async function deleteCustomers(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<SavedOrders> {
  if (ids.length === 0) return NOTHING;
  await takeWriterLock(tx, shopId);
  await askReread(tx, shopId, "order", await customers.listOrderIds(tx, shopId, ids));
  const count = await customers.deleteCustomers(tx, shopId, [...new Set(ids)]);
  await addToTally(tx, shopId, { customers: -count });
  return { changedBuyerIds: buyersOf([...new Set(ids)]), changedCount: count };
}

/** The orders move to who was kept, whom Shopify describes anew. */
export async function mergeCustomers(tx: Tx, shopId: ShopId, merges: readonly Merge[]): Promise<SavedOrders> {
  if (merges.length === 0) return NOTHING;
  await takeWriterLock(tx, shopId);
  const resolved = await merging.resolveMerges(tx, shopId, followMerges(merges));
  await merging.saveAliases(tx, shopId, resolved);
  const buyerIds = await merging.moveOrders(tx, shopId, resolved);
  const removed = await customers.removeCustomers(tx, shopId, resolved.map(({ id }) => id));
  await addToTally(tx, shopId, { customers: -removed });
  await askReread(tx, shopId, "customer", resolved.flatMap(({ keptId }) => (keptId === null ? [] : [keptId])));
  const people = resolved.flatMap(({ id, keptId }) => (keptId === null ? [id] : [id, keptId])); // also those without orders: who follows people is to hear of them
  return { changedBuyerIds: [...new Set([...buyersOf(buyerIds), ...buyersOf(people)])], changedCount: buyerIds.length / 2 };
}

export async function saveProducts(tx: Tx, shopId: ShopId, snapshots: readonly ProductSnapshot[]): Promise<{ changedCount: number }> {
  if (snapshots.length === 0) return { changedCount: 0 };
  await takeWriterLock(tx, shopId);
  const newest = newestOf(snapshots);
  const applied = await products.saveProducts(tx, shopId, newest);
  const appliedIds = new Set(applied.map(({ id }) => id));
  const changedIds = new Set<bigint>(applied.filter((row) => row.is_changed).map(({ id }) => id));
  for (const id of await products.replaceVariants(tx, shopId, newest.filter(({ id }) => appliedIds.has(id)))) changedIds.add(id);
  await addToTally(tx, shopId, { products: applied.filter((row) => row.is_new).length });
  return { changedCount: changedIds.size };
}

export async function deleteProducts(tx: Tx, shopId: ShopId, ids: readonly ProductId[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await takeWriterLock(tx, shopId);
  await addToTally(tx, shopId, { products: -(await products.deleteProducts(tx, shopId, [...new Set(ids)], at)) });
}

/** For whoever picks one: titles that begin with the text come first. */
export const searchTitles = (shopId: ShopId, noun: TitledNoun, wish: { text: string; limit: number }): Promise<Titled[]> => titles.searchTitles(db(), shopId, noun, wish);

/** Of what is gone there is no title. */
export const listTitles = async (shopId: ShopId, noun: TitledNoun, ids: readonly bigint[]): Promise<Titled[]> => (ids.length === 0 ? [] : titles.listTitles(db(), shopId, noun, ids));

/** Every collection there is; the others go. */
export async function saveCollectionList(tx: Tx, shopId: ShopId, all: readonly Titled[]): Promise<void> {
  await takeWriterLock(tx, shopId);
  if (await collections.saveList(tx, shopId, all)) await collections.countChange(tx, shopId);
}

/** What is in a collection now; whatever was before is no longer. */
export async function saveCollection(tx: Tx, shopId: ShopId, collection: { id: bigint; productIds: readonly ProductId[]; readAt: Date }): Promise<void> {
  await takeWriterLock(tx, shopId);
  if (await collections.saveProductsOf(tx, shopId, collection)) await collections.countChange(tx, shopId);
}

/** How often what is in collections was found changed: who has seen this number has nothing to look for. */
export const readCollectionChanges = (tx: Tx, shopId: ShopId): Promise<number> => collections.readChanges(tx, shopId);

export const listUnreadCollections = async (shopId: ShopId, wish: { since: Date; after: bigint; limit: number }): Promise<bigint[]> => (await collections.listUnread(db(), shopId, wish)).map(({ id }) => id);

/** Of these, which each product is in. */
export async function listCollectionsOf(tx: Tx, shopId: ShopId, collectionIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = collectionIds.length === 0 ? [] : await collections.listMembers(tx, shopId, collectionIds.map(BigInt));
  return new Map([...Map.groupBy(rows, (row) => String(row.product_id))].map(([productId, found]) => [productId, found.map((row) => String(row.collection_id))]));
}

/** Something changed and its news did not say what; sync asks Shopify. */
export const askReread = async (tx: Tx, shopId: ShopId, noun: RereadNoun, ids: readonly bigint[]): Promise<void> => {
  if (ids.length > 0) await rereads.addRereads(tx, shopId, noun, ids);
};

export const listRereads = (shopId: ShopId, noun: RereadNoun, limit: number): Promise<Reread[]> => rereads.listRereads(db(), shopId, noun, limit);

/** In the transaction that stores the answers. A wish made again since it was listed stays. */
export const dropRereads = async (tx: Tx, shopId: ShopId, answered: readonly Reread[]): Promise<void> => {
  if (answered.length > 0) await rereads.dropRereads(tx, shopId, answered);
};

export const listShopsWithRereads = async (): Promise<ShopId[]> => (await rereads.listShopsWithRereads(db())).map((row) => parseId<ShopId>(row.shop_id));

const IDS_PER_PAGE = 10_000; // a few milliseconds, and no million at once

/** Every id of a noun that is here. */
export async function* readIds(shopId: ShopId, noun: keyof NounCounts): AsyncGenerator<bigint> {
  for (let after = 0n, page = await listIds(db(), shopId, noun, { after, limit: IDS_PER_PAGE }); page.length > 0; page = await listIds(db(), shopId, noun, { after, limit: IDS_PER_PAGE })) {
    yield* page;
    after = page.at(-1) ?? after;
  }
}

/** null: no such customer, or one who was merged, deleted or erased. */
export const findCustomer = (shopId: ShopId, id: CustomerId): Promise<CustomerRecord | null> => histories.findCustomer(db(), shopId, id);
export const listOrdersOf = (shopId: ShopId, customerId: CustomerId, limit: number): Promise<CustomerOrder[]> => histories.listOrdersOf(db(), shopId, customerId, limit);

/** For every customer asked about, also one without orders. */
export const listOrderFacts = async (tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, OrderHistory>> =>
  (customerIds.length === 0 ? new Map() : histories.listOrderFacts(tx, shopId, customerIds));

export const listKnownCustomers = async (tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<CustomerId[]> => (ids.length === 0 ? [] : customers.listKnown(tx, shopId, ids));

export type { OrderNames } from "./store.server/histories.server.ts";
/** What orders and their lines are called, whoever's they are. */
export const nameOrders = async (tx: Tx, shopId: ShopId, orderIds: readonly OrderId[]): Promise<Map<string, histories.OrderNames>> => (orderIds.length === 0 ? new Map() : histories.nameOrders(tx, shopId, orderIds));

/** As a merchant knows them; whoever has neither name nor address is left out. */
export const nameCustomers = async (tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<Map<CustomerId, customers.Named>> => (ids.length === 0 ? new Map() : customers.nameThem(tx, shopId, ids));

/** The language each speaks, where Shopify knows. */
export const findLocales = (tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<Map<CustomerId, string>> => customers.findLocales(tx, shopId, ids);

/** Customers by their e-mail addresses, in small letters; who is not here is left out. */
export const findCustomersByEmail = async (tx: Tx, shopId: ShopId, emails: readonly string[]): Promise<Map<string, CustomerId>> => (emails.length === 0 ? new Map() : customers.findByEmails(tx, shopId, emails));

/** The number each is known by now, should they have been merged into somebody; who is not here is left out. */
export const followCustomers = async (tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<Map<CustomerId, CustomerId>> => (ids.length === 0 ? new Map() : customers.followIds(tx, shopId, ids));

/** In the order of their numbers, after one of them. */
export const listNextCustomers = (tx: Tx, shopId: ShopId, page: { after: bigint; limit: number }): Promise<CustomerId[]> => customers.listNext(tx, shopId, page);

export { GROSS_MARGIN, knowsCosts, soldGoods } from "./store.server/margins.server.ts";

/** After much was stored at once, before it is counted. */
export async function collectFactStatistics(): Promise<void> {
  await collectStatistics(db());
}

export const countNouns = (shopId: ShopId): Promise<NounCounts> => readTally(db(), shopId);

/** Should the counter ever have drifted: part of the night's work. */
export async function recountNouns(tx: Tx, shopId: ShopId): Promise<void> {
  await takeWriterLock(tx, shopId);
  await recount(tx, shopId);
}

export const exportPerson = (tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> => people.exportPerson(tx, shopId, customerId);

/** The orders stay, so that totals stay true, under a surrogate nobody can trace back. Answers how the person was known. */
export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId, orderIds: readonly OrderId[]): Promise<SavedOrders & { mentions: Mentions }> {
  await takeWriterLock(tx, shopId);
  const surrogateId = makeSurrogateId();
  const disowned = await people.disownOrders(tx, shopId, { customerId, orderIds, surrogateId });
  const { rows, mergedIds } = await people.erasePerson(tx, shopId, customerId);
  await addToTally(tx, shopId, { customers: -rows.length });
  return {
    changedBuyerIds: buyersOf(disowned.flatMap((row) => [row.old_buyer_id, row.buyer_id])),
    changedCount: disowned.length,
    mentions: { ids: [customerId, ...mergedIds, ...orderIds, ...disowned.map(({ id }) => id)], emails: rows.flatMap(({ email }) => (email === null ? [] : [email])) },
  };
}

export const eraseShop = (tx: Tx, shopId: ShopId): Promise<void> => people.eraseShop(tx, shopId);

/** Above every id Shopify gives, and made of chance alone. */
/** Of nobody: it leads nowhere, and is no number of Shopify's. */
export const makeSurrogateId = (): bigint => 2n ** 62n + (crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n) % 2n ** 62n;

const buyersOf = (ids: readonly bigint[]): BuyerId[] => [...new Set(ids)].map((id) => parseId<BuyerId>(id));

const NOTHING: SavedOrders = { changedBuyerIds: [], changedCount: 0 };
