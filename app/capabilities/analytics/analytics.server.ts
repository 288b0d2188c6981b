// Retention kept true: whose orders changed is noted, what changed is moved, pages read the sums.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { addDays, addMonths, dayOfDate, firstDayOf, lastDayOf, monthOf, parseDay, parseMonth, type Day, type DayRange } from "../../values/day.ts";
import { parseId, type BuyerId, type CustomerId, type OrderId, type ShopId } from "../../values/ids.ts";
import { invariant } from "../../values/invariant.ts";
import { personName } from "../../values/person-name.ts";
import type { Shop } from "../shops/model.ts";
import { readShop } from "../shops/shops.server.ts";
import { ORDERS_PAGE, type Comparison, type ListedOrder, type OrderKind, type Overview, type PurchaseDays, type Reader, type RangePreset, type RetentionFormula, type Totals } from "./model.ts";
import { comparedBy, isBaseCut, kpisOf, periodBefore, poolRetention, presetFor, rangeOf, type MonthTotals } from "./rules.ts";
import * as store from "./store.server.ts";

const SPARK_MONTHS = 12;
const REBUILD_TIMEOUT_MS = 900_000; // a million orders take half a minute alone; ten million must not fail

/** Part of the writer's transaction, so that no change is ever without its note. Send `refreshAnalytics` after the commit. */
export async function noteChangedBuyers(tx: Tx, shopId: ShopId, buyerIds: readonly BuyerId[]): Promise<void> {
  if (buyerIds.length > 0) await store.addChangedBuyers(tx, shopId, buyerIds);
}

/** Moves every noted change into the rollups, a batch a transaction. */
export async function refreshShop(shopId: ShopId): Promise<void> {
  const { timeZone } = await readShop(shopId);
  const refreshBatch = (tx: Tx) => store.refreshChanged(tx, shopId, { timeZone, limit: store.BATCH_MAX });
  for (let taken = store.BATCH_MAX; taken === store.BATCH_MAX; ) {
    taken = await inTransaction(async (tx) => {
      await store.takeRefreshLock(tx, shopId);
      const count = await refreshBatch(tx);
      if (count > 0) await store.stampRefresh(tx, shopId, now());
      return count;
    });
  }
}

/** Builds the rollups of a shop anew: after a backfill, and when its time zone changed. */
export async function rebuildShop(shopId: ShopId): Promise<void> {
  const { timeZone } = await readShop(shopId);
  await inTransaction(async (tx) => {
    await store.takeRefreshLock(tx, shopId);
    await store.rebuild(tx, shopId, { timeZone });
    await store.stampRebuild(tx, shopId, now());
  }, { timeoutMs: REBUILD_TIMEOUT_MS });
}

/** Rollup rows that differ from a rebuild; 0 unless there is a bug. Changes that still wait are moved first. */
export async function countRollupDifferences(shopId: ShopId): Promise<number> {
  const { timeZone } = await readShop(shopId);
  return inTransaction(async (tx) => {
    await store.takeRefreshLock(tx, shopId);
    while ((await store.refreshChanged(tx, shopId, { timeZone, limit: store.BATCH_MAX })) > 0); // none may wait while the two are compared
    return store.countDifferences(tx, shopId, { timeZone });
  }, { timeoutMs: REBUILD_TIMEOUT_MS });
}

/** Shops whose changes wait for a refresh, because a process died before it rang. */
export const listShopsToRefresh = async (): Promise<ShopId[]> =>
  (await store.listShopsWithChanges(db())).map((row) => parseId<ShopId>(row.shop_id));

/** When the numbers last moved: a page that has shown this moment has nothing to ask. */
export const findRefreshedAt = (shopId: ShopId): Promise<Date | null> => store.findRefreshedAt(db(), shopId);

/** Customers about whom anything may have moved: takes their notes, so that who follows them does so in this transaction. */
export const takeMovedCustomers = (tx: Tx, shopId: ShopId, reader: Reader, limit: number): Promise<CustomerId[]> => store.takeMoved(tx, shopId, reader, limit);

/** Something else than orders moved about customers: who follows them looks again. Part of the writer's transaction. */
export const noteMovedCustomers = (tx: Tx, shopId: ShopId, reader: Reader, ids: readonly CustomerId[]): Promise<void> => store.addMoved(tx, shopId, reader, ids);

/** When everything was last built anew; who follows single customers then looks at all of them. */
export const findRebuiltAt = (shopId: ShopId): Promise<Date | null> => store.findRebuiltAt(db(), shopId);

export const listShopsWithMovedCustomers = async (reader: Reader): Promise<ShopId[]> => (await store.listShopsWithMoved(db(), reader)).map((row) => parseId<ShopId>(row.shop_id));

const PURCHASE_PAGE = 5_000; // customers

/** What every customer bought, by day, a page of customers at a time: for whoever has to look at all of history once a night. */
export async function* purchaseDayPages(shopId: ShopId): AsyncGenerator<PurchaseDays[]> {
  for (let after = 0n; ; ) {
    const page = await store.listPurchaseDays(db(), shopId, { after, limit: PURCHASE_PAGE });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PURCHASE_PAGE) return;
    after = last.customerId;
  }
}

/** Every figure of Home for a range, or for a preset; neither: the shop's best preset. Compared with the period before unless said otherwise. */
export async function readOverview(shop: Shop, wish: { range?: DayRange; preset?: RangePreset; comparison?: Comparison }, today: Day): Promise<Overview> {
  const tx = db();
  const span = await store.readSpan(tx, shop.id);
  const firstOrderOn = span.first && dayOfDate(span.first);
  const preset = wish.range ? null : (wish.preset ?? presetFor({ today, firstOrderOn }));
  const range = wish.range ?? rangeOf(preset ?? "all_time", { today, firstOrderOn });
  const isAllTime = preset === "all_time";
  const comparison = wish.comparison ?? "previous";
  const against = comparedBy(comparison, range, isAllTime);
  const lastMonth = monthOf(range.to);
  const firstMonth = isAllTime ? monthOf(range.from) : addMonths(lastMonth, 1 - SPARK_MONTHS);
  const [formula, [totals, previous], months] = await Promise.all([
    store.findFormula(tx, shop.id),
    readTotals(tx, shop.id, against ? [range, against] : [range]),
    readMonths(tx, shop.id, { from: firstDayOf(firstMonth), to: range.to }, today),
  ]);
  invariant(totals);
  const isPreviousCut = against !== null && isBaseCut(against, firstOrderOn);
  const shown = isAllTime ? { ...totals, ...poolRetention(months) } : totals;
  return {
    range, preset, comparison, comparedWith: against, retentionPeriod: isAllTime ? null : periodBefore(range),
    totals: shown, previousTotals: previous ?? null, isPreviousCut, kpis: kpisOf({ totals: shown, previous: previous ?? null, months: months.slice(-SPARK_MONTHS), isPreviousCut }, formula),
    firstOrderOn, lastOrderOn: span.last && dayOfDate(span.last),
  };
}

/** The sums of each calendar month, oldest first, the running one last: of those that began after the shop's first order, at most so many. */
export async function readMonthlyTotals(shopId: ShopId, today: Day, count: number): Promise<MonthTotals[]> {
  const { first } = await store.readSpan(db(), shopId);
  if (first === null) return [];
  const begun = monthOf(addDays(dayOfDate(first), -1)); // a month the first order began inside is not a whole one
  const from = [addMonths(begun, 1), addMonths(monthOf(today), 1 - count)].reduce((one, other) => (one > other ? one : other));
  return from > monthOf(today) ? [] : readMonths(db(), shopId, { from: firstDayOf(from), to: today }, today);
}

/** The sums of each range, in the order asked. */
export const readTotalsOf = (shopId: ShopId, ranges: readonly DayRange[]): Promise<Totals[]> => readTotals(db(), shopId, ranges);

/** What the merchant calls retention. */
export const readFormula = (shopId: ShopId): Promise<RetentionFormula> => store.findFormula(db(), shopId);

export const findFirstOrderOn = async (shopId: ShopId): Promise<Day | null> => {
  const { first } = await store.readSpan(db(), shopId);
  return first && dayOfDate(first);
};

/** What the merchant calls retention from now on, wherever it stands. */
export const chooseFormula = (shopId: ShopId, formula: RetentionFormula): Promise<void> => inTransaction((tx) => store.saveFormula(tx, shopId, formula));

type OrderWish = { range: DayRange; kind: OrderKind };

/** The orders a figure counts, the newest first, and what they come to; `page` counts from 0. */
export async function listOrders(shopId: ShopId, wish: OrderWish, page: number): Promise<{ orders: ListedOrder[]; count: number; revenueMinor: number }> {
  const tx = db();
  const [rows, [sums]] = await Promise.all([store.listOrders(tx, shopId, { ...wish, before: null, limit: ORDERS_PAGE, offset: page * ORDERS_PAGE }), store.readRangeSums(tx, shopId, [wish.range])]);
  invariant(sums);
  return { orders: rows.map(toListed), ...sumOf(wish.kind, sums) };
}

/** The same, all of them, in pages. */
export async function* orderPages(shopId: ShopId, wish: OrderWish): AsyncGenerator<ListedOrder[]> {
  for (let before: { day: string; orderId: bigint } | null = null; ; ) {
    const rows: store.OrderRow[] = await store.listOrders(db(), shopId, { ...wish, before, limit: ORDER_ROWS, offset: 0 });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(toListed);
    before = { day: last.day, orderId: last.order_id };
  }
}
const ORDER_ROWS = 5_000;

const toListed = ({ order_id, name, day, customer_id, first_name, last_name, locale, email, place, revenue_minor }: store.OrderRow): ListedOrder =>
  ({ orderId: parseId<OrderId>(order_id), name, day: parseDay(day), customerId: customer_id === null ? null : parseId<CustomerId>(customer_id), customerName: personName({ firstName: first_name, lastName: last_name }, locale), email, place, revenueMinor: Number(revenue_minor) });

function sumOf(kind: OrderKind, sums: store.DaySums): { count: number; revenueMinor: number } {
  const [orders, guests, firsts] = [{ count: sums.orders, revenueMinor: Number(sums.revenue_minor) }, { count: sums.guest_orders, revenueMinor: Number(sums.guest_revenue_minor) }, { count: sums.first_orders, revenueMinor: Number(sums.first_revenue_minor) }];
  const less = (one: typeof orders, other: typeof orders) => ({ count: one.count - other.count, revenueMinor: one.revenueMinor - other.revenueMinor });
  return { all: orders, customers: less(orders, guests), first: firsts, returning: less(less(orders, guests), firsts), guests }[kind];
}

/** Distinct people are counted by their orders: see README.md, "Distinct people over any range". One query for all the ranges. */
async function readTotals(tx: Tx, shopId: ShopId, ranges: readonly DayRange[]): Promise<Totals[]> {
  const spans = ranges.flatMap((range) => {
    const before = periodBefore(range);
    return [range, before, { from: before.from, to: range.to }];
  });
  const sums = await store.readRangeSums(tx, shopId, spans);
  return ranges.map((_, index) => {
    const [days, before, both] = sums.slice(index * 3, index * 3 + 3);
    invariant(days && before && both);
    return totalsOf(days, { previousCustomers: customersIn(before), eitherCustomers: customersIn(both) });
  });
}

const customersIn = (sums: store.DaySums & store.ReturnSums) => sums.first_orders + sums.previous_before;

function totalsOf(days: store.DaySums & store.ReturnSums, { previousCustomers, eitherCustomers }: { previousCustomers: number; eitherCustomers: number }): Totals {
  const customers = customersIn(days);
  return {
    ...sumsOf(days), customers, previousCustomers,
    repeatCustomers: days.first_orders + days.second_orders + days.second_previous_before - customers,
    retainedCustomers: previousCustomers + customers - eitherCustomers,
    askedCustomers: customers, returningCustomers: customers - days.first_orders,
  };
}

const sumsOf = (days: store.DaySums) => ({
  orders: days.orders, revenueMinor: Number(days.revenue_minor), guestOrders: days.guest_orders, guestRevenueMinor: Number(days.guest_revenue_minor),
  newCustomers: days.first_orders, returningRevenueMinor: Number(days.revenue_minor - days.guest_revenue_minor - days.first_revenue_minor),
});

async function readMonths(tx: Tx, shopId: ShopId, span: DayRange, today: Day): Promise<MonthTotals[]> {
  const rows = await store.readMonthSums(tx, shopId, { from: firstDayOf(addMonths(monthOf(span.from), -1)), to: span.to });
  return rows.slice(1).map((row, index) => {
    const before = rows[index];
    invariant(before);
    const month = parseMonth(row.month);
    const eitherCustomers = before.first_orders + row.first_orders + before.pair_previous_before;
    return { month, isComplete: lastDayOf(month) < today && lastDayOf(month) <= span.to, totals: totalsOf(row, { previousCustomers: customersIn(before), eitherCustomers }) };
  });
}
