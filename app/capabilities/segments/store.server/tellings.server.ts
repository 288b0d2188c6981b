// What Shopify is still to be told, in order: written with the move it tells of, gone once Shopify has it.
import { z } from "zod";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { moveReasonSchema, type MoveReason } from "../model.ts";

/** `customerId` null: about the segment saved at Shopify, which to remove is named. */
export type NewTelling = { segmentId: string; customerId: CustomerId | null; isEntry: boolean; tag: string | null; startsFlow: boolean; reasons: readonly MoveReason[] | null; shopifySegmentId?: bigint | null };
export type Telling = Required<NewTelling> & { id: bigint; isSent: boolean };

export async function addTellings(tx: Tx, shopId: ShopId, tellings: readonly NewTelling[]): Promise<void> {
  if (tellings.length === 0) return;
  await tx.$executeRaw`
    insert into segment_telling (shop_id, segment_id, customer_id, is_entry, tag, starts_flow, reasons, shopify_segment_id)
    select ${shopId}::bigint, segment_id, customer_id, is_entry, tag, starts_flow, reasons, shopify_segment_id
      from json_to_recordset(${toJson(tellings.map((telling) => ({ segment_id: telling.segmentId, customer_id: telling.customerId, is_entry: telling.isEntry, tag: telling.tag, starts_flow: telling.startsFlow, reasons: telling.reasons, shopify_segment_id: telling.shopifySegmentId ?? null })))}::json)
        as r(segment_id uuid, customer_id bigint, is_entry boolean, tag text, starts_flow boolean, reasons jsonb, shopify_segment_id bigint)`;
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
    id: row.id, segmentId: row.segmentId, customerId: row.customerId === null ? null : parseId<CustomerId>(row.customerId), isEntry: row.isEntry, tag: row.tag, startsFlow: row.startsFlow, isSent: row.isSent, shopifySegmentId: row.shopifySegmentId,
    reasons: row.reasons === null ? null : z.array(moveReasonSchema).parse(row.reasons),
  }));
}

export async function markTelling(tx: Tx, shopId: ShopId, id: bigint, mark: { isSent: boolean; isRefused?: boolean }): Promise<void> {
  await tx.segmentTelling.updateMany({ where: { shopId, id }, data: mark });
}

export async function deleteTelling(tx: Tx, shopId: ShopId, id: bigint): Promise<void> {
  await tx.segmentTelling.deleteMany({ where: { shopId, id } });
}

/** What is no longer so is not told late: who came and left meanwhile would get a tag for ever. `segmentId` null: of segments that were deleted since. */
export async function askRefusedAgain(tx: Tx, shopId: ShopId, segmentId: string | null): Promise<void> {
  const [shop, of] = [Prisma.sql`${shopId}::bigint`, ofSegment(shopId, segmentId)];
  await tx.$executeRaw`
    delete from segment_telling t where t.shop_id = ${shop} and ${of} and t.is_refused and t.customer_id is not null
       and t.is_entry <> exists (select 1 from segment_member m where m.shop_id = ${shop} and m.segment_id = t.segment_id and m.customer_id = t.customer_id)`;
  await tx.$executeRaw`update segment_telling t set is_refused = false where t.shop_id = ${shop} and ${of} and t.is_refused`;
}

const ofSegment = (shopId: ShopId, segmentId: string | null): Prisma.Sql =>
  segmentId === null ? Prisma.sql`not exists (select 1 from segment s where s.shop_id = ${shopId}::bigint and s.id = t.segment_id)` : Prisma.sql`t.segment_id = ${segmentId}::uuid`;

/** Of segments that were deleted since, how many removals Shopify refused. */
export async function countRefusedOfDeleted(tx: Tx, shopId: ShopId): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from segment_telling t where t.shop_id = ${shopId}::bigint and t.is_refused and not t.is_entry and ${ofSegment(shopId, null)}`;
  return row?.count ?? 0;
}

export type TellingCount = { segmentId: string; waitingCount: number; refusedCount: number };

/** How many wait, and how many Shopify refused, by segment; of one, or of all. */
export const countTellings = (tx: Tx, shopId: ShopId, segmentId: string | null): Promise<TellingCount[]> => tx.$queryRaw`
  select t.segment_id as "segmentId", (count(*) filter (where not t.is_refused))::int as "waitingCount", (count(*) filter (where t.is_refused))::int as "refusedCount"
    from segment_telling t where t.shop_id = ${shopId}::bigint and ${segmentId === null ? Prisma.sql`true` : ofSegment(shopId, segmentId)} group by 1`;

export const hasTellings = async (tx: Tx, shopId: ShopId): Promise<boolean> => (await tx.segmentTelling.findFirst({ where: { shopId, isRefused: false }, select: { id: true } })) !== null;

/** A look into the index for each shop, however much waits. */
export const listShopsToTell = (tx: Tx): Promise<{ id: bigint }[]> => tx.$queryRaw`
  select s.id from shop s where s.uninstalled_at is null and exists (select 1 from segment_telling t where t.shop_id = s.id and not t.is_refused)`;

/** Customers merged into others, who got their tags at Shopify: what those they are now are members of, they keep, and everything else they lose again.
 *  Who enters by the merge is told afterwards. */
export async function tellOfMerged(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  const [shop, ids] = [Prisma.sql`${shopId}::bigint`, Prisma.sql`any (${[...mergedIds]}::bigint[])`];
  await tx.$executeRaw`
    with merged as (select a.id, a.kept_id from customer_alias a where a.shop_id = ${shop} and a.id = ${ids} and a.kept_id is not null),
    brought as (
      select x.kept_id, m.segment_id, s.tag from merged x join segment_member m on m.shop_id = ${shop} and m.customer_id = x.id join segment s on s.shop_id = ${shop} and s.id = m.segment_id where s.is_mirrored and s.tag is not null
      union select x.kept_id, t.segment_id, t.tag from merged x join segment_telling t on t.shop_id = ${shop} and t.customer_id = x.id where t.tag is not null),
    own as (
      select x.kept_id, m.segment_id, s.tag from (select distinct kept_id from merged) x
        join segment_member m on m.shop_id = ${shop} and m.customer_id = x.kept_id join segment s on s.shop_id = ${shop} and s.id = m.segment_id where s.is_mirrored and s.tag is not null)
    insert into segment_telling (shop_id, segment_id, customer_id, is_entry, tag, starts_flow)
    select ${shop}, segment_id, kept_id, is_entry, tag, false
      from (select *, true as is_entry from own union all select b.*, false from brought b where not exists (select 1 from own o where o.kept_id = b.kept_id and o.tag = b.tag)) r
     order by kept_id, is_entry, segment_id`;
}
