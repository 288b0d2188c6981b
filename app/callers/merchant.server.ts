// Who of the shop's staff is asking; a shop that is not installed yet, or no longer, is installed on the way.
import type { Shop } from "../capabilities/shops/model.ts";
import { findShop, installShop } from "../capabilities/shops/shops.server.ts";
import { startBackfill } from "../capabilities/sync/sync.server.ts";
import type { Locale } from "../i18n/locales.ts";
import { now } from "../platform/clock.server.ts";
import { adminFrom, type AdminCaller } from "../shopify/callers.server.ts";
import { ShopifyRefused } from "../shopify/errors.ts";
import { readRemoteShop } from "../shopify/shop.server.ts";
import { localeFrom } from "./locale.ts";

export type Merchant = {
  shop: Shop;
  locale: Locale;
  /** Shopify's number of the staff member */
  staffId: string | null;
  /** this very request installed the shop, or installed it again */
  isNewInstall: boolean;
};

/** Throws the Response Shopify's library wants sent: a bounce page, a redirect, a 401 that App Bridge repeats. */
export async function merchantFrom(request: Request): Promise<Merchant> {
  const caller = await adminFrom(request);
  const found = await findShop(caller.domain);
  const isInstalled = found !== null && found.uninstalledAt === null;
  const { shop, isNew } = isInstalled ? { shop: found, isNew: false } : await install(request, caller);
  return { shop, locale: localeFrom(request), staffId: caller.staffId, isNewInstall: isNew };
}

/** Not a hook of the token exchange: a crash just after that would leave a token and no shop, for ever. */
async function install(request: Request, caller: AdminCaller): Promise<{ shop: Shop; isNew: boolean }> {
  const { id, snapshot, scopes } = await readWithLiveToken(request, caller);
  const installed = await installShop({ id, domain: caller.domain, snapshot, scopes, at: now() });
  if (installed.isNew) await startBackfill(installed.shop.id);
  return installed;
}

/** The stored token may date from before an uninstall. Refused, it is forgotten, and asking again exchanges a new one. */
async function readWithLiveToken(request: Request, caller: AdminCaller): ReturnType<typeof readRemoteShop> {
  try {
    return await readRemoteShop(caller.domain);
  } catch (error) {
    if (!(error instanceof ShopifyRefused && error.reason === "token")) throw error;
    await adminFrom(request);
    return await readRemoteShop(caller.domain);
  }
}
