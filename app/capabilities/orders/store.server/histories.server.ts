// One customer as stored, and what they bought.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate } from "../../../values/day.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import type { CustomerOrder, CustomerRecord } from "../model.ts";

export async function findCustomer(tx: Tx, shopId: ShopId, id: CustomerId): Promise<CustomerRecord | null> {
  const row = await tx.customer.findUnique({ where: { shopId_id: { shopId, id } } });
  if (row === null) return null;
  const { email, firstName, lastName, locale, countryCode, tags, emailConsent, shopifyRfmGroup, createdAt } = row;
  return { id, email, firstName, lastName, locale, countryCode, tags, emailConsent, shopifyRfmGroup, createdAt, birthOn: row.birthOn && dayOfDate(row.birthOn) };
}

/** Newest first, whether they count or not. */
export async function listOrdersOf(tx: Tx, shopId: ShopId, customerId: CustomerId, limit: number): Promise<CustomerOrder[]> {
  const orders = await tx.order.findMany({ where: { shopId, buyerId: customerId }, orderBy: [{ placedAt: "desc" }, { id: "desc" }], take: limit });
  const inThese = { shopId, orderId: { in: orders.map(({ id }) => id) } };
  const [lines, refunds] = orders.length === 0 ? [[], []] : await Promise.all([
    tx.orderLine.findMany({ where: inThese, select: { orderId: true, title: true, quantity: true }, orderBy: { id: "asc" } }),
    tx.refund.findMany({ where: inThese, select: { orderId: true, refundedAt: true, amountMinor: true }, orderBy: { id: "asc" } }),
  ]);
  const linesOf = Map.groupBy(lines, ({ orderId }) => orderId);
  const refundsOf = Map.groupBy(refunds, ({ orderId }) => orderId);
  return orders.map((order) => ({
    id: parseId<OrderId>(order.id), name: order.name, placedAt: order.placedAt, isCounted: order.isCounted, isCancelled: order.cancelledAt !== null, totalMinor: Number(order.totalMinor),
    lines: (linesOf.get(order.id) ?? []).map(({ title, quantity }) => ({ title, quantity })),
    refunds: (refundsOf.get(order.id) ?? []).map(({ refundedAt, amountMinor }) => ({ refundedAt, amountMinor: Number(amountMinor) })),
  }));
}
