// app/*, shop/* and bulk_operations/finish, as Shopify words them.

import type { Id, Instant, ShopDoc } from "../model.ts";
import { countryName, gid, number, wordsOf } from "./words.ts";

/** shop/update and app/uninstalled */
export function shopPayload(shop: ShopDoc): string {
  const { moment } = wordsOf(shop);
  return JSON.stringify({
    id: number(shop.id),
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    province: null,
    country: shop.countryCode,
    address1: null,
    zip: null,
    city: null,
    source: null,
    phone: null,
    latitude: null,
    longitude: null,
    primary_locale: "en",
    address2: null,
    created_at: moment(shop.createdAt),
    updated_at: moment(shop.createdAt),
    country_code: shop.countryCode,
    country_name: countryName(shop.countryCode),
    currency: shop.currency,
    customer_email: shop.email,
    timezone: shop.timeZone,
    iana_timezone: shop.timeZone,
    shop_owner: shop.name,
    money_format: `{{amount}} ${shop.currency}`,
    money_with_currency_format: `{{amount}} ${shop.currency}`,
    weight_unit: "kg",
    province_code: null,
    taxes_included: false,
    auto_configure_tax_inclusivity: null,
    tax_shipping: null,
    county_taxes: null,
    plan_display_name: shop.planName,
    plan_name: shop.planName.toLowerCase(),
    has_discounts: true,
    has_gift_cards: false,
    myshopify_domain: shop.domain,
    google_apps_domain: null,
    google_apps_login_enabled: null,
    money_in_emails_format: `{{amount}} ${shop.currency}`,
    money_with_currency_in_emails_format: `{{amount}} ${shop.currency}`,
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    finances: true,
    primary_location_id: null,
    checkout_api_supported: true,
    multi_location_enabled: false,
    setup_required: false,
    pre_launch_enabled: false,
    enabled_presentment_currencies: [shop.currency],
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
  });
}

export const shopRedactPayload = (shop: ShopDoc): string => JSON.stringify({ shop_id: number(shop.id), shop_domain: shop.domain });

export const scopesPayload = (shop: ShopDoc, { appId, previous, current, at }: { appId: Id; previous: readonly string[]; current: readonly string[]; at: Instant }): string =>
  JSON.stringify({ id: number(appId), shop_id: gid("Shop", shop.id), previous, current, updated_at: at });

export type FinishedOperation = { gid: string; createdAt: Instant; completedAt: Instant; errorCode: string | null; status: string };

export const bulkFinishedPayload = (shop: ShopDoc, operation: FinishedOperation): string =>
  JSON.stringify({
    admin_graphql_api_id: operation.gid,
    completed_at: wordsOf(shop).moment(operation.completedAt),
    created_at: wordsOf(shop).moment(operation.createdAt),
    error_code: operation.errorCode?.toLowerCase() ?? null,
    status: operation.status.toLowerCase(),
    type: "query",
  });
