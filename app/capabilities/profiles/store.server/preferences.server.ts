// How people like to be met.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate, toDate } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { LANGUAGES } from "../../../values/words.ts";
import { CHANNELS, NO_PREFERENCE, type Preference } from "../model.ts";

export async function readPreference(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Preference> {
  const row = await tx.contactPreference.findUnique({ where: { shopId_customerId: { shopId, customerId } } });
  if (!row) return NO_PREFERENCE;
  return {
    channel: CHANNELS.find((known) => known === row.channel) ?? null, language: LANGUAGES.find((known) => known === row.language) ?? null,
    everyDays: row.everyDays, birthOn: row.birthOn && dayOfDate(row.birthOn),
  };
}

export async function savePreference(tx: Tx, shopId: ShopId, customerId: CustomerId, preference: Preference, at: Date): Promise<void> {
  const row = { ...preference, birthOn: preference.birthOn && toDate(preference.birthOn), updatedAt: at };
  await tx.contactPreference.upsert({ where: { shopId_customerId: { shopId, customerId } }, create: { shopId, customerId, ...row }, update: row });
}

/** Customers merged into others: what was noted of them goes with them, unless something was noted of those they are now. */
export async function joinPreferences(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  const ids = Prisma.sql`any (${[...mergedIds]}::bigint[])`;
  await tx.$executeRaw`
    insert into contact_preference (shop_id, customer_id, channel, language, every_days, birth_on, updated_at)
    select distinct on (a.kept_id) ${shopId}::bigint, a.kept_id, w.channel, w.language, w.every_days, w.birth_on, w.updated_at
      from contact_preference w join customer_alias a on a.shop_id = ${shopId}::bigint and a.id = w.customer_id
     where w.shop_id = ${shopId}::bigint and w.customer_id = ${ids} and a.kept_id is not null order by a.kept_id, w.updated_at desc
    on conflict (shop_id, customer_id) do nothing`;
  await tx.$executeRaw`delete from contact_preference where shop_id = ${shopId}::bigint and customer_id = ${ids}`;
}
