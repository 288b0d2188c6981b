// Orders in sets: the newest word wins, and the answer says what really changed. The caller holds the writer lock.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { OrderLineSnapshot, OrderSnapshot, RefundSnapshot } from "../../../shopify/snapshots.ts";
import type { OrderId, ShopId } from "../../../values/ids.ts";
import { invariant } from "../../../values/invariant.ts";
import { counts } from "../rules.ts";
import { columnsOf, textOf, writeRows, type Row, type WrittenRows } from "../../../platform/columns.server.ts";

/** What figures and points are made of: when one of these is other, it is news of the buyer. */
const weighed = {
  placed_at: "timestamptz", cancelled_at: "timestamptz", is_test: "boolean", financial_status: "text", is_counted: "boolean",
  total_minor: "bigint", revenue_minor: "bigint", has_tax_included: "boolean", shipping_minor: "bigint", current_shipping_minor: "bigint", refunded_minor: "bigint", discount_codes: "text[]",
};
const { factsOf: weighedOf } = columnsOf({}, weighed);
const order = columnsOf(
  { id: "bigint", customer_id: "bigint", updated_at: "timestamptz" }, // whose order it is, the aliases decide
  { ...weighed, name: "text", currency: "text", discount_minor: "bigint", source_name: "text", country_code: "text" },
);
const line = columnsOf(
  { order_id: "bigint", id: "bigint" },
  { product_id: "bigint", variant_id: "bigint", title: "text", quantity: "int", current_quantity: "int", total_minor: "bigint", before_discounts_minor: "bigint", tax_minor: "bigint", is_gift_card: "boolean" },
);
const refund = columnsOf({ order_id: "bigint", id: "bigint" }, { refunded_at: "timestamptz", amount_minor: "bigint" });

/** What a set of orders met, in one row however large it is. `staleIds` are older than what is stored, or deleted. Of the others `newCount` are
 *  new and `storedIds` were here before, `sameAgeIds` with the same moment; of those `changedIds` differed; `movedBuyerIds` are those of
 *  whose orders something weighed is now other, before and after. */
export type Applied = { newCount: number; staleIds: OrderId[]; storedIds: OrderId[]; sameAgeIds: OrderId[]; changedIds: OrderId[]; movedBuyerIds: bigint[] };

export const writeOrders = (snapshots: readonly OrderSnapshot[]): WrittenRows => writeRows(snapshots.map(toRow));

/** Writes what is newer than what is stored. `seen` is exact, because no other writer is at work. A customer who was merged is the one
 *  who was kept; one who was deleted or erased is nobody; an erased order keeps its surrogate, whatever late news says. */
export async function saveOrders(tx: Tx, shopId: ShopId, orders: WrittenRows): Promise<Applied> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const [applied] = await tx.$queryRaw<Applied[]>`
    with said as (
      select r.*, case when a.id is null then r.customer_id else a.kept_id end as resolved_id,
             exists (select 1 from tombstone d where d.shop_id = ${shop} and d.noun = 'order' and d.id = r.id) as is_deleted
        from ${order.from(orders)}
        left join customer_alias a on a.shop_id = ${shop} and a.id = r.customer_id
    ), seen as (
      select s.*, owner.*, t.id is null as is_new, t.buyer_id as old_buyer_id,
             s.is_deleted or coalesce(t.updated_at > s.updated_at, false) as is_stale,
             t.updated_at is distinct from s.updated_at as is_newer,
             t.id is null or (t.customer_id, ${order.factsOf("t")}) is distinct from (owner.owner_id, ${order.factsOf("s")}) as is_changed,
             (t.buyer_id, ${weighedOf("t")}) is distinct from (owner.buyer_id, ${weighedOf("s")}) as is_moved
        from said s
        left join orders t on t.shop_id = ${shop} and t.id = s.id
       cross join lateral (
         select case when t.is_erased then t.customer_id else s.resolved_id end as owner_id,
                case when t.is_erased then t.buyer_id else coalesce(s.resolved_id, -s.id) end as buyer_id) owner
    ), written as (
      insert into orders as t (shop_id, id, customer_id, buyer_id, updated_at, ${order.facts})
      select ${shop}, id, owner_id, buyer_id, updated_at, ${order.facts} from seen where not is_stale and (is_newer or is_changed) order by id
      on conflict (shop_id, id) do update set customer_id = excluded.customer_id, buyer_id = excluded.buyer_id, updated_at = excluded.updated_at, ${order.assigned}
      where t.updated_at <= excluded.updated_at
    )
    select count(*) filter (where is_new and not is_stale)::int as "newCount",
           ${idsWhere(Prisma.sql`is_stale`)} as "staleIds",
           ${idsWhere(Prisma.sql`not is_stale and not is_new`)} as "storedIds",
           ${idsWhere(Prisma.sql`not is_stale and not is_new and not is_newer`)} as "sameAgeIds",
           ${idsWhere(Prisma.sql`not is_stale and not is_new and is_changed`)} as "changedIds",
           coalesce(array_agg(old_buyer_id) filter (where not is_stale and is_moved and not is_new), '{}')
             || coalesce(array_agg(buyer_id) filter (where not is_stale and is_moved), '{}') as "movedBuyerIds"
      from seen`;
  invariant(applied);
  return applied;
}

const idsWhere = (condition: Prisma.Sql) => Prisma.sql`coalesce(array_agg(id) filter (where ${condition}), '{}')`;

const toRow = (snapshot: OrderSnapshot): Row => ({
  id: String(snapshot.id), customer_id: textOf(snapshot.customer?.id ?? null), updated_at: snapshot.updatedAt,
  name: snapshot.name, placed_at: snapshot.placedAt, cancelled_at: snapshot.cancelledAt, is_test: snapshot.isTest, financial_status: snapshot.financialStatus, is_counted: counts(snapshot),
  currency: snapshot.currency, total_minor: snapshot.totalMinor, revenue_minor: snapshot.revenueMinor, has_tax_included: snapshot.hasTaxIncluded, shipping_minor: snapshot.shippingMinor, current_shipping_minor: snapshot.currentShippingMinor, discount_minor: snapshot.discountMinor, refunded_minor: snapshot.refundedMinor,
  discount_codes: snapshot.discountCodes, source_name: snapshot.sourceName, country_code: snapshot.countryCode,
});

/** What orders consist of. */
export type WrittenParts = { lines: WrittenRows; refunds: WrittenRows };

export const writeParts = (snapshots: readonly OrderSnapshot[]): WrittenParts => ({
  lines: writeRows(snapshots.flatMap(({ id, lines }) => lines.map((item) => toLineRow(id, item)))),
  refunds: writeRows(snapshots.flatMap(({ id, refunds }) => refunds.map((item) => toRefundRow(id, item)))),
});

const toLineRow = (orderId: OrderId, item: OrderLineSnapshot): Row => ({
  order_id: String(orderId), id: String(item.id), product_id: textOf(item.productId), variant_id: textOf(item.variantId), title: item.title,
  quantity: item.quantity, current_quantity: item.currentQuantity, total_minor: item.totalMinor, before_discounts_minor: item.beforeDiscountsMinor, tax_minor: item.taxMinor, is_gift_card: item.isGiftCard,
});

const toRefundRow = (orderId: OrderId, { id, refundedAt, amountMinor }: RefundSnapshot): Row => ({ order_id: String(orderId), id: String(id), refunded_at: refundedAt, amount_minor: amountMinor });

/** Makes the lines and refunds of some orders what is written. `storedIds` are those that may have others. Answers which of these changed. */
export async function replaceParts(tx: Tx, shopId: ShopId, { lines, refunds }: WrittenParts, storedIds: readonly OrderId[]): Promise<OrderId[]> {
  const ofLines = await replaceRows(tx, shopId, { table: "order_line", columns: line, rows: lines, storedIds });
  return [...ofLines, ...(await replaceRows(tx, shopId, { table: "refund", columns: refund, rows: refunds, storedIds }))];
}

type Parts = { table: "order_line" | "refund"; columns: ReturnType<typeof columnsOf>; rows: WrittenRows; storedIds: readonly OrderId[] };

/** Removes the parts that are gone and writes those that differ. Answers which stored orders' did; `not in` because it is hashed, whatever the planner guesses. */
async function replaceRows(tx: Tx, shopId: ShopId, { table, columns, rows, storedIds }: Parts): Promise<OrderId[]> {
  if (rows.count === 0 && storedIds.length === 0) return [];
  const name = Prisma.raw(table);
  const [changed] = await tx.$queryRaw<{ ids: OrderId[] }[]>`
    with said as materialized (select r.* from ${columns.from(rows)}),
    gone as (
      delete from ${name} t where t.shop_id = ${shopId}::bigint and t.order_id = any (${[...storedIds]}::bigint[]) and (t.order_id, t.id) not in (select order_id, id from said) returning t.order_id
    ), written as (
      insert into ${name} as t (shop_id, ${columns.names}) select ${shopId}::bigint, ${columns.names} from said order by order_id, id
      on conflict (shop_id, order_id, id) do update set ${columns.assigned} where (${columns.factsOf("t")}) is distinct from (${columns.factsOf("excluded")}) returning t.order_id
    )
    select coalesce(array_agg(distinct order_id), '{}') as ids from (select order_id from gone union all select order_id from written) x where order_id = any (${[...storedIds]}::bigint[])`;
  return changed?.ids ?? [];
}

export async function listBuyers(tx: Tx, shopId: ShopId, ids: readonly OrderId[]): Promise<bigint[]> {
  if (ids.length === 0) return [];
  const rows = await tx.$queryRaw<{ buyer_id: bigint }[]>`select distinct buyer_id from orders where shop_id = ${shopId}::bigint and id = any (${[...ids]}::bigint[])`;
  return rows.map((row) => row.buyer_id);
}

/** A refund told alone, of an order that is here; its order's next word repeats it. */
export async function addRefunds(tx: Tx, shopId: ShopId, refunds: readonly { orderId: OrderId; refund: RefundSnapshot }[]): Promise<void> {
  await tx.$executeRaw`
    insert into refund (shop_id, ${refund.names})
    select ${shopId}::bigint, r.* from ${refund.from(refunds.map((told) => toRefundRow(told.orderId, told.refund)))}
      join orders o on o.shop_id = ${shopId}::bigint and o.id = r.order_id
     order by r.order_id, r.id
    on conflict (shop_id, order_id, id) do nothing`;
}

/** Takes the orders away with all their parts, and remembers it. Answers those that were here. */
export function deleteOrders(tx: Tx, shopId: ShopId, ids: readonly OrderId[], at: Date): Promise<{ buyer_id: bigint }[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const these = Prisma.sql`any (${[...ids]}::bigint[])`;
  return tx.$queryRaw`
    with remembered as (insert into tombstone (shop_id, noun, id, deleted_at) select ${shop}, 'order', unnest(${[...ids]}::bigint[]), ${at} on conflict (shop_id, noun, id) do nothing),
    lines as (delete from order_line where shop_id = ${shop} and order_id = ${these}),
    refunds as (delete from refund where shop_id = ${shop} and order_id = ${these}),
    wishes as (delete from reread where shop_id = ${shop} and noun = 'order' and id = ${these})
    delete from orders where shop_id = ${shop} and id = ${these} returning buyer_id`;
}
