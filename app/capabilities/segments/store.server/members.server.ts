// Who belongs where: rules evaluated in sets, and only differences written.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import type { MoveReason } from "../model.ts";
import { predicateOf, sourceOf, type Standpoint } from "./predicates.server.ts";
import type { StoredSegment } from "./segments.server.ts";

/** Somebody whose membership changed just now; who leaves has been in `since`. */
export type Crossing = { segmentId: string; customerId: CustomerId; isEntry: boolean; since: Date | null };

/** Looks at these customers only, in all of these segments at once. Answers who came and who went; whoever is no longer a customer just goes. */
export async function moveMembers(tx: Tx, segments: readonly StoredSegment[], ids: readonly CustomerId[], { at, ...standpoint }: Standpoint & { at: Date }): Promise<Crossing[]> {
  if (segments.length === 0 || ids.length === 0) return [];
  const shop = Prisma.sql`${standpoint.shopId}::bigint`;
  const verdicts = segments.map(({ id, rule }) => Prisma.sql`(${id}::uuid, ${predicateOf(rule, standpoint)})`);
  const rows = await tx.$queryRaw<{ segment_id: string; customer_id: CustomerId; is_entry: boolean; since: Date | null }[]>`
    with wanted as (
      select v.segment_id, p.customer_id from unnest(${[...ids]}::bigint[]) as u(id)
       join lateral (select * from customer_profile where shop_id = ${shop} and customer_id = u.id limit 1) p on true
       join lateral (select * from customer where shop_id = ${shop} and id = u.id limit 1) c on true
       left join lateral (select * from contact_preference where shop_id = ${shop} and customer_id = u.id limit 1) w on true
       cross join lateral (values ${Prisma.join(verdicts)}) as v(segment_id, is_in) where v.is_in),
    gone as (
      delete from segment_member m where m.shop_id = ${shop} and m.customer_id = any (${[...ids]}::bigint[]) and m.segment_id = any (${segments.map(({ id }) => id)}::uuid[])
         and not exists (select 1 from wanted x where x.segment_id = m.segment_id and x.customer_id = m.customer_id) returning m.segment_id, m.customer_id, m.since),
    come as (
      insert into segment_member (shop_id, segment_id, customer_id, since) select ${shop}, segment_id, customer_id, ${at} from wanted order by 2, 3
      on conflict (shop_id, segment_id, customer_id) do nothing returning segment_id, customer_id),
    counted as (
      update segment s set member_count = s.member_count + d.delta
        from (select segment_id, sum(delta)::int as delta from (select segment_id, 1 as delta from come union all select segment_id, -1 from gone) x group by 1) d
       where s.shop_id = ${shop} and s.id = d.segment_id and d.delta <> 0)
    select segment_id, customer_id, true as is_entry, null::timestamptz as since from come union all select segment_id, customer_id, false, since from gone order by 2, 1`;
  return rows.map((row) => ({ segmentId: row.segment_id, customerId: row.customer_id, isEntry: row.is_entry, since: row.since }));
}

/** Looks at the next customers for one segment whose rule is new, and notes how far it came; nobody travels through here. Who belongs there from the
 *  beginning did not enter; who comes and goes later is written down as moved by the rule. Tags follow, Flow is not started. Answers whether there are more. Who goes is looked up by
 *  key: without statistics the planner would hold every member against every customer. */
export async function refill(tx: Tx, { id, rule, isPopulated, isMirrored, tag, refilledTo }: StoredSegment, { at, limit, ...standpoint }: Standpoint & { at: Date; limit: number }): Promise<boolean> {
  const [shop, segment] = [Prisma.sql`${standpoint.shopId}::bigint`, Prisma.sql`${id}::uuid`];
  const reasons = Prisma.sql`${isPopulated ? toJson(RULE_CHANGED) : null}::jsonb`;
  const [step] = await tx.$queryRaw<{ is_more: boolean }[]>`
    with page as materialized (
      select p.customer_id, ${predicateOf(rule, standpoint)} as is_in from ${sourceOf(standpoint.shopId)} where p.shop_id = ${shop} and p.customer_id > ${refilledTo ?? 0n}::bigint order by p.customer_id limit ${limit}),
    gone as (
      delete from segment_member m where m.shop_id = ${shop} and m.segment_id = ${segment} and m.customer_id = any (array(select customer_id from page where not is_in)) returning m.customer_id),
    come as (
      insert into segment_member (shop_id, segment_id, customer_id, since) select ${shop}, ${segment}, customer_id, ${at} from page where is_in order by customer_id
      on conflict (shop_id, segment_id, customer_id) do nothing returning customer_id),
    crossing as (select customer_id, true as is_entry from come union all select customer_id, false from gone),
    moved as (
      insert into segment_move (shop_id, segment_id, customer_id, is_entry, moved_at, reasons)
      select ${shop}, ${segment}, customer_id, is_entry, ${at}, ${reasons} from crossing where ${isPopulated} order by customer_id),
    told as (
      insert into segment_telling (shop_id, segment_id, customer_id, is_entry, tag, starts_flow, reasons)
      select ${shop}, ${segment}, customer_id, is_entry, ${tag}, false, ${reasons} from crossing where ${isMirrored && tag !== null} order by customer_id),
    step as (select count(*) = ${limit} as is_more, max(customer_id) as last from page)
    update segment s set refilled_to = case when step.is_more then step.last end, is_populated = s.is_populated or not step.is_more,
           member_count = s.member_count + (select coalesce(sum(case when is_entry then 1 else -1 end), 0) from crossing)::int
      from step where s.shop_id = ${shop} and s.id = ${segment} returning step.is_more`;
  return step?.is_more ?? false;
}
const RULE_CHANGED: readonly MoveReason[] = [{ code: "rule_changed" }];

export type WrittenMove = Omit<Crossing, "since"> & { reasons: readonly MoveReason[] };

export async function addMoves(tx: Tx, shopId: ShopId, moves: readonly WrittenMove[], at: Date): Promise<void> {
  if (moves.length === 0) return;
  await tx.$executeRaw`
    insert into segment_move (shop_id, segment_id, customer_id, is_entry, moved_at, reasons)
    select ${shopId}::bigint, segment_id, customer_id, is_entry, ${at}, reasons
      from json_to_recordset(${toJson(moves.map((move) => ({ segment_id: move.segmentId, customer_id: move.customerId, is_entry: move.isEntry, reasons: move.reasons })))}::json)
        as r(segment_id uuid, customer_id bigint, is_entry boolean, reasons jsonb)`;
}

/** Members nobody is behind any more. */
export async function listGone(tx: Tx, shopId: ShopId): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ id: CustomerId }[]>`
    select distinct m.customer_id as id from segment_member m where m.shop_id = ${shopId}::bigint and not exists (select 1 from customer c where c.shop_id = ${shopId}::bigint and c.id = m.customer_id)`;
  return rows.map(({ id }) => id);
}

/** Customers who are no longer here: what was written of their moves goes with them. */
export async function forget(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    with gone as (delete from segment_member where shop_id = ${shopId}::bigint and customer_id = any (${[...ids]}::bigint[]) returning segment_id)
    update segment s set member_count = s.member_count - g.count from (select segment_id, count(*)::int as count from gone group by 1) g where s.shop_id = ${shopId}::bigint and s.id = g.segment_id`;
  await tx.segmentMove.deleteMany({ where: { shopId, customerId: { in: [...ids] } } });
  await tx.segmentTelling.deleteMany({ where: { shopId, customerId: { in: [...ids] } } });
}

/** Everything this room knows of one person. */
export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const rowsOf = (table: string, order: string) => Prisma.sql`
    (select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id' order by ${Prisma.raw(order)}), '[]') from ${Prisma.raw(table)} t where t.shop_id = ${shopId}::bigint and t.customer_id = ${customerId}::bigint)`;
  const [row] = await tx.$queryRaw<{ person: Record<string, unknown> }[]>`
    select jsonb_build_object('segments', ${rowsOf("segment_member", "t.since")}, 'segmentMoves', ${rowsOf("segment_move", "t.id")}, 'segmentTellings', ${rowsOf("segment_telling", "t.id")}, 'customerMarks', ${rowsOf("customer_mark", "t.mark")}) as person`;
  return row?.person ?? {};
}

export const isMember = async (tx: Tx, shopId: ShopId, segmentId: string, customerId: CustomerId): Promise<boolean> =>
  (await tx.segmentMember.findUnique({ where: { shopId_segmentId_customerId: { shopId, segmentId, customerId } }, select: { since: true } })) !== null;

export type SegmentSum = { segmentId: string; revenueMinor: number; stakeMinor: number };

/** What each segment's members have spent, and what is at stake with them. */
export const sumMembers = (tx: Tx, shopId: ShopId): Promise<SegmentSum[]> => tx.$queryRaw`
  select m.segment_id as "segmentId", sum(p.revenue_minor)::float8 as "revenueMinor", sum(p.stake_minor)::float8 as "stakeMinor"
    from segment_member m join customer_profile p on p.shop_id = ${shopId}::bigint and p.customer_id = m.customer_id
   where m.shop_id = ${shopId}::bigint group by 1`;
