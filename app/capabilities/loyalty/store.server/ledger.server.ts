// The ledger: lines are added, never touched; what a member has moves with them, in the same transaction, under the member's lock.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import type { EntryDetail, EntryKind } from "../model/ledger.ts";
import type { NewEntry, Posted, Standing } from "../rules/settlement.ts";

export type Settled = { customerId: CustomerId; entries: readonly NewEntry[]; standing: Standing };

/** Accounts held until the transaction ends, in the order of their numbers, so that two who lock many never wait for each other. Those of `newIds`
 *  who had none have one now; answers whose were there to be held. */
export async function lockMembers(tx: Tx, shopId: ShopId, { customerIds, newIds }: { customerIds: readonly CustomerId[]; newIds: readonly CustomerId[] }): Promise<CustomerId[]> {
  await tx.$executeRaw`insert into member (shop_id, customer_id) select ${shopId}::bigint, id from unnest(${[...newIds]}::bigint[]) as id order by id on conflict do nothing`;
  const rows = await tx.$queryRaw<{ customer_id: CustomerId }[]>`select customer_id from member where shop_id = ${shopId}::bigint and customer_id = any (${[...customerIds]}::bigint[]) order by customer_id for update`;
  return rows.map((row) => row.customer_id);
}

/** Members whom time alone changes, up to and with a day. */
export async function listDue(tx: Tx, shopId: ShopId, today: Day, limit: number): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ customer_id: CustomerId }[]>`select customer_id from member where shop_id = ${shopId}::bigint and next_change <= ${today}::date order by next_change, customer_id limit ${limit}`;
  return rows.map((row) => row.customer_id);
}

/** Something else than figures that the theme shows has changed. */
export const noteChange = (tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<unknown> =>
  tx.$executeRaw`update member set change = change + 1, is_to_tell = true where shop_id = ${shopId}::bigint and customer_id = any (${[...customerIds]}::bigint[])`;

/** Sums by key, of each customer. */
export async function listPosted(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, Posted[]>> {
  const rows = await tx.$queryRaw<(Posted & { customerId: bigint })[]>`
    select customer_id as "customerId", key, sum(points)::int as points, count(*)::int as count, (array_agg(kind order by sequence))[1] as kind, (array_agg(detail order by sequence))[1] as detail
      from ledger_entry where shop_id = ${shopId}::bigint and customer_id = any (${[...customerIds]}::bigint[]) group by 1, 2`;
  const posted = new Map<CustomerId, Posted[]>();
  for (const { customerId, ...sums } of rows) {
    const id = parseId<CustomerId>(customerId);
    posted.set(id, [...(posted.get(id) ?? []), sums]);
  }
  return posted;
}

export async function append(tx: Tx, shopId: ShopId, settled: readonly Settled[], at: Date): Promise<void> {
  const entries = settled.flatMap(({ customerId, entries: lines }) => lines.map((line) => ({ customer_id: customerId, key: line.key, sequence: line.sequence, kind: line.kind, points: line.points, effective_on: line.on, balance_after: line.balanceAfter, detail: line.detail })));
  if (entries.length > 0) {
    await tx.$executeRaw`
      insert into ledger_entry (shop_id, customer_id, key, sequence, kind, points, effective_on, written_at, balance_after, detail)
      select ${shopId}::bigint, customer_id, key, sequence, kind, points, effective_on, ${at}::timestamptz, balance_after, detail
        from json_to_recordset(${toJson(entries)}::json) as r(customer_id bigint, key text, sequence int, kind text, points int, effective_on date, balance_after int, detail jsonb)`;
  }
}

/** What a member has, what is left of each grant, and the tiers they were in. */
export async function saveStandings(tx: Tx, shopId: ShopId, settled: readonly Settled[], today: Day): Promise<void> {
  const ids = settled.map(({ customerId }) => customerId);
  const members = settled.map(({ customerId, standing }) => ({ customer_id: customerId, balance: standing.balance, pending: standing.pending, waiting: standing.waiting, tier_id: standing.tierId, tier_since: standing.tierSince, tier_value: standing.tierValue, next_tier_entry: standing.nextTierEntry, tier_kept_until: standing.tierKeptUntil, next_change: standing.nextChange }));
  await tx.$executeRaw`
    update member m set balance = r.balance, pending = r.pending, waiting = r.waiting, tier_id = r.tier_id, tier_since = r.tier_since, tier_value = r.tier_value, next_tier_entry = r.next_tier_entry, tier_kept_until = r.tier_kept_until, next_change = r.next_change, settled_on = ${today}::date,
           change = m.change + x.moved::int, is_to_tell = m.is_to_tell or x.moved
      from json_to_recordset(${toJson(members)}::json) as r(customer_id bigint, balance int, pending int, waiting int, tier_id text, tier_since date, tier_value bigint, next_tier_entry bigint, tier_kept_until date, next_change date)
      join lateral (select (o.balance, o.pending, o.waiting, o.tier_id, o.tier_value, o.next_tier_entry, o.tier_kept_until, o.next_change) is distinct from (r.balance, r.pending, r.waiting, r.tier_id, r.tier_value, r.next_tier_entry, r.tier_kept_until, r.next_change) as moved
                      from member o where o.shop_id = ${shopId}::bigint and o.customer_id = r.customer_id) x on true
     where m.shop_id = ${shopId}::bigint and m.customer_id = r.customer_id`;
  const lots = settled.flatMap(({ customerId, standing }) => [...standing.lots.map((lot) => ({ ...lot, isPending: false })), ...standing.pendingLots.map((lot) => ({ ...lot, isPending: true }))]
    .map((lot) => ({ customer_id: customerId, key: lot.key, remaining: lot.remaining, is_pending: lot.isPending, available_on: lot.availableOn, expires_on: lot.expiresOn })));
  await tx.$executeRaw`delete from point_lot where shop_id = ${shopId}::bigint and customer_id = any (${ids}::bigint[])`;
  await tx.$executeRaw`
    insert into point_lot (shop_id, customer_id, key, remaining, is_pending, available_on, expires_on)
    select ${shopId}::bigint, r.* from json_to_recordset(${toJson(lots)}::json) as r(customer_id bigint, key text, remaining int, is_pending boolean, available_on date, expires_on date)`;
  const periods = settled.flatMap(({ customerId, standing }) => standing.periods.map(({ from, tierId }) => ({ customer_id: customerId, from_on: from, tier_id: tierId })));
  await tx.$executeRaw`delete from tier_period where shop_id = ${shopId}::bigint and customer_id = any (${ids}::bigint[])`;
  await tx.$executeRaw`
    insert into tier_period (shop_id, customer_id, from_on, tier_id)
    select ${shopId}::bigint, r.* from json_to_recordset(${toJson(periods)}::json) as r(customer_id bigint, from_on date, tier_id text)`;
}

export type Entry = { id: bigint; key: string; kind: EntryKind; points: number; effectiveOn: Day; writtenAt: Date; balanceAfter: number; detail: EntryDetail };

/** Newest first; `before` pages. */
export async function listEntries(tx: Tx, shopId: ShopId, customerId: CustomerId, { before, limit }: { before: bigint | null; limit: number }): Promise<Entry[]> {
  const rows = await tx.$queryRaw<(Omit<Entry, "effectiveOn"> & { effectiveOn: Date })[]>`
    select id, key, kind, points, effective_on as "effectiveOn", written_at as "writtenAt", balance_after as "balanceAfter", detail
      from ledger_entry where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint and (${before}::bigint is null or id < ${before}::bigint) order by id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, effectiveOn: dayOfDate(row.effectiveOn) }));
}

/** Members whose balance is not the sum of their entries, or whose lots are not what is left of it: none, unless there is a bug. */
export async function listBroken(tx: Tx, shopId: ShopId, limit: number): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ customer_id: bigint }[]>`
    select m.customer_id from member m
      left join (select customer_id, sum(points) as points from ledger_entry where shop_id = ${shopId}::bigint group by 1) e on e.customer_id = m.customer_id
      left join (select customer_id, sum(remaining) filter (where not is_pending) as spendable, sum(remaining) filter (where is_pending) as pending from point_lot where shop_id = ${shopId}::bigint group by 1) l on l.customer_id = m.customer_id
     where m.shop_id = ${shopId}::bigint
       and (m.balance <> coalesce(e.points, 0) or greatest(m.balance, 0) <> coalesce(l.spendable, 0) or m.pending + m.waiting <> coalesce(l.pending, 0)) order by 1 limit ${limit}`;
  return rows.map((row) => parseId<CustomerId>(row.customer_id));
}
