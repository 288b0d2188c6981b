// Which shops are here, since when, and what Shopify allows us to do for them.
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { env } from "../../platform/env.server.ts";
import { ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable } from "../../shopify/errors.ts";
import type { ShopSnapshot } from "../../shopify/snapshots.ts";
import { findEmbed } from "../../shopify/theme.server.ts";
import type { Day } from "../../values/day.ts";
import type { ShopId } from "../../values/ids.ts";
import { THEME_BLOCKS, type Embed, type EmbedStatus, type Shop, type ThemeBlock } from "./model.ts";
import * as store from "./store.server.ts";

/** Installs, or installs again; `isNew` for exactly one of any number of calls, and after each uninstall once more. */
export const installShop = (wish: { id: ShopId; domain: string; snapshot: ShopSnapshot; scopes: string[]; at: Date }): Promise<{ shop: Shop; isNew: boolean }> =>
  inTransaction(async (tx) => {
    const isNew = (await store.addShop(tx, wish)) || (await store.reopenShop(tx, wish));
    if (!isNew) await store.changeScopes(tx, wish.id, wish.scopes);
    await store.describeShop(tx, wish.id, wish.snapshot);
    await store.pointDomain(tx, wish.id, wish.domain);
    return { shop: known(await store.findShop(tx, wish.id)), isNew };
  });

/** Also finds a shop that was uninstalled and not yet erased. */
export async function findShop(domain: string): Promise<Shop | null> {
  const shopId = await store.findShopId(db(), domain);
  return shopId && store.findShop(db(), shopId);
}

export const findShopId = (domain: string): Promise<ShopId | null> => store.findShopId(db(), domain);

/** Throws for a shop that is not here. */
export const readShop = async (shopId: ShopId): Promise<Shop> => known(await store.findShop(db(), shopId));

/** The same, in the caller's transaction. */
export const readShopIn = async (tx: Tx, shopId: ShopId): Promise<Shop> => known(await store.findShop(tx, shopId));

export const listInstalledShops = (): Promise<Shop[]> => store.listInstalled(db());

/** Answers false when there was nothing to close: closed before, or installed again since `at`. */
export const closeShop = (shopId: ShopId, at: Date): Promise<boolean> => inTransaction((tx) => store.closeShop(tx, shopId, at));

export const describeShop = (shopId: ShopId, snapshot: ShopSnapshot): Promise<void> => inTransaction((tx) => store.describeShop(tx, shopId, snapshot));

export const changeScopes = (shopId: ShopId, scopes: string[]): Promise<void> => inTransaction((tx) => store.changeScopes(tx, shopId, scopes));

/** Nothing hangs on it, so that a shop that did not grant the scope, or Shopify being away, is no more than not knowing. */
export async function readEmbedStatus({ domain }: Shop, embed: Embed): Promise<EmbedStatus> {
  try {
    const isOn = await findEmbed(domain, embed);
    return isOn === null ? "unknown" : isOn ? "on" : "off";
  } catch (error) {
    if (error instanceof ShopifyRefused || error instanceof ShopifyUnreachable || error instanceof ShopifyMisunderstanding) return "unknown";
    throw error;
  }
}

/** Opens the theme editor where it is switched on. */
export const embedAddressOf = ({ domain }: Shop, embed: Embed): string =>
  `https://${domain}/admin/themes/current/editor?${new URLSearchParams({ context: "apps", template: "index", activateAppId: `${env.SHOPIFY_API_KEY}/${embed}` }).toString()}`;

/** Opens the theme editor with the block put where it is of use, to be saved there. */
export const blockAddressesOf = ({ domain }: Shop, embed: Embed): { block: ThemeBlock; url: string }[] => THEME_BLOCKS[embed].map(([block, template]) => ({
  block, url: `https://${domain}/admin/themes/current/editor?${new URLSearchParams({ context: "apps", template, addAppBlockId: `${env.SHOPIFY_API_KEY}/${block}`, target: "newAppsSection" }).toString()}`,
}));

/** The night work of this day of the shop's calendar is done; false when it was noted before. */
export const noteNight = (shopId: ShopId, day: Day): Promise<boolean> => inTransaction((tx) => store.noteNight(tx, shopId, day));

/** Forgets the shop itself; `privacy` calls it last, after every other room. */
export const eraseShop = (tx: Tx, shopId: ShopId): Promise<void> => store.deleteShop(tx, shopId);

/** Whether the shop is here and uninstalled; it stays so until the transaction ends. */
export const holdUninstalled = (tx: Tx, shopId: ShopId): Promise<boolean> => store.holdUninstalled(tx, shopId);

function known(shop: Shop | null): Shop {
  if (shop === null) throw new Error("no such shop");
  return shop;
}
