// Home and Cohorts from the rollups, against the same figures straight from the orders, in a small shop and in a large one.
import { readOverview } from "../../app/capabilities/analytics/analytics.server.ts";
import { comparedWith, periodBefore, rangeOf } from "../../app/capabilities/analytics/rules.ts";
import { followCustomers, readCohorts } from "../../app/capabilities/cohorts/cohorts.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db, Prisma } from "../../app/platform/db.server.ts";
import { parseDay, type Day, type DayRange } from "../../app/values/day.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { medianMs, milliseconds, type Ratio } from "./measure.ts";
import { makeShop } from "./shops.ts";

const TODAY = parseDay("2026-11-10");
const RUNS = 25;
const DIRECT_RUNS = 3;

export async function benchReads({ small, large }: { small: number; large: number }): Promise<Ratio[]> {
  const smallId = await makeShop(11n, small);
  const largeId = await makeShop(12n, large);
  for (const shopId of [smallId, largeId]) await followCustomers(shopId, null);
  const ours = { small: await timeOurs(smallId), large: await timeOurs(largeId) };
  const direct = { home: await medianMs(DIRECT_RUNS, () => readHomeDirectly(largeId)), cohorts: await medianMs(DIRECT_RUNS, () => readCohortsDirectly(largeId)) };
  const size = `${large.toLocaleString("en")} orders`;
  return [
    faster(`Home, ${size}: from rollups`, ours.large.home, direct.home),
    faster(`Cohorts, ${size}: from rollups`, ours.large.cohorts, direct.cohorts),
    growth("Home, large shop: against a small one", ours.large.home, ours.small.home),
    growth("Cohorts, large shop: against a small one", ours.large.cohorts, ours.small.cohorts),
  ];
}

const faster = (name: string, oursMs: number, otherMs: number): Ratio =>
  ({ name, ours: milliseconds(oursMs), other: `${milliseconds(otherMs)} from orders`, ratio: otherMs / oursMs, aim: "at least 500 times faster", isMet: otherMs / oursMs >= 500 });
const growth = (name: string, largeMs: number, smallMs: number): Ratio =>
  ({ name, ours: milliseconds(largeMs), other: `${milliseconds(smallMs)} small`, ratio: largeMs / smallMs, aim: "within 1.2 times", isMet: largeMs / smallMs <= 1.2 });

async function timeOurs(shopId: ShopId): Promise<{ home: number; cohorts: number }> {
  const shop = await readShop(shopId);
  return {
    home: await medianMs(RUNS, () => readOverview(shop, { preset: "last_12_months" }, TODAY)),
    cohorts: await medianMs(RUNS, () => readCohorts(shop, { grain: "month", selection: [], today: TODAY })),
  };
}

const ordersOf = (shopId: ShopId) => Prisma.sql`
  select customer_id, revenue_minor, (placed_at at time zone 'America/Los_Angeles')::date as day from orders where shop_id = ${shopId}::bigint and is_counted`;

/** What Home shows, from the orders: totals of the range and of the one compared with, with those before them, and twelve months. */
async function readHomeDirectly(shopId: ShopId): Promise<void> {
  const range = rangeOf("last_12_months", { today: TODAY, firstOrderOn: null });
  for (const each of [range, comparedWith(range)]) await readTotalsDirectly(shopId, each, periodBefore(each));
  await db().$queryRaw`
    with o as (${ordersOf(shopId)}),
    person as (select customer_id, date_trunc('month', day) as month, count(*) as orders, sum(revenue_minor) as revenue from o where day >= '2025-11-01' and day <= ${TODAY}::date and customer_id is not null group by 1, 2),
    kept as (select p.month, count(*) as kept from person p join person q on q.customer_id = p.customer_id and q.month = p.month - interval '1 month' group by 1)
    select p.month, count(*), count(*) filter (where orders > 1), sum(revenue), max(kept.kept) from person p left join kept on kept.month = p.month group by 1`;
}

const readTotalsDirectly = (shopId: ShopId, range: DayRange, before: DayRange) => db().$queryRaw`
  with o as (${ordersOf(shopId)}),
  person as (select customer_id, min(day) as first_day, count(*) filter (where ${within(range)}) as here, count(*) filter (where ${within(before)}) as earlier from o where customer_id is not null group by 1)
  select (select count(*) from o where ${within(range)}) as orders, (select sum(revenue_minor) from o where ${within(range)}) as revenue, (select sum(revenue_minor) from o where customer_id is null and ${within(range)}) as guests,
         count(*) filter (where here > 0) as customers, count(*) filter (where here > 1) as repeat, count(*) filter (where earlier > 0) as previous, count(*) filter (where here > 0 and earlier > 0) as retained,
         count(*) filter (where first_day between ${range.from}::date and ${range.to}::date) as fresh
    from person`;

const within = ({ from, to }: { from: Day; to: Day }) => Prisma.sql`day between ${from}::date and ${to}::date`;

const readCohortsDirectly = (shopId: ShopId) => db().$queryRaw`
  with o as (${ordersOf(shopId)}), first as (select customer_id, date_trunc('month', min(day)) as cohort from o where customer_id is not null group by 1)
  select first.cohort, date_trunc('month', o.day) as month, count(distinct o.customer_id), count(*), sum(o.revenue_minor) from o join first using (customer_id) group by 1, 2`;
