import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "../admin-shell/fake-context.ts";
import { html } from "../admin-shell/markup.ts";
import { createShopper as createShopperOf, fieldIn } from "../testing/shopper.ts";
import { signProxyQuery } from "./app-proxy.ts";
import { createStorefront } from "./storefront.ts";
import { words } from "./words.ts";

let fake: FakeSandbox;
let store: Served;
let app: Awaited<ReturnType<typeof serveApp>>;

beforeEach(async () => {
  app = await serveApp((_request, response) => response.writeHead(201, { "Content-Type": "application/json", "Set-Cookie": "a=b", "X-Powered-By": "app" }).end('{"points":7}'));
  fake = createFakeSandbox(app.url);
  store = await serveRouter(createStorefront(fake.context, async (place, _visit, product) => html`<i data-place="${place}" data-product="${product?.id}"></i>`));
});

afterEach(async () => {
  await store.close();
  await app.close();
  fake.context.state.close();
});

const createShopper = () => createShopperOf(store.url);
const address = { email: "Mina@Example.com", firstName: "Mina", lastName: "Sato", countryCode: "JP" };
const tokenIn = (body: string): string => fieldIn(body, "token");

describe("buying", () => {
  test("a checkout sent twice, even at once, is one order with what the cart showed", async () => {
    const shopper = createShopper();
    await shopper.post("/cart/add", { variantId: "1011", quantity: "2" });
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    expect(await shopper.read("/cart")).toContain("$116.00");
    const fields = { ...address, token: tokenIn(await shopper.read("/checkout")), news: "1" };
    const answers = await Promise.all([shopper.post("/checkout", fields), shopper.post("/checkout", fields)]);
    answers.push(await shopper.post("/checkout", fields));
    expect(new Set(answers.map((each) => each.headers.get("location")))).toEqual(new Set([`/checkout/thank-you/${fields.token}`]));
    const { state } = fake.context;
    const orders = [...state.eachOrder({})];
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ email: "mina@example.com", subtotalMinor: 11600, lines: [{ variantId: "1011", quantity: 2 }, { variantId: "1020", quantity: 1 }] });
    expect(state.getCustomer(orders[0]?.customerId ?? "0")).toMatchObject({ lastName: "Sato", countryCode: "JP", emailConsent: { state: "SUBSCRIBED" } });
    expect(await shopper.read(`/checkout/thank-you/${fields.token}`)).toContain(orders[0]?.name);
    expect(await shopper.read("/cart")).toContain(words["cart.empty"][0]);
  });

  test("two checkouts of one address are two orders of one customer; a guest's is nobody's", async () => {
    for (const extra of [{}, {}, { guest: "1" }]) {
      const shopper = createShopper();
      await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
      await shopper.post("/checkout", { ...address, ...extra, token: tokenIn(await shopper.read("/checkout")) });
    }
    const customerIds = [...fake.context.state.eachOrder({})].map((order) => order.customerId);
    expect(customerIds[0]).toBe(customerIds[1]);
    expect(customerIds[0]).not.toBeNull();
    expect(customerIds[2]).toBeNull();
  });

  test("a code the shop does not have is refused with what was typed still there, and one it has counts", async () => {
    const shopper = createShopper();
    await shopper.post("/cart/add", { variantId: "1050", quantity: "1" });
    const fields = { ...address, token: tokenIn(await shopper.read("/checkout")), code: "nonsense" };
    const refused = await shopper.post("/checkout", fields);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/value="mina@example.com"[^]*value="NONSENSE"[^]*role="alert">There is no discount code or gift card NONSENSE\./);
    expect(fake.context.state.countOrders({})).toBe(0);
    await shopper.post("/checkout", { ...fields, code: "welcome10" });
    expect([...fake.context.state.eachOrder({})]).toMatchObject([{ discountMinor: 890, discountCodes: ["WELCOME10"] }]);
  });

  test("a missing address is asked for beside its field", async () => {
    const shopper = createShopper();
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    const refused = await shopper.post("/checkout", { email: "nobody", token: tokenIn(await shopper.read("/checkout")) });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/id="email"[^>]*aria-invalid="true" aria-describedby="email-complaint"/);
  });

  test("whoever is logged in is the customer, whatever the form says", async () => {
    const { state } = fake.context;
    const customer = state.createCustomer({ firstName: "Ann", lastName: "Lee", email: "ann@example.com" });
    const shopper = createShopper();
    await shopper.post("/account/login", { email: "ANN@example.com" });
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    await shopper.post("/checkout", { ...address, token: tokenIn(await shopper.read("/checkout")) });
    expect([...state.eachOrder({})]).toMatchObject([{ customerId: customer.id, email: "ann@example.com" }]);
    expect(await shopper.read("/account")).toContain("First Flush Sencha × 1");
  });

  test("a cookie somebody wrote themselves is nobody's", async () => {
    const shopper = createShopper();
    const forged = Buffer.from(JSON.stringify({ cart: [], customerId: "1", locale: null })).toString("base64url");
    for (const cookie of [`storefront=${forged}.${createHash("sha256").update(forged).digest("base64url")}`, "storefront=%", "storefront=x.y"]) {
      shopper.setCookie(cookie);
      expect((await shopper.go("/account")).headers.get("location")).toBe("/account/login");
    }
  });
});

describe("pages", () => {
  test("a product's name is text, whatever it holds", async () => {
    const shopper = createShopper();
    await shopper.post("/cart/add", { variantId: "1070", quantity: "1" });
    for (const path of ["/", "/collections/all", "/products/-b-bold-b-quoted-blend", "/cart", "/checkout", "/collections/all?q=%3Cb%3E"]) {
      const shown = await shopper.read(path);
      expect(shown, path).toContain("&lt;b&gt;");
      expect(shown, path).not.toContain("<b>");
    }
  });

  test("a language chosen once is kept, and going back stays in the shop", async () => {
    const shopper = createShopper();
    await shopper.go("/?locale=ja");
    expect(await shopper.read("/collections/all")).toContain(words["collection.title"][1]);
    const back = await shopper.post("/language", { locale: "zh-CN", back: "//evil.example/x" });
    expect(back.headers.get("location")).toBe("/");
    expect(await shopper.read("/cart")).toContain(words["cart.empty"][2]);
  });

  test("theme blocks stand on every page but checkout, with the product on its own page", async () => {
    const shopper = createShopper();
    const product = await shopper.read("/products/ethiopia-guji");
    expect(product).toContain('<i data-place="product-section" data-product="101"></i>');
    expect(product).toContain('<i data-place="body-end" data-product="101"></i>\n</body>');
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    expect(await shopper.read("/cart")).toContain('data-place="body-end"');
    expect(await shopper.read("/checkout")).not.toContain("data-place");
  });

  test("every sentence is there in all three languages, with the same blanks", () => {
    for (const [key, sentences] of Object.entries(words)) {
      const blanks = sentences.map((sentence) => (sentence.match(/\{\w+\}/g) ?? []).sort().join());
      expect(new Set(blanks).size, key).toBe(1);
    }
  });
});

describe("the app's door", () => {
  test.each([
    ["1", "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"],
    ["", "e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb"],
  ])("signs like Shopify for the customer “%s”", (customerId, signature) => {
    const query = `extra=1&extra=2&shop=shop-name.myshopify.com&path_prefix=/apps/awesome_reviews&timestamp=1317327555&logged_in_customer_id=${customerId}`;
    expect(signProxyQuery(new URLSearchParams(query), "hush")).toBe(signature);
  });

  test("names are in byte order, upper case before `_` before lower case", () => {
    const expected = createHmac("sha256", "hush").update("B=0a_b=1ab=2").digest("hex");
    expect(signProxyQuery(new URLSearchParams("ab=2&a_b=1&B=0"), "hush")).toBe(expected);
  });

  test("the app learns who is logged in from the signed query only, and no cookie passes either way", async () => {
    const customer = fake.context.state.createCustomer({ lastName: "Lee", email: "ann@example.com" });
    const shopper = createShopper();
    await shopper.post("/account/login", { email: "ann@example.com" });
    const cookie = shopper.cookie();
    const answer = await shopper.go("/apps/regulars/loyalty?logged_in_customer_id=1&signature=x&view=card", { method: "POST", body: '{"rewardId":"r"}', headers: { "content-type": "application/json" } });
    expect([answer.status, await answer.text(), answer.headers.get("set-cookie"), answer.headers.get("x-powered-by")]).toEqual([201, '{"points":7}', null, null]);
    const heard = app.heard[0];
    expect(heard).toMatchObject({ method: "POST", body: '{"rewardId":"r"}' });
    expect(heard?.headers.cookie).toBeUndefined();
    expect(heard?.url.pathname).toBe("/proxy/loyalty");
    const params = heard?.url.searchParams ?? new URLSearchParams();
    expect(params.getAll("logged_in_customer_id")).toEqual([customer.id]);
    expect(Object.fromEntries(params)).toMatchObject({ view: "card", shop: fake.context.shopDomain, path_prefix: "/apps/regulars" });
    expect(params.get("signature")).toBe(signProxyQuery(params, "hush"));
    expect(cookie).not.toBe("");
  });

  test("a door without an app behind it says so", async () => {
    await app.close();
    expect((await createShopper().go("/apps/regulars/loyalty")).status).toBe(502);
  });
});
