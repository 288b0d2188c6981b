// What we ask Shopify for, what we do with it and what we tell merchants about it are one list: topics and scopes.
import { describe, expect, test } from "vitest";
import { parse } from "smol-toml";
import { z } from "zod";
import { topics as steps } from "../../app/inbox/topics.server.ts";
import { TOPIC_KEYS } from "../../app/routes/app.sync/use-topic-words.ts";
import { parseCustomerWebhook } from "../../app/shopify/parse/customer.ts";
import { parseOrderWebhook } from "../../app/shopify/parse/order.ts";
import { createClock } from "../../sandbox/clock.ts";
import { openShop } from "../../sandbox/shop/state.ts";
import { readAppConfig } from "../../sandbox/webhooks/app-config.ts";
import { pickFields } from "../../sandbox/webhooks/pick-fields.ts";
import { readText } from "./files.ts";

const Toml = z.object({
  access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }),
  webhooks: z.object({ subscriptions: z.array(z.object({ topics: z.array(z.string()).default([]), compliance_topics: z.array(z.string()).default([]) })) }),
});
const toml = Toml.parse(parse(readText("shopify.app.toml")));
const subscriptions = toml.webhooks.subscriptions.flatMap(({ topics, compliance_topics: compliance }) => [...topics, ...compliance]);
const scopes = toml.access_scopes.scopes.split(",");
const optionalScopes = toml.access_scopes.optional_scopes;
const scopesPage = readText("docs/scopes.md");

describe("topics", () => {
  test("every one we subscribe to has its step, and every step its subscription", () => expect(Object.keys(steps).sort()).toEqual([...subscriptions].sort()));
  test("every one has words for the merchant", () => expect(TOPIC_KEYS.toSorted()).toEqual(subscriptions.map((topic) => topic.replace("/", "_")).sort()));
  test("none is subscribed to twice", () => expect(new Set(subscriptions).size).toBe(subscriptions.length));
  test("the three of privacy law are there", () => expect(subscriptions).toEqual(expect.arrayContaining(["customers/data_request", "customers/redact", "shop/redact"])));
});

describe("of orders and customers Shopify sends", () => {
  const state = openShop({ file: ":memory:", clock: createClock(0) });
  const bodies = new Map<string, string>();
  state.onEvent(({ topic, body }) => bodies.set(topic, body));
  const { id: customerId } = state.createCustomer({ email: "mina@example.com", firstName: "Mina", lastName: "Okafor", countryCode: "US" });
  state.updateCustomer(customerId, { firstName: "Aiko" });
  const order = state.placeOrder({ customerId, lines: [{ title: "Guji", quantity: 2, unitPriceMinor: 1800 }], discountCode: "WELCOME10", shippingMinor: 500 });
  state.refundOrder(order.id, {});
  state.cancelOrder(order.id);
  state.close();

  const [orders, customers] = [{ parse: parseOrderWebhook, body: taxed(bodies.get("orders/cancelled") ?? "") }, { parse: parseCustomerWebhook, body: bodies.get("customers/update") ?? "" }];
  const kinds: Record<string, { parse: (json: unknown) => unknown; body: string } | undefined> =
    { "orders/create": orders, "orders/updated": orders, "orders/cancelled": orders, "customers/create": customers, "customers/update": customers };
  const cut = readAppConfig("shopify.app.toml").subscriptions.flatMap(({ topic, includeFields }) => (includeFields ? [{ topic, includeFields }] : []));

  test("some part only", () => expect(cut.map(({ topic }) => topic).sort()).toEqual(Object.keys(kinds).sort()));
  test.each(cut)("what is read of $topic, and nothing else", ({ topic, includeFields }) => {
    const { parse, body } = kinds[topic] ?? orders;
    const read = new Set<string>();
    expect(parse(JSON.parse(pickFields(body, includeFields)))).toEqual(parse(watched(JSON.parse(body), "", read)));
    expect(includeFields.filter((field) => !read.has(field))).toEqual([]);
  });
});

/** The pretend shop sells food and takes no tax. */
const taxed = (body: string): string => body.replaceAll('"tax_lines":[]', '"tax_lines":[{"price_set":{"shop_money":{"amount":"1.00","currency_code":"USD"}}}]');

/** The same value, which notes the paths that are looked at. */
function watched(value: unknown, path: string, read: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const inner: unknown = Reflect.get(target, key);
      if (Array.isArray(target)) return /^\d+$/.test(String(key)) ? watched(inner, path, read) : inner;
      const name = path === "" ? String(key) : `${path}.${String(key)}`;
      read.add(name);
      return watched(inner, name, read);
    },
  });
}

describe("scopes", () => {
  const rows = [...scopesPage.matchAll(/^\| `(\w+)` \|/gm)].map(([, scope]) => scope);
  test("each has a row that says what for, and no row is left over", () => expect(rows.sort()).toEqual([...scopes, ...optionalScopes].sort()));
  test("they are written in Shopify's order, so that a granted list compares", () => expect(scopes).toEqual([...scopes].sort()));
  test("what may write is named here, with what it is for", () => {
    const writes = {
      write_app_proxy: "the widget's questions, through the shop's own address", write_customers: "tags and points on customers, and segments over these tags",
      write_discounts: "codes for points and for friends, and tiers' own discounts",
    };
    expect(scopes.filter((scope) => !scope.startsWith("read_"))).toEqual(Object.keys(writes));
  });
});
