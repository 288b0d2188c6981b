// What became of customers who came to be at risk.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { invariant } from "../../../values/invariant.ts";

export type OutcomeSums = { contacted: number; contacted_ordered: number; chance_sum: number; chance_known: number; untouched: number; untouched_ordered: number; already: number; running: number };

/** Episodes of the last year: each begins as a customer enters the segment `segmentId`, and is watched for `days` days, however it goes on. It is
 *  one with a contact when somebody contacted them in these days, before they ordered. Who was contacted in as many days before it is under the
 *  spell of that, and in neither group; who enters again while still watched begins no new one. */
export async function readOutcomes(tx: Tx, shopId: ShopId, { segmentId, today, timeZone, days }: { segmentId: string; today: Day; timeZone: string; days: number }): Promise<OutcomeSums> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const [row] = await tx.$queryRaw<OutcomeSums[]>`
    with entry as (
      select distinct customer_id, (moved_at at time zone ${timeZone})::date as day from segment_move where shop_id = ${shop} and segment_id = ${segmentId}::uuid and is_entry and moved_at > ${today}::date - 365),
    episode as (select customer_id, day, day + ${days}::int as ends_on from (select *, lag(day) over (partition by customer_id order by day) as previous_day from entry) x where previous_day is null or previous_day + ${days}::int < day),
    ordered as (
      select e.customer_id, e.day, e.ends_on, min(k.day) as ordered_on
        from episode e left join counted_order k on k.shop_id = ${shop} and k.buyer_id = e.customer_id and k.day > e.day and k.day <= e.ends_on group by 1, 2, 3),
    contact as (select customer_id, (written_at at time zone ${timeZone})::date as day, written_at, chance_30 from followup_entry where shop_id = ${shop} and kind = 'contacted' and written_at > ${today}::date - 366 - ${days}::int),
    outcome as (
      select o.ends_on < ${today}::date as is_over, o.ordered_on is not null as has_ordered, coalesce(bool_or(c.day < o.day), false) as was_before, coalesce(bool_or(c.day >= o.day), false) as was_contacted,
             (array_agg(c.chance_30 order by c.written_at) filter (where c.day >= o.day))[1] as chance
        from ordered o left join contact c on c.customer_id = o.customer_id and c.day >= o.day - ${days}::int and c.day <= coalesce(o.ordered_on, o.ends_on) group by o.customer_id, o.day, o.ends_on, o.ordered_on)
    select (count(*) filter (where is_over and was_contacted and not was_before))::int as contacted, (count(*) filter (where is_over and was_contacted and not was_before and has_ordered))::int as contacted_ordered,
           coalesce(sum(chance) filter (where is_over and was_contacted and not was_before), 0) as chance_sum, (count(chance) filter (where is_over and was_contacted and not was_before))::int as chance_known,
           (count(*) filter (where is_over and not was_contacted and not was_before))::int as untouched, (count(*) filter (where is_over and not was_contacted and not was_before and has_ordered))::int as untouched_ordered,
           (count(*) filter (where is_over and was_before))::int as already, (count(*) filter (where not is_over))::int as running
      from outcome`;
  invariant(row);
  return row;
}
