// Retention of real shops, as the reports have it, against plain SQL over their orders: no line of the app's counting is used twice.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cohortsReport } from "../../app/routes/app.reports.$report/cohorts-report.ts";
import type { Report } from "../../app/routes/app.reports.$report/report.ts";
import { intervalsReport, secondOrderReport } from "../../app/routes/app.reports.$report/rhythm-reports.ts";
import { ltvReport } from "../../app/routes/app.reports.$report/value-reports.ts";
import { readOverview } from "../../app/capabilities/analytics/analytics.server.ts";
import { retentionsOf } from "../../app/capabilities/analytics/rules.ts";
import { readCohorts, readRhythm, readValue } from "../../app/capabilities/cohorts/cohorts.server.ts";
import { GRAINS, STEPS, STEP_NAMES, type Grain } from "../../app/capabilities/cohorts/model.ts";
import { quantileOf } from "../../app/capabilities/cohorts/rules/gaps.ts";
import type { Shop } from "../../app/capabilities/shops/model.ts";
import { db, Prisma } from "../../app/platform/db.server.ts";
import { parseDay } from "../../app/values/day.ts";
import { openClone } from "../support/database.ts";
import { CDNOW_MASTER, CDNOW_SAMPLE, isHere, ONLINE_RETAIL, storeRealShop, type RealShop } from "../support/real-orders.ts";
import { shopIdOf } from "../support/snapshots.ts";

let close: () => Promise<void>;
beforeAll(async () => { close = await openClone(); });
afterAll(() => close());

const STORING_MS = 300_000; // a limit for what hangs: half a million lines are read while other tests have the machine

/** Every customer's orders in their order: `f` is the day of the first, `n` the place, `p` the day of the one before. */
const ordersOf = ({ id }: Shop) => Prisma.sql`(
  select customer_id, placed_at::date as day, revenue_minor, row_number() over w as n, lag(placed_at::date) over w as p, first_value(placed_at::date) over w as f
    from (select customer_id, id, placed_at at time zone 'UTC' as placed_at, revenue_minor from orders where shop_id = ${id}::bigint) x
  window w as (partition by customer_id order by placed_at, id)) o`;

const PERIODS: Record<Grain, { name: string; between: string }> = {
  week: { name: "YYYY-MM-DD", between: "(period - cohort) / 7" },
  month: { name: "YYYY-MM", between: "(extract(year from period) - extract(year from cohort)) * 12 + extract(month from period) - extract(month from cohort)" },
  quarter: { name: 'YYYY-"Q"Q', between: "(extract(year from period) - extract(year from cohort)) * 4 + extract(quarter from period) - extract(quarter from cohort)" },
  year: { name: "YYYY", between: "extract(year from period) - extract(year from cohort)" },
};

async function cohortsBySql(shop: Shop, grain: Grain): Promise<unknown[][]> {
  const { name, between } = PERIODS[grain];
  const rows = await db().$queryRaw<{ cell: unknown[] }[]>`
    with x as (select customer_id, date_trunc(${grain}, f)::date as cohort, date_trunc(${grain}, day)::date as period, revenue_minor from ${ordersOf(shop)}),
    size as (select cohort, count(distinct customer_id) as size from x group by 1),
    back as (select customer_id, cohort, min(period) as period from x where period > cohort group by 1, 2)
    select json_build_array(to_char(cohort, ${name}), (${Prisma.raw(between)})::int, size, count(distinct customer_id), count(*), sum(revenue_minor),
             case when period = cohort then size else (select count(*) from back b where b.cohort = x.cohort and b.period <= x.period) end) as cell
      from x join size using (cohort) group by cohort, period, size order by cohort, period`;
  return rows.map(({ cell }) => cell);
}

async function cohortsByReport(shop: Shop, grain: Grain, { asOf }: RealShop): Promise<unknown[][]> {
  const table = await readCohorts(shop, { grain, selection: [], today: asOf });
  const { rows } = cohortsReport({ grain, selection: [], measure: null, by: null }, [{ value: "", table }], { asOf, currency: shop.currency });
  return rowsOf({ rows }).filter(([, , , , orders]) => orders !== 0).map(([cohort, period, size, customers, orders, revenue, returnedBy]) => [cohort, period, size, customers, orders, Math.round(Number(revenue) * 100), returnedBy]);
}

function rowsOf({ rows }: Pick<Report, "rows">) {
  if (!Array.isArray(rows)) throw new Error("a short report is not streamed");
  return rows;
}

/** Of who placed their n-th order: days until the next, or until today for those who wait; then events, at risk, and the product of 1 − events ÷ at risk. */
const kaplanMeier = (shop: Shop, place: number, { asOf }: RealShop) => db().$queryRaw<{ row: unknown[] }[]>`
  with x as (select * from ${ordersOf(shop)}),
  wait as (select coalesce(b.day, ${asOf}::date) - a.day as days, b.day is not null as has_come from x a left join x b on b.customer_id = a.customer_id and b.n = a.n + 1 where a.n = ${place}::int),
  day as (select days, count(*) filter (where has_come) as events, count(*) as gone from wait group by 1),
  risk as (select days, events, sum(gone) over (order by days desc) as at_risk from day)
  select json_build_array(days, at_risk, events, survival) as row
    from (select *, round(exp(sum(ln(case when events = at_risk then 1e-300 else 1 - events / at_risk end)) over (order by days))::numeric, 6)::float8 as survival from risk) s where events > 0 order by days`;

/** Revenue a customer by the end of a day of age, of the cohorts all of which have had it by yesterday. */
const lifetimeValues = (shop: Shop, { asOf }: RealShop) => db().$queryRaw<{ row: unknown[] }[]>`
  with x as (select date_trunc('month', f)::date as cohort, customer_id, day - f as age, revenue_minor from ${ordersOf(shop)}),
  c as (select cohort, count(distinct customer_id) as size, least((cohort + interval '1 month - 1 day')::date, ${asOf}::date) as youngest from x group by 1)
  select json_build_array(to_char(cohort, 'YYYY-MM'), d, size, case when youngest + d < ${asOf}::date then round((select sum(revenue_minor) from x where x.cohort = c.cohort and age <= d) / size) end) as row
    from c cross join unnest(array[30, 60, 90, 180, 365]) d order by cohort, d`;

describe.each([CDNOW_SAMPLE, CDNOW_MASTER, ONLINE_RETAIL].map((real, index) => ({ ...real, index })))("$name", (real) => {
  const isMissing = !isHere(real); // the data lie beside the repository, in ../shared/data
  let shop: Shop;
  beforeAll(async () => {
    if (!isMissing) shop = await storeRealShop(shopIdOf(real.index + 1), real);
  }, STORING_MS);

  test.skipIf(isMissing).each(GRAINS)("cohorts by %s", async (grain) => {
    const expected = await cohortsBySql(shop, grain);
    expect(expected.length).toBeGreaterThan(1);
    expect(await cohortsByReport(shop, grain, real)).toEqual(expected);
  });

  test.skipIf(isMissing)("customers, repeat rate, order value, revenue per customer", async () => {
    const [row] = await db().$queryRaw<{ customers: number; repeaters: number; orders: number; revenue: number }[]>`
      select count(distinct customer_id)::int as customers, (count(distinct customer_id) filter (where n = 2))::int as repeaters, count(*)::int as orders, sum(revenue_minor)::float8 as revenue from ${ordersOf(shop)}`;
    if (!row) throw new Error("no orders");
    const { totals, kpis } = await readOverview(shop, { preset: "all_time" }, real.asOf);
    const kpi = Object.fromEntries(kpis.map(({ name, value }) => [name, value]));
    expect(totals).toMatchObject({ customers: row.customers, orders: row.orders, repeatCustomers: row.repeaters, revenueMinor: row.revenue });
    expect(kpi).toMatchObject({ repeat_purchase_rate: row.repeaters / row.customers, average_order_value: row.revenue / row.orders, revenue_per_customer: row.revenue / row.customers });
  });

  test.skipIf(isMissing)("days between orders", async () => {
    const expected = await db().$queryRaw<{ row: unknown[] }[]>`select json_build_array(day - p, count(*)) as row from ${ordersOf(shop)} where p is not null group by day - p order by day - p`;
    const { gaps } = await readRhythm(shop, { step: "second", productId: null, today: real.asOf });
    const rows = rowsOf(intervalsReport({ step: null, query: { step: "second", productId: null }, bucketDays: 1 }, gaps, real.asOf));
    expect(rows.filter(([, count]) => count !== 0)).toEqual(expected.map(({ row }) => row));
  });

  test.skipIf(isMissing).each(STEP_NAMES)("who still waits for the %s order, by Kaplan and Meier", async (step) => {
    const expected = await kaplanMeier(shop, STEPS[step] - 1, real);
    const query = { step, productId: null };
    const { waiters } = await readRhythm(shop, { ...query, today: real.asOf });
    const rows = rowsOf(secondOrderReport(query, waiters, real.asOf)).filter(([, , events]) => events !== 0).map(([day, atRisk, events, survival]) => [day, atRisk, events, Number(survival)]);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows).toEqual(expected.map(({ row }) => row));
  });

  test.skipIf(isMissing)("lifetime value", async () => {
    const expected = (await lifetimeValues(shop, real)).map(({ row }) => row);
    const report = ltvReport({ trait: null, blend: null }, await readValue(shop, { trait: null, today: real.asOf }), { today: real.asOf, currency: shop.currency });
    expect(rowsOf(report).map(([cohort, day, size, revenue]) => [cohort, day, size, revenue === null ? null : Math.round(Number(revenue) * 100)])).toEqual(expected);
    expect(expected.filter(([, , , value]) => value !== null).length).toBeGreaterThan(10);
  });
});

describe.skipIf(!isHere(CDNOW_SAMPLE))("CDNOW's sample has the numbers published of it", () => {
  test("customers, revenue, repeat rate, retention of half-years", async () => {
    const shop = await storeRealShop(shopIdOf(9), CDNOW_SAMPLE);
    const { totals, kpis } = await readOverview(shop, { preset: "all_time" }, CDNOW_SAMPLE.asOf);
    const kpi = Object.fromEntries(kpis.map(({ name, value }) => [name, value ?? NaN]));
    expect(totals).toMatchObject({ customers: 2_357, orders: 6_919, revenueMinor: 24_409_194, repeatCustomers: 1_152 });
    expect((kpi["average_order_value"] ?? NaN) / 100).toBeCloseTo(35.2785, 6);
    expect(totals.orders / totals.customers).toBeCloseTo(2.935511, 6);
    expect((kpi["revenue_per_customer"] ?? NaN) / 100).toBeCloseTo(103.560433, 6);
    expect(kpi["repeat_purchase_rate"]).toBeCloseTo(0.48876, 5);
    const half = await readOverview(shop, { range: { from: parseDay("1998-01-01"), to: parseDay("1998-06-30") } }, CDNOW_SAMPLE.asOf);
    expect(retentionsOf(half.totals).repurchase).toEqual({ numerator: 322, denominator: 619, value: 322 / 619 });
    const { rows } = await readCohorts(shop, { grain: "month", selection: [], today: CDNOW_SAMPLE.asOf });
    expect(rows.map(({ cohort, size, cells }) => [cohort.slice(0, 7), size, ...cells.slice(0, 13).map(({ customers }) => customers)])).toEqual([
      ["1997-01", 781, 781, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45],
      ["1997-02", 857, 857, 134, 110, 75, 77, 75, 61, 61, 74, 70, 59, 57, 59],
      ["1997-03", 719, 719, 87, 84, 78, 63, 64, 55, 57, 73, 65, 47, 51, 78],
    ]);
    const spentBy = (at: number) => rows.map(({ cells, size }) => Number((cells.slice(0, at + 1).reduce((sum, { revenueMinor }) => sum + revenueMinor, 0) / size / 100).toFixed(2)));
    const { gaps } = await readRhythm(shop, { step: "second", productId: null, today: CDNOW_SAMPLE.asOf });
    const apart = gaps.filter(({ days }) => days > 0); // between different days
    expect([0.5, 0.8, 0.9].map((share) => quantileOf(apart, share))).toEqual([34, 117, 196]);
    expect([0, 3, 6, 12].map(spentBy)).toEqual([[36.61, 39.01, 45.64], [55.82, 56.5, 60.55], [69.33, 69.72, 71.84], [89.06, 91.54, 96.91]]);
  });
});
