// The books of a shop: lists of members, one member's lines, and everybody's sums.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { addDays, dayAt, dayOfDate, firstDayOf, monthOf, parseMonth, toDate, type Day, type Month } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import { PERSON_COLUMNS, toPerson } from "../../profiles/profiles.server.ts";
import { EXPIRING_DAYS, MEMBERS_COUNTED_MAX, type FinishedSums, type ListedMember, type MemberFilter, type MemberQuery, type MemberSort, type MonthMoves, type Outstanding, type PointValue } from "../model/books.ts";
import type { EntryDetail, EntryKind, Lot, TierPeriod } from "../model/ledger.ts";
import { NEVER } from "../rules/history.ts";

const SORTED: Readonly<Record<MemberSort, string>> = { balance: "m.balance", pending: "m.pending", joined: "m.joined_on", expiry: "x.expires_on", tier: "m.tier_value" };

type MemberRow = {
  customerId: CustomerId; firstName: string | null; lastName: string | null; email: string | null; locale: string | null;
  joinedOn: Date | null; balance: number; pending: number; waiting: number; tierId: string | null; expiresOn: Date | null; expiring: number | null;
};

const LISTED = Prisma.sql`m.customer_id as "customerId", ${PERSON_COLUMNS}, m.joined_on as "joinedOn", m.balance, m.pending, m.waiting, m.tier_id as "tierId", x.expires_on as "expiresOn", x.points as expiring`;
/** The next points of each to end, found by the key of their lots. */
const NEXT_EXPIRY = Prisma.sql`
  left join lateral (select p.expires_on, sum(p.remaining)::int as points from point_lot p
                      where p.shop_id = m.shop_id and p.customer_id = m.customer_id and not p.is_pending and p.expires_on is not null group by p.expires_on order by p.expires_on limit 1) x on true`;
const PERSON = Prisma.sql`left join customer c on c.shop_id = m.shop_id and c.id = m.customer_id`;

/** Whoever has joined, has points, or ever had: a customer whom no rule ever gave anything is in nobody's books. */
const isInBooks = Prisma.sql`(m.joined_on is not null or m.balance <> 0 or m.pending > 0 or m.waiting > 0 or exists (select 1 from ledger_entry e where e.shop_id = m.shop_id and e.customer_id = m.customer_id))`;

function conditionsOf(shopId: ShopId, { search, tierId, isOwing, isExpiring }: MemberFilter, today: Day): Prisma.Sql {
  const like = (word: string) => `%${word.replaceAll(/[\\%_]/gu, "\\$&")}%`;
  return Prisma.join([
    Prisma.sql`m.shop_id = ${shopId}::bigint`, isInBooks,
    ...(tierId === null ? [] : [Prisma.sql`m.tier_id is not distinct from ${tierId === "" ? null : tierId}`]),
    ...(isOwing ? [Prisma.sql`m.balance < 0`] : []),
    ...(isExpiring ? [Prisma.sql`exists (select 1 from point_lot p where p.shop_id = m.shop_id and p.customer_id = m.customer_id and not p.is_pending and p.expires_on <= ${addDays(today, EXPIRING_DAYS)}::date)`] : []),
    ...search.toLowerCase().split(/\s+/u).filter((word) => word !== "").map((word) => Prisma.sql`exists (select 1 from customer_profile s where s.shop_id = m.shop_id and s.customer_id = m.customer_id and s.search like ${like(word)})`),
  ], " and ");
}

/** Whoever has no value to be sorted by comes last, either way round. A page is chosen first, and only then described. */
export async function listMembers(tx: Tx, shopId: ShopId, query: MemberQuery, { today, limit, offset }: { today: Day; limit: number; offset: number }): Promise<ListedMember[]> {
  const isNullable = query.sort === "joined" || query.sort === "expiry";
  const order = (id: string) => Prisma.raw(query.direction === "ascending" ? `asc nulls last, ${id} desc` : `desc${isNullable ? " nulls last" : ""}, ${id}`); // of balances as their index has it
  const ends = query.sort !== "expiry" ? Prisma.empty : Prisma.sql`
    left join (select customer_id, min(expires_on) as expires_on from point_lot where shop_id = ${shopId}::bigint and not is_pending group by 1) x on x.customer_id = m.customer_id`;
  const rows = await tx.$queryRaw<MemberRow[]>`
    with page as materialized (
      select m.customer_id, ${Prisma.raw(SORTED[query.sort])} as sorted from member m ${ends} where ${conditionsOf(shopId, query, today)} order by ${Prisma.raw(SORTED[query.sort])} ${order("m.customer_id")} limit ${limit} offset ${offset}
    )
    select ${LISTED} from page join member m on m.shop_id = ${shopId}::bigint and m.customer_id = page.customer_id ${PERSON} ${NEXT_EXPIRY} order by page.sorted ${order("page.customer_id")}`;
  return rows.map(toListed);
}

/** Exact up to MEMBERS_COUNTED_MAX; one more than that means more. */
export async function countMembers(tx: Tx, shopId: ShopId, filter: MemberFilter, today: Day): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from (select 1 from member m where ${conditionsOf(shopId, filter, today)} limit ${MEMBERS_COUNTED_MAX + 1}) found`;
  return row?.count ?? 0;
}

/** For exports: the next by number. */
export async function listMembersAfter(tx: Tx, shopId: ShopId, filter: MemberFilter, { today, after, limit }: { today: Day; after: bigint; limit: number }): Promise<ListedMember[]> {
  const rows = await tx.$queryRaw<MemberRow[]>`
    select ${LISTED} from member m ${PERSON} ${NEXT_EXPIRY} where ${conditionsOf(shopId, filter, today)} and m.customer_id > ${after}::bigint order by m.customer_id limit ${limit}`;
  return rows.map(toListed);
}

const toListed = ({ customerId, firstName, lastName, email, locale, joinedOn, expiresOn, expiring, ...row }: MemberRow): ListedMember => ({
  ...row, customerId: parseId<CustomerId>(customerId), ...toPerson({ firstName, lastName, email, locale }), joinedOn: joinedOn && dayOfDate(joinedOn),
  nextExpiry: expiresOn && { on: dayOfDate(expiresOn), points: expiring ?? 0 },
});

export async function listLots(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<(Lot & { isPending: boolean })[]> {
  const rows = await tx.pointLot.findMany({ where: { shopId, customerId }, orderBy: [{ expiresOn: "asc" }, { availableOn: "asc" }, { key: "asc" }] });
  return rows.map(({ key, remaining, isPending, availableOn, expiresOn }) => ({ key, remaining, isPending, availableOn: dayOfDate(availableOn), expiresOn: expiresOn && dayOfDate(expiresOn) }));
}

/** Newest first. */
export async function listPeriods(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<TierPeriod[]> {
  const rows = await tx.tierPeriod.findMany({ where: { shopId, customerId }, orderBy: { from: "desc" } });
  return rows.map(({ tierId, from }) => ({ tierId, from: dayOfDate(from) }));
}

export type StoredEntry = { id: bigint; customerId: CustomerId; key: string; kind: EntryKind; points: number; on: Day; writtenAt: Date; balanceAfter: number; sequence: number; detail: EntryDetail; note: string | null };

const ENTRY = Prisma.sql`e.id, e.customer_id as "customerId", e.key, e.kind, e.points, e.effective_on as on, e.written_at as "writtenAt", e.balance_after as "balanceAfter", e.sequence, e.detail`;
const toEntry = (row: Omit<StoredEntry, "on"> & { on: Date }): StoredEntry => ({ ...row, on: dayOfDate(row.on) });

/** Newest first; `before` pages. */
export async function listEntries(tx: Tx, shopId: ShopId, customerId: CustomerId, { before, limit }: { before: bigint | null; limit: number }): Promise<StoredEntry[]> {
  const rows = await tx.$queryRaw<(Omit<StoredEntry, "on"> & { on: Date })[]>`
    select ${ENTRY}, v.note from ledger_entry e left join earn_event v on v.shop_id = e.shop_id and v.id = e.detail ->> 'eventId'
     where e.shop_id = ${shopId}::bigint and e.customer_id = ${customerId}::bigint and (${before}::bigint is null or e.id < ${before}::bigint) order by e.id desc limit ${limit}`;
  return rows.map(toEntry);
}

/** Everybody's lines in the order they were written. */
export async function listEntriesAfter(tx: Tx, shopId: ShopId, { after, limit }: { after: bigint; limit: number }): Promise<StoredEntry[]> {
  const rows = await tx.$queryRaw<(Omit<StoredEntry, "on"> & { on: Date })[]>`
    select ${ENTRY}, null as note from ledger_entry e where e.shop_id = ${shopId}::bigint and e.id > ${after}::bigint order by e.id limit ${limit}`;
  return rows.map(toEntry);
}

export async function sumOutstanding(tx: Tx, shopId: ShopId): Promise<Outstanding> {
  const [row] = await tx.$queryRaw<Outstanding[]>`
    select coalesce(sum(greatest(balance, 0)), 0)::float8 as available, coalesce(sum(pending), 0)::float8 as pending, coalesce(sum(waiting), 0)::float8 as waiting, coalesce(sum(greatest(-balance, 0)), 0)::float8 as owed,
           (count(*) filter (where balance > 0 or pending > 0 or waiting > 0))::int as members, (count(*) filter (where balance < 0))::int as debtors
      from member where shop_id = ${shopId}::bigint`;
  return row ?? { available: 0, pending: 0, waiting: 0, owed: 0, members: 0, debtors: 0 };
}

/** Spendable and pending points by the month in which they end; null last: no day is set. Those that wait for somebody to join are left out. */
export async function sumExpiries(tx: Tx, shopId: ShopId): Promise<{ month: Month | null; points: number }[]> {
  const rows = await tx.$queryRaw<{ month: string | null; points: number }[]>`
    select to_char(expires_on, 'YYYY-MM') as month, sum(remaining)::float8 as points from point_lot
     where shop_id = ${shopId}::bigint and available_on < ${NEVER}::date group by 1 order by 1 nulls last`;
  return rows.map(({ month, points }) => ({ month: month === null ? null : parseMonth(month), points }));
}

/** Since when anybody could spend points: when the first were written, however old what they were given for. */
export async function findSpendableSince(tx: Tx, shopId: ShopId, timeZone: string): Promise<Day | null> {
  const first = await tx.ledgerEntry.findFirst({ where: { shopId }, orderBy: { id: "asc" }, select: { writtenAt: true } });
  return first && dayAt(first.writtenAt, timeZone);
}

/** Of points that were spent or expired, by member. Those that had ended before anybody could spend any are left out, and people who were erased, as they
 *  are not told apart any more. */
export async function sumFinished(tx: Tx, shopId: ShopId, since: Day): Promise<FinishedSums> {
  const [row] = await tx.$queryRaw<FinishedSums[]>`
    with left_points as (
      select customer_id, greatest(0, -coalesce(sum(points) filter (where kind <> 'expire'), 0))::float8 as spent, greatest(0, -coalesce(sum(points) filter (where kind = 'expire'), 0))::float8 as y
        from ledger_entry where shop_id = ${shopId}::bigint and kind in ('redeem', 'give_back', 'expire') and effective_on > ${since}::date and key not like 'erased:%' group by 1
    ), finished as (select spent + y as x, y from left_points where spent + y > 0)
    select count(*)::int as members, coalesce(sum(x), 0)::float8 as x, coalesce(sum(y), 0)::float8 as y, coalesce(sum(x * x), 0)::float8 as xx, coalesce(sum(x * y), 0)::float8 as xy, coalesce(sum(y * y), 0)::float8 as yy from finished`;
  return row ?? { members: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
}

/** By the month a line was written in, in the shop's zone: what is written is never touched, so a month that is over never changes. */
export async function sumMonths(tx: Tx, shopId: ShopId, timeZone: string): Promise<MonthMoves[]> {
  const of = (condition: Prisma.Sql) => Prisma.sql`coalesce(sum(points) filter (where ${condition}), 0)::float8`;
  const rows = await tx.$queryRaw<(Omit<MonthMoves, "month"> & { month: string })[]>`
    with sums as (
      select date_trunc('month', written_at at time zone ${timeZone}) as month, kind, case when kind = 'event' then coalesce(detail ->> 'event', '') end as event, sum(points) as points
        from ledger_entry where shop_id = ${shopId}::bigint group by 1, 2, 3
    )
    select to_char(month, 'YYYY-MM') as month,
           ${of(Prisma.sql`kind in ('order', 'first_order', 'nth_order', 'tier_gift') or event not in ('import', 'adjustment')`)} as issued,
           ${of(Prisma.sql`event = 'import'`)} as imported, ${of(Prisma.sql`event = 'adjustment'`)} as adjusted, ${of(Prisma.sql`kind in ('redeem', 'give_back')`)} as spent,
           ${of(Prisma.sql`kind = 'expire'`)} as expired, ${of(Prisma.sql`kind = 'take_back'`)} as "takenBack", ${of(Prisma.sql`kind = 'forgive'`)} as forgiven, ${of(Prisma.sql`kind = 'close'`)} as closed
      from sums group by sums.month order by sums.month`;
  return rows.map(({ month, ...moves }) => ({ month: parseMonth(month), ...moves }));
}

/** What a point was worth at the end of months that are over; null: nothing had a price. */
export async function listMonthValues(tx: Tx, shopId: ShopId): Promise<Map<Month, PointValue | null>> {
  const rows = await tx.monthValue.findMany({ where: { shopId } });
  return new Map(rows.map(({ month, minorPerPoint, rewardId }) => [monthOf(dayOfDate(month)), minorPerPoint === null || rewardId === null ? null : { minorPerPoint, rewardId }]));
}

/** What is kept stays as it was kept. */
export const keepMonthValues = (tx: Tx, shopId: ShopId, values: readonly { month: Month; value: PointValue | null }[]): Promise<unknown> =>
  tx.monthValue.createMany({ data: values.map(({ month, value }) => ({ shopId, month: toDate(firstDayOf(month)), minorPerPoint: value?.minorPerPoint ?? null, rewardId: value?.rewardId ?? null })), skipDuplicates: true });

export type ReferralRow = {
  orderId: bigint; advocateId: bigint; friendId: bigint | null; orderedAt: Date; state: string; score: number | null; reasons: unknown; points: number; decidedAt: Date | null;
};

export const listReferralsAfter = (tx: Tx, shopId: ShopId, { after, limit }: { after: bigint; limit: number }): Promise<ReferralRow[]> => tx.referral.findMany({
  where: { shopId, orderId: { gt: after } }, orderBy: { orderId: "asc" }, take: limit,
  select: { orderId: true, advocateId: true, friendId: true, orderedAt: true, state: true, score: true, reasons: true, points: true, decidedAt: true },
});

export type RedemptionRow = {
  id: string; customerId: bigint; rewardId: string; rewardKind: string; version: number; steps: number; points: number; state: string; code: string | null;
  heldAt: Date; issuedAt: Date | null; endsAt: Date | null; usedOrderId: bigint | null; refusal: string | null;
};

/** In the order of their ids. A gift card's code is money, and stays here. */
export const listRedemptionsAfter = (tx: Tx, shopId: ShopId, { after, limit }: { after: string | null; limit: number }): Promise<RedemptionRow[]> => tx.$queryRaw`
  select id::text, customer_id as "customerId", reward_id as "rewardId", reward ->> 'kind' as "rewardKind", version, steps, points, state, case when reward ->> 'kind' <> 'gift_card' then code end as code,
         held_at as "heldAt", issued_at as "issuedAt", ends_at as "endsAt", used_order_id as "usedOrderId", refusal
    from redemption where shop_id = ${shopId}::bigint and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`;
