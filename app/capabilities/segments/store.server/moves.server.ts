// What was written of people's ways through segments, and the views the staff keep.
import { z } from "zod";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { moveReasonSchema, VIEWS_MAX, type CustomerView, type Move } from "../model.ts";

/** Newest first. */
export async function listMoves(tx: Tx, shopId: ShopId, customerId: CustomerId, limit: number): Promise<Move[]> {
  const rows = await tx.segmentMove.findMany({ where: { shopId, customerId }, orderBy: { id: "desc" }, take: limit });
  return rows.map((row) => ({ id: String(row.id), segmentId: row.segmentId, isEntry: row.isEntry, movedAt: row.movedAt, reasons: z.array(moveReasonSchema).parse(row.reasons) }));
}

/** The segments a customer is in, and since when. */
export const listMemberships = (tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<{ segmentId: string; since: Date }[]> =>
  tx.segmentMember.findMany({ where: { shopId, customerId }, select: { segmentId: true, since: true }, orderBy: { since: "desc" } });

export type MoveCount = { segmentId: string; entered: number; left: number };

/** Entries and leavings since an instant, by segment; of one, or of all. */
export const countMoves = (tx: Tx, shopId: ShopId, { segmentId, since }: { segmentId: string | null; since: Date }): Promise<MoveCount[]> => tx.$queryRaw`
  select s.id as "segmentId", m.entered, m."left"
    from segment s cross join lateral (
      select (count(*) filter (where t.is_entry))::int as entered, (count(*) filter (where not t.is_entry))::int as "left"
        from segment_move t where t.shop_id = ${shopId}::bigint and t.segment_id = s.id and t.moved_at >= ${since}) m
   where s.shop_id = ${shopId}::bigint and ${segmentId === null ? Prisma.sql`true` : Prisma.sql`s.id = ${segmentId}::uuid`}`;

export const listViews = (tx: Tx, shopId: ShopId): Promise<CustomerView[]> =>
  tx.customerView.findMany({ where: { shopId }, select: { id: true, name: true, query: true }, orderBy: [{ createdAt: "asc" }, { id: "asc" }], take: VIEWS_MAX });

/** Twice the same id is one view, as it was last saved. */
export async function saveView(tx: Tx, shopId: ShopId, { id, ...view }: CustomerView, at: Date): Promise<void> {
  await tx.customerView.upsert({ where: { shopId_id: { shopId, id } }, create: { shopId, id, ...view, createdAt: at }, update: view });
}

export async function deleteView(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  await tx.customerView.deleteMany({ where: { shopId, id } });
}

/** Views that name a person by their address. */
export async function forgetViews(tx: Tx, shopId: ShopId, emails: readonly string[]): Promise<void> {
  const written = emails.flatMap((email) => [email, encodeURIComponent(email)]);
  if (written.length > 0) await tx.customerView.deleteMany({ where: { shopId, OR: written.flatMap((text) => [{ query: { contains: text, mode: "insensitive" as const } }, { name: { contains: text, mode: "insensitive" as const } }]) } });
}
