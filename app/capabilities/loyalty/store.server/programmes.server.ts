// The programme's versions: written once, never changed.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, toDate, type Day } from "../../../values/day.ts";
import { parseId, type ShopId } from "../../../values/ids.ts";
import { programmeSchema, type Programme, type ProgrammeState, type ProgrammeVersion } from "../model/programme.ts";
import { promisedSince } from "../rules/referrals.ts";

export type StoredProgramme = { state: ProgrammeState; draft: Programme; updatedAt: Date };

export async function findProgramme(tx: Tx, shopId: ShopId): Promise<StoredProgramme | null> {
  const row = await tx.programme.findUnique({ where: { shopId } });
  return row === null ? null : { state: stateOf(row.state), draft: programmeSchema.parse(row.draft), updatedAt: row.updatedAt };
}

export async function saveProgramme(tx: Tx, shopId: ShopId, programme: StoredProgramme): Promise<void> {
  await tx.programme.upsert({ where: { shopId }, create: { shopId, ...programme }, update: programme });
}

/** Whoever writes versions, or erases people, comes alone. False: there is no programme. */
export async function lockAlone(tx: Tx, shopId: ShopId): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from programme where shop_id = ${shopId}::bigint for update`;
  return rows.length > 0;
}

/** Whoever settles comes together with others who do, and waits for those who come alone. A key share: where the round stands may be written beside it. */
export async function lockTogether(tx: Tx, shopId: ShopId): Promise<ProgrammeState | null> {
  const rows = await tx.$queryRaw<{ state: string }[]>`select state from programme where shop_id = ${shopId}::bigint for key share`;
  return rows[0] ? stateOf(rows[0].state) : null;
}

/** The version in force, parsed once in the life of the process: versions never change. */
export async function findLatest(tx: Tx, shopId: ShopId): Promise<ProgrammeVersion | null> {
  const row = await tx.programmeVersion.findFirst({ where: { shopId }, orderBy: { version: "desc" }, select: { version: true, effectiveAt: true, keptUntil: true } });
  if (row === null) return null;
  const key = `${shopId}/${row.version}/${row.effectiveAt.getTime()}`; // a shop that was erased and came back begins at 1 again
  const programme = parsed.get(key) ?? programmeSchema.parse((await tx.programmeVersion.findUniqueOrThrow({ where: { shopId_version: { shopId, version: row.version } } })).programme);
  if (parsed.size >= PARSED_MAX) parsed.clear();
  parsed.set(key, programme);
  return { version: row.version, effectiveAt: row.effectiveAt, keptUntil: row.keptUntil && dayOfDate(row.keptUntil), programme };
}

const promised = new Map<string, number | null>();

/** Since which version friends have got what they get by the latest; a shopper's page asks for it with every view. */
export async function findPromised(tx: Tx, shopId: ShopId, { version, effectiveAt }: ProgrammeVersion): Promise<number | null> {
  const key = `${shopId}/${version}/${effectiveAt.getTime()}`;
  const known = promised.get(key);
  if (known !== undefined) return known;
  const since = promisedSince(await listVersions(tx, shopId));
  if (promised.size >= PARSED_MAX) promised.clear();
  promised.set(key, since);
  return since;
}
const parsed = new Map<string, Programme>();
const PARSED_MAX = 1_000; // some ten kilobytes each

/** Oldest first. */
export async function listVersions(tx: Tx, shopId: ShopId): Promise<ProgrammeVersion[]> {
  const rows = await tx.programmeVersion.findMany({ where: { shopId }, orderBy: { version: "asc" } });
  return rows.map(({ version, effectiveAt, keptUntil, programme }) => ({ version, effectiveAt, keptUntil: keptUntil && dayOfDate(keptUntil), programme: programmeSchema.parse(programme) }));
}

export async function addVersion(tx: Tx, shopId: ShopId, { keptUntil, ...version }: ProgrammeVersion): Promise<void> {
  await tx.programmeVersion.create({ data: { shopId, ...version, keptUntil: keptUntil && toDate(keptUntil) } });
}

/** Where settling everybody goes on, for the rebuild of the sums it follows; null: everybody has been settled since. */
export async function findRound(tx: Tx, shopId: ShopId, rebuiltAt: Date): Promise<bigint | null> {
  const row = await tx.programme.findUnique({ where: { shopId } });
  return row === null || row.settledAt?.getTime() === rebuiltAt.getTime() ? null : row.doneUpTo;
}

/** `doneUpTo` null: the round is over. */
export async function noteRound(tx: Tx, shopId: ShopId, { rebuiltAt, doneUpTo }: { rebuiltAt: Date; doneUpTo: bigint | null }): Promise<void> {
  await tx.programme.updateMany({ where: { shopId }, data: doneUpTo === null ? { settledAt: rebuiltAt, doneUpTo: 0n } : { doneUpTo } });
}

/** The rules changed, and not everybody has been settled by them. */
export const isSettling = async (tx: Tx, shopId: ShopId): Promise<boolean> => (await tx.programme.findUnique({ where: { shopId }, select: { settledAt: true } }))?.settledAt === null;

export const noteCollectionsRead = (tx: Tx, shopId: ShopId, at: Date): Promise<unknown> => tx.programme.updateMany({ where: { shopId }, data: { collectionsReadAt: at } });

export const findCollectionsReadAt = async (tx: Tx, shopId: ShopId): Promise<Date | null> => (await tx.programme.findUnique({ where: { shopId }, select: { collectionsReadAt: true } }))?.collectionsReadAt ?? null;

/** Everybody is to be settled again: the rules changed. */
export async function startRound(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.programme.updateMany({ where: { shopId }, data: { settledAt: null, doneUpTo: 0n, collectionsReadAt: null } });
}

/** Shops whose points go on: a paused programme earns nothing new and loses nothing. */
export async function listShopsWithProgramme(tx: Tx): Promise<ShopId[]> {
  const rows = await tx.programme.findMany({ where: { state: { not: "draft" } }, select: { shopId: true } });
  return rows.map(({ shopId }) => parseId<ShopId>(shopId));
}

/** Where the day of a member has come, or everybody is to be settled. */
export async function listShopsToSettle(tx: Tx, at: Date): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ shop_id: ShopId }[]>`
    select p.shop_id from programme p join shop s on s.id = p.shop_id join refresh_lock r on r.shop_id = p.shop_id
     where p.state <> 'draft' and r.rebuilt_at is not null
       and (p.settled_at is distinct from r.rebuilt_at or exists (select 1 from member m where m.shop_id = p.shop_id and m.next_change <= (${at}::timestamptz at time zone s.time_zone)::date))`;
  return rows.map((row) => row.shop_id);
}

/** Where a day has begun whose birthdays nobody has celebrated. */
export async function listShopsAtNight(tx: Tx, at: Date): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ shop_id: bigint }[]>`
    select p.shop_id from programme p join shop s on s.id = p.shop_id
     where p.state <> 'draft' and (p.celebrated_on is null or p.celebrated_on < (${at}::timestamptz at time zone s.time_zone)::date)`;
  return rows.map((row) => parseId<ShopId>(row.shop_id));
}

export async function findCelebratedOn(tx: Tx, shopId: ShopId): Promise<Day | null> {
  const row = await tx.programme.findUnique({ where: { shopId }, select: { celebratedOn: true } });
  return row?.celebratedOn ? dayOfDate(row.celebratedOn) : null;
}

export const noteCelebrated = (tx: Tx, shopId: ShopId, on: Day): Promise<unknown> => tx.programme.updateMany({ where: { shopId }, data: { celebratedOn: toDate(on) } });

/** The version whose description the theme has; 0: none. */
export const findShown = async (tx: Tx, shopId: ShopId): Promise<number> => (await tx.programme.findUnique({ where: { shopId }, select: { shownVersion: true } }))?.shownVersion ?? 0;

/** False: somebody is showing one just now. The first version's row is the lock: it is always there. */
export async function tryShowing(tx: Tx, shopId: ShopId): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from programme_version where shop_id = ${shopId}::bigint and version = 1 for no key update skip locked`;
  return rows.length > 0;
}

export const noteShown = (tx: Tx, shopId: ShopId, version: number): Promise<unknown> => tx.programme.updateMany({ where: { shopId }, data: { shownVersion: version } });

export type Check = { checkedAt: Date; brokenCount: number };

export const noteCheck = (tx: Tx, shopId: ShopId, check: Check): Promise<unknown> => tx.programme.updateMany({ where: { shopId }, data: check });

export async function findCheck(tx: Tx, shopId: ShopId): Promise<Check | null> {
  const row = await tx.programme.findUnique({ where: { shopId }, select: { checkedAt: true, brokenCount: true } });
  return row?.checkedAt ? { checkedAt: row.checkedAt, brokenCount: row.brokenCount } : null;
}

function stateOf(text: string): ProgrammeState {
  if (text === "draft" || text === "live" || text === "paused") return text;
  throw new Error(`no state ${text}`);
}
