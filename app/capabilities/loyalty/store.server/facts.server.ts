// What a member's points follow from, of many members at once.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { EVENT_KINDS, type EventFact, type EventKind } from "../model/facts.ts";
import type { Percents, StoredRedemption } from "../rules/facts.ts";

type OfCustomer<Row> = Row & { customerId: CustomerId };

export async function listJoinedOn(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<OfCustomer<{ joinedOn: Day | null }>[]> {
  const rows = await tx.member.findMany({ where: { shopId, customerId: { in: [...customerIds] } }, select: { customerId: true, joinedOn: true } });
  return rows.map(({ customerId, joinedOn }) => ({ customerId: parseId<CustomerId>(customerId), joinedOn: joinedOn && dayOfDate(joinedOn) }));
}

export async function listEvents(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<OfCustomer<EventFact>[]> {
  const rows = await tx.earnEvent.findMany({ where: { shopId, customerId: { in: [...customerIds] } }, orderBy: [{ happenedOn: "asc" }, { id: "asc" }] });
  return rows.map(({ customerId, id, kind, ruleId, happenedOn, points, version, revokedOn }) => ({ customerId: parseId<CustomerId>(customerId), id, kind: kindOf(kind), ruleId, on: dayOfDate(happenedOn), points, version, revokedOn: revokedOn && dayOfDate(revokedOn) }));
}

const kindOf = (text: string): EventKind => EVENT_KINDS.find((kind) => kind === text) ?? "custom";

/** Held, made, used or given back; the day it was asked for is the shop's own. */
export async function listRedemptions(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], timeZone: string): Promise<OfCustomer<StoredRedemption>[]> {
  const rows = await tx.$queryRaw<{ customerId: bigint; id: string; points: number; version: number; usedOrderId: bigint | null; on: Date; returnedOn: Date | null }[]>`
    select customer_id as "customerId", id::text, points, version, used_order_id as "usedOrderId", (held_at at time zone ${timeZone})::date as on, returned_on as "returnedOn"
      from redemption where shop_id = ${shopId}::bigint and customer_id = any (${[...customerIds]}::bigint[]) order by held_at, id`;
  return rows.map((row) => ({
    ...row, customerId: parseId<CustomerId>(row.customerId), on: dayOfDate(row.on), returnedOn: row.returnedOn && dayOfDate(row.returnedOn), usedOrderId: row.usedOrderId === null ? null : parseId<OrderId>(row.usedOrderId),
  }));
}

export async function listPercents(tx: Tx, shopId: ShopId, orderIds: readonly OrderId[]): Promise<Map<OrderId, Percents>> {
  const rows = await tx.$queryRaw<{ orderId: bigint; percents: Percents }[]>`
    select order_id as "orderId", percents from order_percent where shop_id = ${shopId}::bigint and order_id = any (${[...orderIds]}::bigint[])`;
  return new Map(rows.map(({ orderId, percents }) => [parseId<OrderId>(orderId), percents]));
}

/** A line decided before keeps what was decided. */
export async function savePercents(tx: Tx, shopId: ShopId, decided: readonly { orderId: OrderId; percents: Percents }[]): Promise<void> {
  if (decided.length === 0) return;
  await tx.$executeRaw`
    insert into order_percent as t (shop_id, order_id, percents)
    select ${shopId}::bigint, order_id, percents from json_to_recordset(${toJson(decided.map(({ orderId, percents }) => ({ order_id: orderId, percents })))}::json) as r(order_id bigint, percents jsonb) order by order_id
    on conflict (shop_id, order_id) do update set percents = excluded.percents || t.percents`;
}
