// The segments themselves, and the locks of those who work on a shop's.
import type { Segment as SegmentRow } from "../../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import { READY_KEYS, ruleSchema, type ReadyKey, type Rule, type Segment } from "../model.ts";

type LockedWork = "refresh" | "tell";

/** Held until the caller's transaction ends; false: somebody measures this shop's customers now. */
export async function tryMeasuringLock(tx: Tx, shopId: ShopId): Promise<boolean> {
  await tx.$executeRaw`insert into segment_lock (shop_id, work) values (${shopId}::bigint, 'measure') on conflict (shop_id, work) do nothing`;
  const rows = await tx.$queryRaw<unknown[]>`select 1 from segment_lock where shop_id = ${shopId}::bigint and work = 'measure' for update skip locked`;
  return rows.length > 0;
}

/** Waits for whoever follows this shop's customers, or changes its segments, now. */
export async function takeLock(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`insert into segment_lock (shop_id, work) values (${shopId}::bigint, 'refresh') on conflict (shop_id, work) do nothing`;
  await tx.$queryRaw`select 1 from segment_lock where shop_id = ${shopId}::bigint and work = 'refresh' for update`;
}

/** For work that asks Shopify and may not hold a transaction meanwhile. Answers false while somebody else's lease runs. */
export async function takeLease(tx: Tx, shopId: ShopId, work: LockedWork, { at, until }: { at: Date; until: Date }): Promise<boolean> {
  const taken = await tx.$executeRaw`
    insert into segment_lock as t (shop_id, work, leased_until) values (${shopId}::bigint, ${work}, ${until})
    on conflict (shop_id, work) do update set leased_until = excluded.leased_until where t.leased_until is null or t.leased_until <= ${at}`;
  return taken > 0;
}

/** `until` null gives it back. */
export async function changeLease(tx: Tx, shopId: ShopId, work: LockedWork, until: Date | null): Promise<void> {
  await tx.segmentLock.updateMany({ where: { shopId, work }, data: { leasedUntil: until } });
}

export type StoredSegment = Omit<Segment, "waitingCount" | "refusedCount"> & { locale: string };

const toSegment = (row: SegmentRow): StoredSegment => {
  const { shopId: _shop, readyKey, rule, ...rest } = row;
  return { ...rest, readyKey: READY_KEYS.find((key) => key === readyKey) ?? null, rule: ruleSchema.parse(rule) };
};

/** Ready-made ones first, in their order; then by name. */
export async function listSegments(tx: Tx, shopId: ShopId): Promise<StoredSegment[]> {
  const rows = (await tx.segment.findMany({ where: { shopId }, orderBy: [{ name: "asc" }, { id: "asc" }] })).map(toSegment);
  const placeOf = ({ readyKey }: StoredSegment) => (readyKey === null ? READY_KEYS.length : READY_KEYS.indexOf(readyKey));
  return rows.toSorted((one, other) => placeOf(one) - placeOf(other));
}

export async function findSegment(tx: Tx, shopId: ShopId, id: string): Promise<StoredSegment | null> {
  const row = await tx.segment.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && toSegment(row);
}

/** The same name is taken, however it is written; a ready-made one has none of its own. */
export async function isNameTaken(tx: Tx, shopId: ShopId, name: string, exceptId: string): Promise<boolean> {
  return (await tx.segment.count({ where: { shopId, readyKey: null, id: { not: exceptId }, name: { equals: name, mode: "insensitive" } } })) > 0;
}

/** Twice the same id is one segment. */
export async function addSegment(tx: Tx, shopId: ShopId, segment: { id: string; readyKey: ReadyKey | null; name: string; rule: Rule; at: Date }): Promise<boolean> {
  const { at, ...row } = segment;
  return (await tx.segment.createMany({ data: [{ shopId, ...row, createdAt: at, updatedAt: at }], skipDuplicates: true })).count > 0;
}

export type SegmentChange = Partial<Pick<StoredSegment, "name" | "rule" | "isMirrored" | "tag" | "shopifySegmentId" | "isFlowOn" | "isPopulated" | "locale" | "updatedAt">>;

export async function changeSegment(tx: Tx, shopId: ShopId, id: string, change: SegmentChange): Promise<void> {
  await tx.segment.updateMany({ where: { shopId, id }, data: change });
}

export async function deleteSegment(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  await tx.segmentMember.deleteMany({ where: { shopId, segmentId: id } });
  await tx.segmentMove.deleteMany({ where: { shopId, segmentId: id } });
  await tx.segment.deleteMany({ where: { shopId, id } });
}

export const isTagTaken = async (tx: Tx, shopId: ShopId, tag: string): Promise<boolean> => (await tx.segment.count({ where: { shopId, tag } })) > 0;

const TABLES = ["segment", "segment_member", "segment_move", "segment_telling", "segment_lock", "customer_view"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
