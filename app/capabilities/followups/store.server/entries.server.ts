// What the merchant did and noted about customers.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { CHANNELS, type Channel } from "../../profiles/model.ts";
import { ENTRY_KINDS, type Entry, type EntryKind } from "../model.ts";

type NewEntry = { kind: EntryKind; wishId: string; at: Date; staffId: string | null; channel: Channel | null; note: string; snoozedUntil: Day | null };

/** For those of these customers who are here; the same wish twice is one. A contact closes their tasks, and is a message like any other. Answers how
 *  many entries are new. */
export async function addEntries(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], { kind, wishId, at, staffId, channel, note, snoozedUntil }: NewEntry): Promise<number> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    with fresh as (
      insert into followup_entry (shop_id, customer_id, kind, wish_id, written_at, staff_id, channel, note, snoozed_until, chance_30)
      select ${shop}, c.id, ${kind}, ${wishId}::uuid, ${at}, ${staffId}, ${channel}, ${note}, ${snoozedUntil}::date, p.chance_30
        from customer c left join customer_profile p on p.shop_id = ${shop} and p.customer_id = c.id where c.shop_id = ${shop} and c.id = any (${[...customerIds]}::bigint[]) order by c.id
      on conflict (shop_id, wish_id, customer_id) do nothing returning customer_id),
    stood as (
      insert into followup as t (shop_id, customer_id, snoozed_until, contacted_at)
      select ${shop}, customer_id, ${snoozedUntil}::date, ${kind === "contacted" ? at : null}::timestamptz from fresh where ${kind !== "note"} order by customer_id
      on conflict (shop_id, customer_id) do update set snoozed_until = case when ${kind === "snoozed"} then excluded.snoozed_until else t.snoozed_until end, contacted_at = coalesce(excluded.contacted_at, t.contacted_at)),
    answered as (update followup_task t set closed_at = ${at} from fresh f where t.shop_id = ${shop} and t.customer_id = f.customer_id and t.closed_at is null and ${kind === "contacted"}),
    reached as (
      insert into last_contact as t (shop_id, customer_id, contacted_at, kind) select ${shop}, customer_id, ${at}, ${channel} from fresh where ${kind === "contacted"} order by customer_id
      on conflict (shop_id, customer_id) do update set contacted_at = excluded.contacted_at, kind = excluded.kind where t.contacted_at < excluded.contacted_at)
    select count(*)::int as count from fresh`;
  return row?.count ?? 0;
}

/** Newest first. */
export async function listEntries(tx: Tx, shopId: ShopId, customerId: CustomerId, limit: number): Promise<Entry[]> {
  const rows = await tx.followupEntry.findMany({ where: { shopId, customerId }, orderBy: { id: "desc" }, take: limit });
  return rows.map((row) => ({
    id: String(row.id), kind: ENTRY_KINDS.find((kind) => kind === row.kind) ?? "note", writtenAt: row.writtenAt, channel: CHANNELS.find((known) => known === row.channel) ?? null, note: row.note,
    snoozedUntil: row.snoozedUntil && dayOfDate(row.snoozedUntil),
  }));
}
