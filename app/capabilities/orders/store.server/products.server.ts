// Products with their variants, in sets: the newest word wins, and a cost nobody mentions stays. The caller holds the writer lock.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ProductSnapshot } from "../../../shopify/snapshots.ts";
import type { ProductId, ShopId } from "../../../values/ids.ts";
import { columnsOf, type Row } from "../../../platform/columns.server.ts";

const product = columnsOf(
  { id: "bigint", updated_at: "timestamptz" },
  { title: "text", product_type: "text", vendor: "text", status: "text", tags: "text[]", created_at: "timestamptz" },
);
const variant = columnsOf({ product_id: "bigint", id: "bigint" }, { title: "text", sku: "text", price_minor: "bigint", unit_cost_minor: "bigint" });

export type AppliedProduct = { id: ProductId; is_new: boolean; is_changed: boolean };

export function saveProducts(tx: Tx, shopId: ShopId, snapshots: readonly ProductSnapshot[]): Promise<AppliedProduct[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  return tx.$queryRaw<AppliedProduct[]>`
    with seen as (
      select r.*, t.id is null as is_new, t.updated_at is distinct from r.updated_at as is_newer,
             t.id is null or (${product.factsOf("t")}) is distinct from (${product.factsOf("r")}) as is_changed
        from ${product.from(snapshots.map(toRow))}
        left join product t on t.shop_id = ${shop} and t.id = r.id
       where (t.id is null or t.updated_at <= r.updated_at)
         and not exists (select 1 from tombstone d where d.shop_id = ${shop} and d.noun = 'product' and d.id = r.id)
    ), written as (
      insert into product as t (shop_id, ${product.names}) select ${shop}, ${product.names} from seen where is_newer or is_changed order by id
      on conflict (shop_id, id) do update set updated_at = excluded.updated_at, ${product.assigned} where t.updated_at <= excluded.updated_at
    )
    select id, is_new, is_changed from seen`;
}

const toRow = (snapshot: ProductSnapshot): Row => ({
  id: String(snapshot.id), updated_at: snapshot.updatedAt, title: snapshot.title, product_type: snapshot.productType, vendor: snapshot.vendor,
  status: snapshot.status, tags: snapshot.tags, created_at: snapshot.createdAt,
});

/** Answers whose variants changed. */
export async function replaceVariants(tx: Tx, shopId: ShopId, products: readonly ProductSnapshot[]): Promise<ProductId[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const rows = products.flatMap(({ id, variants }) => variants.map((item) => ({
    product_id: String(id), id: String(item.id), title: item.title, sku: item.sku, price_minor: item.priceMinor, unit_cost_minor: item.unitCostMinor,
  })));
  const changed = await tx.$queryRaw<{ product_id: ProductId }[]>`
    with said as materialized (select r.* from ${variant.from(rows)}),
    gone as (
      delete from variant t where t.shop_id = ${shop} and t.product_id = any (${products.map(({ id }) => id)}::bigint[]) and (t.product_id, t.id) not in (select product_id, id from said) returning t.product_id
    ), written as (
      insert into variant as t (shop_id, ${variant.names}) select ${shop}, ${variant.names} from said order by product_id, id
      on conflict (shop_id, product_id, id) do update
         set title = excluded.title, sku = excluded.sku, price_minor = excluded.price_minor, unit_cost_minor = coalesce(excluded.unit_cost_minor, t.unit_cost_minor)
       where (t.title, t.sku, t.price_minor, t.unit_cost_minor) is distinct from (excluded.title, excluded.sku, excluded.price_minor, coalesce(excluded.unit_cost_minor, t.unit_cost_minor))
      returning t.product_id
    )
    select product_id from gone union select product_id from written`;
  return changed.map((row) => row.product_id);
}

/** Answers how many were here. */
export function deleteProducts(tx: Tx, shopId: ShopId, ids: readonly ProductId[], at: Date): Promise<number> {
  const shop = Prisma.sql`${shopId}::bigint`;
  return tx.$executeRaw`
    with remembered as (insert into tombstone (shop_id, noun, id, deleted_at) select ${shop}, 'product', unnest(${[...ids]}::bigint[]), ${at} on conflict (shop_id, noun, id) do nothing),
    variants as (delete from variant where shop_id = ${shop} and product_id = any (${[...ids]}::bigint[])),
    collected as (delete from collection_product where shop_id = ${shop} and product_id = any (${[...ids]}::bigint[]))
    delete from product where shop_id = ${shop} and id = any (${[...ids]}::bigint[])`;
}
