// How people like to be met.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, toDate } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { CHANNELS, LANGUAGES, NO_PREFERENCE, type Preference } from "../model.ts";

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
