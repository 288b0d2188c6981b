// Whom the board shows: customers with a task first, then those with most at stake.
import type { CustomerProfile } from "../../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { CHANNELS, LEAVING_STAGES, type Channel } from "../../profiles/model.ts";
import { PERSON_COLUMNS, PROFILE_COLUMNS, toPerson, toProfile, type PersonRow } from "../../profiles/profiles.server.ts";
import { taskReasonSchema, type BoardQuery, type BoardRow, type Task } from "../model.ts";
import { CONTACT_DAYS } from "../rules.ts";

type Moment = { today: Day; at: Date };
type Cursor = Pick<BoardRow, "customerId" | "isVip" | "stakeMinor" | "tasks">;
type Window = { limit: number; /** rows before it are passed over: so many, or all up to and with this one */ from: number | Cursor };

type NoProfile = { customerId: null };
type Row = PersonRow & (CustomerProfile | NoProfile) & {
  id: CustomerId; emailConsent: string | null; language: string | null; preferredChannel: string | null; everyDays: number | null;
  contactedAt: Date | null; contactChannel: string | null; contactNote: string | null; snoozedUntil: Date | null; tasks: TaskRow[] | null;
};
type TaskRow = { id: string; openedAt: string; isOpen: boolean; reason: unknown };

/** Each part is cut to the page before they are put together, so that the index of stakes serves the long one. */
export async function listBoard(tx: Tx, shopId: ShopId, query: BoardQuery, { today, at, limit, from }: Moment & Window): Promise<Omit<BoardRow, "step">[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const offset = typeof from === "number" ? from : 0;
  const { withTask, leaving } = partsOf(shop, query, { today, at });
  const after = typeof from === "number" ? { withTask: Prisma.sql`true`, leaving: Prisma.sql`true` } : afterRow(from);
  const rows = await tx.$queryRaw<Row[]>`
    with page as (
      select * from (
        (select * from (${withTask}) k where ${after.withTask} order by place desc, stake_minor desc, id limit ${limit + offset})
        union all (select * from (${leaving}) p where ${after.leaving} order by stake_minor desc, id limit ${limit + offset})) both_parts
       order by place desc, stake_minor desc, id limit ${limit} offset ${offset})
    select r.id, ${PROFILE_COLUMNS}, ${PERSON_COLUMNS}, c.email_consent as "emailConsent", coalesce(w.language, c.locale) as language, w.channel as "preferredChannel", w.every_days as "everyDays",
           b.contacted_at as "contactedAt", e.channel as "contactChannel", e.note as "contactNote", b.snoozed_until as "snoozedUntil", k.tasks
      from page r
      left join customer c on c.shop_id = ${shop} and c.id = r.id
      left join customer_profile p on p.shop_id = ${shop} and p.customer_id = r.id
      left join followup b on b.shop_id = ${shop} and b.customer_id = r.id
      left join contact_preference w on w.shop_id = ${shop} and w.customer_id = r.id
      left join lateral (select channel, note from followup_entry x where x.shop_id = ${shop} and x.customer_id = r.id and x.kind = 'contacted' order by x.id desc limit 1) e on true
      left join lateral (${tasksOf(shop, at)}) k on r.place > 0
     order by r.place desc, r.stake_minor desc, r.id`;
  return rows.map(toRow);
}

function toRow(row: Row): Omit<BoardRow, "step"> {
  const profile = row.customerId === null ? null : toProfile(row);
  return {
    customerId: row.id, profile, isVip: profile?.isVip ?? false, stakeMinor: profile?.stakeMinor ?? 0, tasks: (row.tasks ?? []).map(toTask), ...toPerson(row),
    emailConsent: row.emailConsent, language: row.language, preferredChannel: channelOf(row.preferredChannel), everyDays: row.everyDays,
    lastContact: row.contactedAt && { at: row.contactedAt, channel: channelOf(row.contactChannel), note: row.contactNote ?? "" }, snoozedUntil: row.snoozedUntil && dayOfDate(row.snoozedUntil),
  };
}

const toTask = ({ id, openedAt, isOpen, reason }: TaskRow): Task => ({ id, openedAt: new Date(openedAt), isOpen, reason: taskReasonSchema.parse(reason) });
const channelOf = (name: string | null): Channel | null => CHANNELS.find((known) => known === name) ?? null;

export type BoardSums = { customers: number; stakeMinor: number; vips: number; vipStakeMinor: number; /** with a task; of the VIPs */ answered: number; vipsAnswered: number };

export async function sumBoard(tx: Tx, shopId: ShopId, query: BoardQuery, when: Moment): Promise<BoardSums> {
  const { withTask, leaving } = partsOf(Prisma.sql`${shopId}::bigint`, query, when);
  const [row] = await tx.$queryRaw<BoardSums[]>`
    select count(*)::int as customers, coalesce(sum(stake_minor), 0)::float8 as "stakeMinor", (count(*) filter (where is_vip))::int as vips, coalesce(sum(stake_minor) filter (where is_vip), 0)::float8 as "vipStakeMinor",
           (count(*) filter (where place > 0))::int as answered, (count(*) filter (where place > 0 and is_vip))::int as "vipsAnswered"
      from (${withTask} union all ${leaving}) r`;
  return row ?? { customers: 0, stakeMinor: 0, vips: 0, vipStakeMinor: 0, answered: 0, vipsAnswered: 0 };
}

const placeOf = ({ tasks, isVip }: Pick<Cursor, "tasks" | "isVip">): number => (tasks.length === 0 ? 0 : isVip ? 2 : 1);

/** What follows a row: in its own part by stake and number, and all of the part below it. */
function afterRow(row: Cursor): { withTask: Prisma.Sql; leaving: Prisma.Sql } {
  const place = placeOf(row);
  const [stake, id] = [Prisma.sql`${row.stakeMinor}::bigint`, Prisma.sql`${row.customerId}::bigint`];
  if (place > 0) return { withTask: Prisma.sql`(place, stake_minor, -id) < (${place}::int, ${stake}, -${id})`, leaving: Prisma.sql`true` };
  return { withTask: Prisma.sql`false`, leaving: Prisma.sql`stake_minor <= ${stake} and (stake_minor < ${stake} or id > ${id})` };
}

/** Nobody is in both. A contact closes tasks and hides for its days, a snooze until its day; but what was said since is not put aside. */
function partsOf(shop: Prisma.Sql, { standing, stage, isVipOnly, hasTask }: BoardQuery, { today, at }: Moment): { withTask: Prisma.Sql; leaving: Prisma.Sql } {
  const contactedSince = contactsFrom(at);
  const isPutAside = Prisma.sql`coalesce(b.snoozed_until > ${today}::date, false)`;
  const vip = isVipOnly ? Prisma.sql`p.is_vip` : Prisma.sql`true`;
  const snoozedAt = Prisma.sql`(select max(x.written_at) from followup_entry x where x.shop_id = ${shop} and x.customer_id = k.customer_id and x.kind = 'snoozed')`;
  const withTask = Prisma.sql`
    select k.customer_id as id, case when p.is_vip then 2 else 1 end as place, coalesce(p.stake_minor, 0) as stake_minor, coalesce(p.is_vip, false) as is_vip
      from (select t.customer_id, max(t.opened_at) as opened_at, bool_or(t.closed_at is null) as is_open from followup_task t where t.shop_id = ${shop} and ${isShown(contactedSince)} group by 1) k
      join customer c on c.shop_id = ${shop} and c.id = k.customer_id
      left join customer_profile p on p.shop_id = ${shop} and p.customer_id = k.customer_id
      left join followup b on b.shop_id = ${shop} and b.customer_id = k.customer_id
     where ${stage === null ? Prisma.sql`true` : Prisma.sql`p.stage = ${stage}`} and ${vip} and ${standsAs(standing, { isSnoozed: Prisma.sql`(${isPutAside} and not coalesce(k.opened_at > ${snoozedAt}, false))`, isContacted: Prisma.sql`not k.is_open` })}`;
  const leaving = Prisma.sql`
    select p.customer_id as id, 0 as place, p.stake_minor, p.is_vip from customer_profile p left join followup b on b.shop_id = ${shop} and b.customer_id = p.customer_id
     where p.shop_id = ${shop} and p.stage = any (${stage === null ? [...LEAVING_STAGES] : [stage]}::text[]) and ${vip} and ${hasTask ? Prisma.sql`false` : Prisma.sql`true`}
       and ${standsAs(standing, { isSnoozed: isPutAside, isContacted: Prisma.sql`coalesce(b.contacted_at > ${contactedSince}, false)` })}
       and not exists (select 1 from followup_task t where t.shop_id = ${shop} and t.customer_id = p.customer_id and ${isShown(contactedSince)})`;
  return { withTask, leaving };
}

function standsAs(standing: BoardQuery["standing"], { isSnoozed, isContacted }: { isSnoozed: Prisma.Sql; isContacted: Prisma.Sql }): Prisma.Sql {
  if (standing === "snoozed") return isSnoozed;
  return standing === "contacted" ? Prisma.sql`not ${isSnoozed} and ${isContacted}` : Prisma.sql`not ${isSnoozed} and not (${isContacted})`;
}

const contactsFrom = (at: Date): Date => new Date(at.getTime() - CONTACT_DAYS * 86_400_000);
/** Of a task `t`: open, or closed by a contact of these days. */
const isShown = (contactedSince: Date): Prisma.Sql => Prisma.sql`(t.closed_at is null or t.closed_at > ${contactedSince})`;

/** Of customer `r.id`: those that are open, else those the last contact was about. */
const tasksOf = (shop: Prisma.Sql, at: Date): Prisma.Sql => Prisma.sql`
  select jsonb_agg(jsonb_build_object('id', x.id, 'openedAt', x.opened_at, 'isOpen', x.is_open, 'reason', x.reason) order by x.opened_at desc, x.id) as tasks
    from (select t.id, t.opened_at, t.reason, t.closed_at is null as is_open, bool_or(t.closed_at is null) over () as is_any_open from followup_task t where t.shop_id = ${shop} and t.customer_id = r.id and ${isShown(contactsFrom(at))}) x
   where x.is_open or not x.is_any_open`;
