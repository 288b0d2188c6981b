// app/*, shop/* and bulk_operations/finish, as Shopify words them.
import type { Id, Instant, ShopDoc } from "../model.ts";
import { gid, number, wordsOf } from "./words.ts";

/** shop/update and app/uninstalled */
export const shopPayload = (shop: ShopDoc): string => JSON.stringify({
  id: number(shop.id), name: shop.name, email: shop.email, domain: shop.domain, myshopify_domain: shop.domain, currency: shop.currency, iana_timezone: shop.timeZone, plan_name: shop.planName.toLowerCase(), plan_display_name: shop.planName,
  country_code: shop.countryCode, created_at: wordsOf(shop).moment(shop.createdAt), primary_locale: "en",
});

export const shopRedactPayload = (shop: ShopDoc): string => JSON.stringify({ shop_id: number(shop.id), shop_domain: shop.domain });

export const scopesPayload = (shop: ShopDoc, { appId, previous, current, at }: { appId: Id; previous: string[]; current: string[]; at: Instant }): string =>
  JSON.stringify({ id: number(appId), shop_id: gid("Shop", shop.id), previous, current, updated_at: at });

export const bulkFinishedPayload = (operation: { gid: string; completedAt: Instant; createdAt: Instant; errorCode: string | null; status: string }): string => JSON.stringify({
  admin_graphql_api_id: operation.gid, completed_at: operation.completedAt, created_at: operation.createdAt, error_code: operation.errorCode?.toLowerCase() ?? null, status: operation.status.toLowerCase(), type: "query",
});
