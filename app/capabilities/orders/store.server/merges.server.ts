// Customers Shopify made one: their orders move, and late news about the one who is gone goes where the orders went.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import type { Merge } from "../model.ts";
import { columnsOf, textOf } from "../../../platform/columns.server.ts";

const pair = columnsOf({ id: "bigint" }, { kept_id: "bigint" });
const pairsOf = (merges: readonly Resolved[]) => pair.from(merges.map(({ id, keptId }) => ({ id: String(id), kept_id: textOf(keptId) })));

/** `keptId` null: who was kept has been deleted or erased meanwhile. */
export type Resolved = { id: CustomerId; keptId: CustomerId | null };

/** Where these merges end, earlier ones counted in. */
export async function resolveMerges(tx: Tx, shopId: ShopId, merges: readonly Merge[]): Promise<Resolved[]> {
  const rows = await tx.$queryRaw<{ id: CustomerId; kept_id: CustomerId | null }[]>`
    select r.id, case when a.id is null then r.kept_id else a.kept_id end as kept_id
      from ${pairsOf(merges.map(({ deletedId, keptId }) => ({ id: deletedId, keptId })))}
      left join customer_alias a on a.shop_id = ${shopId}::bigint and a.id = r.kept_id
     where a.kept_id is distinct from r.id`;
  return rows.map((row) => ({ id: row.id, keptId: row.kept_id }));
}

/** Earlier aliases of who is gone now point to who was kept, so that a chain is never longer than one step. */
export async function saveAliases(tx: Tx, shopId: ShopId, merges: readonly Resolved[]): Promise<void> {
  const shop = Prisma.sql`${shopId}::bigint`;
  await tx.$executeRaw`
    insert into customer_alias (shop_id, id, kept_id) select ${shop}, r.id, r.kept_id from ${pairsOf(merges)} order by r.id
    on conflict (shop_id, id) do update set kept_id = excluded.kept_id`;
  await tx.$executeRaw`update customer_alias t set kept_id = r.kept_id from ${pairsOf(merges)} where t.shop_id = ${shop} and t.kept_id = r.id`;
}

/** Answers who the counted ones counted for, before and after. */
export async function moveOrders(tx: Tx, shopId: ShopId, merges: readonly Resolved[]): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ old_buyer_id: bigint; buyer_id: bigint; is_counted: boolean }[]>`
    update orders t set customer_id = r.kept_id, buyer_id = coalesce(r.kept_id, -t.id)
      from ${pairsOf(merges)}
     where t.shop_id = ${shopId}::bigint and t.buyer_id = r.id and not t.is_erased
    returning r.id as old_buyer_id, t.buyer_id, t.is_counted`;
  return rows.flatMap((row) => (row.is_counted ? [row.old_buyer_id, row.buyer_id] : []));
}
