import { createHmac } from "node:crypto";
import { request as send } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "./fake-context.ts";
import { createShell } from "./shell.ts";
import { words } from "./words.ts";

const page = { accept: "text/html,*/*;q=0.8" };
const bridge = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

let fake: FakeSandbox;
let shell: Served;
let app: Awaited<ReturnType<typeof serveApp>>;
let answer: Parameters<typeof serveApp>[0];

beforeEach(async () => {
  answer = (_request, response) => response.setHeader("Content-Type", "text/html; charset=utf-8").end("<p>hello</p>");
  app = await serveApp((request, response) => answer(request, response));
  fake = createFakeSandbox(app.url);
  shell = await serveRouter(createShell(fake.context));
});

afterEach(async () => {
  await shell.close();
  await app.close();
  fake.context.state.close();
});

const open = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(shell.url + path, { redirect: "manual", headers, ...init });

/** fetch may not say where its answer goes; a browser does */
const openAs = (destination: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; location: string | undefined; body: string }> =>
  new Promise((resolve, reject) => {
    send(shell.url + path, { headers: { ...page, ...headers, "sec-fetch-dest": destination } }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, location: response.headers.location, body }));
    }).on("error", reject).end();
  });

describe("on the way to the app", () => {
  test("a page opened in the frame gets what Shopify would add, with a fresh token in the visitor's language", async () => {
    await openAs("iframe", "/app/cohorts?from=2026-01&id_token=stale", { cookie: "sandbox_locale=ja" });
    const params = app.heard[0]?.url.searchParams;
    expect(app.heard[0]?.url.pathname).toBe("/app/cohorts");
    expect(Object.fromEntries(params ?? [])).toMatchObject({
      from: "2026-01",
      embedded: "1",
      shop: "regulars-tea.myshopify.com",
      id_token: "token-for-ja",
      locale: "ja",
      host: "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvcmVndWxhcnMtdGVh",
    });
    const { hmac, ...signed } = Object.fromEntries(params ?? []);
    const message = Object.keys(signed).sort().map((name) => `${name}=${encodeURIComponent(signed[name] ?? "")}`).join("&");
    expect(hmac).toBe(createHmac("sha256", "hush").update(message).digest("hex"));
  });

  test("a page opened outside the frame is led to the shell, without what Shopify had added", async () => {
    const { status, location } = await openAs("document", "/app/cohorts?from=2026-01&id_token=x&host=y&shop=z");
    expect([status, location]).toEqual([302, "/admin/apps/regulars/app/cohorts?from=2026-01"]);
    expect(app.heard).toEqual([]);
  });

  test("a program's request goes through as it was sent", async () => {
    answer = (_request, response) => response.setHeader("Content-Type", "text/csv").end("cohort,period\n");
    const report = await open("/app/reports/cohorts.csv?grain=month", { authorization: "Bearer abc", accept: "*/*" });
    expect(await report.text()).toBe("cohort,period\n");
    expect(app.heard[0]?.url.search).toBe("?grain=month");
    expect(app.heard[0]?.headers.authorization).toBe("Bearer abc");
  });

  test("a posted form arrives whole, with the public host and without cookies", async () => {
    await open("/app/settings", { cookie: "sandbox_locale=ja", "content-type": "application/x-www-form-urlencoded" }, { method: "POST", body: "name=%E8%8C%B6" });
    const heard = app.heard[0];
    expect(heard?.body).toBe("name=%E8%8C%B6");
    expect(heard?.headers).toMatchObject({ host: new URL(shell.url).host, "x-forwarded-host": new URL(shell.url).host, "x-forwarded-proto": "http" });
    expect(heard?.headers.cookie).toBeUndefined();
  });
});

describe("on the way back", () => {
  test("nothing in a page points at Shopify's CDN, even when an address is cut in two by the stream", async () => {
    const document = `<link rel="preconnect" href="https://cdn.shopify.com/"><link rel="stylesheet" href="https://cdn.shopify.com/static/fonts/inter.css"><script src="${bridge}"></script><p>茶</p>`;
    for (const step of [1, 7, 64]) {
      answer = (_request, response) => {
        response.setHeader("Content-Type", "text/html");
        const bytes = Buffer.from(document);
        for (let start = 0; start < bytes.length; start += step) response.write(bytes.subarray(start, start + step));
        response.end();
      };
      const body = await (await open("/app", page)).text();
      expect(body).toBe('<link rel="preconnect" href="/sandbox/cdn/"><link rel="stylesheet" href="/sandbox/cdn/static/fonts/inter.css"><script src="/sandbox/app-bridge.js"></script><p>茶</p>');
    }
    expect((await open("/sandbox/cdn/static/fonts/inter.css")).headers.get("content-type")).toContain("text/css");
  });

  test("the page may stand in our frame, its preloads stay here and no cookie is set", async () => {
    answer = (_request, response) =>
      response
        .writeHead(200, {
          "Content-Type": "text/html",
          "Content-Security-Policy": "default-src 'self'; frame-ancestors https://regulars-tea.myshopify.com https://admin.shopify.com;",
          "X-Frame-Options": "DENY",
          "Set-Cookie": "a=b",
          Link: `<https://cdn.shopify.com>; rel="preconnect", <${bridge}>; rel="preload"; as="script"`,
        })
        .end();
    const { headers } = await open("/app", page);
    expect(headers.get("content-security-policy")).toBe("default-src 'self'; frame-ancestors 'self'");
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("link")).toBe('</sandbox/app-bridge.js>; rel="preload"; as="script"');
  });

  test.each([
    ["https://admin.shopify.com/store/regulars-tea/apps/test-api-key/app?x=1", "/admin/apps/regulars/app?x=1"],
    ["https://regulars-tea.myshopify.com/admin/oauth/install?client_id=k", "/admin/oauth/install?client_id=k"],
    ["https://example.com/elsewhere", "https://example.com/elsewhere"],
    ["/app/next", "/app/next"],
  ])("a redirect to %s leads to %s", async (given, expected) => {
    answer = (_request, response) => response.writeHead(302, { Location: given }).end();
    expect((await open("/app", page)).headers.get("location")).toBe(expected);
  });

  test("a stream arrives piece by piece, and hanging up reaches the app", async () => {
    const hungUp = Promise.withResolvers<undefined>();
    answer = (_request, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("data: one\n\n");
      response.on("close", () => hungUp.resolve(undefined));
    };
    const stop = new AbortController();
    const stream = await open("/app/progress", { accept: "text/event-stream" }, { signal: stop.signal });
    const first = await stream.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe("data: one\n\n");
    stop.abort();
    await hungUp.promise;
  });

  test("while the app is down, a page says so and reloads itself, a program gets a plain 502", async () => {
    await app.close();
    const down = await open("/app", { ...page, cookie: "sandbox_locale=zh-CN" });
    expect(down.status).toBe(502);
    expect(await down.text()).toMatch(/http-equiv="refresh"[^]*Regulars 没有响应/);
    const plain = await open("/app/reports/sync.json", { accept: "application/json", authorization: "Bearer x" });
    expect([plain.status, plain.headers.get("content-type")]).toEqual([502, "text/plain; charset=utf-8"]);
  });
});

describe("a block of the app", () => {
  const blockOf = async (id: string): Promise<string | undefined> => /data-src="([^"]+)"/.exec(await (await open(`/admin/customers/${id}`, page)).text())?.[1];

  test("stands on the customer's page while the app is installed, in a frame that has no origin", async () => {
    const { id } = fake.context.state.createCustomer({ firstName: "Mina" });
    const body = await (await open(`/admin/customers/${id}`, page)).text();
    expect(body).toMatch(/<iframe data-block title="Regulars" sandbox="allow-scripts allow-popups allow-top-navigation-by-user-activation"/);
    const frame = await (await open(await blockOf(id) ?? "", { cookie: "sandbox_locale=ja" })).text();
    expect(frame).toContain(`"resource":"gid://shopify/Customer/${id}"`);
    expect(frame).toContain(words["block.failed"][1]);
    fake.setInstalled(false);
    expect(await blockOf(id)).toBeUndefined();
  });

  test("whose script cannot be built says why to the developer, and is tried again", async () => {
    for (let count = 0; count < 2; count += 1) {
      const script = await open("/sandbox/blocks/regulars-customer/script.js");
      expect([script.status, await script.text()]).toEqual([500, expect.stringContaining("/nowhere/src/block.tsx")]);
    }
    expect((await open("/sandbox/blocks/unknown/script.js")).status).toBe(404);
  });

  test("asks the app from outside, and the app's leave comes through", async () => {
    answer = (_request, response) => response.writeHead(204, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Authorization" }).end();
    const asked = await open("/app/customer-block/7?locale=ja", { origin: "null", "access-control-request-method": "GET", "access-control-request-headers": "authorization" }, { method: "OPTIONS" });
    expect([asked.status, asked.headers.get("access-control-allow-origin"), asked.headers.get("access-control-allow-headers")]).toEqual([204, "*", "Authorization"]);
    expect(app.heard[0]).toMatchObject({ method: "OPTIONS", headers: { origin: "null" } });
  });
});

describe("the Admin's own pages", () => {
  test("the shell's address names the page in the frame", async () => {
    const body = await (await open("/admin/apps/regulars/app/cohorts?grain=month", page)).text();
    expect(body).toContain('data-src="/app/cohorts?grain=month&amp;embedded=1&amp;host=');
    expect((await open("/admin")).headers.get("location")).toBe("/admin/apps/regulars");
  });

  test("without the app there is an invitation to install it instead of a frame", async () => {
    fake.setInstalled(false);
    const body = await (await open("/admin/apps/regulars", page)).text();
    expect(body).toContain("data-install");
    expect(body).not.toContain("<iframe");
  });

  test("a name full of markup is shown as text, on every page that shows it", async () => {
    const { state } = fake.context;
    const customer = state.createCustomer({ firstName: "<img src=x onerror=alert(1)>", lastName: '"><script>', email: "eve@example.com" });
    const order = state.placeOrder({ customerId: customer.id, lines: [{ productId: "107", quantity: 1 }] });
    state.updateCustomer(customer.id, { tags: ['"><script>'] });
    fake.context.segments.create({ name: '"><script>', query: "customer_tags CONTAINS '\"><script>'" });
    fake.context.flow.receive("customer-entered-segment", { customer_id: customer.id, Segment: "<img src=x>" });
    const paths = ["/admin/orders", `/admin/orders/${order.id}`, "/admin/customers", `/admin/customers/${customer.id}`, "/admin/customers?query=%22%3E%3Cscript%3E", "/admin/products", "/admin/segments", "/admin/discounts", "/admin/flow"];
    for (const path of paths) {
      const shown = await open(path, page);
      expect(shown.status, path).toBe(200);
      expect(await shown.text(), path).not.toMatch(/<img src=x|"><script>|<b>Bold/);
    }
  });

  test("an order can be refunded until nothing is left, and cancelled once", async () => {
    const { state } = fake.context;
    const order = state.placeOrder({ email: "guest@example.com", lines: [{ productId: "101", quantity: 2 }] });
    const buttons = async (): Promise<string> => (await (await open(`/admin/orders/${order.id}`, page)).text()).match(/<button[^>]*data-post[^>]*>/g)?.join("\n") ?? "";
    expect(await buttons()).not.toContain("disabled");
    state.refundOrder(order.id, {});
    expect(await buttons()).toMatch(/refund"[^>]* disabled[^]*cancel"(?![^>]* disabled)/);
    state.cancelOrder(order.id);
    expect(await buttons()).toMatch(/cancel"[^>]* disabled/);
  });

  test("segments are listed with what they select by and how many fit, and lead to them", async () => {
    const { state, segments } = fake.context;
    expect(await (await open("/admin/segments", page)).text()).toContain(words["segments.empty"][0]);
    const segment = segments.create({ name: "At risk", query: "customer_tags CONTAINS 'regulars:at-risk'" });
    state.createCustomer({ firstName: "Mina", tags: ["Regulars:at-risk"] });
    state.createCustomer({ firstName: "Aiko" });
    expect(await (await open("/admin/segments", page)).text()).toMatch(new RegExp(`segment=${segment.id}">At risk</a></th>\\s*<td class="number">1</td><td><code>customer_tags CONTAINS &#39;regulars:at-risk&#39;`));
    const members = await (await open(`/admin/customers?segment=${segment.id}`, page)).text();
    expect(members).toContain("In the segment “At risk”: 1 of 1");
    expect([members.includes("Mina"), members.includes("Aiko")]).toEqual([true, false]);
  });

  test("discounts and gift cards are listed with what they take off, for whom and how often they were used, the newest first", async () => {
    const { state } = fake.context;
    expect(await (await open("/admin/discounts", page)).text()).toContain(words["discounts.empty"][0]);
    const { id } = state.createCustomer({ firstName: "Mina", lastName: '"><script>' });
    state.discounts.create({
      code: "MINA", title: "<b>Bold</b>", value: { kind: "percentage", share: 0.125 }, items: { kind: "all" }, buyers: { kind: "customers", ids: [id] }, minimum: null, isOncePerCustomer: true, usageLimit: 2,
      combinesWith: { order: false, product: false, shipping: false }, startsAt: "2020-01-01T00:00:00Z", endsAt: null, tags: [],
    });
    state.placeOrder({ customerId: id, lines: [{ productId: "101", quantity: 1 }], discountCode: "mina" });
    state.giftCards.create({ initialMinor: 2000, code: "secret-code-1234", customerId: id, note: null, expiresOn: null });
    const shown = await (await open("/admin/discounts", page)).text();
    expect(shown).toMatch(/&lt;b&gt;Bold[^]*<code>MINA<\/code>[^]*Active[^]*12\.5% off the order[^]*Mina &quot;&gt;&lt;script&gt;[^]*1 \/ 2[^]*•••• 1234[^]*Usable[^]*\$20\.00/);
    expect(shown).not.toMatch(/secretcode|<b>Bold|"><script>/);
  });

  test("what reached Flow is listed, the newest first: trigger, customer, fields", async () => {
    const { state, flow } = fake.context;
    expect(await (await open("/admin/flow", page)).text()).toContain(words["flow.empty"][0]);
    const { id } = state.createCustomer({ firstName: "Mina" });
    flow.receive("customer-entered-segment", { customer_id: Number(id), Segment: "At risk" });
    flow.receive("long-gone", { customer_id: "404" });
    const body = await (await open("/admin/flow", page)).text();
    expect(body).toMatch(new RegExp(`long-gone</th>\\s*<td>404</td>[^]*Customer entered segment</th>\\s*<td><a href="/admin/customers/${id}">Mina</a></td><td class="fields"><dl><div><dt>Segment</dt><dd>At risk</dd>`));
  });

  test("a chosen language is kept, and leaves the address", async () => {
    const chosen = await open("/admin/orders?locale=ja", page);
    expect(chosen.headers.get("location")).toBe("/admin/orders");
    const cookie = chosen.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(await (await open("/admin/orders", { ...page, cookie })).text()).toContain('<html lang="ja">');
  });

  test("what the sandbox lacks is said, with the way back", async () => {
    for (const path of ["/admin/themes/current/code", "/admin/orders/abc"]) expect((await open(path, page)).status).toBe(404);
    expect((await open("/admin/orders/999999", page)).status).toBe(404);
  });

  test("every sentence is there in all three languages, with the same blanks", () => {
    for (const [key, sentences] of Object.entries(words)) {
      const blanks = sentences.map((sentence) => (sentence.match(/\{\w+\}/g) ?? []).sort().join());
      expect(new Set(blanks).size, key).toBe(1);
      expect(sentences.every((sentence) => sentence.trim() !== ""), key).toBe(true);
    }
  });
});
