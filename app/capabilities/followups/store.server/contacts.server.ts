// When people were last reached by anything, so that they are left in peace for a while.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { CHANNELS } from "../../profiles/model.ts";
import type { Peace } from "../rules.ts";

/** One statement: of two at once the second waits for the first one's row, and finds it too new. */
export async function tryContact(tx: Tx, shopId: ShopId, customerId: CustomerId, { kind, at, restDays }: { kind: string; at: Date; restDays: number }): Promise<boolean> {
  const [shop, customer] = [Prisma.sql`${shopId}::bigint`, Prisma.sql`${customerId}::bigint`];
  const preference = Prisma.sql`contact_preference w where w.shop_id = ${shop} and w.customer_id = ${customer}`;
  const restsFrom = Prisma.sql`${at}::timestamptz - make_interval(hours => 24 * greatest(${restDays}::int, (select w.every_days from ${preference})))`;
  const count = await tx.$executeRaw`
    insert into last_contact as t (shop_id, customer_id, contacted_at, kind)
    select ${shop}, ${customer}, ${at}, ${kind}
     where not exists (select 1 from ${preference} and w.channel = 'none')
       and not exists (select 1 from followup b where b.shop_id = ${shop} and b.customer_id = ${customer} and b.contacted_at > ${restsFrom})
    on conflict (shop_id, customer_id) do update set contacted_at = excluded.contacted_at, kind = excluded.kind where t.contacted_at <= ${restsFrom}`;
  return count > 0;
}

/** Of each of these, known or not. */
export async function listPeace(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<(Peace & { customerId: CustomerId })[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const rows = await tx.$queryRaw<{ customerId: CustomerId; lastAt: Date | null; channel: string | null; everyDays: number | null }[]>`
    select u.id as "customerId", greatest(t.contacted_at, b.contacted_at) as "lastAt", w.channel, w.every_days as "everyDays"
      from unnest(${[...customerIds]}::bigint[]) as u(id)
      left join last_contact t on t.shop_id = ${shop} and t.customer_id = u.id
      left join followup b on b.shop_id = ${shop} and b.customer_id = u.id
      left join contact_preference w on w.shop_id = ${shop} and w.customer_id = u.id`;
  return rows.map(({ channel, ...row }) => ({ ...row, channel: CHANNELS.find((known) => known === channel) ?? null }));
}
