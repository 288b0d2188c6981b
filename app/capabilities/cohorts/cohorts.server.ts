// Cohorts: sums of what became of customers by what they began with, kept true and read.
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { now } from "../../platform/clock.server.ts";
import type { Day } from "../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../values/ids.ts";
import { findRebuiltAt, listShopsWithMovedCustomers, takeMovedCustomers } from "../analytics/analytics.server.ts";
import type { Titled } from "../orders/model.ts";
import { knowsCosts, listTitles, readCollectionChanges } from "../orders/orders.server.ts";
import type { Shop } from "../shops/model.ts";
import { STEPS, type CohortTable, type GapCount, type Grain, type Selection, type Step, type Trait, type TraitChoice, type TraitKind, type TraitTitles } from "./model.ts";
import { clockOf, countLater, GAPS_MIN, type Clock, type Waiters } from "./rules/clock.ts";
import { tableOf } from "./rules/table.ts";
import * as reads from "./store.server/reads.server.ts";
import * as rhythms from "./store.server/rhythm.server.ts";
import * as sums from "./store.server/sums.server.ts";

export { importCosts, listCosts, previewCosts, saveCosts, saveTypedCosts, type CostFileAnswer, type CostPreview } from "./cohorts.server/costs.server.ts";
export { listSalesChannels, readValue, type Value } from "./cohorts.server/value.server.ts";
export { findMeasuredAt, listReplenishment, measureProducts, readBrightSpots, readFirstProducts, readFlows, type Flow } from "./cohorts.server/products.server.ts";

const PAGE = 1_000; // customers a transaction: about half a second
const REBUILD_TIMEOUT_MS = 900_000;

/** Brings the sums to where analytics' stand. Answers whether there is more than fits before `until`. */
export async function followCustomers(shopId: ShopId, until: Date | null): Promise<boolean> {
  const rebuiltAt = await findRebuiltAt(shopId);
  if (rebuiltAt === null) return false; // nothing has been counted yet
  const hasCosts = await knowsCosts(db(), shopId);
  await inTransaction(async (tx) => {
    if ((await sums.takeLock(tx, shopId))?.getTime() === rebuiltAt.getTime()) return;
    const collectionChanges = await readCollectionChanges(tx, shopId); // first: what changes meanwhile is looked at again
    await sums.rebuild(tx, shopId, hasCosts);
    await sums.stampRebuild(tx, shopId, { rebuiltAt, collectionChanges });
  }, { timeoutMs: REBUILD_TIMEOUT_MS });
  for (;;) {
    const taken = await inTransaction(async (tx) => {
      await sums.takeLock(tx, shopId);
      const ids = await takeMovedCustomers(tx, shopId, "cohorts", PAGE);
      if (ids.length > 0) await sums.follow(tx, shopId, ids, hasCosts);
      return ids.length;
    });
    if (taken === 0) return false;
    if (until !== null && now() >= until) return true;
  }
}

/** What a customer's life with the shop began with, as the sums have it. */
export const exportPerson = async (tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> => ({ cohort: await sums.readPerson(tx, shopId, customerId) });

/** A person of whom nothing may stay: the sums go without them. Part of the eraser's transaction, after their orders have gone. */
export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  await sums.takeLock(tx, shopId);
  await sums.follow(tx, shopId, [customerId], await knowsCosts(tx, shopId));
}

export const eraseShop = (tx: Tx, shopId: ShopId): Promise<void> => sums.eraseShop(tx, shopId);

const MENDED_MAX = 50_000;

/** Once a day, and when collections changed: members whose product types, collections, costs or tags have changed without an order are counted anew, from `mendedMax` on all
 *  of them at once. Answers how many rows of the sums were wrong, 0 unless there is a bug. */
export async function compareWithOrders(shopId: ShopId, mendedMax = MENDED_MAX): Promise<number> {
  const hasCosts = await knowsCosts(db(), shopId);
  return inTransaction(async (tx) => {
    await sums.takeLock(tx, shopId);
    const collectionChanges = await readCollectionChanges(tx, shopId); // first: what changes meanwhile is looked at again
    const ids = await sums.listDiffering(tx, shopId, { limit: mendedMax, hasCosts });
    const isMuch = ids.length === mendedMax;
    for (let from = 0; !isMuch && from < ids.length; from += PAGE) await sums.follow(tx, shopId, ids.slice(from, from + PAGE), hasCosts);
    const differing = isMuch ? 0 : await sums.countDifferences(tx, shopId);
    await sums.stampComparison(tx, shopId, { comparedAt: now(), differing, collectionChanges });
    if (isMuch || differing > 0) await sums.rebuild(tx, shopId, hasCosts);
    return differing;
  }, { timeoutMs: REBUILD_TIMEOUT_MS });
}

/** Shops with something to follow, because a process died before it rang, or a rebuild threw the notes away. */
export async function listShopsToFollow(): Promise<ShopId[]> {
  const rebuilt = (await sums.listShopsToRebuild(db())).map((row) => parseId<ShopId>(row.shop_id));
  return [...new Set([...rebuilt, ...(await listShopsWithMovedCustomers("cohorts"))])];
}

/** Shops whose collections have changed since their members were counted. */
export const listShopsToCompare = async (): Promise<ShopId[]> => (await sums.listShopsToCompare(db())).map((row) => parseId<ShopId>(row.shop_id));

/** Of every shop that has been counted once: when its sums were last compared, and its products measured; null: never. */
export const listLooks = async (): Promise<Map<ShopId, { comparedAt: Date | null; measuredAt: Date | null }>> => new Map((await sums.listLocks(db())).map(({ shopId, ...looks }) => [parseId<ShopId>(shopId), looks]));

/** Whether everything has been counted once: until then there is nothing to read. */
export const isCounted = async (shopId: ShopId): Promise<boolean> => ((await sums.findLock(db(), shopId))?.rebuiltAt ?? null) !== null;

export async function readCohorts({ id }: Pick<Shop, "id">, { grain, selection, today }: { grain: Grain; selection: Selection; today: Day }): Promise<CohortTable> {
  return tableOf(grain, await reads.listCells(db(), id, grain, selection), today);
}

/** What the products and collections among these traits are called. */
export async function nameTraits(shopId: ShopId, traits: readonly Trait[]): Promise<TraitTitles> {
  const idsOf = (wanted: TraitKind): string[] => traits.flatMap(({ kind, value }) => (kind === wanted ? [value] : []));
  const byId = (named: readonly Titled[]) => Object.fromEntries(named.map(({ id, title }) => [String(id), title]));
  const [products, collections] = await Promise.all([listTitles(shopId, "products", idsOf("product").map(BigInt)), listTitles(shopId, "collections", idsOf("collection").map(BigInt))]);
  return { product: byId(products), collection: byId(collections) };
}

const CHOICES_MAX = 50;

/** What customers began with, the commonest first. */
export const listTraitChoices = (shopId: ShopId, kind: TraitKind, like = ""): Promise<TraitChoice[]> => reads.listTraitChoices(db(), shopId, kind, { like, limit: CHOICES_MAX });

/** `productId`: of those whose first order held it; null: of everybody. */
export type RhythmWish = { step: Step; productId: string | null; today: Day };
/** `gaps`: between any two orders in a row; `waiters`: of everybody who placed the order before the step's. */
export type PurchaseRhythm = { gaps: PlacedGap[]; waiters: Waiters };
/** `sequence`: the place of the order at its end, 5 for any later one. */
export type PlacedGap = GapCount & { sequence: number };

export async function readRhythm({ id }: Pick<Shop, "id">, { step, productId, today }: RhythmWish): Promise<PurchaseRhythm> {
  const [gaps, reached] = await Promise.all([rhythms.listGaps(db(), id, productId), rhythms.listReached(db(), id, productId, { place: STEPS[step] - 1, today })]);
  return { gaps, waiters: { came: gaps.filter(({ sequence }) => sequence === STEPS[step]), ...waitersOf(reached) } };
}

const waitersOf = (reached: readonly { days: number; reached: number; left: number }[]): Omit<Waiters, "came"> => ({
  waiting: reached.map(({ days, reached: all, left }) => ({ days, customers: all - left })), followed: reached.map(({ days, reached: all }) => ({ days, customers: all })),
});

export const CLOCKS_PAGE_SIZE = 10;
/** `cameLater`: second orders on a later day than the first; `clock` null: too few of these. */
export type ProductClock = { productId: string; title: string | null; customers: number; cameLater: number; clock: Omit<Clock, "chances"> | null };

/** The second-order clocks of first products with enough second orders, the commonest first; `page` counts from 0. `all`: products anybody began with, `known`: of these, with a clock. */
export async function listClocks({ id }: Pick<Shop, "id">, { page, today }: { page: number; today: Day }): Promise<{ rows: ProductClock[]; all: number; known: number }> {
  const [rows, counts] = await Promise.all([rhythms.listBeginnings(db(), id, { repeatersMin: GAPS_MIN, today, limit: CLOCKS_PAGE_SIZE, offset: page * CLOCKS_PAGE_SIZE }), rhythms.countBeginnings(db(), id, GAPS_MIN)]);
  return { ...counts, rows: rows.map(toClock) };
}

/** Every one of them, page by page. */
export async function* clockPages(shop: Pick<Shop, "id">, today: Day): AsyncGenerator<ProductClock[]> {
  for (let page = 0; ; page += 1) {
    const { rows } = await listClocks(shop, { page, today });
    if (rows.length === 0) return;
    yield rows;
  }
}

function toClock({ product_id, title, customers, gap_days, gap_orders, days, reached, left }: rhythms.BeginningRow): ProductClock {
  const came = (gap_days ?? []).map((gap, at) => ({ days: gap, orders: gap_orders?.[at] ?? 0 }));
  const clock = clockOf({ came, ...waitersOf((days ?? []).map((ago, at) => ({ days: ago, reached: reached?.[at] ?? 0, left: left?.[at] ?? 0 }))) });
  return { productId: product_id, title, customers, cameLater: countLater({ came }), clock: clock && shortened(clock) };
}

const shortened = ({ chances: _chances, ...clock }: Clock): Omit<Clock, "chances"> => clock;
