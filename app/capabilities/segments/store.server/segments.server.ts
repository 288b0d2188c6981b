// The segments themselves.
import type { Segment as SegmentRow } from "../../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import { READY_KEYS, ruleSchema, type ReadyKey, type Rule, type Segment } from "../model.ts";

/** `refilledTo`: the rule is new, and customers up to this number have been looked at for it; null: all of them. */
export type StoredSegment = Omit<Segment, "isRefilling"> & { locale: string; refilledTo: bigint | null };

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

export type SegmentChange = Partial<Pick<StoredSegment, "name" | "rule" | "isMirrored" | "tag" | "shopifySegmentId" | "isFlowOn" | "isPopulated" | "refilledTo" | "locale" | "updatedAt">>;

export async function changeSegment(tx: Tx, shopId: ShopId, id: string, change: SegmentChange): Promise<void> {
  await tx.segment.updateMany({ where: { shopId, id }, data: change });
}

export const countSegments = (tx: Tx, shopId: ShopId): Promise<number> => tx.segment.count({ where: { shopId } });

/** One whose rule not everybody has been looked at for; the longest begun first. */
export async function findRefilling(tx: Tx, shopId: ShopId): Promise<StoredSegment | null> {
  const row = await tx.segment.findFirst({ where: { shopId, refilledTo: { not: null } }, orderBy: [{ refilledTo: "desc" }, { id: "asc" }] });
  return row && toSegment(row);
}

export const listShopsToRefill = (tx: Tx): Promise<{ shopId: bigint }[]> => tx.segment.findMany({ where: { refilledTo: { not: null } }, select: { shopId: true }, distinct: ["shopId"] });

/** Shopify's saved segment has this number: also for whoever waits to remove it. */
export async function noteSaved(tx: Tx, shopId: ShopId, id: string, shopifySegmentId: bigint): Promise<void> {
  await tx.segment.updateMany({ where: { shopId, id }, data: { shopifySegmentId } });
  await tx.segmentTelling.updateMany({ where: { shopId, segmentId: id, customerId: null, isEntry: false, shopifySegmentId: null }, data: { shopifySegmentId } });
}

export async function forgetSaved(tx: Tx, shopId: ShopId, id: string, shopifySegmentId: bigint): Promise<void> {
  await tx.segment.updateMany({ where: { shopId, id, shopifySegmentId }, data: { shopifySegmentId: null } });
}

export async function deleteSegment(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  await tx.segmentMember.deleteMany({ where: { shopId, segmentId: id } });
  await tx.segmentMove.deleteMany({ where: { shopId, segmentId: id } });
  await tx.segment.deleteMany({ where: { shopId, id } });
}

/** By a segment, or by customers who are still to lose that of a deleted one. */
export const isTagTaken = async (tx: Tx, shopId: ShopId, tag: string): Promise<boolean> =>
  (await tx.segment.count({ where: { shopId, tag } })) > 0 || (await tx.segmentTelling.findFirst({ where: { shopId, tag }, select: { id: true } })) !== null;

const TABLES = ["segment", "segment_member", "segment_move", "segment_telling", "segment_lock", "customer_view", "customer_mark"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
