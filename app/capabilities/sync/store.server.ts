// How far each reading of a shop's history is, what the nights found, and what still waits in the inbox.
import type { BackfillPart as PartRow, Reconcile as ReconcileRow } from "../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../platform/db.server.ts";
import { parseId, type ShopId } from "../../values/ids.ts";
import { invariant } from "../../values/invariant.ts";
import { readMisreading, writeMisreading } from "../../values/misreading.ts";
import type { Unread } from "../../shopify/parse/fields.ts";
import { NOUNS, PART_ERRORS, RECONCILE_ERRORS, type Noun, type PartError, type ReconcileError, type ReconcileRun, type UnreadRecord } from "./model.ts";
import type { StoredPart } from "./rules.ts";

export type Part = StoredPart & { bulkOperationId: string | null; url: string | null; byteCount: number | null; byteOffset: number; askedAt: Date | null };

/** Everything is to be read anew, from the beginning. */
export async function resetParts(tx: Tx, shopId: ShopId, at: Date): Promise<void> {
  await tx.backfillPart.deleteMany({ where: { shopId } });
  await addMissingParts(tx, shopId, at);
}

/** For a shop whose present installation has none: a process died between the installation and them. */
export async function resetOldParts(tx: Tx, shopId: ShopId, { installedAt, at }: { installedAt: Date; at: Date }): Promise<void> {
  await tx.backfillPart.deleteMany({ where: { shopId, startedAt: { lt: installedAt } } });
  await addMissingParts(tx, shopId, at);
}

async function addMissingParts(tx: Tx, shopId: ShopId, at: Date): Promise<void> {
  await tx.backfillPart.createMany({ data: NOUNS.map((noun) => ({ shopId, noun, startedAt: at })), skipDuplicates: true });
}

export async function listParts(tx: Tx, shopId: ShopId): Promise<Part[]> {
  const rows = await tx.backfillPart.findMany({ where: { shopId } });
  const parts = rows.map(toPart);
  return NOUNS.flatMap((noun) => parts.filter((part) => part.noun === noun));
}

export async function noteExpected(tx: Tx, shopId: ShopId, counts: Record<Noun, number | null>): Promise<void> {
  for (const noun of NOUNS) await tx.backfillPart.updateMany({ where: { shopId, noun, expectedCount: null }, data: { expectedCount: counts[noun] } });
}

/** Each change of state names the state it leaves, so that of two who are at it one changes it. */
export async function noteAsked(tx: Tx, shopId: ShopId, noun: Noun, { bulkOperationId, at }: { bulkOperationId: string; at: Date }): Promise<void> {
  await tx.backfillPart.updateMany({ where: { shopId, noun, state: "waiting" }, data: { state: "asked", bulkOperationId, askedAt: at, error: null } });
}

export async function noteGathered(tx: Tx, shopId: ShopId, { noun, bulkOperationId }: Part, gatheredCount: number): Promise<void> {
  await tx.backfillPart.updateMany({ where: { shopId, noun, state: "asked", bulkOperationId }, data: { gatheredCount } });
}

export async function noteReady(tx: Tx, shopId: ShopId, { noun, bulkOperationId }: Part, file: { url: string | null; byteCount: number | null; expectedCount: number }): Promise<void> {
  await tx.backfillPart.updateMany({ where: { shopId, noun, state: "asked", bulkOperationId }, data: { ...file, state: "reading", byteOffset: 0, doneCount: 0, error: null } });
}

/** A power cut may take the last batches, and with them the byte they ended at: they are read again. Nothing waits for the disk meanwhile. */
export async function commitLater(tx: Tx): Promise<void> {
  await tx.$executeRaw`set local synchronous_commit = off`;
}

/** Part of the transaction that stores the batch: either both happened or neither. Answers false when somebody else has moved on from there. */
export async function advance(tx: Tx, shopId: ShopId, { noun, bulkOperationId }: Part, step: { from: number; to: number; count: number }): Promise<boolean> {
  const moved = await tx.backfillPart.updateMany({
    where: { shopId, noun, state: "reading", bulkOperationId, byteOffset: step.from },
    data: { byteOffset: step.to, doneCount: { increment: step.count }, error: null },
  });
  return moved.count === 1;
}

export async function noteRead(tx: Tx, shopId: ShopId, { noun, bulkOperationId }: Part): Promise<void> {
  await tx.backfillPart.updateMany({ where: { shopId, noun, state: "reading", bulkOperationId }, data: { state: "done", url: null } });
}

/** To be asked for again, from the beginning: the address has expired, or Shopify could not finish. Rows stored before are found stored. */
export async function askAgain(tx: Tx, shopId: ShopId, { noun, bulkOperationId }: Part, { error, at }: { error: PartError; at: Date }): Promise<void> {
  await tx.backfillPart.updateMany({
    where: { shopId, noun, bulkOperationId },
    data: { state: "waiting", bulkOperationId: null, url: null, byteCount: null, byteOffset: 0, gatheredCount: 0, doneCount: 0, askedAt: at, error },
  });
}

export async function noteFailed(tx: Tx, shopId: ShopId, noun: Noun, error: PartError): Promise<void> {
  await tx.backfillPart.updateMany({ where: { shopId, noun, state: { not: "done" } }, data: { state: "failed", error } });
}

/** Shown beside a part that is being tried again. */
export async function noteTrouble(tx: Tx, shopId: ShopId, error: PartError): Promise<void> {
  await tx.backfillPart.updateMany({ where: { shopId, state: { notIn: ["done", "failed"] } }, data: { error } });
}

export async function finishParts(tx: Tx, shopId: ShopId, at: Date): Promise<void> {
  await tx.backfillPart.updateMany({ where: { shopId, state: "done" }, data: { finishedAt: at } });
}

export const listShopsInBackfill = async (tx: Tx): Promise<ShopId[]> =>
  (await tx.backfillPart.findMany({ where: { finishedAt: null, state: { not: "failed" } }, distinct: ["shopId"], select: { shopId: true } })).map((row) => parseId<ShopId>(row.shopId));

function toPart(row: PartRow): Part {
  const noun = NOUNS.find((known) => known === row.noun);
  const state = (["waiting", "asked", "reading", "done", "failed"] as const).find((known) => known === row.state);
  invariant(noun !== undefined && state !== undefined);
  const error = row.error === null ? null : (PART_ERRORS.find((known) => known === row.error) ?? "shopify_failed"); // of a version before the codes
  return { ...row, noun, state, error, byteCount: row.byteCount === null ? null : Number(row.byteCount), byteOffset: Number(row.byteOffset) }; // a file of 2^53 bytes is none
}

/** The newest reason counts; of those without a number only one is kept. */
export async function noteUnread(tx: Tx, shopId: ShopId, noun: Noun, unread: readonly Unread[], seenAt: Date): Promise<void> {
  const rows = [...new Map(unread.map(({ id, ...reason }) => [id ?? 0n, writeMisreading(reason)]))];
  await tx.$executeRaw`
    insert into unread_record (shop_id, noun, id, reason, seen_at)
    select ${shopId}::bigint, ${noun}, r.id, r.reason, ${seenAt} from unnest(${rows.map(([id]) => id)}::bigint[], ${rows.map(([, reason]) => reason)}::text[]) as r(id, reason) order by r.id
    on conflict (shop_id, noun, id) do update set reason = excluded.reason, seen_at = excluded.seen_at`;
}

export async function dropUnread(tx: Tx, shopId: ShopId, noun: Noun, which: { before: Date } | { ids: readonly bigint[] }): Promise<void> {
  await tx.unreadRecord.deleteMany({ where: { shopId, noun, ...("ids" in which ? { id: { in: [...which.ids] } } : { seenAt: { lt: which.before } }) } });
}

export const countUnread = (tx: Tx, shopId: ShopId): Promise<number> => tx.unreadRecord.count({ where: { shopId } });

export async function listUnread(tx: Tx, shopId: ShopId, limit: number): Promise<UnreadRecord[]> {
  const rows = await tx.unreadRecord.findMany({ where: { shopId }, orderBy: [{ noun: "asc" }, { id: "asc" }], take: limit });
  return rows.flatMap(({ id, reason, seenAt, ...row }) => {
    const noun = NOUNS.find((known) => known === row.noun);
    return noun === undefined ? [] : [{ noun, id: id === 0n ? null : String(id), reason: readMisreading(reason), seenAt }];
  });
}

export async function startReconcile(tx: Tx, shopId: ShopId, run: { startedAt: Date; windowFrom: Date; windowTo: Date }): Promise<string> {
  const row = await tx.reconcile.create({ data: { shopId, ...run }, select: { id: true } });
  return row.id;
}

export type Compared = { compared: number; differing: number };

export async function addCompared(tx: Tx, shopId: ShopId, id: string, noun: Noun, { compared, differing }: Compared): Promise<void> {
  const data = { [`${noun}Compared`]: { increment: compared }, [`${noun}Differing`]: { increment: differing } };
  await tx.reconcile.updateMany({ where: { shopId, id }, data });
}

export async function finishReconcile(tx: Tx, shopId: ShopId, id: string, end: { finishedAt: Date; rollupsDiffering: number; error: ReconcileError | null }): Promise<void> {
  await tx.reconcile.updateMany({ where: { shopId, id }, data: end });
}

/** The newest, whether it ended well, badly or not yet. */
export async function findReconcile(tx: Tx, shopId: ShopId): Promise<ReconcileRun | null> {
  const row = await tx.reconcile.findFirst({ where: { shopId }, orderBy: { startedAt: "desc" } });
  return row && toRun(row);
}

/** Up to where the past has been compared without a gap. */
export async function findComparedUntil(tx: Tx, shopId: ShopId): Promise<Date | null> {
  const row = await tx.reconcile.findFirst({ where: { shopId, finishedAt: { not: null }, error: null }, orderBy: { windowTo: "desc" }, select: { windowTo: true } });
  return row?.windowTo ?? null;
}

/** One row a night; a year of them is enough to look back on. */
export async function dropOldReconciles(tx: Tx, shopId: ShopId, before: Date): Promise<void> {
  await tx.reconcile.deleteMany({ where: { shopId, startedAt: { lt: before } } });
}

const toRun = (row: ReconcileRow): ReconcileRun => ({
  id: row.id, startedAt: row.startedAt, finishedAt: row.finishedAt, windowFrom: row.windowFrom, windowTo: row.windowTo, error: row.error === null ? null : (RECONCILE_ERRORS.find((known) => known === row.error) ?? "unknown"),
  compared: { orders: row.ordersCompared, customers: row.customersCompared, products: row.productsCompared },
  differing: { orders: row.ordersDiffering, customers: row.customersDiffering, products: row.productsDiffering, rollups: row.rollupsDiffering },
});

/** The last reading of collections. `beganAt` null: their list could never be had; `finishedAt` null, or before it began: it is under way. */
export type Reading = { beganAt: Date | null; finishedAt: Date | null; failedAt: Date | null; error: ReconcileError | null };

export async function findReading(tx: Tx, shopId: ShopId): Promise<Reading | null> {
  const row = await tx.collectionReading.findUnique({ where: { shopId } });
  return row && { beganAt: row.beganAt, finishedAt: row.finishedAt, failedAt: row.failedAt, error: row.error === null ? null : (RECONCILE_ERRORS.find((known) => known === row.error) ?? "unknown") };
}

export async function beginReading(tx: Tx, shopId: ShopId, beganAt: Date): Promise<void> {
  const begun = { beganAt, failedAt: null, error: null };
  await tx.collectionReading.upsert({ where: { shopId }, create: { shopId, ...begun }, update: begun });
}

export async function resumeReading(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.collectionReading.updateMany({ where: { shopId }, data: { failedAt: null, error: null } });
}

export async function finishReading(tx: Tx, shopId: ShopId, finishedAt: Date): Promise<void> {
  await tx.collectionReading.updateMany({ where: { shopId }, data: { finishedAt, failedAt: null, error: null } });
}

export async function noteReadingFailed(tx: Tx, shopId: ShopId, { at, error }: { at: Date; error: ReconcileError }): Promise<void> {
  const failed = { failedAt: at, error };
  await tx.collectionReading.upsert({ where: { shopId }, create: { shopId, ...failed }, update: failed });
}

export type Waiting = { waiting: number; oldestAt: Date | null; lastAt: Date | null; quarantined: number };

/** Read here, because the inbox lies above the rooms; four looks into two indexes. */
export async function readDeliveries(tx: Tx, shopId: ShopId): Promise<Waiting> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const [row] = await tx.$queryRaw<Waiting[]>`
    select (select count(*) from delivery where shop_id = ${shop} and state = 'waiting')::int as waiting,
           (select received_at from delivery where shop_id = ${shop} and state = 'waiting' order by id limit 1) as "oldestAt",
           (select received_at from delivery where shop_id = ${shop} order by id desc limit 1) as "lastAt",
           (select count(*) from delivery where shop_id = ${shop} and state = 'quarantined')::int as quarantined`;
  invariant(row);
  return row;
}

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.backfillPart.deleteMany({ where: { shopId } });
  await tx.reconcile.deleteMany({ where: { shopId } });
  await tx.unreadRecord.deleteMany({ where: { shopId } });
  await tx.collectionReading.deleteMany({ where: { shopId } });
}
