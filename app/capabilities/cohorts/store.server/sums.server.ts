// The sums kept true: one statement moves what changed about some customers, one transaction builds everything anew, and the two agree.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { freshMembers, MEMBER, MEMBER_ASSIGNED, memberOf, SUMS } from "./members.server.ts";

const shopOf = (shopId: ShopId): Prisma.Sql => Prisma.sql`${shopId}::bigint`;
const list = (names: readonly string[], write: (name: string) => string): Prisma.Sql => Prisma.raw(names.map(write).join(", "));
const quoted = (name: string): string => `"${name}"`;

/** Waits for whoever follows this shop's customers now. */
export async function takeLock(tx: Tx, shopId: ShopId): Promise<Date | null> {
  await tx.$executeRaw`insert into cohort_lock (shop_id) values (${shopOf(shopId)}) on conflict (shop_id) do nothing`;
  const [row] = await tx.$queryRaw<{ rebuilt_at: Date | null }[]>`select rebuilt_at from cohort_lock where shop_id = ${shopOf(shopId)} for update`;
  return row?.rebuilt_at ?? null;
}

export const stampRebuild = (tx: Tx, shopId: ShopId, stood: { rebuiltAt: Date; collectionChanges: number }): Promise<unknown> => tx.cohortLock.update({ where: { shopId }, data: stood });

export const stampComparison = (tx: Tx, shopId: ShopId, found: { comparedAt: Date; differing: number; collectionChanges: number }): Promise<unknown> => tx.cohortLock.update({ where: { shopId }, data: found });

export const stampMeasures = (tx: Tx, shopId: ShopId, measuredAt: Date): Promise<unknown> => tx.cohortLock.update({ where: { shopId }, data: { measuredAt } });

export const findLock = (tx: Tx, shopId: ShopId): Promise<{ rebuiltAt: Date | null; comparedAt: Date | null; measuredAt: Date | null } | null> => tx.cohortLock.findUnique({ where: { shopId } });
export const listLocks = (tx: Tx): Promise<{ shopId: bigint; rebuiltAt: Date | null; comparedAt: Date | null; measuredAt: Date | null }[]> => tx.cohortLock.findMany({ where: { rebuiltAt: { not: null } } });

/** Shops whose sums were built anew by analytics since they were here. */
export const listShopsToRebuild = (tx: Tx): Promise<{ shop_id: bigint }[]> =>
  tx.$queryRaw`select r.shop_id from refresh_lock r left join cohort_lock l on l.shop_id = r.shop_id where r.rebuilt_at is not null and r.rebuilt_at is distinct from l.rebuilt_at`;

/** Shops whose collections hold other products than the members were counted with, once a reading of them is over. */
export const listShopsToCompare = (tx: Tx): Promise<{ shop_id: bigint }[]> => tx.$queryRaw`
  select l.shop_id from cohort_lock l join orders_tally t on t.shop_id = l.shop_id left join collection_reading r on r.shop_id = l.shop_id
   where l.rebuilt_at is not null and t.collection_changes <> l.collection_changes and (r.began_at is null or r.finished_at >= r.began_at)`;

/** Moves the sums by what changed about these customers, those who are gone included. Rows are written in key order, so two writers can queue but not deadlock. */
export async function follow(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], hasCosts: boolean): Promise<void> {
  const shop = shopOf(shopId);
  const moves = SUMS.map(({ table, keys, numbers, of }) => Prisma.sql`
    ${Prisma.raw(`${table}_moved`)} as (
      insert into ${Prisma.raw(table)} as k (shop_id, ${list([...keys, ...numbers], quoted)})
      select ${shop}, d.* from (${of(Prisma.raw("signed"))}) d where (${list(numbers, (name) => `d."${name}"`)}) is distinct from (${list(numbers, () => "0")}) order by ${list(keys, (name) => `d."${name}"`)}
      on conflict (shop_id, ${list(keys, quoted)}) do update set ${list(numbers, (name) => `"${name}" = k."${name}" + excluded."${name}"`)} returning 1)`);
  await tx.$executeRaw`
    with person as (select distinct unnest(${[...customerIds]}::bigint[]) as customer_id),
    fresh as (${freshMembers(shop, Prisma.raw("person"), hasCosts)}),
    kept as (select m.customer_id, ${memberOf("m")} from person p join cohort_member m on m.shop_id = ${shop} and m.customer_id = p.customer_id),
    changed as (select customer_id from fresh f full join kept k using (customer_id) where (${memberOf("f")}) is distinct from (${memberOf("k")})),
    signed as (
      select 1 as sign, customer_id, ${MEMBER} from fresh where customer_id in (select customer_id from changed)
      union all select -1, customer_id, ${MEMBER} from kept where customer_id in (select customer_id from changed)),
    ${Prisma.join(moves)},
    dropped as (delete from cohort_member m using changed c where m.shop_id = ${shop} and m.customer_id = c.customer_id and c.customer_id not in (select customer_id from fresh) returning 1)
    insert into cohort_member (shop_id, customer_id, ${MEMBER})
    select ${shop}, customer_id, ${MEMBER} from fresh where customer_id in (select customer_id from changed) order by customer_id
    on conflict (shop_id, customer_id) do update set ${MEMBER_ASSIGNED}`;
}

/** Forgets the sums and builds them from the orders. */
export async function rebuild(tx: Tx, shopId: ShopId, hasCosts: boolean): Promise<void> {
  const shop = shopOf(shopId);
  await tx.$executeRaw`set local work_mem = '128MB'`;
  for (const table of ["cohort_member", ...SUMS.map(({ table }) => table)]) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shop}`;
  await tx.$executeRaw`insert into cohort_member (shop_id, customer_id, ${MEMBER}) select ${shop}, f.* from (${freshMembers(shop, everybody(shop), hasCosts)}) f`;
  await tx.$executeRaw`analyze cohort_member`;
  for (const { table, keys, numbers, of } of SUMS) {
    await tx.$executeRaw`insert into ${Prisma.raw(table)} (shop_id, ${list([...keys, ...numbers], quoted)}) select ${shop}, d.* from (${of(membersOf(shop))}) d`;
  }
}

const everybody = (shop: Prisma.Sql) => Prisma.sql`(select customer_id from customer_fact where shop_id = ${shop})`;
const membersOf = (shop: Prisma.Sql) => Prisma.sql`(select 1 as sign, customer_id, ${MEMBER} from cohort_member where shop_id = ${shop})`;

/** Customers whose member differs from what their orders say now. */
export async function listDiffering(tx: Tx, shopId: ShopId, { limit, hasCosts }: { limit: number; hasCosts: boolean }): Promise<CustomerId[]> {
  const shop = shopOf(shopId);
  const rows = await tx.$queryRaw<{ customer_id: CustomerId }[]>`
    select customer_id from (${freshMembers(shop, everybody(shop), hasCosts)}) f full join (select * from cohort_member where shop_id = ${shop}) k using (customer_id)
     where (${memberOf("f")}) is distinct from (${memberOf("k")}) order by 1 limit ${limit}`;
  return rows.map((row) => row.customer_id);
}

/** How many rows of the sums differ from what the members add up to; rows of zeros are as good as none. */
export async function countDifferences(tx: Tx, shopId: ShopId): Promise<number> {
  const shop = shopOf(shopId);
  let differing = 0;
  for (const { table, keys, numbers, of } of SUMS) {
    const all = list([...keys, ...numbers], quoted);
    const kept = Prisma.sql`select ${all} from ${Prisma.raw(table)} where shop_id = ${shop} and (${list(numbers, quoted)}) is distinct from (${list(numbers, () => "0")})`;
    const built = Prisma.sql`select ${all} from (${of(membersOf(shop))}) d where (${list(numbers, quoted)}) is distinct from (${list(numbers, () => "0")})`;
    const [row] = await tx.$queryRaw<{ differing: number }[]>`select count(*)::int as differing from ((${kept} except ${built}) union all (${built} except ${kept})) x`;
    differing += row?.differing ?? 0;
  }
  return differing;
}

export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<unknown> {
  const [row] = await tx.$queryRaw<{ person: unknown }[]>`select to_jsonb(m) - 'shop_id' - 'customer_id' as person from cohort_member m where m.shop_id = ${shopOf(shopId)} and m.customer_id = ${customerId}::bigint`;
  return row?.person ?? null;
}

const TABLES = ["cohort_member", "cohort_cell", "cohort_week", "cohort_age", "order_step", "order_gap", "next_product", "trait_total", "first_product", "bright_spot", "replenishment", "acquisition_cost", "cohort_lock"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopOf(shopId)}`;
}
