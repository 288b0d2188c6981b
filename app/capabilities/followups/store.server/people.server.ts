// What is known of people in this room: shown, joined, erased.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";

const TABLES = ["followup", "followup_entry", "followup_task", "last_contact"] as const;

/** Customers merged into others: what was done about them was done about those they are now. */
export async function joinPeople(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  if (mergedIds.length === 0) return;
  const [shop, ids] = [Prisma.sql`${shopId}::bigint`, Prisma.sql`any (${[...mergedIds]}::bigint[])`];
  const kept = Prisma.sql`customer_alias a on a.shop_id = ${shop} and a.id = t.customer_id and a.kept_id is not null`;
  await tx.$executeRaw`
    insert into followup_entry (shop_id, customer_id, kind, wish_id, written_at, staff_id, channel, note, chance_30, snoozed_until)
    select ${shop}, a.kept_id, t.kind, t.wish_id, t.written_at, t.staff_id, t.channel, t.note, t.chance_30, t.snoozed_until from followup_entry t join ${kept} where t.shop_id = ${shop} and t.customer_id = ${ids} order by t.id
    on conflict (shop_id, wish_id, customer_id) do nothing`;
  await tx.$executeRaw`
    insert into followup as f (shop_id, customer_id, snoozed_until, contacted_at)
    select ${shop}, a.kept_id, max(t.snoozed_until), max(t.contacted_at) from followup t join ${kept} where t.shop_id = ${shop} and t.customer_id = ${ids} group by a.kept_id order by 2
    on conflict (shop_id, customer_id) do update set snoozed_until = greatest(f.snoozed_until, excluded.snoozed_until), contacted_at = greatest(f.contacted_at, excluded.contacted_at)`;
  await tx.$executeRaw`
    insert into last_contact as f (shop_id, customer_id, contacted_at, kind)
    select distinct on (a.kept_id) ${shop}, a.kept_id, t.contacted_at, t.kind from last_contact t join ${kept} where t.shop_id = ${shop} and t.customer_id = ${ids} order by a.kept_id, t.contacted_at desc
    on conflict (shop_id, customer_id) do update set contacted_at = excluded.contacted_at, kind = excluded.kind where f.contacted_at < excluded.contacted_at`;
  await tx.$executeRaw`update followup_task t set customer_id = a.kept_id from customer_alias a where a.shop_id = ${shop} and a.id = t.customer_id and a.kept_id is not null and t.shop_id = ${shop} and t.customer_id = ${ids}`;
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shop} and customer_id = ${ids}`;
}

/** Everything this room knows of one person. */
export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const rowsOf = (table: string) => Prisma.sql`
    (select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id'), '[]') from ${Prisma.raw(table)} t where t.shop_id = ${shopId}::bigint and t.customer_id = ${customerId}::bigint)`;
  const [row] = await tx.$queryRaw<{ person: Record<string, unknown> }[]>`
    select jsonb_build_object('followup', ${rowsOf("followup")}, 'followupEntries', ${rowsOf("followup_entry")}, 'followupTasks', ${rowsOf("followup_task")}, 'lastContact', ${rowsOf("last_contact")}) as person`;
  return row?.person ?? {};
}

export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint`;
}

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
