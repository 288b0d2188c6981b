// What profiles are computed from, customer by customer, in sets.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { GROSS_MARGIN, soldGoods } from "../../orders/orders.server.ts";
import type { Facts } from "../model.ts";
import { IS_KEPT } from "./measures.server.ts";

const RECENT_DAYS = 180;

/** The next customers by number. */
export async function listCustomerIds(tx: Tx, shopId: ShopId, { after, limit }: { after: bigint; limit: number }): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ id: CustomerId }[]>`select id from customer where shop_id = ${shopId}::bigint and id > ${after}::bigint order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}

type FactRow = {
  id: CustomerId; order_count: number; purchase_days: number; revenue_minor: number; first_day_revenue_minor: number; gap_log_sum: number; first_order_on: Date | null; last_order_on: Date | null; last_order_at: Date | null;
  is_last_refunded: boolean; recent_orders: number; earlier_orders: number; product_gap: number | null; product_lapse: number | null; margin_minor: number | null; search: string;
};

/** Facts of those of these customers who are (still) here. A look by key for each, whatever the planner knows of the tables. */
export async function listFacts(tx: Tx, shopId: ShopId, ids: readonly CustomerId[], { today, knowsCosts }: { today: Day; knowsCosts: boolean }): Promise<Facts[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const rows = await tx.$queryRaw<FactRow[]>`
    select c.id, coalesce(f.order_count, 0) as order_count, coalesce(f.purchase_days, 0) as purchase_days, coalesce(f.revenue_minor, 0)::float8 as revenue_minor,
           coalesce(f.first_day_revenue_minor, 0)::float8 as first_day_revenue_minor, coalesce(f.gap_log_sum, 0) as gap_log_sum, f.first_order_on, f.last_order_on,
           coalesce(last.is_refunded, false) as is_last_refunded, last.placed_at as last_order_at, coalesce(n.recent, 0)::int as recent_orders, coalesce(n.earlier, 0)::int as earlier_orders, p.gap as product_gap, p.lapse as product_lapse, m.margin::float8 as margin_minor,
           lower(concat_ws(' ', c.first_name, c.last_name, c.last_name || c.first_name, c.email)) as search
      from unnest(${[...ids]}::bigint[]) as wanted(id)
      join lateral (select id, first_name, last_name, email from customer where shop_id = ${shop} and id = wanted.id limit 1) c on true
      left join lateral (select * from customer_fact where shop_id = ${shop} and customer_id = wanted.id limit 1) f on true
      left join lateral (select id, placed_at, refunded_minor > 0 as is_refunded from orders where shop_id = ${shop} and buyer_id = wanted.id and is_counted order by placed_at desc, id desc limit 1) last on true
      left join lateral (select count(*) filter (where day > ${today}::date - ${RECENT_DAYS}::int) as recent, count(*) filter (where day <= ${today}::date - ${RECENT_DAYS}::int and day > ${today}::date - ${2 * RECENT_DAYS}::int) as earlier
                           from counted_order where shop_id = ${shop} and buyer_id = wanted.id) n on true
      left join lateral (select r.typical_days as gap, r.lapse_days as lapse from order_line l join product_rhythm r on r.shop_id = ${shop} and r.product_id = l.product_id
                          where l.shop_id = ${shop} and l.order_id = last.id and ${IS_KEPT} order by r.typical_days limit 1) p on true
      left join lateral (${knowsCosts ? marginOf(shop) : Prisma.sql`select null::bigint as margin`}) m on true
     order by c.id`;
  return rows.map((row) => ({
    customerId: row.id, orderCount: row.order_count, purchaseDays: row.purchase_days, revenueMinor: row.revenue_minor, firstDayRevenueMinor: row.first_day_revenue_minor, gapLogSum: row.gap_log_sum,
    firstOrderOn: row.first_order_on && dayOfDate(row.first_order_on), lastOrderOn: row.last_order_on && dayOfDate(row.last_order_on), lastOrderAt: row.last_order_at, isLastRefunded: row.is_last_refunded,
    recentOrders: row.recent_orders, earlierOrders: row.earlier_orders, productGapDays: row.product_gap, productLapseDays: row.product_lapse, marginMinor: row.margin_minor, search: row.search,
  }));
}

const marginOf = (shop: Prisma.Sql) => Prisma.sql`select ${GROSS_MARGIN} as margin from ${soldGoods(shop)} where a.shop_id = ${shop} and a.buyer_id = wanted.id and a.is_counted`;
