// Who is there to be asked, and how a survey went about it lately.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { addDays, type Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { RECENT_DAYS } from "../model/results.ts";
import type { Audience } from "../model/survey.ts";
import type { AudienceSums } from "../rules/reach.ts";

const ORDERS = { any: Prisma.sql`true`, new: Prisma.sql`coalesce(f.order_count, 0) <= 1`, returning: Prisma.sql`f.order_count >= 2` };

/** `memberIds`: who is among the members asked for; null: that is not asked. `rest`: between two messages, where it must be kept; null: it need not be. */
type Circle = { memberIds: readonly CustomerId[] | null; rest: { days: number; at: Date } | null; today: Day };

export async function sumAudience(tx: Tx, shopId: ShopId, { orders, segmentId }: Pick<Audience, "orders" | "segmentId">, { memberIds, rest, today }: Circle): Promise<AudienceSums> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const since = addDays(today, -RECENT_DAYS);
  const [standing, contacts] = rest === null ? [Prisma.sql`'free'`, Prisma.empty] : [standingOf(rest), contactsOf(shop)];
  const [row] = await tx.$queryRaw<AudienceSums[]>`
    with everybody as materialized (
      select c.id, f.last_order_on > ${since}::date as is_recent, ${standing} as standing from customer c left join customer_fact f on f.shop_id = ${shop} and f.customer_id = c.id ${contacts}
       where c.shop_id = ${shop} and ${ORDERS[orders]} and ${memberIds === null ? Prisma.sql`true` : Prisma.sql`c.id = any (${[...memberIds]}::bigint[])`}
         and ${segmentId === null ? Prisma.sql`true` : Prisma.sql`exists (select 1 from segment_member m where m.shop_id = ${shop} and m.segment_id = ${segmentId}::uuid and m.customer_id = c.id)`}),
    audience as (select id, is_recent from everybody where standing = 'free')
    select count(*)::int as customers, (select count(*)::int from everybody where standing = 'waiting') as waiting, (count(*) filter (where is_recent))::int as recent,
           (select count(*)::int from audience a join counted_order k on k.shop_id = ${shop} and k.buyer_id = a.id and k.day > ${since}::date where a.is_recent) as orders,
           (select coalesce(sum(guest_orders), 0)::int from kpi_day where shop_id = ${shop} and day > ${since}::date) as "guestOrders"
      from audience`;
  return row ?? { customers: 0, waiting: 0, recent: 0, orders: 0, guestOrders: 0 };
}

/** As followups' tryContact would find a customer: free, within their rest, or left alone for good. */
const standingOf = ({ days, at }: { days: number; at: Date }): Prisma.Sql => Prisma.sql`
  case when w.channel = 'none' then 'never' when greatest(t.contacted_at, b.contacted_at) > ${at}::timestamptz - make_interval(hours => 24 * greatest(${days}::int, w.every_days)) then 'waiting' else 'free' end`;

const contactsOf = (shop: Prisma.Sql): Prisma.Sql => Prisma.sql`
  left join last_contact t on t.shop_id = ${shop} and t.customer_id = c.id left join followup b on b.shop_id = ${shop} and b.customer_id = c.id
  left join contact_preference w on w.shop_id = ${shop} and w.customer_id = c.id`;

/** What it asked since a day. */
export async function countAskedSince(tx: Tx, shopId: ShopId, surveyId: string, since: Day): Promise<number> {
  const [row] = await tx.$queryRaw<{ asked: number }[]>`select coalesce(sum(asked), 0)::int as asked from survey_day where shop_id = ${shopId}::bigint and survey_id = ${surveyId}::uuid and "on" >= ${since}::date`;
  return row?.asked ?? 0;
}
