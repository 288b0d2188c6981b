// What shopify.app.toml says to Shopify: the scopes it asks for and the topics it wants to hear of.

import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";
import { SandboxError } from "../shop/model.ts";

export type Subscription = { topic: string; uri: string; name?: string; includeFields?: string[] };
export type AppConfig = {
  clientId: string | null;
  name: string | null;
  handle: string | null;
  scopes: string[];
  optionalScopes: string[];
  subscriptions: Subscription[];
  apiVersion: string | null;
};

export const complianceTopics = ["customers/data_request", "customers/redact", "shop/redact"] as const;

// A scope a topic needs; topics without one may be heard by every app. Topics that are not here are unknown to the sandbox.
const topicScopes: Readonly<Record<string, string | null>> = {
  "orders/create": "read_orders", "orders/updated": "read_orders", "orders/edited": "read_orders", "orders/cancelled": "read_orders",
  "orders/paid": "read_orders", "orders/fulfilled": "read_orders", "orders/partially_fulfilled": "read_orders", "orders/delete": "read_orders", "refunds/create": "read_orders",
  "customers/create": "read_customers", "customers/update": "read_customers", "customers/delete": "read_customers",
  "customers/enable": "read_customers", "customers/disable": "read_customers",
  "customers_email_marketing_consent/update": "read_customers", "customers_marketing_consent/update": "read_customers",
  "customer.tags_added": "read_customers", "customer.tags_removed": "read_customers", "customers/purchasing_summary": "read_customers",
  "customer.joined_segment": "read_customers", "customer.left_segment": "read_customers",
  "customers/merge": "read_customer_merge",
  "products/create": "read_products", "products/update": "read_products", "products/delete": "read_products",
  "discounts/redeemcode_added": "read_discounts", "discounts/redeemcode_removed": "read_discounts",
  "app/uninstalled": null, "app/scopes_update": null, "app_subscriptions/update": null, "shop/update": null, "bulk_operations/finish": null,
  "customers/data_request": null, "customers/redact": null, "shop/redact": null,
};

export const scopeOfTopic = (topic: string): string | null => topicScopes[topic] ?? null;

const SubscriptionTable = z.strictObject({
  topics: z.array(z.string()).optional(),
  compliance_topics: z.array(z.enum(complianceTopics)).optional(),
  uri: z.string(),
  name: z.string().min(1).max(50).optional(),
  include_fields: z.array(z.string()).optional(),
});

const Toml = z.object({
  client_id: z.string().nullable().default(null).transform((id) => id || null), // empty until `shopify app config link`
  name: z.string().nullable().default(null),
  handle: z.string().nullable().default(null),
  access_scopes: z.object({ scopes: z.string().default(""), optional_scopes: z.array(z.string()).default([]) }).prefault({}),
  webhooks: z.object({ api_version: z.string().optional(), subscriptions: z.array(SubscriptionTable).default([]) }).prefault({}),
});

export function readAppConfig(tomlFile: string): AppConfig {
  let text: string;
  try {
    text = readFileSync(tomlFile, "utf8");
  } catch {
    throw new SandboxError(`There is no ${tomlFile}: the sandbox reads the app's scopes and webhook subscriptions from it.`);
  }
  return parseAppConfig(text, tomlFile);
}

export function parseAppConfig(text: string, tomlFile = "shopify.app.toml"): AppConfig {
  const parsed = Toml.safeParse(parse(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new SandboxError(`${tomlFile}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it cannot be read"}`);
  }
  const { client_id: clientId, name: appName, handle, access_scopes, webhooks } = parsed.data;
  const subscriptions = webhooks.subscriptions.flatMap(({ topics = [], compliance_topics = [], uri, name, include_fields }) => {
    if (topics.length + compliance_topics.length === 0) throw new SandboxError(`${tomlFile}: the webhook subscription to ${uri} names no topics.`);
    return [...topics, ...compliance_topics].map((topic): Subscription => ({
      topic, uri, ...(name === undefined ? {} : { name }), ...(include_fields === undefined ? {} : { includeFields: include_fields }),
    }));
  });
  const scopes = splitScopes(access_scopes.scopes);
  checkSubscriptions(subscriptions, scopes, tomlFile);
  return { clientId, name: appName, handle, scopes, optionalScopes: access_scopes.optional_scopes, subscriptions, apiVersion: webhooks.api_version ?? null };
}

const splitScopes = (text: string): string[] => text.split(",").map((scope) => scope.trim()).filter(Boolean);

function checkSubscriptions(subscriptions: readonly Subscription[], scopes: readonly string[], tomlFile: string): void {
  const seen = new Set<string>();
  for (const { topic, uri } of subscriptions) {
    const scope = topicScopes[topic];
    if (scope === undefined) throw new SandboxError(`${tomlFile}: "${topic}" is not a webhook topic the sandbox knows.`);
    if (scope !== null && !scopes.includes(scope) && !scopes.includes(scope.replace(/^read_/, "write_"))) {
      throw new SandboxError(`${tomlFile}: the webhook topic ${topic} needs the access scope ${scope}.`);
    }
    const key = `${topic} ${uri}`;
    if (seen.has(key)) throw new SandboxError(`${tomlFile}: the webhook topic ${topic} is subscribed to ${uri} twice.`);
    seen.add(key);
  }
}
