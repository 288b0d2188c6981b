// Dry runs as they stand: how far, and the sums so far.
import { z } from "zod";
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, toDate, type Day } from "../../../values/day.ts";
import { parseId, type ShopId } from "../../../values/ids.ts";
import type { DryRun, DryRunSums } from "../model/dry-run.ts";
import { programmeSchema, type Programme } from "../model/programme.ts";

const side = z.object({ points: z.int(), earners: z.int() });
const sumsSchema = z.object({ customers: z.int(), now: side, then: side, gaining: z.int(), losing: z.int(), moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), customers: z.int(), firstIds: z.array(z.string()) })) });

export type StoredDryRun = Omit<DryRun, "names"> & { programme: Programme; doneUpTo: bigint };

/** The same id is the same run. */
export async function addDryRun(tx: Tx, shopId: ShopId, { id, programme, keptUntil, createdAt, customersToDo, sums }: Omit<StoredDryRun, "doneUpTo" | "isDone">): Promise<void> {
  await tx.dryRun.createMany({ data: [{ shopId, id, programme, keptUntil: keptUntil && toDate(keptUntil), createdAt, memberCount: customersToDo, sums }], skipDuplicates: true });
}

/** Yesterday's are of no use to anybody. */
export const dropOlder = (tx: Tx, shopId: ShopId, before: Date): Promise<unknown> => tx.dryRun.deleteMany({ where: { shopId, createdAt: { lt: before } } });

export async function findDryRun(tx: Tx, shopId: ShopId, id: string): Promise<StoredDryRun | null> {
  const row = await tx.dryRun.findUnique({ where: { shopId_id: { shopId, id } } });
  if (row === null) return null;
  const keptUntil: Day | null = row.keptUntil && dayOfDate(row.keptUntil);
  return { id, createdAt: row.createdAt, isDone: row.isDone, keptUntil, customersToDo: row.memberCount, sums: sumsSchema.parse(row.sums), programme: programmeSchema.parse(row.programme), doneUpTo: row.doneUpTo };
}

/** False: somebody else was faster. */
export async function noteProgress(tx: Tx, shopId: ShopId, id: string, { from, doneUpTo, isDone, sums }: { from: bigint; doneUpTo: bigint; isDone: boolean; sums: DryRunSums }): Promise<boolean> {
  const { count } = await tx.dryRun.updateMany({ where: { shopId, id, doneUpTo: from, isDone: false }, data: { doneUpTo, isDone, sums } });
  return count === 1;
}

/** Begun, and nobody is at it: a process died. */
export async function listUnfinished(tx: Tx, since: Date): Promise<{ shopId: ShopId; id: string }[]> {
  const rows = await tx.dryRun.findMany({ where: { isDone: false, createdAt: { gte: since } }, select: { shopId: true, id: true } });
  return rows.map(({ shopId, id }) => ({ shopId: parseId<ShopId>(shopId), id }));
}
