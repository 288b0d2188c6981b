// The sums a purchase rhythm is read from: gaps, and who reached an order when; of everybody or by first product.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";

/** The first product's number; null: everybody. */
export type Beginning = string | null;

const of = (productId: Beginning): Prisma.Sql => (productId === null ? Prisma.sql`kind = '' and value = ''` : Prisma.sql`kind = 'product' and value = ${productId}`);
/** An order may bear tomorrow's date. */
const since = (today: Day): Prisma.Sql => Prisma.sql`greatest(${today}::date - day, 0)`;

/** By the place of the order at the gap's end; 5: any later one. */
export const listGaps = (tx: Tx, shopId: ShopId, productId: Beginning): Promise<{ sequence: number; days: number; orders: number }[]> => tx.$queryRaw`
  select sequence, days, orders from order_gap where shop_id = ${shopId}::bigint and ${of(productId)} and orders <> 0 order by sequence, days`;

/** Who placed their order of this place so many days ago, and how many of them another since. */
export const listReached = (tx: Tx, shopId: ShopId, productId: Beginning, { place, today }: { place: number; today: Day }): Promise<{ days: number; reached: number; left: number }[]> => tx.$queryRaw`
  select ${since(today)} as days, reached, "left" from order_step where shop_id = ${shopId}::bigint and ${of(productId)} and sequence = ${place} and reached <> 0`;

export type BeginningRow = { product_id: string; title: string | null; customers: number; gap_days: number[] | null; gap_orders: number[] | null; days: number[] | null; reached: number[] | null; left: number[] | null };

/** Products that at least so many second orders followed as a first one, the commonest first, with their gaps to the second order and who reached the first. */
export const listBeginnings = (tx: Tx, shopId: ShopId, { repeatersMin, today, limit, offset }: { repeatersMin: number; today: Day; limit: number; offset: number }): Promise<BeginningRow[]> => tx.$queryRaw`
  with chosen as (
    select t.value, t.customers from trait_total t where t.shop_id = ${shopId}::bigint and t.kind = 'product' and t.repeaters >= ${repeatersMin} order by t.customers desc, t.value limit ${limit} offset ${offset})
  select c.value as product_id, p.title, c.customers, g.gap_days, g.gap_orders, s.days, s.reached, s."left"
    from chosen c left join product p on p.shop_id = ${shopId}::bigint and p.id = c.value::bigint
    cross join lateral (select array_agg(days) as gap_days, array_agg(orders) as gap_orders from order_gap where shop_id = ${shopId}::bigint and kind = 'product' and value = c.value and sequence = 2 and orders <> 0) g
    cross join lateral (select array_agg(${since(today)}) as days, array_agg(reached) as reached, array_agg("left") as "left" from order_step where shop_id = ${shopId}::bigint and kind = 'product' and value = c.value and sequence = 1 and reached <> 0) s
   order by c.customers desc, c.value`;

/** How many products customers began with, and how many of them at least so many second orders followed. */
export async function countBeginnings(tx: Tx, shopId: ShopId, repeatersMin: number): Promise<{ all: number; known: number }> {
  const [row] = await tx.$queryRaw<{ all: number; known: number }[]>`
    select count(*)::int as "all", (count(*) filter (where repeaters >= ${repeatersMin}))::int as known from trait_total where shop_id = ${shopId}::bigint and kind = 'product' and customers > 0`;
  return row ?? { all: 0, known: 0 };
}
