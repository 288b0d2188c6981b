// What Shopify is still to be told, in order: written with the move it tells of, gone once Shopify has it.
import { z } from "zod";
import type { Tx } from "../../../platform/db.server.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { moveReasonSchema, type MoveReason } from "../model.ts";

/** `customerId` null: about the segment saved at Shopify. */
export type NewTelling = { segmentId: string; customerId: CustomerId | null; isEntry: boolean; tag: string | null; startsFlow: boolean; reasons: readonly MoveReason[] | null };
export type Telling = NewTelling & { id: bigint; isSent: boolean };

export async function addTellings(tx: Tx, shopId: ShopId, tellings: readonly NewTelling[]): Promise<void> {
  if (tellings.length === 0) return;
  await tx.$executeRaw`
    insert into segment_telling (shop_id, segment_id, customer_id, is_entry, tag, starts_flow, reasons)
    select ${shopId}::bigint, segment_id, customer_id, is_entry, tag, starts_flow, reasons
      from json_to_recordset(${toJson(tellings.map((telling) => ({ segment_id: telling.segmentId, customer_id: telling.customerId, is_entry: telling.isEntry, tag: telling.tag, starts_flow: telling.startsFlow, reasons: telling.reasons })))}::json)
        as r(segment_id uuid, customer_id bigint, is_entry boolean, tag text, starts_flow boolean, reasons jsonb)`;
}

/** Every member gets the tag, or loses it. */
export async function addTellingsOfAll(tx: Tx, shopId: ShopId, { segmentId, tag, isEntry }: { segmentId: string; tag: string; isEntry: boolean }): Promise<void> {
  await tx.$executeRaw`
    insert into segment_telling (shop_id, segment_id, customer_id, is_entry, tag, starts_flow)
    select ${shopId}::bigint, ${segmentId}::uuid, customer_id, ${isEntry}, ${tag}, false from segment_member where shop_id = ${shopId}::bigint and segment_id = ${segmentId}::uuid order by customer_id`;
}

/** The oldest ones; those refused wait for the merchant. */
export async function listTellings(tx: Tx, shopId: ShopId, limit: number): Promise<Telling[]> {
  const rows = await tx.segmentTelling.findMany({ where: { shopId, isRefused: false }, orderBy: { id: "asc" }, take: limit });
  return rows.map((row) => ({
    id: row.id, segmentId: row.segmentId, customerId: row.customerId === null ? null : parseId<CustomerId>(row.customerId), isEntry: row.isEntry, tag: row.tag, startsFlow: row.startsFlow, isSent: row.isSent,
    reasons: row.reasons === null ? null : z.array(moveReasonSchema).parse(row.reasons),
  }));
}

export async function markTelling(tx: Tx, shopId: ShopId, id: bigint, mark: { isSent: boolean; isRefused?: boolean }): Promise<void> {
  await tx.segmentTelling.updateMany({ where: { shopId, id }, data: mark });
}

export async function deleteTelling(tx: Tx, shopId: ShopId, id: bigint): Promise<void> {
  await tx.segmentTelling.deleteMany({ where: { shopId, id } });
}

/** What is no longer so is not told late: who came and left meanwhile would get a tag for ever. */
export async function askRefusedAgain(tx: Tx, shopId: ShopId, segmentId: string): Promise<void> {
  await tx.$executeRaw`
    delete from segment_telling t where t.shop_id = ${shopId}::bigint and t.segment_id = ${segmentId}::uuid and t.is_refused and t.customer_id is not null
       and t.is_entry <> exists (select 1 from segment_member m where m.shop_id = ${shopId}::bigint and m.segment_id = t.segment_id and m.customer_id = t.customer_id)`;
  await tx.segmentTelling.updateMany({ where: { shopId, segmentId, isRefused: true }, data: { isRefused: false } });
}

/** How many wait, and how many Shopify refused, by segment. */
export const countTellings = (tx: Tx, shopId: ShopId): Promise<{ segmentId: string; waiting: number; refused: number }[]> => tx.$queryRaw`
  select segment_id as "segmentId", (count(*) filter (where not is_refused))::int as waiting, (count(*) filter (where is_refused))::int as refused
    from segment_telling where shop_id = ${shopId}::bigint group by 1`;

export const listShopsToTell = (tx: Tx): Promise<{ shop_id: bigint }[]> => tx.$queryRaw`select distinct shop_id from segment_telling where not is_refused`;
