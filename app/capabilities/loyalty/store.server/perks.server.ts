// What was made at Shopify for each tier.
import type { Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { PerkKind } from "../rules/perks.ts";

export type MadePerk = { tierId: string; kind: PerkKind; shopifyId: string; segmentId: string; terms: string };

export async function listPerks(tx: Tx, shopId: ShopId): Promise<MadePerk[]> {
  const rows = await tx.tierPerk.findMany({ where: { shopId }, orderBy: [{ tierId: "asc" }, { kind: "asc" }] });
  return rows.map(({ tierId, kind, shopifyId, segmentId, terms }) => ({ tierId, kind: kind === "percent_off" ? "percent_off" : "free_shipping", shopifyId, segmentId, terms }));
}

export async function savePerk(tx: Tx, shopId: ShopId, perk: MadePerk): Promise<void> {
  const { tierId, kind } = perk;
  await tx.tierPerk.upsert({ where: { shopId_tierId_kind: { shopId, tierId, kind } }, create: { shopId, ...perk }, update: perk });
}

export const dropPerk = (tx: Tx, shopId: ShopId, { tierId, kind }: Pick<MadePerk, "tierId" | "kind">): Promise<unknown> => tx.tierPerk.deleteMany({ where: { shopId, tierId, kind } });
