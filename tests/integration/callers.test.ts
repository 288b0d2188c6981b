// Only Shopify is believed, and what it says is kept as it was said.
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveryFrom } from "../../app/callers/delivery.server.ts";
import { localeFrom } from "../../app/callers/locale.ts";
import { installShop } from "../../app/capabilities/shops/shops.server.ts";
import { adminFrom } from "../../app/shopify/callers.server.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const domain = "beans.myshopify.com";
const text = '{"id":9007199254740993,"name":"№ 1 抹茶"}';
const signatureOf = (body: string) => createHmac("sha256", "regulars-test-secret").update(body).digest("base64");
const headersOf = (changes: Record<string, string | null> = {}): Headers => {
  const all: Record<string, string | null> = {
    "X-Shopify-Topic": "orders/create", "X-Shopify-Hmac-Sha256": signatureOf(text), "X-Shopify-Shop-Domain": "Beans.myshopify.com",
    "X-Shopify-API-Version": "2026-10", "X-Shopify-Webhook-Id": "w-1", "X-Shopify-Triggered-At": "2026-10-20T18:02:35.290670248Z", ...changes,
  };
  return new Headers(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
};
const delivered = (changes: Record<string, string | null> = {}, body = text) =>
  deliveryFrom(new Request("https://regulars.test/webhooks", { method: "POST", headers: headersOf(changes), body }));
const statusOf = async (answer: Promise<unknown>): Promise<number> => {
  const thrown = await answer.then(() => new Error("it was believed"), (error: unknown) => error);
  if (!(thrown instanceof Response)) throw thrown;
  return thrown.status;
};

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  const snapshot = { name: "Beans", email: null, currency: "JPY", timeZone: "Asia/Tokyo", planName: "Basic" };
  await installShop({ id: parseId<ShopId>(77n), domain, snapshot, scopes: [], at: new Date("2026-01-01T00:00:00Z") });
});
afterAll(() => close());

describe("a delivery", () => {
  test("signed by Shopify is its shop's, to the letter", async () => {
    expect(await delivered()).toEqual({ domain, shopId: 77n, topic: "orders/create", webhookId: "w-1", triggeredAt: new Date("2026-10-20T18:02:35.290Z"), text });
  });

  test("of a shop we do not know is nobody's", async () => {
    expect(await delivered({ "X-Shopify-Shop-Domain": "other.myshopify.com" })).toMatchObject({ shopId: null });
  });

  test.each([
    { name: "a wrong signature", changes: { "X-Shopify-Hmac-Sha256": signatureOf("else") }, status: 401 },
    { name: "garbage for a signature", changes: { "X-Shopify-Hmac-Sha256": "x" }, status: 401 },
    { name: "no signature", changes: { "X-Shopify-Hmac-Sha256": null }, status: 400 },
    { name: "no topic", changes: { "X-Shopify-Topic": null }, status: 400 },
    { name: "no shop", changes: { "X-Shopify-Shop-Domain": null }, status: 400 },
    { name: "no id", changes: { "X-Shopify-Webhook-Id": null }, status: 400 },
    { name: "a compliance topic and a wrong signature", changes: { "X-Shopify-Topic": "customers/redact", "X-Shopify-Hmac-Sha256": signatureOf("") }, status: 401 },
  ])("with $name is refused with $status", async ({ changes, status }) => {
    expect(await statusOf(delivered(changes))).toBe(status);
  });

  test("changed on the way by one byte is refused", async () => {
    expect(await statusOf(delivered({}, text.replace("1", "2")))).toBe(401);
  });

  test("that is no POST, empty or endless is refused", async () => {
    expect(await statusOf(deliveryFrom(new Request("https://regulars.test/webhooks")))).toBe(405);
    expect(await statusOf(delivered({}, ""))).toBe(400);
    expect(await statusOf(delivered({}, "x".repeat(11 * 1024 * 1024)))).toBe(413);
  });
});

describe("a merchant", () => {
  const chrome = { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36" };

  test("without a token is sent to where Shopify gives one", async () => {
    const host = Buffer.from("admin.shopify.com/store/beans").toString("base64");
    const thrown = await adminFrom(new Request(`https://regulars.test/app?embedded=1&shop=${domain}&host=${host}`, { headers: chrome })).catch((error: unknown) => error);
    if (!(thrown instanceof Response)) throw thrown;
    expect(thrown.status).toBe(302);
    expect(thrown.headers.get("location")).toContain("/auth/session-token");
  });

  test("with a forged token is asked for another", async () => {
    const request = new Request("https://regulars.test/app?_data=routes%2Fapp", { headers: { ...chrome, Authorization: "Bearer a.b.c" } });
    const thrown = await adminFrom(request).catch((error: unknown) => error);
    if (!(thrown instanceof Response)) throw thrown;
    expect(thrown.status).toBe(401);
    expect(thrown.headers.get("x-shopify-retry-invalid-session-request")).toBe("1");
  });
});

describe("the language", () => {
  const asked = (path: string, headers: Record<string, string> = {}) => localeFrom(new Request(`https://regulars.test${path}`, { headers }));

  test.each([
    { path: "/app?locale=ja", headers: {}, locale: "ja" },
    { path: "/app?locale=zh-TW", headers: {}, locale: "zh-CN" },
    { path: "/app?locale=fr", headers: { "accept-language": "ja" }, locale: "ja" },
    { path: "/app?_data=x", headers: { referer: "https://regulars.test/app?locale=zh-CN", "accept-language": "en" }, locale: "zh-CN" },
    { path: "/app", headers: { referer: "nonsense", "accept-language": "de, en;q=0.5, ja-JP;q=0.9" }, locale: "ja" },
    { path: "/app", headers: { "accept-language": "ja;q=0, *" }, locale: "en" },
    { path: "/app", headers: {}, locale: "en" },
  ])("of $path with $headers is $locale", ({ path, headers, locale }) => {
    expect(asked(path, headers)).toBe(locale);
  });
});
