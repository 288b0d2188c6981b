// The shop itself, and the app as the shop sees it.

import type { ShopDoc } from "../../shop/model.ts";
import { toGid } from "../gids.ts";
import { APP_ID } from "../metafields.ts";
import type { ApiContext, FieldTable } from "./field-table.ts";
import { toDateTime } from "./field-table.ts";
import { listCustomers, listOrders, listProducts } from "./listings.ts";
import { metafieldFieldsOf } from "./metafields.ts";

export const shop: FieldTable<ShopDoc> = {
  id: ({ id }) => toGid("Shop", id),
  name: ({ name }) => name,
  email: ({ email }) => email,
  contactEmail: ({ email }) => email,
  myshopifyDomain: ({ domain }) => domain,
  primaryDomain: ({ id, domain }) => ({ id: toGid("Domain", id), host: domain, url: `https://${domain}`, sslEnabled: true }),
  url: ({ domain }) => `https://${domain}`,
  currencyCode: ({ currency }) => currency,
  ianaTimezone: ({ timeZone }) => timeZone,
  taxesIncluded: () => false,
  createdAt: ({ createdAt }) => toDateTime(createdAt),
  plan: ({ planName }) => ({
    displayName: planName,
    publicDisplayName: planName,
    shopifyPlus: planName.toLowerCase().includes("plus"),
    partnerDevelopment: planName.toLowerCase().includes("development"),
  }),
  shopAddress: ({ id, countryCode }) => ({ id: toGid("ShopAddress", id), countryCodeV2: countryCode }),
  billingAddress: ({ id, countryCode }) => ({ id: toGid("ShopAddress", id), countryCodeV2: countryCode }),
  orders: (_shop, args, context) => listOrders(context, args),
  customers: (_shop, args, context) => listCustomers(context, args),
  products: (_shop, args, context) => listProducts(context, args),
  ...metafieldFieldsOf<ShopDoc>(({ id }) => toGid("Shop", id)),
};

export type AppSource = ApiContext["app"];
const INSTALLATION_ID = "588160024833";
export const installationGid = toGid("AppInstallation", INSTALLATION_ID);

export const app: FieldTable<AppSource> = {
  id: () => toGid("App", APP_ID),
  apiKey: ({ apiKey }) => apiKey,
  handle: ({ handle }) => handle,
  title: ({ name }) => name,
  embedded: () => true,
  installation: (source) => source,
};

/** Subscriptions are for the day the app bills: the pretend merchant has not chosen a plan. */
export const appInstallation: FieldTable<AppSource> = {
  id: () => installationGid,
  app: (source) => source,
  accessScopes: (_app, _args, { granted }) => [...granted].sort().map((handle) => ({ handle, description: handle.replaceAll("_", " ") })),
  activeSubscriptions: () => [],
  launchUrl: (_app, _args, context) => `https://${context.shop.domain}/admin/apps/${context.app.handle}`,
  ...metafieldFieldsOf<AppSource>(() => installationGid),
};
