// Who is there to be asked, and how a survey went about it lately.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { addDays, type Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { RECENT_DAYS } from "../model/results.ts";
import type { Audience } from "../model/survey.ts";
import type { AudienceSums } from "../rules/reach.ts";

const ORDERS = { any: Prisma.sql`true`, new: Prisma.sql`coalesce(f.order_count, 0) <= 1`, returning: Prisma.sql`f.order_count >= 2` };

/** `memberIds`: who is among the members asked for; null: that is not asked. */
export async function sumAudience(tx: Tx, shopId: ShopId, { orders, segmentId }: Pick<Audience, "orders" | "segmentId">, { memberIds, today }: { memberIds: readonly CustomerId[] | null; today: Day }): Promise<AudienceSums> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const since = addDays(today, -RECENT_DAYS);
  const [row] = await tx.$queryRaw<AudienceSums[]>`
    with audience as materialized (
      select c.id, f.last_order_on > ${since}::date as is_recent from customer c left join customer_fact f on f.shop_id = ${shop} and f.customer_id = c.id
       where c.shop_id = ${shop} and ${ORDERS[orders]} and ${memberIds === null ? Prisma.sql`true` : Prisma.sql`c.id = any (${[...memberIds]}::bigint[])`}
         and ${segmentId === null ? Prisma.sql`true` : Prisma.sql`exists (select 1 from segment_member m where m.shop_id = ${shop} and m.segment_id = ${segmentId}::uuid and m.customer_id = c.id)`})
    select count(*)::int as customers, (count(*) filter (where is_recent))::int as recent,
           (select count(*)::int from audience a join counted_order k on k.shop_id = ${shop} and k.buyer_id = a.id and k.day > ${since}::date where a.is_recent) as orders,
           (select coalesce(sum(guest_orders), 0)::int from kpi_day where shop_id = ${shop} and day > ${since}::date) as "guestOrders"
      from audience`;
  return row ?? { customers: 0, recent: 0, orders: 0, guestOrders: 0 };
}

/** What it asked since a day. */
export async function countAskedSince(tx: Tx, shopId: ShopId, surveyId: string, since: Day): Promise<number> {
  const [row] = await tx.$queryRaw<{ asked: number }[]>`select coalesce(sum(asked), 0)::int as asked from survey_day where shop_id = ${shopId}::bigint and survey_id = ${surveyId}::uuid and "on" >= ${since}::date`;
  return row?.asked ?? 0;
}
