// What all customers of a shop say of how its customers buy: limits of scores, rhythms, products that are bought again.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { invariant } from "../../../values/invariant.ts";
import type { Basis, RfmLimits, Rhythm, TypeRhythm } from "../model.ts";

const GAPS_MIN = 30; // fewer say nothing of the longest tenth

type LimitRow = Record<`${"r" | "f" | "m"}${1 | 2 | 3 | 4}`, number | null> & { customer_count: number; vip_from: number | null };

/** Limits of the scores so that score = min(5, 1 + ⌊5 · (customers strictly worse) / n⌋): whoever is equal has an equal score. */
export async function readLimits(tx: Tx, shopId: ShopId, { today, vipShare }: { today: Day; vipShare: number }): Promise<{ customerCount: number; rfm: RfmLimits; vipFromMinor: number | null }> {
  const limitOf = (name: "r" | "f" | "m", value: string) => [1, 2, 3, 4].map((score) => Prisma.raw(`min(${value}) filter (where ${name}_worse * 5 >= n * ${score}) as ${name}${score}`));
  const [row] = await tx.$queryRaw<LimitRow[]>`
    with f as (
      select order_count, revenue_minor, purchase_days, last_order_on, rank() over (order by last_order_on) - 1 as r_worse, rank() over (order by order_count) - 1 as f_worse,
             rank() over (order by revenue_minor) - 1 as m_worse, count(*) over () as n
        from customer_fact where shop_id = ${shopId}::bigint)
    select ${today}::date - r1 as r1, ${today}::date - r2 as r2, ${today}::date - r3 as r3, ${today}::date - r4 as r4, f1, f2, f3, f4, m1::float8 as m1, m2::float8 as m2, m3::float8 as m3, m4::float8 as m4, customer_count, vip_from::float8 as vip_from
      from (select ${Prisma.join([...limitOf("r", "last_order_on"), ...limitOf("f", "order_count"), ...limitOf("m", "revenue_minor")])}, count(*)::int as customer_count,
                   percentile_disc(${1 - vipShare}::float8) within group (order by revenue_minor) filter (where purchase_days > 1) as vip_from from f) x`;
  invariant(row);
  return {
    customerCount: row.customer_count, vipFromMinor: row.vip_from,
    rfm: { r: [row.r1, row.r2, row.r3, row.r4], f: [row.f1, row.f2, row.f3, row.f4], m: [row.m1, row.m2, row.m3, row.m4] },
  };
}

type RhythmRow = { gap_count: number; typical: number | null; median: number | null; lapse: number | null; second_count: number; second_typical: number | null; second_median: number | null; second_lapse: number | null; own_count: number; own_ratio: number | null };

/** Days between purchase days: of everybody, from the first to the second, and against each regular's own usual gap. */
export async function readRhythms(tx: Tx, shopId: ShopId): Promise<Pick<Basis, "rhythm" | "secondOrder" | "ownLapseRatio">> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const isSecond = Prisma.sql`previous_day = first_order_on`;
  const isRegular = Prisma.sql`purchase_days >= 4`; // three gaps of one's own, so that one long one does not set its own measure
  const [row] = await tx.$queryRaw<RhythmRow[]>`
    with g as (
      select (c.day - c.previous_day)::float8 as gap, c.previous_day, f.first_order_on, f.purchase_days, exp(f.gap_log_sum / greatest(f.purchase_days - 1, 1)) as usual
        from counted_order c join customer_fact f on f.shop_id = ${shop} and f.customer_id = c.buyer_id
       where c.shop_id = ${shop} and c.buyer_id > 0 and c.previous_day < c.day)
    select count(*)::int as gap_count, exp(avg(ln(gap))) as typical, percentile_disc(0.5) within group (order by gap) as median, percentile_disc(0.9) within group (order by gap) as lapse,
           (count(*) filter (where ${isSecond}))::int as second_count, exp(avg(ln(gap)) filter (where ${isSecond})) as second_typical,
           percentile_disc(0.5) within group (order by gap) filter (where ${isSecond}) as second_median, percentile_disc(0.9) within group (order by gap) filter (where ${isSecond}) as second_lapse,
           (count(*) filter (where ${isRegular}))::int as own_count, percentile_disc(0.9) within group (order by gap / usual) filter (where ${isRegular}) as own_ratio
      from g`;
  invariant(row);
  const rhythmOf = (gapCount: number, typicalDays: number | null, medianDays: number | null, lapseDays: number | null): Rhythm | null =>
    gapCount < GAPS_MIN || typicalDays === null || medianDays === null || lapseDays === null ? null : { gapCount, typicalDays, medianDays, lapseDays };
  return {
    rhythm: rhythmOf(row.gap_count, row.typical, row.median, row.lapse),
    secondOrder: rhythmOf(row.second_count, row.second_typical, row.second_median, row.second_lapse),
    ownLapseRatio: row.own_count < GAPS_MIN ? null : row.own_ratio,
  };
}

/** Products bought again by their type, or their name where they have none: gaps, and their geometric mean. */
export const listKindRhythms = (tx: Tx, shopId: ShopId): Promise<{ kind: string; gapCount: number; typicalDays: number }[]> => tx.$queryRaw`
  select coalesce(nullif(p.product_type, ''), p.title) as kind, sum(r.gap_count)::int as "gapCount", exp(sum(r.gap_count * ln(r.typical_days)) / sum(r.gap_count)) as "typicalDays"
    from product_rhythm r join product p on p.shop_id = ${shopId}::bigint and p.id = r.product_id where r.shop_id = ${shopId}::bigint group by 1`;

/** A line `l` that says something of its buyer: what was given back, or taken off by an edit, does not. */
export const IS_KEPT = Prisma.sql`l.current_quantity > 0`;

/** From every order to its buyer's next purchase day: order_id, gap. */
const nextGaps = (shop: Prisma.Sql) => Prisma.sql`
  (select order_id, (first_value(day) over (partition by buyer_id order by day groups between 1 following and unbounded following) - day)::float8 as gap
     from counted_order where shop_id = ${shop} and buyer_id > 0)`;

const TYPES_MAX = 50; // as many as anybody reads

/** The same as of products, by their types; an order with two products of a type is one. The commonest first. */
export const listTypeRhythms = (tx: Tx, shopId: ShopId): Promise<TypeRhythm[]> => tx.$queryRaw`
  select product_type as "productType", count(*)::int as "gapCount", exp(avg(ln(gap))) as "typicalDays", percentile_disc(0.9) within group (order by gap) as "lapseDays"
    from (select distinct g.order_id, g.gap, t.product_type
            from ${nextGaps(Prisma.sql`${shopId}::bigint`)} g join order_line l on l.shop_id = ${shopId}::bigint and l.order_id = g.order_id join product t on t.shop_id = ${shopId}::bigint and t.id = l.product_id
           where g.gap is not null and ${IS_KEPT} and t.product_type <> '') x
   group by product_type having count(*) >= ${GAPS_MIN} order by count(*) desc, product_type limit ${TYPES_MAX}`;

/** What an order holds says how soon the next one comes: days from orders with a product to their buyers' next ones, of anything. */
export async function rebuildProductRhythms(tx: Tx, shopId: ShopId): Promise<void> {
  const shop = Prisma.sql`${shopId}::bigint`;
  await tx.$executeRaw`delete from product_rhythm where shop_id = ${shop}`;
  await tx.$executeRaw`
    insert into product_rhythm (shop_id, product_id, gap_count, typical_days, lapse_days)
    select ${shop}, l.product_id, count(*)::int, exp(avg(ln(g.gap))), percentile_disc(0.9) within group (order by g.gap)
      from ${nextGaps(shop)} g
      join order_line l on l.shop_id = ${shop} and l.order_id = g.order_id
     where g.gap is not null and l.product_id is not null and ${IS_KEPT}
     group by l.product_id having count(*) >= ${GAPS_MIN}`;
}

export type ProductRhythm = { productId: string; title: string | null; gapCount: number; typicalDays: number; lapseDays: number };

/** Products with thirty such gaps or more, the commonest first, and how many there are. */
export async function listProductRhythms(tx: Tx, shopId: ShopId, { limit, offset }: { limit: number; offset: number }): Promise<{ rows: ProductRhythm[]; count: number }> {
  const [rows, count] = await Promise.all([
    tx.$queryRaw<ProductRhythm[]>`
      select r.product_id::text as "productId", p.title, r.gap_count as "gapCount", r.typical_days as "typicalDays", r.lapse_days as "lapseDays"
        from product_rhythm r left join product p on p.shop_id = ${shopId}::bigint and p.id = r.product_id
       where r.shop_id = ${shopId}::bigint order by r.gap_count desc, r.product_id limit ${limit} offset ${offset}`,
    tx.productRhythm.count({ where: { shopId } }),
  ]);
  return { rows, count };
}
