// The rollups in SQL: one statement moves what changed, one transaction builds everything anew, and the two agree.
import { Prisma, type Tx } from "../../platform/db.server.ts";
import type { DayRange } from "../../values/day.ts";
import type { BuyerId, CustomerId, ShopId } from "../../values/ids.ts";
import { READERS, RETENTION_FORMULAS, type OrderKind, type PurchaseDays, type Reader, type RetentionFormula } from "./model.ts";

/** Rows of a refresh batch: about half a second of work on one core. */
export const BATCH_MAX = 2_000;

export async function addChangedBuyers(tx: Tx, shopId: ShopId, buyerIds: readonly BuyerId[]): Promise<void> {
  await tx.$executeRaw`insert into changed_buyer (shop_id, buyer_id) select ${shopId}::bigint, unnest(${[...buyerIds]}::bigint[])`;
}

/** Waits for whoever refreshes this shop now, so that nobody's change falls between two refreshers. */
export async function takeRefreshLock(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`insert into refresh_lock (shop_id) values (${shopId}::bigint) on conflict (shop_id) do nothing`;
  await tx.$queryRaw`select 1 from refresh_lock where shop_id = ${shopId}::bigint for update`;
}

export async function stampRefresh(tx: Tx, shopId: ShopId, at: Date): Promise<void> {
  await tx.$executeRaw`update refresh_lock set refreshed_at = ${at} where shop_id = ${shopId}::bigint`;
}

export async function stampRebuild(tx: Tx, shopId: ShopId, at: Date): Promise<void> {
  await tx.$executeRaw`update refresh_lock set refreshed_at = ${at}, rebuilt_at = ${at} where shop_id = ${shopId}::bigint`;
}

/** Every counted order of the source with its place in its buyer's life. The source gives buyer_id, order_id, placed_at, revenue_minor. */
const placed = (source: Prisma.Sql, timeZone: string) => Prisma.sql`
  select buyer_id, order_id, day, revenue_minor,
         row_number() over life::int as sequence, lag(day) over life as previous_day, lag(day, 2) over life as second_previous_day,
         case when buyer_id > 0 then date_trunc('month', first_value(day) over life)::date end as cohort, first_value(day) over life as first_day
    from (select buyer_id, order_id, placed_at, revenue_minor, (placed_at at time zone ${timeZone})::date as day from (${source}) s) o
  window life as (partition by buyer_id order by placed_at, order_id)`;

/** What a signed set of counted orders (sign, buyer_id, day, ...) adds to the days, and to the months since. */
const kpiDays = (rows: Prisma.Sql) => Prisma.sql`
  select day, sum(sign)::int as orders, sum(sign * revenue_minor)::bigint as revenue_minor,
         coalesce(sum(sign) filter (where buyer_id < 0), 0)::int as guest_orders, coalesce(sum(sign * revenue_minor) filter (where buyer_id < 0), 0)::bigint as guest_revenue_minor,
         coalesce(sum(sign) filter (where buyer_id > 0 and sequence = 1), 0)::int as first_orders, coalesce(sum(sign * revenue_minor) filter (where buyer_id > 0 and sequence = 1), 0)::bigint as first_revenue_minor,
         coalesce(sum(sign) filter (where buyer_id > 0 and sequence = 2), 0)::int as second_orders
    from ${rows} group by day`;

const kpiGaps = (rows: Prisma.Sql) => Prisma.sql`
  select previous_day, day, sum(orders)::int as orders, sum(orders_over_two)::int as orders_over_two from (
    select previous_day, day, sum(sign) as orders, 0 as orders_over_two from ${rows} where previous_day is not null and buyer_id > 0 group by 1, 2
    union all select second_previous_day, day, 0, sum(sign) from ${rows} where second_previous_day is not null and buyer_id > 0 group by 1, 2) x
   group by 1, 2`;

// An order counts "since" a month when its predecessor lies before that month and the order itself does not. Summed per month of the
// predecessor first: a million orders become a few thousand rows before they are spread over the months.
const kpiSinces = (gaps: Prisma.Sql) => Prisma.sql`
  select since::date as since, day, sum(orders)::int as previous_before, sum(orders_over_two)::int as second_previous_before from (
    select generate_series(month + interval '1 month', day::timestamp, interval '1 month') as since, day, orders, orders_over_two from (
      select date_trunc('month', previous_day::timestamp) as month, day, sum(orders) as orders, sum(orders_over_two) as orders_over_two from ${gaps} group by 1, 2) y) x
   group by 1, 2`;

/** What is known of a customer, from their counted orders: named and computed once for the three places that write or compare it. */
const FACT_NAMES = Prisma.raw("cohort, first_order_on, last_order_on, revenue_minor, purchase_days, first_day_revenue_minor, gap_log_sum");
const FACTS_ASSIGNED = Prisma.raw("cohort, first_order_on, last_order_on, revenue_minor, purchase_days, first_day_revenue_minor, gap_log_sum".split(", ").map((name) => `${name} = excluded.${name}`).join(", "));
const FACTS = Prisma.sql`
  min(cohort) as cohort, min(day) as first_order_on, max(day) as last_order_on, sum(revenue_minor)::bigint as revenue_minor,
  (count(day) filter (where previous_day is null or previous_day < day))::int as purchase_days, coalesce(sum(revenue_minor) filter (where day = first_day), 0)::bigint as first_day_revenue_minor,
  coalesce(round((sum(ln((day - previous_day)::float8)) filter (where previous_day < day))::numeric, 6), 0)::float8 as gap_log_sum`; // rounded: the order of adding must not show

const KPI_DAY = Prisma.sql`day, orders, revenue_minor, guest_orders, guest_revenue_minor, first_orders, first_revenue_minor, second_orders`;

/** Takes up to `limit` change notes and moves exactly what they changed. Answers how many notes it took.
 *  One statement, so every part reads the state from before its own changes; CTEs meet only tables and each other by UNION ALL,
 *  for which the planner needs no statistics. Rows are written in key order, so two writers can queue but not deadlock. */
export async function refreshChanged(tx: Tx, shopId: ShopId, { timeZone, limit }: { timeZone: string; limit: number }): Promise<number> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const rows = await tx.$queryRaw<{ taken: number }[]>`
    with claimed as (
      delete from changed_buyer where shop_id = ${shop} and id = any (array(select id from changed_buyer where shop_id = ${shop} order by id limit ${limit})) returning buyer_id
    ), buyer as (select distinct buyer_id from claimed),
    fresh as (${placed(Prisma.sql`select o.buyer_id, o.id as order_id, o.placed_at, o.revenue_minor from buyer b join orders o on o.shop_id = ${shop} and o.buyer_id = b.buyer_id where o.is_counted`, timeZone)}),
    pair as (
      select buyer_id, order_id, max(n_day) as n_day, max(n_sequence) as n_sequence, max(n_previous) as n_previous, max(n_second) as n_second, max(n_cohort) as n_cohort, max(n_revenue) as n_revenue,
             max(o_day) as o_day, max(o_sequence) as o_sequence, max(o_previous) as o_previous, max(o_second) as o_second, max(o_cohort) as o_cohort, max(o_revenue) as o_revenue
        from (select buyer_id, order_id, day as n_day, sequence as n_sequence, previous_day as n_previous, second_previous_day as n_second, cohort as n_cohort, revenue_minor as n_revenue,
                     null::date as o_day, null::int as o_sequence, null::date as o_previous, null::date as o_second, null::date as o_cohort, null::bigint as o_revenue from fresh
              union all
              select c.buyer_id, c.order_id, null, null, null, null, null, null, c.day, c.sequence, c.previous_day, c.second_previous_day, c.cohort, c.revenue_minor
                from buyer b join counted_order c on c.shop_id = ${shop} and c.buyer_id = b.buyer_id) x
       group by 1, 2),
    changed as (select * from pair where (n_day, n_sequence, n_previous, n_second, n_cohort, n_revenue) is distinct from (o_day, o_sequence, o_previous, o_second, o_cohort, o_revenue)),
    moved as (
      select 1 as sign, buyer_id, n_day as day, n_sequence as sequence, n_previous as previous_day, n_second as second_previous_day, n_cohort as cohort, n_revenue as revenue_minor from changed where n_day is not null
      union all select -1, buyer_id, o_day, o_sequence, o_previous, o_second, o_cohort, o_revenue from changed where o_day is not null),
    days as (
      insert into kpi_day as t (shop_id, ${KPI_DAY}) select ${shop}, d.* from (${kpiDays(Prisma.sql`moved`)}) d order by day
      on conflict (shop_id, day) do update set orders = t.orders + excluded.orders, revenue_minor = t.revenue_minor + excluded.revenue_minor,
        guest_orders = t.guest_orders + excluded.guest_orders, guest_revenue_minor = t.guest_revenue_minor + excluded.guest_revenue_minor, first_orders = t.first_orders + excluded.first_orders,
        first_revenue_minor = t.first_revenue_minor + excluded.first_revenue_minor, second_orders = t.second_orders + excluded.second_orders returning 1),
    gap as (${kpiGaps(Prisma.sql`moved`)}),
    gaps as (
      insert into kpi_gap as t (shop_id, previous_day, day, orders, orders_over_two) select ${shop}, g.* from gap g where (orders, orders_over_two) <> (0, 0) order by previous_day, day
      on conflict (shop_id, previous_day, day) do update set orders = t.orders + excluded.orders, orders_over_two = t.orders_over_two + excluded.orders_over_two returning 1),
    sinces as (
      insert into kpi_since as t (shop_id, since, day, previous_before, second_previous_before) select ${shop}, s.* from (${kpiSinces(Prisma.sql`gap`)}) s where (previous_before, second_previous_before) <> (0, 0) order by since, day
      on conflict (shop_id, since, day) do update set previous_before = t.previous_before + excluded.previous_before, second_previous_before = t.second_previous_before + excluded.second_previous_before returning 1),
    dropped as (delete from counted_order c using changed x where c.shop_id = ${shop} and c.buyer_id = x.buyer_id and c.order_id = x.order_id and x.n_day is null returning 1),
    kept as (
      insert into counted_order as t (shop_id, buyer_id, order_id, day, sequence, previous_day, second_previous_day, cohort, revenue_minor)
      select ${shop}, buyer_id, order_id, n_day, n_sequence, n_previous, n_second, n_cohort, n_revenue from changed where n_day is not null order by buyer_id, order_id
      on conflict (shop_id, buyer_id, order_id) do update set day = excluded.day, sequence = excluded.sequence, previous_day = excluded.previous_day, second_previous_day = excluded.second_previous_day, cohort = excluded.cohort, revenue_minor = excluded.revenue_minor returning 1),
    person as (
      select buyer_id, count(day)::int as order_count, ${FACTS}
        from (select buyer_id, cohort, day, previous_day, first_day, revenue_minor from fresh union all select buyer_id, null, null, null, null, null from buyer) x where buyer_id > 0 group by 1),
    gone as (delete from customer_fact f using person p where f.shop_id = ${shop} and f.customer_id = p.buyer_id and p.order_count = 0 returning 1),
    facts as (
      insert into customer_fact as t (shop_id, customer_id, order_count, ${FACT_NAMES})
      select ${shop}, buyer_id, order_count, ${FACT_NAMES} from person where order_count > 0 order by buyer_id
      on conflict (shop_id, customer_id) do update set order_count = excluded.order_count, ${FACTS_ASSIGNED} returning 1),
    followed as (insert into moved_customer (shop_id, customer_id, reader) select ${shop}, buyer_id, reader from buyer cross join unnest(${[...READERS]}::text[]) as reader where buyer_id > 0 order by buyer_id, reader)
    select (select count(*) from claimed)::int as taken`;
  return rows[0]?.taken ?? 0;
}

/** Forgets the rollups and builds them from the orders. Notes are taken first: what changes meanwhile leaves a note of its own. */
export async function rebuild(tx: Tx, shopId: ShopId, { timeZone }: { timeZone: string }): Promise<void> {
  const shop = Prisma.sql`${shopId}::bigint`;
  await tx.$executeRaw`set local work_mem = '128MB'`; // every order of the shop is sorted by its buyer: in memory up to a million
  for (const table of ["changed_buyer", "moved_customer", "counted_order", "customer_fact", "kpi_day", "kpi_gap", "kpi_since"]) {
    await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shop}`;
  }
  await tx.$executeRaw`
    insert into counted_order (shop_id, buyer_id, order_id, day, revenue_minor, sequence, previous_day, second_previous_day, cohort)
    select ${shop}, buyer_id, order_id, day, revenue_minor, sequence, previous_day, second_previous_day, cohort from (${placed(countedOf(shop), timeZone)}) p`;
  const rows = Prisma.sql`(select 1 as sign, * from counted_order where shop_id = ${shop}) c`;
  await tx.$executeRaw`insert into kpi_day (shop_id, ${KPI_DAY}) select ${shop}, d.* from (${kpiDays(rows)}) d`;
  await tx.$executeRaw`insert into kpi_gap (shop_id, previous_day, day, orders, orders_over_two) select ${shop}, g.* from (${kpiGaps(rows)}) g`;
  await tx.$executeRaw`insert into kpi_since (shop_id, since, day, previous_before, second_previous_before) select ${shop}, s.* from (${kpiSinces(Prisma.sql`(select * from kpi_gap where shop_id = ${shop}) g`)}) s`;
  await tx.$executeRaw`
    insert into customer_fact (shop_id, customer_id, order_count, ${FACT_NAMES})
    select ${shop}, buyer_id, count(*)::int, ${FACTS} from (select *, min(day) over (partition by buyer_id) as first_day from counted_order where shop_id = ${shop} and buyer_id > 0) c group by buyer_id`;
  await tx.$executeRaw`analyze counted_order, customer_fact`; // whoever follows joins both for every customer of a shop the planner may not know yet
}

const countedOf = (shop: Prisma.Sql) => Prisma.sql`select buyer_id, id as order_id, placed_at, revenue_minor from orders where shop_id = ${shop} and is_counted`;

/** How many rollup rows differ from what a rebuild would write; rows of zeros are as good as none. */
export async function countDifferences(tx: Tx, shopId: ShopId, { timeZone }: { timeZone: string }): Promise<number> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const fresh = Prisma.sql`(select 1 as sign, f.* from fresh f) r`;
  const differing = (kept: Prisma.Sql, built: Prisma.Sql) => Prisma.sql`(select count(*) from ((${kept} except ${built}) union all (${built} except ${kept})) x)`;
  const rows = await tx.$queryRaw<{ differing: number }[]>`
    with fresh as materialized (${placed(countedOf(shop), timeZone)})
    select (${differing(
      Prisma.sql`select buyer_id, order_id, day, revenue_minor, sequence, previous_day, second_previous_day, cohort from counted_order where shop_id = ${shop}`,
      Prisma.sql`select buyer_id, order_id, day, revenue_minor, sequence, previous_day, second_previous_day, cohort from fresh`,
    )} + ${differing(
      Prisma.sql`select ${KPI_DAY} from kpi_day where shop_id = ${shop} and (orders, revenue_minor, guest_orders, guest_revenue_minor, first_orders, first_revenue_minor, second_orders) <> (0, 0, 0, 0, 0, 0, 0)`,
      kpiDays(fresh),
    )} + ${differing(
      Prisma.sql`select since, day, previous_before, second_previous_before from kpi_since where shop_id = ${shop} and (previous_before, second_previous_before) <> (0, 0)`,
      kpiSinces(Prisma.sql`(${kpiGaps(fresh)}) g`),
    )} + ${differing(
      Prisma.sql`select previous_day, day, orders, orders_over_two from kpi_gap where shop_id = ${shop} and (orders, orders_over_two) <> (0, 0)`,
      kpiGaps(fresh),
    )} + ${differing(
      Prisma.sql`select customer_id, order_count, ${FACT_NAMES} from customer_fact where shop_id = ${shop}`,
      Prisma.sql`select buyer_id, count(*)::int, ${FACTS} from fresh where buyer_id > 0 group by buyer_id`,
    )})::int as differing`;
  return rows[0]?.differing ?? 0;
}

export type DaySums = { orders: number; revenue_minor: bigint; guest_orders: number; guest_revenue_minor: bigint; first_orders: number; first_revenue_minor: bigint; second_orders: number };
/** Of customer orders, those whose previous (second previous) order lies before the range began. */
export type ReturnSums = { previous_before: number; second_previous_before: number };

const DAY_SUMS = Prisma.sql`
  coalesce(sum(orders), 0)::int as orders, coalesce(sum(revenue_minor), 0)::bigint as revenue_minor, coalesce(sum(guest_orders), 0)::int as guest_orders,
  coalesce(sum(guest_revenue_minor), 0)::bigint as guest_revenue_minor, coalesce(sum(first_orders), 0)::int as first_orders,
  coalesce(sum(first_revenue_minor), 0)::bigint as first_revenue_minor, coalesce(sum(second_orders), 0)::int as second_orders`;

/** The sums of each range, in the order asked. A range that begins inside a month takes the orders since that month from the rollup and
 *  adds those whose predecessor lies in the days of that month left out. */
export async function readRangeSums(tx: Tx, shopId: ShopId, ranges: readonly DayRange[]): Promise<(DaySums & ReturnSums)[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  return tx.$queryRaw<(DaySums & ReturnSums)[]>`
    select d.*, (s.previous_before + g.orders)::int as previous_before, (s.second_previous_before + g.orders_over_two)::int as second_previous_before
      from (select ordinality, first_day, last_day, date_trunc('month', first_day)::date as since
              from unnest(${ranges.map((range) => range.from)}::date[], ${ranges.map((range) => range.to)}::date[]) with ordinality as u(first_day, last_day, ordinality)) r
      cross join lateral (select ${DAY_SUMS} from kpi_day k where k.shop_id = ${shop} and k.day between r.first_day and r.last_day) d
      cross join lateral (select coalesce(sum(previous_before), 0) as previous_before, coalesce(sum(second_previous_before), 0) as second_previous_before
                            from kpi_since k where k.shop_id = ${shop} and k.since = r.since and k.day between r.first_day and r.last_day) s
      cross join lateral (select coalesce(sum(orders), 0) as orders, coalesce(sum(orders_over_two), 0) as orders_over_two
                            from kpi_gap k where k.shop_id = ${shop} and k.previous_day >= r.since and k.previous_day < r.first_day and k.day between r.first_day and r.last_day) g
     order by r.ordinality`;
}

/** `pair_previous_before` is of this month and the next together. */
export type MonthSums = DaySums & ReturnSums & { month: string; pair_previous_before: number };

/** The sums of every calendar month of a span that begins with a month; `month` is `2026-11`. */
export async function readMonthSums(tx: Tx, shopId: ShopId, { from, to }: DayRange): Promise<MonthSums[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  return tx.$queryRaw<MonthSums[]>`
    with month as (select m::date as first_day, (m + interval '1 month')::date as next_day, (m + interval '2 months')::date as after_next from generate_series(${from}::date::timestamp, ${to}::date::timestamp, interval '1 month') m),
    sums as (select date_trunc('month', day)::date as first_day, ${DAY_SUMS} from kpi_day where shop_id = ${shop} and day between ${from}::date and ${to}::date group by 1),
    since as (
      select m.first_day, sum(previous_before) filter (where day < next_day) as previous_before, sum(second_previous_before) filter (where day < next_day) as second_previous_before, sum(previous_before) as pair_previous_before
        from month m join kpi_since k on k.shop_id = ${shop} and k.since = m.first_day and k.day < m.after_next and k.day <= ${to}::date group by 1)
    select to_char(m.first_day, 'YYYY-MM') as month, coalesce(s.orders, 0) as orders, coalesce(s.revenue_minor, 0) as revenue_minor, coalesce(s.guest_orders, 0) as guest_orders, coalesce(s.guest_revenue_minor, 0) as guest_revenue_minor,
           coalesce(s.first_orders, 0) as first_orders, coalesce(s.first_revenue_minor, 0) as first_revenue_minor, coalesce(s.second_orders, 0) as second_orders,
           coalesce(p.previous_before, 0)::int as previous_before, coalesce(p.second_previous_before, 0)::int as second_previous_before, coalesce(p.pair_previous_before, 0)::int as pair_previous_before
      from month m left join sums s using (first_day) left join since p using (first_day) order by 1`;
}

export const readSpan = async (tx: Tx, shopId: ShopId): Promise<{ first: Date | null; last: Date | null }> =>
  (await tx.$queryRaw<{ first: Date | null; last: Date | null }[]>`
    select (select day from kpi_day where shop_id = ${shopId}::bigint and orders > 0 order by day limit 1) as first,
           (select day from kpi_day where shop_id = ${shopId}::bigint and orders > 0 order by day desc limit 1) as last`)[0] ?? { first: null, last: null };

export const findRefreshedAt = async (tx: Tx, shopId: ShopId): Promise<Date | null> =>
  (await tx.refreshLock.findUnique({ where: { shopId } }))?.refreshedAt ?? null;

export async function addMoved(tx: Tx, shopId: ShopId, reader: Reader, ids: readonly CustomerId[]): Promise<void> {
  await tx.movedCustomer.createMany({ data: ids.map((customerId) => ({ shopId, customerId, reader })) });
}

/** The reader's oldest notes go, and answer whom they were about. The caller follows these customers in the same transaction. */
export async function takeMoved(tx: Tx, shopId: ShopId, reader: Reader, limit: number): Promise<CustomerId[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const rows = await tx.$queryRaw<{ customer_id: CustomerId }[]>`
    with taken as (delete from moved_customer where shop_id = ${shop} and id = any (array(select id from moved_customer where shop_id = ${shop} and reader = ${reader} order by id limit ${limit})) returning customer_id)
    select distinct customer_id from taken order by 1`;
  return rows.map((row) => row.customer_id);
}

/** Customers in the order of their numbers. */
export const listPurchaseDays = (tx: Tx, shopId: ShopId, { after, limit }: { after: bigint; limit: number }): Promise<PurchaseDays[]> => tx.$queryRaw`
  select buyer_id as "customerId", array_agg(n order by n) as days, array_agg(revenue order by n) as "revenueMinor" from (
    select buyer_id, day - date '1970-01-01' as n, sum(revenue_minor)::float8 as revenue from counted_order
     where shop_id = ${shopId}::bigint and buyer_id = any (array(select customer_id from customer_fact where shop_id = ${shopId}::bigint and customer_id > ${after}::bigint order by customer_id limit ${limit}))
     group by 1, 2) d
   group by 1 order by 1`;

export const listShopsWithMoved = (tx: Tx, reader: Reader): Promise<{ shop_id: bigint }[]> => tx.$queryRaw`select distinct shop_id from moved_customer where reader = ${reader}`;

export const findRebuiltAt = async (tx: Tx, shopId: ShopId): Promise<Date | null> =>
  (await tx.refreshLock.findUnique({ where: { shopId } }))?.rebuiltAt ?? null;

export const listShopsWithChanges = (tx: Tx): Promise<{ shop_id: bigint }[]> => tx.$queryRaw`select distinct shop_id from changed_buyer`;

export async function findFormula(tx: Tx, shopId: ShopId): Promise<RetentionFormula> {
  const kept = (await tx.analyticsSetting.findUnique({ where: { shopId } }))?.formula;
  return RETENTION_FORMULAS.find((known) => known === kept) ?? RETENTION_FORMULAS[0];
}

export async function saveFormula(tx: Tx, shopId: ShopId, formula: RetentionFormula): Promise<void> {
  await tx.analyticsSetting.upsert({ where: { shopId }, create: { shopId, formula }, update: { formula } });
}

export type OrderRow = { order_id: bigint; name: string; day: string; customer_id: bigint | null; first_name: string | null; last_name: string | null; locale: string | null; email: string | null; place: number; revenue_minor: bigint };

const IS_KIND: Readonly<Record<OrderKind, Prisma.Sql>> = {
  all: Prisma.sql`true`, customers: Prisma.sql`k.buyer_id > 0`, first: Prisma.sql`k.buyer_id > 0 and k.sequence = 1`, returning: Prisma.sql`k.buyer_id > 0 and k.sequence > 1`, guests: Prisma.sql`k.buyer_id < 0`,
};

/** Counted orders of a range, the newest first; `before`: those that follow this one. */
export const listOrders = (tx: Tx, shopId: ShopId, { range, kind, before, limit, offset }: { range: DayRange; kind: OrderKind; before: { day: string; orderId: bigint } | null; limit: number; offset: number }): Promise<OrderRow[]> => tx.$queryRaw`
  select k.order_id, o.name, to_char(k.day, 'YYYY-MM-DD') as day, c.id as customer_id, c.first_name, c.last_name, c.locale, c.email, k.sequence as place, k.revenue_minor
    from (select * from counted_order k where k.shop_id = ${shopId}::bigint and k.day between ${range.from}::date and ${range.to}::date and ${IS_KIND[kind]}
            and ${before === null ? Prisma.sql`true` : Prisma.sql`(k.day, k.order_id) < (${before.day}::date, ${before.orderId}::bigint)`}
           order by k.day desc, k.order_id desc limit ${limit} offset ${offset}) k
    join orders o on o.shop_id = ${shopId}::bigint and o.id = k.order_id
    left join customer c on c.shop_id = ${shopId}::bigint and c.id = k.buyer_id
   order by k.day desc, k.order_id desc`;
