// Retention kept true: whose orders changed is noted, what changed is moved, pages read the sums.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { addMonths, dayOfDate, firstDayOf, lastDayOf, monthOf, type Day, type DayRange } from "../../values/day.ts";
import { parseId, type BuyerId, type ShopId } from "../../values/ids.ts";
import type { Shop } from "../shops/model.ts";
import { readShop } from "../shops/shops.server.ts";
import type { CohortTable, Overview, RangePreset, Totals } from "./model.ts";
import { cohortTableOf, comparedWith, kpisOf, periodBefore, poolRetention, presetFor, rangeOf, type MonthTotals } from "./rules.ts";
import * as store from "./store.server.ts";

const SPARK_MONTHS = 12;

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
    await store.stampRefresh(tx, shopId, now());
  });
}

/** Rollup rows that differ from a rebuild; 0 unless there is a bug. Changes that still wait are moved first. */
export async function countRollupDifferences(shopId: ShopId): Promise<number> {
  const { timeZone } = await readShop(shopId);
  return inTransaction(async (tx) => {
    await store.takeRefreshLock(tx, shopId);
    while ((await store.refreshChanged(tx, shopId, { timeZone, limit: store.BATCH_MAX })) > 0); // none may wait while the two are compared
    return store.countDifferences(tx, shopId, { timeZone });
  });
}

/** Shops whose changes wait for a refresh, because a process died before it rang. */
export const listShopsToRefresh = async (): Promise<ShopId[]> =>
  (await store.listShopsWithChanges(db())).map((row) => parseId<ShopId>(row.shop_id));

/** When the numbers last moved: a page that has shown this moment has nothing to ask. */
export const findRefreshedAt = (shopId: ShopId): Promise<Date | null> => store.findRefreshedAt(db(), shopId);

/** Every figure of Home for a range, or for a preset; neither: the shop's best preset. */
export async function readOverview(shop: Shop, wish: { range?: DayRange; preset?: RangePreset }, today: Day): Promise<Overview> {
  const tx = db();
  const span = await store.readSpan(tx, shop.id);
  const firstOrderOn = span.first && dayOfDate(span.first);
  const preset = wish.range ? null : (wish.preset ?? presetFor({ today, firstOrderOn }));
  const range = wish.range ?? rangeOf(preset ?? "all_time", { today, firstOrderOn });
  const isAllTime = preset === "all_time";
  const against = isAllTime ? null : comparedWith(range);
  const lastMonth = monthOf(range.to);
  const firstMonth = isAllTime ? monthOf(range.from) : addMonths(lastMonth, 1 - SPARK_MONTHS);
  const [totals, previous, months] = await Promise.all([
    readTotals(tx, shop.id, range),
    against && readTotals(tx, shop.id, against),
    readMonths(tx, shop.id, { from: firstDayOf(firstMonth), to: range.to }, today),
  ]);
  const shown = isAllTime ? { ...totals, ...poolRetention(months) } : totals;
  return {
    range, preset, comparedWith: against, retentionPeriod: isAllTime ? null : periodBefore(range),
    totals: shown, kpis: kpisOf({ totals: shown, previous, months: months.slice(-SPARK_MONTHS) }),
    firstOrderOn, lastOrderOn: span.last && dayOfDate(span.last),
  };
}

/** Distinct people are counted by their orders: see docs/retention.md, "Counting people over any range". */
async function readTotals(tx: Tx, shopId: ShopId, range: DayRange): Promise<Totals> {
  const before = periodBefore(range);
  const both = { from: before.from, to: range.to };
  const [days, returns, previousDays, previousReturns, bothReturns] = await Promise.all([
    store.readDaySums(tx, shopId, range), store.readReturns(tx, shopId, range),
    store.readDaySums(tx, shopId, before), store.readReturns(tx, shopId, before),
    store.readReturns(tx, shopId, both),
  ]);
  const customers = days.first_orders + returns.previousBefore;
  const previousCustomers = previousDays.first_orders + previousReturns.previousBefore;
  const eitherCustomers = previousDays.first_orders + days.first_orders + bothReturns.previousBefore;
  return {
    ...sumsOf(days), customers, previousCustomers,
    repeatCustomers: days.first_orders + days.second_orders + returns.secondPreviousBefore - customers,
    retainedCustomers: previousCustomers + customers - eitherCustomers,
  };
}

const sumsOf = (days: store.DaySums) => ({
  orders: days.orders, revenueMinor: Number(days.revenue_minor), guestOrders: days.guest_orders, guestRevenueMinor: Number(days.guest_revenue_minor),
  newCustomers: days.first_orders, returningRevenueMinor: Number(days.revenue_minor - days.guest_revenue_minor - days.first_revenue_minor),
});

async function readMonths(tx: Tx, shopId: ShopId, span: DayRange, today: Day): Promise<MonthTotals[]> {
  const rows = await store.readMonthSums(tx, shopId, { from: firstDayOf(addMonths(monthOf(span.from), -1)), to: span.to });
  const customersOf = (row: store.MonthSums) => row.first_orders + row.previous_before;
  return rows.slice(1).map((row, index) => {
    const customers = customersOf(row);
    const before = rows[index];
    const previousCustomers = before ? customersOf(before) : 0;
    const month = monthOf(dayOfDate(row.month));
    return {
      month, isComplete: lastDayOf(month) < today && lastDayOf(month) <= span.to,
      totals: {
        ...sumsOf(row), customers, previousCustomers,
        repeatCustomers: row.first_orders + row.second_orders + row.second_previous_before - customers,
        retainedCustomers: previousCustomers + customers - row.pair_first_orders - row.pair_previous_before,
      },
    };
  });
}

export async function readCohorts(shop: Shop, today: Day): Promise<CohortTable> {
  const cells = await store.listCohortMonths(db(), shop.id);
  return cohortTableOf(cells.map((cell) => ({
    cohort: monthOf(dayOfDate(cell.cohort)), month: monthOf(dayOfDate(cell.month)), customers: cell.customers, orders: cell.orders, revenueMinor: Number(cell.revenueMinor),
  })), today);
}
