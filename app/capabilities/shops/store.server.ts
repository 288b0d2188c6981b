// Every line of SQL about shops and the domains they answer to.
import type { Shop as ShopRow } from "../../../prisma/generated/client.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { ShopSnapshot } from "../../shopify/snapshots.ts";
import { dayOfDate, toDate, type Day } from "../../values/day.ts";
import { parseId, type ShopId } from "../../values/ids.ts";
import type { Shop } from "./model.ts";

export async function findShop(tx: Tx, shopId: ShopId): Promise<Shop | null> {
  const row = await tx.shop.findUnique({ where: { id: shopId } });
  return row && toShop(row);
}

/** Whose news is it? The one question asked without knowing the shop. */
export async function findShopId(tx: Tx, domain: string): Promise<ShopId | null> {
  const row = await tx.shopDomain.findUnique({ where: { domain } });
  return row && parseId<ShopId>(row.shopId);
}

export async function listInstalled(tx: Tx): Promise<Shop[]> {
  const rows = await tx.shop.findMany({ where: { uninstalledAt: null }, orderBy: { id: "asc" } });
  return rows.map(toShop);
}

type Installation = { id: ShopId; domain: string; snapshot: ShopSnapshot; scopes: string[]; at: Date };

/** Answers false when the shop is already here: of two installs at once, one adds it. */
export async function addShop(tx: Tx, { id, domain, snapshot, scopes, at }: Installation): Promise<boolean> {
  const added = await tx.shop.createMany({
    data: [{ id, domain, ...snapshot, scopes: scopes.join(","), installedAt: at }],
    skipDuplicates: true,
  });
  return added.count === 1;
}

/** Answers false when the shop was not uninstalled. */
export async function reopenShop(tx: Tx, { id, domain, scopes, at }: Installation): Promise<boolean> {
  const reopened = await tx.shop.updateMany({
    where: { id, uninstalledAt: { not: null } },
    data: { domain, scopes: scopes.join(","), installedAt: at, uninstalledAt: null },
  });
  return reopened.count === 1;
}

/** A domain that moved to another shop belongs to the one that proved it last. */
export async function pointDomain(tx: Tx, shopId: ShopId, domain: string): Promise<void> {
  await tx.shopDomain.upsert({ where: { domain }, create: { domain, shopId }, update: { shopId } });
}

/** Late news of an uninstall before the present installation closes nothing. */
export async function closeShop(tx: Tx, shopId: ShopId, at: Date): Promise<boolean> {
  const closed = await tx.shop.updateMany({
    where: { id: shopId, uninstalledAt: null, installedAt: { lt: at } },
    data: { uninstalledAt: at },
  });
  return closed.count === 1;
}

export async function describeShop(tx: Tx, shopId: ShopId, snapshot: ShopSnapshot): Promise<void> {
  await tx.shop.updateMany({ where: { id: shopId }, data: snapshot });
}

export async function changeScopes(tx: Tx, shopId: ShopId, scopes: string[]): Promise<void> {
  await tx.shop.updateMany({ where: { id: shopId }, data: { scopes: scopes.join(",") } });
}

/** Answers false when this night, or a later one, was already noted. */
export async function noteNight(tx: Tx, shopId: ShopId, day: Day): Promise<boolean> {
  const noted = await tx.shop.updateMany({
    where: { id: shopId, OR: [{ lastNightOn: null }, { lastNightOn: { lt: toDate(day) } }] },
    data: { lastNightOn: toDate(day) },
  });
  return noted.count === 1;
}

/** The shop of this number and its addresses, gone. */
export const holdUninstalled = async (tx: Tx, shopId: ShopId): Promise<boolean> =>
  (await tx.$queryRaw<unknown[]>`select 1 from shop where id = ${shopId}::bigint and uninstalled_at is not null for update`).length > 0;

export async function deleteShop(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.shopDomain.deleteMany({ where: { shopId } });
  await tx.shop.deleteMany({ where: { id: shopId } });
}

function toShop(row: ShopRow): Shop {
  return {
    id: parseId(row.id),
    domain: row.domain,
    name: row.name,
    email: row.email,
    currency: row.currency,
    timeZone: row.timeZone,
    planName: row.planName,
    scopes: row.scopes === "" ? [] : row.scopes.split(","),
    installedAt: row.installedAt,
    uninstalledAt: row.uninstalledAt,
    lastNightOn: row.lastNightOn && dayOfDate(row.lastNightOn),
  };
}
