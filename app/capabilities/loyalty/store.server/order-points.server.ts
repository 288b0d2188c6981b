// What an order brought one member.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, type Day } from "../../../values/day.ts";
import type { CustomerId, OrderId, ShopId } from "../../../values/ids.ts";

/** As the ledger says, and how much of it cannot be spent yet, until when. Null: nothing, or the order is not theirs. */
export async function findOrderPoints(tx: Tx, shopId: ShopId, { customerId, orderId }: { customerId: CustomerId; orderId: OrderId }): Promise<{ points: number; pending: number; availableOn: Day | null } | null> {
  const [row] = await tx.$queryRaw<{ points: number | null; pending: number | null; availableOn: Date | null }[]>`
    select (select sum(points)::int from ledger_entry
             where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint and detail ->> 'orderId' = ${String(orderId)} and kind in ('order', 'first_order', 'nth_order', 'take_back')) as points,
           sum(remaining)::int as pending, max(available_on) as "availableOn"
      from point_lot where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint and is_pending and (key in (${`order:${orderId}`}, ${`first_order:${orderId}`}) or key like ${`nth_order:%:${orderId}`})`;
  if (row === undefined || (row.points === null && row.pending === null)) return null;
  return { points: row.points ?? 0, pending: row.pending ?? 0, availableOn: row.availableOn && dayOfDate(row.availableOn) };
}
