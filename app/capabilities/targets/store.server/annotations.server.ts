// What happened on which days.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, toDate } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { ANNOTATION_KINDS, type Annotation } from "../model.ts";

/** Newest first. */
export async function listAnnotations(tx: Tx, shopId: ShopId, limit: number): Promise<Annotation[]> {
  const rows = await tx.annotation.findMany({ where: { shopId }, orderBy: [{ fromDay: "desc" }, { id: "asc" }], take: limit });
  return rows.map(({ id, fromDay, toDay, kind, text }) => ({ id, from: dayOfDate(fromDay), to: dayOfDate(toDay), kind: ANNOTATION_KINDS.find((known) => known === kind) ?? "other", text }));
}

export const countOthers = (tx: Tx, shopId: ShopId, id: string): Promise<number> => tx.annotation.count({ where: { shopId, id: { not: id } } });

/** Said again under the same id, it says what was said last. */
export async function saveAnnotation(tx: Tx, shopId: ShopId, { id, from, to, kind, text }: Annotation, writtenAt: Date): Promise<void> {
  const said = { fromDay: toDate(from), toDay: toDate(to), kind, text, writtenAt };
  await tx.annotation.upsert({ where: { shopId_id: { shopId, id } }, create: { shopId, id, ...said }, update: said });
}

export async function deleteAnnotation(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  await tx.annotation.deleteMany({ where: { shopId, id } });
}
