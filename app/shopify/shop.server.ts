// Asks a shop who it is.
import { z } from "zod";
import type { ShopId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { parseShopNode } from "./parse/shop.ts";
import { shopQuery } from "./queries/shop.ts";
import type { ShopSnapshot } from "./snapshots.ts";

const answerSchema = z.object({
  shop: z.unknown(),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
});

/** The truth about name, zone, currency and granted scopes, whatever a lost webhook failed to say. */
export async function readRemoteShop(domain: string): Promise<{ id: ShopId; snapshot: ShopSnapshot; scopes: string[] }> {
  const { shop, currentAppInstallation } = await askShopify(domain, shopQuery, {}, answerSchema);
  return { ...parseShopNode(shop), scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle).sort() };
}
