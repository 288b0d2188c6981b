// One customer as stored, and what they bought.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate } from "../../../values/day.ts";
import { parseId, type CustomerId, type OrderId, type OrderLineId, type ProductId, type ShopId } from "../../../values/ids.ts";
import type { FinancialStatus } from "../../../shopify/snapshots.ts";
import type { CustomerOrder, CustomerRecord, OrderHistory, PastLine } from "../model.ts";

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

type OrderRow = {
  id: OrderId; customerId: CustomerId; placedAt: Date; cancelledAt: Date | null; isTest: boolean; financialStatus: FinancialStatus; totalMinor: bigint; revenueMinor: bigint;
  hasTaxIncluded: boolean; shippingMinor: bigint; currentShippingMinor: bigint; discountMinor: bigint; discountCodes: string[]; refundedAts: Date[]; refundMinors: bigint[];
};
type LineRow = {
  orderId: OrderId; id: OrderLineId; quantity: number; currentQuantity: number; totalMinor: bigint; beforeDiscountsMinor: bigint; taxMinor: bigint; isGiftCard: boolean;
  productId: ProductId | null; productType: string; tags: string[];
};

/** Two statements, however many customers. */
export async function listOrderFacts(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, OrderHistory>> {
  const theirs = Prisma.sql`o.shop_id = ${shopId}::bigint and o.buyer_id = any (${[...customerIds]}::bigint[])`;
  const [orders, lines] = await Promise.all([tx.$queryRaw<OrderRow[]>(ordersWhere(theirs)), tx.$queryRaw<LineRow[]>(linesWhere(theirs))]);
  const linesOf = Map.groupBy(lines, ({ orderId }) => orderId);
  const ordersOf = Map.groupBy(orders, ({ customerId }) => customerId);
  return new Map(customerIds.map((customerId) => [customerId, (ordersOf.get(customerId) ?? []).map(({ customerId: _, refundedAts, refundMinors, ...order }) => ({
    ...order, totalMinor: Number(order.totalMinor), revenueMinor: Number(order.revenueMinor), shippingMinor: Number(order.shippingMinor), currentShippingMinor: Number(order.currentShippingMinor), discountMinor: Number(order.discountMinor),
    lines: (linesOf.get(order.id) ?? []).map(toPastLine),
    refunds: refundedAts.map((refundedAt, at) => ({ refundedAt, amountMinor: Number(refundMinors[at]) })),
  }))]));
}

const ordersWhere = (theirs: Prisma.Sql) => Prisma.sql`
  select o.id, o.buyer_id as "customerId", o.placed_at as "placedAt", o.cancelled_at as "cancelledAt", o.is_test as "isTest", o.financial_status as "financialStatus",
         o.total_minor as "totalMinor", o.revenue_minor as "revenueMinor", o.has_tax_included as "hasTaxIncluded", o.shipping_minor as "shippingMinor",
         o.current_shipping_minor as "currentShippingMinor", o.discount_minor as "discountMinor", coalesce(o.discount_codes, '{}') as "discountCodes", f."refundedAts", f."refundMinors"
    from orders o
   cross join lateral (
     select coalesce(array_agg(r.refunded_at order by r.id), '{}') as "refundedAts", coalesce(array_agg(r.amount_minor order by r.id), '{}') as "refundMinors"
       from refund r where r.shop_id = o.shop_id and r.order_id = o.id) f
   where ${theirs} order by o.placed_at, o.id`;

const linesWhere = (theirs: Prisma.Sql) => Prisma.sql`
  select l.order_id as "orderId", l.id, l.quantity, l.current_quantity as "currentQuantity", l.total_minor as "totalMinor", l.before_discounts_minor as "beforeDiscountsMinor",
         l.tax_minor as "taxMinor", l.is_gift_card as "isGiftCard", l.product_id as "productId", coalesce(p.product_type, '') as "productType", coalesce(p.tags, '{}') as tags
    from orders o
    join order_line l on l.shop_id = o.shop_id and l.order_id = o.id
    left join product p on p.shop_id = o.shop_id and p.id = l.product_id
   where ${theirs} order by l.order_id, l.id`;

const toPastLine = ({ orderId: _, ...line }: LineRow): PastLine => ({
  ...line, totalMinor: Number(line.totalMinor), beforeDiscountsMinor: Number(line.beforeDiscountsMinor), taxMinor: Number(line.taxMinor),
});

/** `lines`: line id to title. */
export type OrderNames = { name: string; lines: Map<string, string> };

export async function nameOrders(tx: Tx, shopId: ShopId, orderIds: readonly OrderId[]): Promise<Map<string, OrderNames>> {
  const ids = [...orderIds];
  const [orders, lines] = await Promise.all([
    tx.order.findMany({ where: { shopId, id: { in: ids } }, select: { id: true, name: true } }),
    tx.orderLine.findMany({ where: { shopId, orderId: { in: ids } }, select: { orderId: true, id: true, title: true } }),
  ]);
  const titles = Map.groupBy(lines, ({ orderId }) => orderId);
  return new Map(orders.map(({ id, name }) => [String(id), { name, lines: new Map((titles.get(id) ?? []).map((line) => [String(line.id), line.title])) }]));
}
