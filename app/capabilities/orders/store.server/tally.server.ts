// One writer per shop at a time: what it sees before it writes is what it replaces, and nobody can deadlock.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { NounCounts } from "../model.ts";

/** Waits for the writer before us. A statement of its own, so that the next one sees everything that writer committed. */
export async function takeWriterLock(tx: Tx, shopId: ShopId): Promise<void> {
  const lock = () => tx.$queryRaw<unknown[]>`select 1 from orders_tally where shop_id = ${shopId}::bigint for update`;
  if ((await lock()).length > 0) return;
  await tx.$executeRaw`insert into orders_tally (shop_id) values (${shopId}::bigint) on conflict (shop_id) do nothing`;
  await lock();
}

export async function addToTally(tx: Tx, shopId: ShopId, { orders = 0, customers = 0, products = 0 }: Partial<NounCounts>): Promise<void> {
  if (orders === 0 && customers === 0 && products === 0) return;
  await tx.$executeRaw`
    update orders_tally set order_count = order_count + ${orders}::int, customer_count = customer_count + ${customers}::int, product_count = product_count + ${products}::int
     where shop_id = ${shopId}::bigint`;
}

/** One row, however large the shop. */
export async function readTally(tx: Tx, shopId: ShopId): Promise<NounCounts> {
  const rows = await tx.$queryRaw<NounCounts[]>`select order_count as orders, customer_count as customers, product_count as products from orders_tally where shop_id = ${shopId}::bigint`;
  return rows[0] ?? { orders: 0, customers: 0, products: 0 };
}

/** Has the planner look at the facts: until it does, a shop just stored is planned as one of a row or none, and joins of millions as loops within loops. */
export const collectStatistics = (tx: Tx): Promise<unknown> => tx.$executeRaw`analyze orders, order_line, customer, product`;

const TABLES = { orders: "orders", customers: "customer", products: "product" } satisfies Record<keyof NounCounts, string>;

/** Those behind `after`, in their order. */
export async function listIds(tx: Tx, shopId: ShopId, noun: keyof NounCounts, { after, limit }: { after: bigint; limit: number }): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select id from ${Prisma.raw(TABLES[noun])} where shop_id = ${shopId}::bigint and id > ${after}::bigint order by id limit ${limit}`;
  return rows.map((row) => row.id);
}

/** Counts again, should the counter ever have drifted. */
export async function recount(tx: Tx, shopId: ShopId): Promise<void> {
  const shop = Prisma.sql`${shopId}::bigint`;
  await tx.$executeRaw`
    update orders_tally set order_count = (select count(*) from orders where shop_id = ${shop}), customer_count = (select count(*) from customer where shop_id = ${shop}),
           product_count = (select count(*) from product where shop_id = ${shop})
     where shop_id = ${shop}`;
}
