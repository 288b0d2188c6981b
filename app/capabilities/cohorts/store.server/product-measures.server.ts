// What single products say of loyalty and of how long they last: counted from every order line, once a day.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { COMPARED_DAYS, LOYAL_ORDERS } from "../rules/bright-spots.ts";

const shopOf = (shopId: ShopId): Prisma.Sql => Prisma.sql`${shopId}::bigint`;

/** Orders of people, not of guests, and the goods in them. */
const PEOPLES_LINES = (shop: Prisma.Sql) => Prisma.sql`
  counted_order c join order_line l on l.shop_id = ${shop} and l.order_id = c.order_id and l.product_id is not null and not l.is_gift_card
 where c.shop_id = ${shop} and c.buyer_id > 0`;

/** For every product, and for anything (product 0): who bought it, and in which share of their orders of the last days. */
export async function rebuildBrightSpots(tx: Tx, shopId: ShopId, today: Day): Promise<void> {
  const shop = shopOf(shopId);
  const isRecent = Prisma.sql`c.day > ${today}::date - ${COMPARED_DAYS}::int`;
  await tx.$executeRaw`delete from bright_spot where shop_id = ${shop}`;
  await tx.$executeRaw`
    insert into bright_spot (shop_id, product_id, loyal_buyers, other_buyers, loyal_shares, loyal_squares, other_shares, other_squares)
    with person as (
      select c.buyer_id, count(*) >= ${LOYAL_ORDERS}::int as is_loyal, count(*) filter (where ${isRecent}) as orders from counted_order c where c.shop_id = ${shop} and c.buyer_id > 0 group by 1),
    held as (
      select h.buyer_id, h.product_id, count(*) filter (where h.is_recent) as orders
        from (select distinct c.buyer_id, c.order_id, ${isRecent} as is_recent, l.product_id from ${PEOPLES_LINES(shop)}) h group by 1, 2),
    share as (
      select h.product_id, p.is_loyal, coalesce(h.orders::float8 / nullif(p.orders, 0), 0) as share from held h join person p on p.buyer_id = h.buyer_id
      union all select 0, is_loyal, case when orders > 0 then 1 else 0 end from person)
    select ${shop}, product_id, count(*) filter (where is_loyal), count(*) filter (where not is_loyal), coalesce(sum(share) filter (where is_loyal), 0), coalesce(sum(share * share) filter (where is_loyal), 0),
           coalesce(sum(share) filter (where not is_loyal), 0), coalesce(sum(share * share) filter (where not is_loyal), 0)
      from share group by product_id`;
}

export const listVariantNames = (tx: Tx, shopId: ShopId): Promise<{ productId: bigint; id: bigint; title: string }[]> =>
  tx.variant.findMany({ where: { shopId }, select: { productId: true, id: true, title: true }, orderBy: [{ productId: "asc" }, { id: "asc" }] });

/** What a variant holds, in units of its product's smallest. */
export type ScaledVariant = { productId: bigint; id: bigint; scale: number };

/** Days from each day somebody bought something to their next such day, per unit kept of the first: of every variant, and of every product whose variants are still known. What was given back is used up by nobody. */
export async function rebuildReplenishment(tx: Tx, shopId: ShopId, variants: readonly ScaledVariant[]): Promise<void> {
  const shop = shopOf(shopId);
  const after = (units: number) => Prisma.sql`filter (where g.days is not null and g.units = ${units}::int)`;
  await tx.$executeRaw`delete from replenishment where shop_id = ${shop}`;
  await tx.$executeRaw`
    insert into replenishment (shop_id, product_id, variant_id, pack, buyers, returners, gaps, p25, p50, p75, p90, after_one_gaps, after_one_days, after_two_gaps, after_two_days)
    with scale as (select * from unnest(${variants.map(({ productId }) => productId)}::bigint[], ${variants.map(({ id }) => id)}::bigint[], ${variants.map(({ scale }) => scale)}::float8[]) as v(product_id, variant_id, scale)),
    bought as (
      select c.buyer_id, l.product_id, l.variant_id, c.day, sum(l.current_quantity)::float8 as units from ${PEOPLES_LINES(shop)} and l.variant_id is not null and l.current_quantity > 0 group by 1, 2, 3, 4),
    gap as (
      select buyer_id, product_id, variant_id, units, lead(day) over (partition by buyer_id, product_id, variant_id order by day) - day as days from bought
      union all
      select buyer_id, product_id, 0, units, lead(day) over (partition by buyer_id, product_id order by day) - day
        from (select b.buyer_id, b.product_id, b.day, sum(b.units * s.scale) as units from bought b join scale s on s.product_id = b.product_id and s.variant_id = b.variant_id group by 1, 2, 3) whole)
    select ${shop}, g.product_id, g.variant_id, coalesce(max(s.scale), 1), count(distinct g.buyer_id)::int, (count(distinct g.buyer_id) filter (where g.days is not null))::int, count(g.days)::int,
           ${Prisma.join([0.25, 0.5, 0.75, 0.9].map((share) => Prisma.sql`percentile_cont(${share}::float8) within group (order by g.days / g.units)`))},
           (count(*) ${after(1)})::int, percentile_cont(0.5) within group (order by g.days) ${after(1)}, (count(*) ${after(2)})::int, percentile_cont(0.5) within group (order by g.days) ${after(2)}
      from gap g left join scale s on s.product_id = g.product_id and s.variant_id = g.variant_id group by g.product_id, g.variant_id`;
}
