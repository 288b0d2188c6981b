// What people did after they answered, or were asked, summed by kind in one statement.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import { ANSWERED, OUTCOME_DAYS, SILENT, type StratumSums } from "../model/results.ts";
import { ORDERS_FROM, RECENCY_FROM, stratumOf } from "../rules/weights.ts";

type Row = Omit<StratumSums, "stratum"> & { orders: number; recency: number };

const until = (days: number): Prisma.Sql => Prisma.sql`p.since + ${days}::int * interval '24 hours'`;
const ordersIn = (days: number): Prisma.Sql => Prisma.raw(`orders_${days}`);
const revenueIn = (days: number): Prisma.Sql => Prisma.raw(`revenue_${days}`);
const BOUGHT = Prisma.join(OUTCOME_DAYS.map((days) => Prisma.sql`
  count(o.id) filter (where o.placed_at <= ${until(days)}) as ${ordersIn(days)}, coalesce(sum(o.revenue_minor) filter (where o.placed_at <= ${until(days)}), 0)::float8 as ${revenueIn(days)}`));
const HORIZONS = Prisma.join(OUTCOME_DAYS.map((days) => Prisma.sql`(${days}::int, ${ordersIn(days)}, ${revenueIn(days)})`));

/** Each customer from their answer on, or from the question where they gave none, for each horizon that is over at `at`. The order an answer was given
 *  on is no order after it. `keyOf` says under which key an option counts; "" stands for an answer without any. People are summed by what they chose
 *  before that is looked up: a hundred thousand become a few hundred rows. */
export async function sumOutcomes(tx: Tx, shopId: ShopId, surveyId: string, { at, keyOf }: { at: Date; keyOf: ReadonlyMap<string, string> }): Promise<StratumSums[]> {
  const rows = await tx.$queryRaw<Row[]>`
    with person as (
      select k.customer_id, width_bucket(k.order_count, ${[...ORDERS_FROM]}::int[]) as orders, case when k.order_count = 0 then 0 else coalesce(width_bucket(k.recency_days, ${[...RECENCY_FROM]}::int[]), ${RECENCY_FROM.length}::int) end as recency,
             coalesce(a.answered_at, k.asked_at) as since, a.order_id, a.choices
        from survey_ask k left join survey_answer a on a.shop_id = ${shopId}::bigint and a.survey_id = ${surveyId}::uuid and a.customer_id = k.customer_id
       where k.shop_id = ${shopId}::bigint and k.survey_id = ${surveyId}::uuid
    ), bought as (
      select p.customer_id, p.since, p.choices, p.orders, p.recency, ${BOUGHT}
        from person p
        left join orders o on o.shop_id = ${shopId}::bigint and o.buyer_id = p.customer_id and o.is_counted and o.id is distinct from p.order_id and o.placed_at > p.since and o.placed_at <= ${until(Math.max(...OUTCOME_DAYS))}
       group by 1, 2, 3, 4, 5
    ), chosen as (
      select p.choices, p.orders, p.recency, h.days, count(*) filter (where not is_over) as waiting, count(*) filter (where is_over) as people, count(*) filter (where is_over and h.orders > 0) as repurchased,
             coalesce(sum(h.revenue) filter (where is_over), 0) as revenue, coalesce(sum(h.revenue ^ 2) filter (where is_over), 0) as squares, coalesce(sum(h.revenue ^ 3) filter (where is_over), 0) as cubes
        from bought p cross join lateral (values ${HORIZONS}) as h(days, orders, revenue) cross join lateral (select p.since + h.days * interval '24 hours' <= ${at} as is_over) x
       group by 1, 2, 3, 4
    )
    select s.key, c.days, c.orders, c.recency, sum(c.waiting)::int as waiting, sum(c.people)::int as people, sum(c.repurchased)::int as repurchased, sum(c.revenue) as revenue, sum(c.squares) as "revenueSquares", sum(c.cubes) as "revenueCubes"
      from chosen c cross join lateral (
        select case when c.choices is null then ${SILENT} else ${ANSWERED} end as key
        union all
        select distinct m.key from unnest(${[...keyOf.keys()]}::text[], ${[...keyOf.values()]}::text[]) as m(option, key) where m.option = any (case when c.choices = '{}' then array[''] else c.choices end)) s
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  return rows.map(({ orders, recency, ...sums }) => ({ ...sums, stratum: stratumOf({ orders, recency }) }));
}
