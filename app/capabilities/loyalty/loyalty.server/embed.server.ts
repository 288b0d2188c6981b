// Whether shoppers can see the panel: the embed in the shop's theme.
import { ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable } from "../../../shopify/errors.ts";
import { findEmbed } from "../../../shopify/theme.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { EmbedStatus } from "../model/programme.ts";

export const EMBED_BLOCK = "loyalty"; // extensions/regulars-theme/blocks/loyalty.liquid

/** Nothing hangs on it, so that a shop that did not grant the scope, or Shopify being away, is no more than not knowing. */
export async function readEmbedStatus(shopId: ShopId): Promise<EmbedStatus> {
  try {
    const isOn = await findEmbed((await readShop(shopId)).domain, EMBED_BLOCK);
    return isOn === null ? "unknown" : isOn ? "on" : "off";
  } catch (error) {
    if (error instanceof ShopifyRefused || error instanceof ShopifyUnreachable || error instanceof ShopifyMisunderstanding) return "unknown";
    throw error;
  }
}
