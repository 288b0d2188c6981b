// What a shopper is shown of their account, of many at once.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../../values/day.ts";
import type { CustomerId, OrderId, ShopId } from "../../../values/ids.ts";
import { parseId } from "../../../values/ids.ts";
import type { EntryDetail, EntryKind } from "../model/ledger.ts";

type Of<Row> = Row & { customerId: CustomerId };
const day = (date: Date): Day => dayOfDate(date);

/** The next day on which points end, and how many. */
export async function listNextExpiries(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<Of<{ on: Day; points: number }>[]> {
  const rows = await tx.$queryRaw<{ customer_id: CustomerId; on: Date; points: number }[]>`
    select distinct on (customer_id) customer_id, expires_on as on, sum(remaining)::int as points from point_lot
     where shop_id = ${shopId}::bigint and customer_id = any (${[...customerIds]}::bigint[]) and not is_pending and expires_on is not null
     group by customer_id, expires_on order by customer_id, expires_on`;
  return rows.map((row) => ({ customerId: row.customer_id, on: day(row.on), points: row.points }));
}

/** Links each has been given points for. */
export async function listFollowed(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<Of<{ linkId: string }>[]> {
  const rows = await tx.earnEvent.findMany({ where: { shopId, customerId: { in: [...customerIds] }, kind: { in: ["follow", "share"] }, revokedOn: null }, select: { customerId: true, ruleId: true } });
  return rows.flatMap(({ customerId, ruleId }) => (ruleId === null ? [] : [{ customerId: parseId<CustomerId>(customerId), linkId: ruleId }]));
}

export async function listReferralCodes(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<Of<{ code: string }>[]> {
  const rows = await tx.referralCode.findMany({ where: { shopId, customerId: { in: [...customerIds] }, shopifyId: { not: null } }, select: { customerId: true, code: true } });
  return rows.map(({ customerId, code }) => ({ customerId: parseId<CustomerId>(customerId), code }));
}

export type RecentEntry = { kind: EntryKind; points: number; on: Day; detail: EntryDetail };

/** Each one's newest entries. */
export async function listRecent(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], limit: number): Promise<Of<RecentEntry>[]> {
  const rows = await tx.$queryRaw<{ customer_id: CustomerId; kind: EntryKind; points: number; on: Date; detail: EntryDetail }[]>`
    select c.id as customer_id, e.* from unnest(${[...customerIds]}::bigint[]) as c(id)
      cross join lateral (select kind, points, effective_on as on, detail from ledger_entry where shop_id = ${shopId}::bigint and customer_id = c.id order by id desc limit ${limit}) e`;
  return rows.map(({ customer_id: customerId, ...row }) => ({ ...row, customerId, on: day(row.on) }));
}

/** What the ledger says of an order of theirs, and how much of it cannot be spent yet, until when. Null: nothing, whosever it is. */
export async function findOrderPoints(tx: Tx, shopId: ShopId, { customerId, orderId }: { customerId: CustomerId; orderId: OrderId }): Promise<{ points: number; pending: number; availableOn: Day | null } | null> {
  const [row] = await tx.$queryRaw<{ points: number | null; pending: number | null; availableOn: Date | null }[]>`
    select (select sum(points)::int from ledger_entry
             where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint and detail ->> 'orderId' = ${String(orderId)} and kind in ('order', 'first_order', 'nth_order', 'take_back')) as points,
           sum(remaining)::int as pending, max(available_on) as "availableOn"
      from point_lot where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint and is_pending and (key in (${`order:${orderId}`}, ${`first_order:${orderId}`}) or key like ${`nth_order:%:${orderId}`})`;
  if (row === undefined || (row.points === null && row.pending === null)) return null;
  return { points: row.points ?? 0, pending: row.pending ?? 0, availableOn: row.availableOn && day(row.availableOn) };
}

/** Who is to be told Shopify, and up to which change. */
export async function listToTell(tx: Tx, shopId: ShopId, limit: number): Promise<Of<{ change: number; tierId: string | null; toldTierId: string | null }>[]> {
  const rows = await tx.member.findMany({ where: { shopId, isToTell: true }, select: { customerId: true, change: true, tierId: true, toldTierId: true }, orderBy: { customerId: "asc" }, take: limit });
  return rows.map((row) => ({ ...row, customerId: parseId<CustomerId>(row.customerId) }));
}

/** Whatever changed meanwhile is told with the next. */
export async function noteTold(tx: Tx, shopId: ShopId, { customerId, change, tierId }: { customerId: CustomerId; change: number; tierId: string | null }): Promise<void> {
  await tx.member.updateMany({ where: { shopId, customerId }, data: { toldTierId: tierId } });
  await tx.member.updateMany({ where: { shopId, customerId, change }, data: { isToTell: false } });
}

export const listShopsToTell = (tx: Tx): Promise<{ shop_id: ShopId }[]> => tx.$queryRaw`
  select shop_id from programme p where state <> 'draft' and (exists (select 1 from member m where m.shop_id = p.shop_id and m.is_to_tell) or shown_version < (select max(version) from programme_version v where v.shop_id = p.shop_id))`;
