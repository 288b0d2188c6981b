// One fact, one place: what the code speaks, the toml asks for and the docs explain is the same.
import { readFileSync } from "node:fs";
import { ApiVersion } from "@shopify/shopify-api";
import { expect, test } from "vitest";
import { API_VERSION } from "../../app/shopify/api-version.ts";
import { API_VERSION as SANDBOX_VERSION } from "../../sandbox/admin-api/schema.ts";
import { complianceTopics, readAppConfig, scopeOfTopic } from "../../sandbox/webhooks/app-config.ts";

const config = readAppConfig("shopify.app.toml");

test("code, toml, sandbox and Shopify's library speak one API version", () => {
  expect(config.apiVersion).toBe(API_VERSION);
  expect(SANDBOX_VERSION).toBe(API_VERSION);
  expect(Object.values<string>(ApiVersion)).toContain(API_VERSION);
});

test("every scope has its line in docs/scopes.md, and no line is left over", () => {
  const lines = readFileSync("docs/scopes.md", "utf8").match(/^\| `(\w+)`/gm) ?? [];
  expect(lines.map((line) => line.slice(3, -1)).sort()).toEqual([...config.scopes, ...config.optionalScopes].toSorted());
});

test("every scope is needed by a topic, but the one for old orders and those for what is written or shown", () => {
  const needed = new Set(config.subscriptions.map(({ topic }) => scopeOfTopic(topic)).filter((scope) => scope !== null));
  expect(config.scopes.filter((scope) => !needed.has(scope))).toEqual(["read_all_orders", "read_themes", "write_app_proxy", "write_customers", "write_discounts"]);
});

test("all of Shopify's compliance topics reach us", () => {
  expect(config.subscriptions.map(({ topic }) => topic)).toEqual(expect.arrayContaining([...complianceTopics]));
});
