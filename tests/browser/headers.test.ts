// At its own port, where production's requests arrive, the app says what Shopify asks for, and nothing to strangers.
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addEmbedding } from "../../sandbox/admin-shell/embedding.ts";
import { API_KEY, API_SECRET, startApp, type RunningApp } from "../support/app.ts";

const BROWSER = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", accept: "text/html" };
const PUBLIC = { "x-forwarded-host": "app.regulars.test", "x-forwarded-proto": "https" }; // as whoever ends TLS in front of us passes it on

let app: RunningApp;

beforeAll(async () => {
  app = await startApp({ startsWorker: false });
});
afterAll(() => app?.stop());

const ask = (path: string, init: RequestInit = {}) => fetch(`${app.appUrl}${path}`, { redirect: "manual", ...init, headers: [...Object.entries({ ...BROWSER, ...PUBLIC }), ...new Headers(init.headers)] });

/** As the Admin opens the app in its frame. */
const openPage = async (path = "/app") => ask(await addEmbedding(app.sandbox.context, path, "en"));

describe("the page of a merchant", () => {
  test("may be framed by this shop and the Admin, and nobody else", async () => {
    const page = await openPage();
    expect(page.status).toBe(200);
    const [, frameAncestors = ""] = /frame-ancestors ([^;]+)/.exec(page.headers.get("content-security-policy") ?? "") ?? [];
    const sources = frameAncestors.trim().split(/\s+/);
    expect(sources.slice(0, 2)).toEqual([`https://${app.sandbox.context.shopDomain}`, "https://admin.shopify.com"]);
    expect(sources.filter((source) => !/^https:\/\/([a-z0-9-]+[.]myshopify[.]com|admin[.]shopify[.]com|admin[.]myshopify[.]io|[*][.]spin[.]dev|admin[.]shop[.]dev)$/.test(source))).toEqual([]);
    expect(page.headers.get("x-frame-options")).toBeNull(); // it would contradict the policy
  });

  test("is kept by nobody, and tells no other site its address", async () => {
    const { headers } = await openPage();
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
  });

  test("loads App Bridge from Shopify before any other script, and at once", async () => {
    const html = await (await openPage()).text();
    const [first = ""] = /<script\b[^>]*>/.exec(html) ?? [];
    expect(first).toContain('src="https://cdn.shopify.com/shopifycloud/app-bridge.js"');
    expect(first).toContain(`data-api-key="${API_KEY}"`);
    expect(first).not.toMatch(/\b(async|defer|type)\b/);
    expect(html.indexOf(first)).toBeLessThan(html.indexOf("</head>"));
  });

  test("holds no secret: neither ours, nor Shopify's tokens, nor the database's address", async () => {
    const address = await addEmbedding(app.sandbox.context, "/app/sync", "en");
    const html = await (await ask(address)).text();
    const token = new URLSearchParams(address.split("?")[1]).get("id_token") ?? "no token";
    expect([API_SECRET, Buffer.alloc(32, "regulars").toString("base64"), app.databaseUrl, token].filter((secret) => html.includes(secret))).toEqual([]);
    expect(html).not.toMatch(/shp[a-z]{2}_|postgres(ql)?:\/\//);
    expect(app.readLog()).not.toContain(token);
  });
});

describe("a stranger", () => {
  const reports = ["overview.csv", "overview.json", "cohorts.csv", "cohorts.json", "sync.json"].map((name) => `/app/reports/${name}`);

  test.each([...reports, "/app", "/app/cohorts", "/app/sync", "/app/stamp"])("gets nothing from %s", async (path) => {
    const answer = await ask(path);
    expect([302, 401, 410]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/customers|orders/);
  });

  test.each(reports)("with a token of their own making gets nothing from %s", async (path) => {
    const [header, payload] = (await app.sandbox.context.mintSessionToken()).split(".");
    const signature = createHmac("sha256", "a guess").update(`${header}.${payload}`).digest("base64url");
    const answer = await ask(path, { headers: { authorization: `Bearer ${header}.${payload}.${signature}` } });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe("");
  });
});

describe("a webhook", () => {
  const BODY = JSON.stringify({ id: 1 });
  const sign = (secret: string) => createHmac("sha256", secret).update(BODY).digest("base64");
  const deliver = (headers: Record<string, string>) => ask("/webhooks", { method: "POST", body: BODY, headers: { "content-type": "application/json", ...headers } });
  const headersOf = (topic: string) => ({
    "x-shopify-topic": topic, "x-shopify-shop-domain": app.sandbox.context.shopDomain, "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", "x-shopify-triggered-at": "2026-11-20T18:00:00Z",
  });

  test.each(["orders/create", "customers/redact", "shop/redact", "customers/data_request"])("%s with a wrong signature is refused", async (topic) => {
    const answer = await deliver({ ...headersOf(topic), "x-shopify-hmac-sha256": sign("a guess") });
    expect([answer.status, await answer.text()]).toEqual([401, ""]);
  });

  test("without Shopify's headers is not one", async () => {
    expect((await deliver({})).status).toBe(400);
    expect((await deliver({ "x-shopify-hmac-sha256": sign(API_SECRET) })).status).toBe(400);
  });

  test("signed by Shopify is taken, even of a shop nobody knows", async () => {
    expect((await deliver({ ...headersOf("orders/create"), "x-shopify-hmac-sha256": sign(API_SECRET) })).status).toBe(200);
    expect((await deliver({ ...headersOf("orders/create"), "x-shopify-shop-domain": "nobody.myshopify.com", "x-shopify-hmac-sha256": sign(API_SECRET) })).status).toBe(200);
  });

  test("is not asked for with GET", async () => {
    const answer = await ask("/webhooks");
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });
});
