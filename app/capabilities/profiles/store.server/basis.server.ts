// What profiles are measured against, how far the refresh of all of them is, and what the merchant decided.
import { z } from "zod";
import type { Tx } from "../../../platform/db.server.ts";
import { toDate } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { basisSchema, DEFAULT_SETTINGS, settingsSchema, type Basis, type Settings } from "../model.ts";

export type BasisRow = { basis: Basis; settings: Settings; rebuiltAt: Date | null; isWhole: boolean; doneUpTo: bigint };

export async function findBasis(tx: Tx, shopId: ShopId): Promise<BasisRow | null> {
  const row = await tx.profileBasis.findUnique({ where: { shopId } });
  return row && { ...written.parse(row.basis), rebuiltAt: row.rebuiltAt, isWhole: row.isWhole, doneUpTo: row.doneUpTo };
}

/** Shops whose day has begun, whose sums were built anew, or whose round over everybody is not over; perhaps a few more, whose settings are only written differently. */
export const listUnfinished = (tx: Tx, at: Date): Promise<{ id: bigint }[]> => tx.$queryRaw`
  select s.id from shop s join refresh_lock r on r.shop_id = s.id left join profile_basis b on b.shop_id = s.id left join profile_setting w on w.shop_id = s.id
   where s.uninstalled_at is null and r.rebuilt_at is not null
     and (b.is_whole is not true or b.as_of <> (${at}::timestamptz at time zone s.time_zone)::date or b.rebuilt_at is distinct from r.rebuilt_at
          or b.basis -> 'settings' is distinct from coalesce(w.settings, ${toJson(DEFAULT_SETTINGS)}::jsonb))`;

/** With the settings it was measured by: they hold until everybody is measured anew. */
const written = z.object({ basis: basisSchema, settings: settingsSchema });

/** Every profile is to be computed anew against this. */
export async function saveBasis(tx: Tx, shopId: ShopId, { basis, settings, rebuiltAt }: { basis: Basis; settings: Settings; rebuiltAt: Date }): Promise<void> {
  const row = { asOf: toDate(basis.asOf), rebuiltAt, isWhole: false, doneUpTo: 0n, basis: { basis, settings } };
  await tx.profileBasis.upsert({ where: { shopId }, create: { shopId, ...row }, update: row });
}

/** What everybody is measured against is out of date, whatever day it is of. */
export async function outdateBasis(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.profileBasis.updateMany({ where: { shopId }, data: { rebuiltAt: null } });
}

export async function noteFollowed(tx: Tx, shopId: ShopId, at: Date): Promise<void> {
  await tx.profileBasis.updateMany({ where: { shopId }, data: { followedAt: at } });
}

export const findFollowedAt = async (tx: Tx, shopId: ShopId): Promise<Date | null> => (await tx.profileBasis.findUnique({ where: { shopId }, select: { followedAt: true } }))?.followedAt ?? null;

export async function noteProgress(tx: Tx, shopId: ShopId, { doneUpTo, isWhole }: { doneUpTo: bigint; isWhole: boolean }): Promise<void> {
  await tx.profileBasis.updateMany({ where: { shopId }, data: { doneUpTo, isWhole } });
}

export async function readSettings(tx: Tx, shopId: ShopId): Promise<Settings> {
  const row = await tx.profileSetting.findUnique({ where: { shopId } });
  return row ? settingsSchema.parse(row.settings) : DEFAULT_SETTINGS;
}

/** Two who change different things at once both have their way. */
export async function changeSettings(tx: Tx, shopId: ShopId, change: Partial<Settings>): Promise<void> {
  await tx.profileSetting.createMany({ data: [{ shopId, settings: DEFAULT_SETTINGS }], skipDuplicates: true });
  await tx.$executeRaw`update profile_setting set settings = settings || ${toJson(change)}::jsonb where shop_id = ${shopId}::bigint`;
}
