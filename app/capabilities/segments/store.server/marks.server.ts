// What other rooms know of customers, for conditions to ask about.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";

/** Those of the customer's marks that begin with `prefix` become exactly these. Answers whether that changed any. */
export async function setMarks(tx: Tx, shopId: ShopId, customerId: CustomerId, { prefix, marks, at }: { prefix: string; marks: readonly string[]; at: Date }): Promise<boolean> {
  const [shop, customer, wanted] = [Prisma.sql`${shopId}::bigint`, Prisma.sql`${customerId}::bigint`, Prisma.sql`${[...marks]}::text[]`];
  const rows = await tx.$queryRaw<unknown[]>`
    with gone as (delete from customer_mark where shop_id = ${shop} and customer_id = ${customer} and starts_with(mark, ${prefix}) and not mark = any (${wanted}) returning 1),
    come as (insert into customer_mark (shop_id, customer_id, mark, noted_at) select ${shop}, ${customer}, mark, ${at} from unnest(${wanted}) as mark on conflict (shop_id, customer_id, mark) do nothing returning 1)
    select 1 from gone union all select 1 from come`;
  return rows.length > 0;
}

/** Customers merged into others: what the kept customer said about the same thing stands. Answers who got any marks. */
export async function joinMarks(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<CustomerId[]> {
  const [shop, ids] = [Prisma.sql`${shopId}::bigint`, Prisma.sql`any (${[...mergedIds]}::bigint[])`];
  const rows = await tx.$queryRaw<{ customer_id: CustomerId }[]>`
    with brought as (
      select a.kept_id, t.mark, t.noted_at, ${aboutOf("t")} as about, t.customer_id = first_value(t.customer_id) over (partition by a.kept_id, ${aboutOf("t")} order by t.customer_id) as is_first
        from customer_mark t join customer_alias a on a.shop_id = ${shop} and a.id = t.customer_id and a.kept_id is not null where t.shop_id = ${shop} and t.customer_id = ${ids})
    insert into customer_mark (shop_id, customer_id, mark, noted_at)
    select ${shop}, b.kept_id, b.mark, b.noted_at from brought b
     where b.is_first and not exists (select 1 from customer_mark k where k.shop_id = ${shop} and k.customer_id = b.kept_id and ${aboutOf("k")} = b.about) order by 2, 3
    on conflict (shop_id, customer_id, mark) do nothing returning customer_id`;
  await tx.customerMark.deleteMany({ where: { shopId, customerId: { in: [...mergedIds] } } });
  return [...new Set(rows.map((row) => row.customer_id))];
}

/** A mark without its last part: which survey an answer was given to. */
const aboutOf = (row: "t" | "k"): Prisma.Sql => Prisma.raw(`regexp_replace(${row}.mark, ':[^:]*$', '')`);

export async function forgetMarks(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  await tx.customerMark.deleteMany({ where: { shopId, customerId } });
}
