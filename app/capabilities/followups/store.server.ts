// The board, and what was written on it.
import type { CustomerProfile } from "../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../values/day.ts";
import type { CustomerId, ShopId } from "../../values/ids.ts";
import { invariant } from "../../values/invariant.ts";
import { CHANNELS, LEAVING_STAGES, type Channel } from "../profiles/model.ts";
import { PERSON_COLUMNS, PROFILE_COLUMNS, toPerson, toProfile, type PersonRow } from "../profiles/profiles.server.ts";
import { ENTRY_KINDS, type BoardQuery, type BoardRow, type Entry, type EntryKind } from "./model.ts";
import { CONTACT_DAYS } from "./rules.ts";

type Row = CustomerProfile & PersonRow & {
  emailConsent: string | null; language: string | null; preferredChannel: string | null; everyDays: number | null;
  contactedAt: Date | null; contactChannel: string | null; contactNote: string | null; snoozedUntil: Date | null;
};

const channelOf = (name: string | null): Channel | null => CHANNELS.find((known) => known === name) ?? null;

type Window = { limit: number; /** rows before it are passed over: so many, or all up to and with this one */ from: number | Pick<BoardRow, "stakeMinor" | "customerId"> };

/** Those with most at stake first. */
export async function listBoard(tx: Tx, shopId: ShopId, query: BoardQuery, { today, at, limit, from }: { today: Day; at: Date } & Window): Promise<Omit<BoardRow, "step">[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const rows = await tx.$queryRaw<Row[]>`
    select ${PROFILE_COLUMNS}, ${PERSON_COLUMNS}, c.email_consent as "emailConsent", coalesce(w.language, c.locale) as language,
           w.channel as "preferredChannel", w.every_days as "everyDays", b.contacted_at as "contactedAt", e.channel as "contactChannel", e.note as "contactNote", b.snoozed_until as "snoozedUntil"
      from ${boardOf(shop, query, { today, at })}
      join customer c on c.shop_id = ${shop} and c.id = p.customer_id
      left join contact_preference w on w.shop_id = ${shop} and w.customer_id = p.customer_id
      left join lateral (select channel, note from followup_entry x where x.shop_id = ${shop} and x.customer_id = p.customer_id and x.kind = 'contacted' order by x.id desc limit 1) e on true
     where ${typeof from === "number" ? Prisma.sql`true` : Prisma.sql`p.stake_minor <= ${from.stakeMinor}::bigint and (p.stake_minor < ${from.stakeMinor}::bigint or p.customer_id > ${from.customerId}::bigint)`}
     order by p.stake_minor desc, p.customer_id limit ${limit} offset ${typeof from === "number" ? from : 0}`;
  return rows.map(({ firstName, lastName, email, locale, emailConsent, language, preferredChannel, everyDays, contactedAt, contactChannel, contactNote, snoozedUntil, ...row }) => ({
    ...toProfile(row), ...toPerson({ firstName, lastName, email, locale }), emailConsent, language, preferredChannel: channelOf(preferredChannel), everyDays,
    lastContact: contactedAt && { at: contactedAt, channel: channelOf(contactChannel), note: contactNote ?? "" }, snoozedUntil: snoozedUntil && dayOfDate(snoozedUntil),
  }));
}

export async function sumBoard(tx: Tx, shopId: ShopId, query: BoardQuery, when: { today: Day; at: Date }): Promise<{ customers: number; stakeMinor: number }> {
  const [row] = await tx.$queryRaw<{ customers: number; stakeMinor: number }[]>`
    select count(*)::int as customers, coalesce(sum(p.stake_minor), 0)::float8 as "stakeMinor" from ${boardOf(Prisma.sql`${shopId}::bigint`, query, when)}`;
  return row ?? { customers: 0, stakeMinor: 0 };
}

export type OpenSums = { customers: number; stakeMinor: number; vips: number; vipStakeMinor: number };

export async function sumOpen(tx: Tx, shopId: ShopId, when: { today: Day; at: Date }): Promise<OpenSums> {
  const [row] = await tx.$queryRaw<OpenSums[]>`
    select count(*)::int as customers, coalesce(sum(p.stake_minor), 0)::float8 as "stakeMinor", (count(*) filter (where p.is_vip))::int as vips, coalesce(sum(p.stake_minor) filter (where p.is_vip), 0)::float8 as "vipStakeMinor"
      from ${boardOf(Prisma.sql`${shopId}::bigint`, { standing: "open", stages: LEAVING_STAGES, isVipOnly: false }, when)}`;
  return row ?? { customers: 0, stakeMinor: 0, vips: 0, vipStakeMinor: 0 };
}

/** Whom the query leaves on the board, as `p` with what was done about them as `b`. */
function boardOf(shop: Prisma.Sql, { standing, stages, isVipOnly }: BoardQuery, { today, at }: { today: Day; at: Date }): Prisma.Sql {
  const contactedSince = new Date(at.getTime() - CONTACT_DAYS * 86_400_000);
  const isSnoozed = Prisma.sql`coalesce(b.snoozed_until > ${today}::date, false)`;
  const isContacted = Prisma.sql`coalesce(b.contacted_at > ${contactedSince}, false)`;
  const standings = { open: Prisma.sql`not ${isSnoozed} and not ${isContacted}`, contacted: Prisma.sql`not ${isSnoozed} and ${isContacted}`, snoozed: isSnoozed };
  return Prisma.sql`(
    select p.* from customer_profile p left join followup b on b.shop_id = ${shop} and b.customer_id = p.customer_id
     where p.shop_id = ${shop} and p.stage = any (${[...stages]}::text[]) and ${isVipOnly ? Prisma.sql`p.is_vip` : Prisma.sql`true`} and ${standings[standing]}) p
    left join followup b on b.shop_id = ${shop} and b.customer_id = p.customer_id`;
}

type NewEntry = { kind: EntryKind; wishId: string; at: Date; staffId: string | null; channel: Channel | null; note: string; snoozedUntil: Day | null };

/** For those of these customers who are here; the same wish twice is one. Answers how many entries are new. */
export async function addEntries(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], { kind, wishId, at, staffId, channel, note, snoozedUntil }: NewEntry): Promise<number> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    with fresh as (
      insert into followup_entry (shop_id, customer_id, kind, wish_id, written_at, staff_id, channel, note, snoozed_until, chance_30)
      select ${shop}, p.customer_id, ${kind}, ${wishId}::uuid, ${at}, ${staffId}, ${channel}, ${note}, ${snoozedUntil}::date, p.chance_30
        from customer_profile p where p.shop_id = ${shop} and p.customer_id = any (${[...customerIds]}::bigint[]) order by p.customer_id
      on conflict (shop_id, wish_id, customer_id) do nothing returning customer_id),
    stood as (
      insert into followup as t (shop_id, customer_id, snoozed_until, contacted_at)
      select ${shop}, customer_id, ${snoozedUntil}::date, ${kind === "contacted" ? at : null}::timestamptz from fresh where ${kind !== "note"} order by customer_id
      on conflict (shop_id, customer_id) do update set snoozed_until = case when ${kind === "snoozed"} then excluded.snoozed_until else t.snoozed_until end, contacted_at = coalesce(excluded.contacted_at, t.contacted_at))
    select count(*)::int as count from fresh`;
  return row?.count ?? 0;
}

/** Newest first. */
export async function listEntries(tx: Tx, shopId: ShopId, customerId: CustomerId, limit: number): Promise<Entry[]> {
  const rows = await tx.followupEntry.findMany({ where: { shopId, customerId }, orderBy: { id: "desc" }, take: limit });
  return rows.map((row) => ({
    id: String(row.id), kind: ENTRY_KINDS.find((kind) => kind === row.kind) ?? "note", writtenAt: row.writtenAt, channel: channelOf(row.channel), note: row.note,
    snoozedUntil: row.snoozedUntil && dayOfDate(row.snoozedUntil),
  }));
}

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

/** Customers merged into others: what was done about them was done about those they are now. */
export async function joinPeople(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  if (mergedIds.length === 0) return;
  const [shop, ids] = [Prisma.sql`${shopId}::bigint`, Prisma.sql`any (${[...mergedIds]}::bigint[])`];
  const kept = Prisma.sql`customer_alias a on a.shop_id = ${shop} and a.id = t.customer_id and a.kept_id is not null`;
  await tx.$executeRaw`
    insert into followup_entry (shop_id, customer_id, kind, wish_id, written_at, staff_id, channel, note, chance_30, snoozed_until)
    select ${shop}, a.kept_id, t.kind, t.wish_id, t.written_at, t.staff_id, t.channel, t.note, t.chance_30, t.snoozed_until from followup_entry t join ${kept} where t.shop_id = ${shop} and t.customer_id = ${ids} order by t.id
    on conflict (shop_id, wish_id, customer_id) do nothing`;
  await tx.$executeRaw`
    insert into followup as f (shop_id, customer_id, snoozed_until, contacted_at)
    select ${shop}, a.kept_id, max(t.snoozed_until), max(t.contacted_at) from followup t join ${kept} where t.shop_id = ${shop} and t.customer_id = ${ids} group by a.kept_id order by 2
    on conflict (shop_id, customer_id) do update set snoozed_until = greatest(f.snoozed_until, excluded.snoozed_until), contacted_at = greatest(f.contacted_at, excluded.contacted_at)`;
  for (const table of ["followup", "followup_entry"]) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shop} and customer_id = ${ids}`;
}

/** Everything this room knows of one person. */
export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const rowsOf = (table: string) => Prisma.sql`
    (select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id'), '[]') from ${Prisma.raw(table)} t where t.shop_id = ${shopId}::bigint and t.customer_id = ${customerId}::bigint)`;
  const [row] = await tx.$queryRaw<{ person: Record<string, unknown> }[]>`select jsonb_build_object('followup', ${rowsOf("followup")}, 'followupEntries', ${rowsOf("followup_entry")}) as person`;
  return row?.person ?? {};
}

export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  await tx.followup.deleteMany({ where: { shopId, customerId } });
  await tx.followupEntry.deleteMany({ where: { shopId, customerId } });
}

const TABLES = ["followup", "followup_entry"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
