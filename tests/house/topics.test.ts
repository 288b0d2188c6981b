// What we ask Shopify for, what we do with it and what we tell merchants about it are one list: topics and scopes.
import { describe, expect, test } from "vitest";
import { parse } from "smol-toml";
import { z } from "zod";
import { topics as steps } from "../../app/inbox/topics.server.ts";
import { readText } from "./files.ts";

const Toml = z.object({
  access_scopes: z.object({ scopes: z.string() }),
  webhooks: z.object({ subscriptions: z.array(z.object({ topics: z.array(z.string()).default([]), compliance_topics: z.array(z.string()).default([]) })) }),
});
const toml = Toml.parse(parse(readText("shopify.app.toml")));
const subscriptions = toml.webhooks.subscriptions.flatMap(({ topics, compliance_topics: compliance }) => [...topics, ...compliance]);
const scopes = toml.access_scopes.scopes.split(",");
const scopesPage = readText("docs/scopes.md");

describe("topics", () => {
  test("every one we subscribe to has its step, and every step its subscription", () => expect(Object.keys(steps).sort()).toEqual([...subscriptions].sort()));
  test("none is subscribed to twice", () => expect(new Set(subscriptions).size).toBe(subscriptions.length));
  test("the three of privacy law are there", () => expect(subscriptions).toEqual(expect.arrayContaining(["customers/data_request", "customers/redact", "shop/redact"])));
});

describe("scopes", () => {
  const rows = [...scopesPage.matchAll(/^\| `(\w+)` \|/gm)].map(([, scope]) => scope);
  test("each has a row that says what for, and no row is left over", () => expect(rows.sort()).toEqual([...scopes].sort()));
  test("they are written in Shopify's order, so that a granted list compares", () => expect(scopes).toEqual([...scopes].sort()));
  test("nothing is asked for that writes", () => expect(scopes.filter((scope) => !scope.startsWith("read_"))).toEqual([]));
});
