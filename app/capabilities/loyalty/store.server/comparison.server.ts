// Members and customers like them, counted by stratum in one statement.
import type { Tx } from "../../../platform/db.server.ts";
import { addDays, addMonths, firstDayOf, monthOf, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { COMPARED_MONTHS, OUTCOME_DAYS, type Stratum } from "../model/comparison.ts";

const OTHERS_MAX = 5_000; // a month; of a larger shop every so many, by their number

/** A member counts from the day they joined or first redeemed, another customer from the middle of the same month, if neither happened until the
 *  outcome was over. Everybody's outcome is over by `today`. */
export function listStrata(tx: Tx, shopId: ShopId, { today, timeZone }: { today: Day; timeZone: string }): Promise<Stratum[]> {
  const until = addDays(today, -OUTCOME_DAYS);
  const from = firstDayOf(addMonths(monthOf(until), 1 - COMPARED_MONTHS));
  return tx.$queryRaw<Stratum[]>`
    with started as (
      select customer_id, min(day) as day from (
        select customer_id, joined_on as day from member where shop_id = ${shopId}::bigint and joined_on is not null
        union all
        select customer_id, (held_at at time zone ${timeZone})::date from redemption where shop_id = ${shopId}::bigint and state in ('issued', 'used', 'ending', 'ended')
      ) x group by 1
    ), months as (
      select distinct date_trunc('month', day)::date as month from started where day between ${from}::date and ${until}::date
    ), size as (
      select greatest(1, ceil(count(*) / ${OTHERS_MAX}::float8))::bigint as step from customer_fact where shop_id = ${shopId}::bigint
    ), people as (
      select customer_id, day, date_trunc('month', day)::date as month, true as is_member from started where day between ${from}::date and ${until}::date
      union all
      select f.customer_id, m.month + 14, m.month, false from months m cross join size
        join customer_fact f on f.shop_id = ${shopId}::bigint and f.first_order_on <= m.month + 14 and f.customer_id % size.step = 0
        left join started s on s.customer_id = f.customer_id
       where m.month + 14 <= ${until}::date and (s.day is null or s.day > m.month + 14 + ${OUTCOME_DAYS}::int)
    ), described as (
      select p.customer_id, p.month, p.is_member, count(*) filter (where o.day <= p.day) as orders, p.day - max(o.day) filter (where o.day <= p.day) as since,
             count(*) filter (where o.day > p.day and o.day <= p.day + ${OUTCOME_DAYS}::int) as later, coalesce(sum(o.revenue_minor) filter (where o.day > p.day and o.day <= p.day + ${OUTCOME_DAYS}::int), 0)::float8 as revenue
        from people p join counted_order o on o.shop_id = ${shopId}::bigint and o.buyer_id = p.customer_id group by p.customer_id, p.month, p.is_member, p.day
    )
    select is_member as "isMember", concat_ws(' ', month, case when orders >= 5 then '5+' when orders >= 3 then '3-4' else orders::text end, case when since <= 30 then '30' when since <= 90 then '90' when since <= 180 then '180' else 'more' end) as stratum,
           count(*)::int as people, (count(*) filter (where later > 0))::int as again, sum(revenue)::float8 as "revenueMinor", sum(revenue * revenue)::float8 as "revenueSquares"
      from described where orders > 0 group by 1, 2 order by 2, 1`;
}
