// The pages about retention from the rollups, against the same figures straight from the orders, in a small shop and in a large one.
import { listOrders, readOverview } from "../../app/capabilities/analytics/analytics.server.ts";
import { comparedWith, periodBefore, rangeOf } from "../../app/capabilities/analytics/rules.ts";
import { followCustomers, listClocks, listReplenishment, measureProducts, readBrightSpots, readCohorts, readFirstProducts, readFlows, readRhythm, readValue } from "../../app/capabilities/cohorts/cohorts.server.ts";
import type { Selection } from "../../app/capabilities/cohorts/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { readHome } from "../../app/capabilities/targets/targets.server.ts";
import { db, Prisma } from "../../app/platform/db.server.ts";
import { parseDay, type Day, type DayRange } from "../../app/values/day.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { medianMs, milliseconds, secondsOf, type Ratio } from "./measure.ts";
import { addCollections, addLines, makeShop } from "./shops.ts";

const TODAY = parseDay("2026-11-10");
const RUNS = 25;
const DIRECT_RUNS = 3;

export async function benchReads({ small, large }: { small: number; large: number }): Promise<Ratio[]> {
  const smallId = await makeShop(11n, small);
  const largeId = await makeShop(12n, large);
  for (const id of [smallId, largeId]) for (const add of [addLines, addCollections]) await add(id);
  await followCustomers(smallId, null);
  const built = await secondsOf(() => followCustomers(largeId, null));
  const ours = { small: await timeOurs(smallId), large: await timeOurs(largeId) };
  const direct = { home: await medianMs(DIRECT_RUNS, () => readHomeDirectly(largeId)), cohorts: await medianMs(DIRECT_RUNS, () => readCohortsDirectly(largeId)) };
  const size = `${large.toLocaleString("en")} orders`;
  return [
    faster(`Home, ${size}: from rollups`, ours.large.home, direct.home),
    faster(`Cohorts, ${size}: from rollups`, ours.large.cohorts, direct.cohorts),
    growth("Home, large shop: against a small one", ours.large.home, ours.small.home),
    growth("Cohorts, large shop: against a small one", ours.large.cohorts, ours.small.cohorts),
    ...(await benchSelections(largeId, { directMs: direct.cohorts, size })),
    ...(await benchPages(largeId, { directMs: direct.cohorts, size })),
    { name: `Cohorts, ${size}: all sums built anew`, ours: `${built.toFixed(1)} s`, other: `${((built / large) * 1_000_000).toFixed(1)} s a million more`, ratio: (built * 1_000) / direct.cohorts, aim: "within 60 s a million", isMet: (built / large) * 1_000_000 <= 60 },
  ];
}

/** Who began with one thing has sums; with two they are counted from members, here of everybody, which is the most there can be. */
async function benchSelections(shopId: ShopId, { directMs, size }: { directMs: number; size: string }): Promise<Ratio[]> {
  const shop = await readShop(shopId);
  const time = (grain: "month" | "week", selection: Selection) => medianMs(DIRECT_RUNS, () => readCohorts(shop, { grain, selection, today: TODAY }));
  const one = await time("month", [{ kind: "code", value: "" }]);
  const two = await time("month", [{ kind: "code", value: "" }, { kind: "channel", value: "" }]);
  const weeks = await time("week", [{ kind: "code", value: "" }]);
  const under = (name: string, ms: number, limitMs: number): Ratio => ({ name, ours: milliseconds(ms), other: `${milliseconds(directMs)} from orders`, ratio: directMs / ms, aim: `under ${milliseconds(limitMs)}`, isMet: ms < limitMs });
  return [
    under(`Cohorts, ${size}: who began with one thing`, one, SUMMED_MS), under(`Cohorts, ${size}: with two, counted`, two, COUNTED_MS), under(`Cohorts, ${size}: with one by weeks, counted`, weeks, COUNTED_MS),
  ];
}

/** What the other pages about retention ask for, each as its loader does. */
async function benchPages(shopId: ShopId, { directMs, size }: { directMs: number; size: string }): Promise<Ratio[]> {
  const shop = await readShop(shopId);
  const counted = await secondsOf(() => measureProducts(shopId));
  const all = { trait: null, today: TODAY };
  const pages: [name: string, read: () => Promise<unknown>][] = [
    ["Lifetime value", () => readValue(shop, all)],
    ["Purchase rhythm, with ten clocks", () => Promise.all([readRhythm(shop, { step: "second", productId: null, today: TODAY }), listClocks(shop, { page: 0, today: TODAY })])],
    ["First products, flow and bright spots", () => Promise.all([readFirstProducts(shop, TODAY), readFlows(shopId, ["1"]), readBrightSpots(shopId)])],
    ["Replenishment", () => listReplenishment(shopId, { of: "products", like: "", limit: 51, offset: 0 })],
    ["Goals, bands and notes on Home", () => readHome(shopId, TODAY)],
    ["Orders of a year, page 20", () => listOrders(shopId, { range: { from: parseDay("2025-11-01"), to: TODAY }, kind: "returning" }, 19)],
  ];
  const rows: Ratio[] = [];
  for (const [name, read] of pages) {
    const ms = await medianMs(RUNS, read);
    rows.push({ name: `${name}, ${size}`, ours: milliseconds(ms), other: `${milliseconds(directMs)} cohorts from orders`, ratio: directMs / ms, aim: `under ${milliseconds(SUMMED_MS)}`, isMet: ms < SUMMED_MS });
  }
  return [...rows, { name: `Bright spots and replenishment, ${size}: the nightly count`, ours: `${counted.toFixed(1)} s`, other: `${((counted / Number(size.replaceAll(/\D/g, ""))) * 1_000_000).toFixed(1)} s a million more`, ratio: (counted * 1_000) / directMs, aim: "within 60 s a million", isMet: counted <= 60 }];
}

const SUMMED_MS = 50;
const COUNTED_MS = 1_000;

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
