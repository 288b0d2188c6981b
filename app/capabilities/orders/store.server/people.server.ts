// Everything this room holds about one person: as a file for them, and gone without a trace but the totals.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, OrderId, ShopId } from "../../../values/ids.ts";

/** Rows as JSON, for the merchant to hand over. Customers who were merged into this one are this one. */
export async function exportPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const theirs = Prisma.sql`(select id from orders where shop_id = ${shop} and buyer_id = ${customerId}::bigint)`;
  const rowsOf = (table: string, condition: Prisma.Sql) => Prisma.sql`
    (select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id' order by t.id), '[]') from ${Prisma.raw(table)} t where t.shop_id = ${shop} and ${condition})`;
  const [row] = await tx.$queryRaw<{ person: Record<string, unknown> }[]>`
    select jsonb_build_object(
      'customer', ${rowsOf("customer", Prisma.sql`t.id = ${customerId}::bigint`)},
      'mergedCustomers', ${rowsOf("customer_alias", Prisma.sql`t.kept_id = ${customerId}::bigint`)},
      'orders', ${rowsOf("orders", Prisma.sql`t.buyer_id = ${customerId}::bigint`)},
      'orderLines', ${rowsOf("order_line", Prisma.sql`t.order_id in ${theirs}`)},
      'refunds', ${rowsOf("refund", Prisma.sql`t.order_id in ${theirs}`)}) as person`;
  return row?.person ?? {};
}

/** Their orders, and those named, now belong to the surrogate; a guest's stay a guest's. Answers who they counted for, before and after. */
export const disownOrders = (tx: Tx, shopId: ShopId, who: { customerId: CustomerId; orderIds: readonly OrderId[]; surrogateId: bigint }): Promise<{ id: OrderId; old_buyer_id: bigint; buyer_id: bigint }[]> =>
  tx.$queryRaw`
    with theirs as (
      select id, buyer_id from orders
       where shop_id = ${shopId}::bigint and not is_erased and (buyer_id = ${who.customerId}::bigint or id = any (${[...who.orderIds]}::bigint[]))
    )
    update orders t set is_erased = true, customer_id = case when t.customer_id is not null then ${who.surrogateId}::bigint end,
           buyer_id = case when t.customer_id is not null then ${who.surrogateId}::bigint else t.buyer_id end
      from theirs
     where t.shop_id = ${shopId}::bigint and t.id = theirs.id
    returning t.id, theirs.buyer_id as old_buyer_id, t.buyer_id`;

/** What is left of them is that they are to be left alone: ids that lead nowhere. Answers the customers that were here, and who had been merged into them. */
export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<{ rows: { email: string | null }[]; mergedIds: CustomerId[] }> {
  const merged = await tx.$queryRaw<{ id: CustomerId }[]>`
    update customer_alias set kept_id = null where shop_id = ${shopId}::bigint and kept_id = ${customerId}::bigint returning id`;
  await tx.$executeRaw`
    insert into customer_alias (shop_id, id) values (${shopId}::bigint, ${customerId}::bigint) on conflict (shop_id, id) do update set kept_id = null`;
  await tx.$executeRaw`delete from reread where shop_id = ${shopId}::bigint and noun = 'customer' and id = ${customerId}::bigint`;
  const rows = await tx.$queryRaw<{ email: string | null }[]>`delete from customer where shop_id = ${shopId}::bigint and id = ${customerId}::bigint returning email`;
  return { rows, mergedIds: merged.map(({ id }) => id) };
}

const TABLES = ["orders", "order_line", "refund", "customer", "customer_alias", "product", "variant", "collection", "collection_product", "reread", "tombstone", "orders_tally"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
