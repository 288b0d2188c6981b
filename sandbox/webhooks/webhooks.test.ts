import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type ReceivedDelivery, type TestSandbox } from "../testing/test-sandbox.ts";
import { parseAppConfig } from "./app-config.ts";
import { pickFields } from "./pick-fields.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

const FLUSH_TIMEOUT_MS = 20_000;
const HUGE_ID = "9223372036854775807";
let shop: TestSandbox;
beforeEach(async () => {
  shop = await openTestSandbox();
}, SANDBOX_START_TIMEOUT_MS);
afterEach(() => shop.close());

const flush = (): Promise<boolean> => shop.sandbox.context.deliveries.flush(FLUSH_TIMEOUT_MS);
const placeOrder = (id?: string): string => shop.state.placeOrder({ lines: [{ title: "Sencha", quantity: 1, unitPriceMinor: 1000 }], ...(id === undefined ? {} : { id }) }).id;
const creations = (): ReceivedDelivery[] => shop.app.received.filter(({ topic }) => topic === "orders/create");
const idIn = ({ body }: ReceivedDelivery): string | undefined => /"id":\s*(\d+)/.exec(body.toString())?.[1];

test("a delivery is signed over its raw bytes and says what it is", async () => {
  placeOrder(HUGE_ID);
  expect(await flush()).toBe(true);
  const [delivery] = creations();
  expect(delivery && createHmac("sha256", "hush").update(delivery.body).digest("base64")).toBe(delivery?.headers["x-shopify-hmac-sha256"]);
  expect(delivery?.headers).toMatchObject({
    "content-type": "application/json", "x-shopify-topic": "orders/create", "x-shopify-shop-domain": shop.state.shop().domain, "x-shopify-api-version": "2026-10",
  });
  expect(delivery?.headers["x-shopify-triggered-at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(delivery && idIn(delivery)).toBe(HUGE_ID);
});

test("deliveries come in the order of events, each with its own Webhook-Id", async () => {
  const ids = Array.from({ length: 20 }, () => placeOrder());
  await flush();
  expect(creations().map(idIn)).toEqual(ids);
  expect(new Set(shop.app.received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(shop.app.received.length);
  expect(new Set(creations().map(({ headers }) => headers["x-shopify-event-id"])).size).toBe(20);
  const triggeredAt = creations().map(({ headers }) => String(headers["x-shopify-triggered-at"]));
  expect(triggeredAt).toEqual(triggeredAt.toSorted());
});

describe("a delivery the app refuses", () => {
  test("is tried again with the same Webhook-Id until it is taken", async () => {
    shop.app.answers = [500, 302, 404];
    placeOrder();
    expect(await flush()).toBe(true);
    const attempts = shop.app.received.filter(({ headers }) => headers["x-shopify-webhook-id"] === shop.app.received[0]?.headers["x-shopify-webhook-id"]);
    expect(attempts.length).toBeGreaterThan(1);
    expect(shop.sandbox.context.deliveries.counts()).toMatchObject({ pending: 0, failed: 0 });
  });
  test("is given up after eight retries", async () => {
    shop.app.answers = Array.from({ length: 200 }, () => 500);
    shop.state.deleteOrder(placeOrder());
    expect(await flush()).toBe(true);
    expect(shop.sandbox.context.deliveries.counts().delivered).toBe(0);
    expect(creations()).toHaveLength(9);
  });
  test("gets a new Webhook-Id on request", async () => {
    shop.sandbox.context.faults.change({ newWebhookIdOnRetry: true });
    shop.app.answers = Array.from({ length: 10 }, () => 503);
    placeOrder();
    await flush();
    expect(new Set(creations().map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(creations().length);
    expect(creations().length).toBeGreaterThan(1);
  });
});

describe("trouble on request", () => {
  test("duplicates carry the same Webhook-Id", async () => {
    shop.sandbox.context.faults.change({ duplicate: { probability: 1 } });
    placeOrder();
    await flush();
    expect(creations()).toHaveLength(2);
    expect(creations()[0]?.headers["x-shopify-webhook-id"]).toBe(creations()[1]?.headers["x-shopify-webhook-id"]);
    expect(creations()[0]?.body).toEqual(creations()[1]?.body);
  });
  test("reordered ones come after later events", async () => {
    shop.sandbox.context.faults.change({ reorder: { next: 1 } });
    const ids = [placeOrder(), placeOrder(), placeOrder(), placeOrder(), placeOrder(), placeOrder()];
    await flush();
    expect(creations().map(idIn)).not.toEqual(ids);
    expect(creations().map(idIn).toSorted()).toEqual(ids.toSorted());
  });
  test("dropped ones never come", async () => {
    shop.sandbox.context.faults.change({ drop: { probability: 1 } });
    placeOrder();
    await flush();
    expect(shop.app.received).toEqual([]);
    expect(shop.sandbox.context.deliveries.counts().dropped).toBeGreaterThan(0);
  });
  test("delayed ones wait in the sandbox's time", async () => {
    shop.sandbox.context.faults.change({ delay: { probability: 1 }, delayMs: 3_600_000 });
    placeOrder();
    expect(shop.sandbox.context.deliveries.counts().pending).toBeGreaterThan(0);
    shop.clock.setOffset(shop.clock.offsetMs + 3_600_000);
    expect(await flush()).toBe(true);
    expect(creations()).toHaveLength(1);
  });
});

test("what was not delivered before a restart is delivered after it", async () => {
  const baseUrl = shop.identity.baseUrl;
  shop.identity.baseUrl = "http://127.0.0.1:1"; // nobody there
  const ids = [placeOrder(), placeOrder()];
  await shop.restart();
  shop.identity.baseUrl = baseUrl;
  await shop.control("POST", "/deliveries/flush", { hurryRetries: true });
  expect(creations().map(idIn).toSorted()).toEqual(ids.toSorted());
});

test("an uninstalled app hears of its end, of nothing else, and after 48 hours of shop/redact", async () => {
  await shop.control("POST", "/app/uninstall");
  placeOrder();
  await flush();
  expect(shop.app.received.map(({ topic }) => topic)).toEqual(["app/uninstalled"]);
  expect((await shop.fetch("/sandbox/token")).status).toBe(400);
  shop.clock.setOffset(shop.clock.offsetMs + 49 * 3_600_000);
  await flush();
  await expect.poll(() => shop.app.received.map(({ topic }) => topic)).toEqual(["app/uninstalled", "shop/redact"]);
  expect(JSON.parse(String(shop.app.received[1]?.body))).toMatchObject({ shop_domain: shop.state.shop().domain });
});

test("an app installed again within 48 hours keeps its shop", async () => {
  await shop.control("POST", "/app/uninstall");
  await shop.control("POST", "/app/install");
  shop.clock.setOffset(shop.clock.offsetMs + 49 * 3_600_000);
  await flush();
  expect(shop.app.received.map(({ topic }) => topic)).not.toContain("shop/redact");
});

test("a topic whose scope was taken away is not told", async () => {
  await shop.control("POST", "/scopes", { remove: ["read_orders", "write_orders"] });
  placeOrder();
  await flush();
  expect(creations()).toEqual([]);
  expect(shop.app.received.map(({ topic }) => topic)).toContain("app/scopes_update");
});

describe("shopify.app.toml", () => {
  const toml = (subscription: string): string => `[access_scopes]\nscopes = "read_orders"\n[[webhooks.subscriptions]]\n${subscription}`;
  test.each([
    ["an unknown topic", `topics = ["orders/created"]\nuri = "/webhooks"`, /orders\/created/],
    ["a topic without its scope", `topics = ["customers/update"]\nuri = "/webhooks"`, /read_customers/],
    ["a topic twice", `topics = ["orders/create", "orders/create"]\nuri = "/webhooks"`, /twice/],
    ["an option that is not implemented", `topics = ["orders/create"]\nuri = "/webhooks"\nfilter = "total_price:>0"`, /filter/],
    ["no topics", `uri = "/webhooks"`, /no topics/],
  ])("with %s is refused", (_name, subscription, reason) => {
    expect(() => parseAppConfig(toml(subscription))).toThrow(reason);
  });
  test("names topics, addresses and scopes", () => {
    expect(parseAppConfig(toml(`topics = ["orders/create"]\ncompliance_topics = ["shop/redact"]\nuri = "/webhooks"\ninclude_fields = ["id"]`))).toMatchObject({
      scopes: ["read_orders"],
      subscriptions: [{ topic: "orders/create", uri: "/webhooks", includeFields: ["id"] }, { topic: "shop/redact", uri: "/webhooks" }],
    });
  });
});

test("a payload cut to some fields keeps their bytes", () => {
  const body = `{"id":${HUGE_ID},"note":"a \\"b\\", {c}","customer":{"id":1,"tags":["x",{"y":[1,2]}]},"updated_at":"2026-01-01"}`;
  expect(pickFields(body, ["id", "customer"])).toBe(`{"id":${HUGE_ID},"customer":{"id":1,"tags":["x",{"y":[1,2]}]}}`);
  expect(pickFields(body, ["note"])).toBe(`{"note":"a \\"b\\", {c}"}`);
  expect(pickFields("{}", ["id"])).toBe("{}");
  expect(pickFields(body, ["customer.tags.y", "updated_at.x", "missing.id"])).toBe('{"customer":{"tags":["x",{"y":[1,2]}]},"updated_at":"2026-01-01"}');
  expect(pickFields('{"lines":[{"id":1,"n":2},{"id":3}],"gone":null}', ["lines.id", "gone.id"])).toBe('{"lines":[{"id":1},{"id":3}],"gone":null}');
});
