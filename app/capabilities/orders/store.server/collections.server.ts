// Collections with what is in them, as Shopify last said. The caller of what writes holds the writer lock.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ProductId, ShopId } from "../../../values/ids.ts";
import type { Titled } from "../model.ts";

/** All there are: the others go, with what was in them. Answers whether any product has left one by that. */
export async function saveList(tx: Tx, shopId: ShopId, all: readonly Titled[]): Promise<boolean> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const ids = Prisma.sql`${all.map(({ id }) => id)}::bigint[]`;
  await tx.$executeRaw`
    insert into collection as t (shop_id, id, title) select ${shop}, r.id, r.title from unnest(${ids}, ${all.map(({ title }) => title)}::text[]) as r(id, title) order by r.id
    on conflict (shop_id, id) do update set title = excluded.title where t.title <> excluded.title`;
  await tx.$executeRaw`delete from collection where shop_id = ${shop} and id not in (select unnest(${ids}))`;
  return (await tx.$executeRaw`delete from collection_product where shop_id = ${shop} and collection_id not in (select unnest(${ids}))`) > 0;
}

/** Answers whether anything came or went. */
export async function saveProductsOf(tx: Tx, shopId: ShopId, { id, productIds, readAt }: { id: bigint; productIds: readonly ProductId[]; readAt: Date }): Promise<boolean> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const ids = Prisma.sql`${[...new Set(productIds)]}::bigint[]`;
  const goneCount = await tx.$executeRaw`delete from collection_product where shop_id = ${shop} and collection_id = ${id}::bigint and product_id not in (select unnest(${ids}))`;
  const newCount = await tx.$executeRaw`
    insert into collection_product (shop_id, collection_id, product_id) select ${shop}, ${id}::bigint, p from unnest(${ids}) as p order by p on conflict (shop_id, collection_id, product_id) do nothing`;
  await tx.$executeRaw`update collection set read_at = ${readAt} where shop_id = ${shop} and id = ${id}::bigint`;
  return goneCount + newCount > 0;
}

export const countChange = (tx: Tx, shopId: ShopId): Promise<number> => tx.$executeRaw`update orders_tally set collection_changes = collection_changes + 1 where shop_id = ${shopId}::bigint`;

export async function readChanges(tx: Tx, shopId: ShopId): Promise<number> {
  const [row] = await tx.$queryRaw<{ collection_changes: number }[]>`select collection_changes from orders_tally where shop_id = ${shopId}::bigint`;
  return row?.collection_changes ?? 0;
}

/** Those behind `after` that nobody asked about since, in their order. */
export const listUnread = (tx: Tx, shopId: ShopId, { since, after, limit }: { since: Date; after: bigint; limit: number }): Promise<{ id: bigint }[]> =>
  tx.$queryRaw`select id from collection where shop_id = ${shopId}::bigint and id > ${after}::bigint and (read_at is null or read_at < ${since}) order by id limit ${limit}`;

export const listMembers = (tx: Tx, shopId: ShopId, ids: readonly bigint[]): Promise<{ collection_id: bigint; product_id: ProductId }[]> =>
  tx.$queryRaw`select collection_id, product_id from collection_product where shop_id = ${shopId}::bigint and collection_id = any (${[...ids]}::bigint[]) order by 1, 2`;
