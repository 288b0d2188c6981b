import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { seedTeaShop } from "../shop/generator.ts";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../testing/test-sandbox.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

let shop: TestSandbox;
beforeAll(async () => {
  shop = await openTestSandbox();
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());

const order = { lines: [{ title: "Sencha", quantity: 2, unitPriceMinor: 1500 }], customerId: null };

describe("bad input is a 400 with a sentence that names the field", () => {
  test.each([
    ["POST", "/orders", { ...order, lines: [{ quantity: 0, title: "x" }] }, "lines.0.quantity"],
    ["POST", "/orders", { ...order, colour: "green" }, "colour"],
    ["POST", "/orders", { ...order, id: "12x" }, "id"],
    ["POST", "/orders", { ...order, id: "9223372036854775808" }, "2^63"],
    ["POST", "/orders", { ...order, id: "5", count: 2 }, "id"],
    ["POST", "/clock", { days: "many" }, "days"],
    ["POST", "/clock", { days: -1 }, "days"],
    ["POST", "/faults", { drop: { probability: 2 } }, "drop.probability"],
    ["POST", "/faults", { flood: { next: 1 } }, "flood"],
    ["POST", "/faults", { mutations: { tagsAdded: { failAfter: 1 } } }, "mutations.tagsAdded"],
    ["POST", "/faults", { mutations: { tagsAdd: { failAfter: -1 } } }, "mutations.tagsAdd.failAfter"],
    ["POST", "/scopes", { scopes: "read_orders" }, "scopes"],
    ["POST", "/customers/1x/redact", {}, "1x"],
    ["GET", "/orders/404", undefined, "404"],
    ["GET", "/deliveries?limit=0", undefined, "limit"],
  ])("%s %s", async (method, path, body, field) => {
    const answer = await shop.control(method, path, body);
    expect(answer.status).toBe(400);
    expect(String(dig(answer.body, "error"))).toContain(field);
  });
  test("a body that is not JSON", async () => {
    const response = await shop.fetch("/sandbox/orders", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{" });
    expect([response.status, String(dig(await response.json(), "error"))]).toEqual([400, expect.stringContaining("not JSON")]);
  });
  test("a route that does not exist is a 404 that says where to look", async () => {
    const answer = await shop.control("POST", "/moon");
    expect([answer.status, String(dig(answer.body, "error"))]).toEqual([404, expect.stringContaining("docs/sandbox.md")]);
  });
});

test("an order is placed, refunded, edited, cancelled and deleted", async () => {
  const placed = await shop.control("POST", "/orders", order);
  const id = String(dig(placed.body, "id"));
  const lineId = String(dig(placed.body, "lines", 0, "id"));
  expect(dig((await shop.control("POST", `/orders/${id}/refund`, { lines: [{ lineId, quantity: 1 }] })).body, "refunds", 0, "lines", 0, "quantity")).toBe(1);
  const other = String(dig((await shop.control("POST", "/orders", order)).body, "id"));
  const otherLine = String(dig((await shop.control("GET", `/orders/${other}`)).body, "lines", 0, "id"));
  expect(dig((await shop.control("POST", `/orders/${other}/edit`, { setQuantities: [{ lineId: otherLine, quantity: 1 }] })).body, "lines", 0, "currentQuantity")).toBe(1);
  expect(dig((await shop.control("POST", `/orders/${other}/cancel`, { reason: "customer" })).body, "cancelledAt")).not.toBeNull();
  expect((await shop.control("DELETE", `/orders/${other}`)).status).toBe(200);
  expect((await shop.control("GET", `/orders/${other}`)).status).toBe(400);
});

test("a burst places as many orders as asked for", async () => {
  const before = Number(dig((await shop.control("GET", "/state")).body, "orders"));
  const { body } = await shop.control("POST", "/orders", { ...order, count: 120 });
  expect(new Set(dig(body, "ids") as string[]).size).toBe(120); // the route answers ids
  expect(dig((await shop.control("GET", "/state")).body, "orders")).toBe(before + 120);
});

test("a customer is created, changed, merged, redacted and asked about", async () => {
  const create = async (email: string): Promise<string> => String(dig((await shop.control("POST", "/customers", { email })).body, "id"));
  const [kept, gone] = [await create("kept@example.com"), await create("gone@example.com")];
  expect((await shop.control("POST", `/customers/${kept}`, { note: "likes oolong" })).body).toMatchObject({ note: "likes oolong" });
  expect((await shop.control("POST", `/customers/${gone}/merge`, { into: kept })).body).toMatchObject({ id: kept });
  shop.app.received.length = 0;
  await shop.control("POST", `/customers/${kept}/data-request`);
  await shop.control("POST", `/customers/${kept}/redact`);
  await shop.control("POST", "/shop/redact");
  await shop.control("POST", "/deliveries/flush");
  expect(shop.app.received.map(({ topic }) => topic)).toEqual(expect.arrayContaining(["customers/data_request", "customers/redact", "shop/redact"]));
});

test("the session token is text, fresh, and of the sandbox's own time", async () => {
  shop.clock.setOffset(shop.clock.offsetMs + 86_400_000);
  const response = await shop.fetch("/sandbox/token?locale=ja");
  expect(response.headers.get("content-type")).toContain("text/plain");
  const claims = decodeJwt(await response.text());
  const nowSeconds = shop.clock.now().getTime() / 1000;
  expect(claims).toMatchObject({ aud: shop.identity.apiKey, dest: `https://${shop.state.shop().domain}`, iss: `https://${shop.state.shop().domain}/admin` });
  expect(Math.abs(Number(claims.exp) - nowSeconds - 60)).toBeLessThan(5);
});

test("of no days nothing happens, however late the shop's people are and however long it takes", async () => {
  const late = await openTestSandbox();
  try {
    await seedTeaShop(late.state, { seed: 3, asOf: late.clock.now(), customerCount: 40, months: 2 });
    late.clock.setOffset(late.clock.offsetMs + 40 * 86_400_000); // everybody's next order is overdue
    for (let time = 0; time < 20; time += 1) expect(dig((await late.control("POST", "/clock", { days: 0 })).body, "orderCount")).toBe(0);
  } finally {
    await late.close();
  }
});

test("the clock moves by days, and stays moved after a restart", async () => {
  const before = shop.clock.now().getTime();
  const { status, body } = await shop.control("POST", "/clock", { days: 7 });
  expect(status).toBe(200);
  expect(Date.parse(String(dig(body, "now"))) - before).toBeGreaterThanOrEqual(7 * 86_400_000);
  const { offsetMs } = shop.clock;
  await shop.restart();
  expect(dig((await shop.control("GET", "/clock")).body, "offsetMs")).toBe(offsetMs);
});

test("what the app asked of Shopify is written down, without its token", async () => {
  const token = await shop.signIn();
  await shop.control("DELETE", "/requests");
  await shop.ask("query hello { shop { id } }");
  await shop.ask("{ nonsense }");
  const { body } = await shop.control("GET", "/requests");
  expect(body).toMatchObject([{ kind: "graphql", operationName: "hello", status: 200, costPoints: 1 }, { kind: "graphql", status: 200, error: "undefinedField" }]);
  expect(JSON.stringify(body)).not.toContain(token);
});

describe("trouble with the Admin API on request", () => {
  test("5xx, and the connection cut after a wait", async () => {
    await shop.control("POST", "/faults", { serverError: { next: 1 } });
    expect((await shop.ask("{ shop { id } }")).status).toBe(503);
    await shop.control("POST", "/faults", { timeout: { next: 1 }, timeoutMs: 5 });
    await expect(shop.ask("{ shop { id } }")).rejects.toThrow();
    expect((await shop.ask("{ shop { id } }")).status).toBe(200);
  });
  test("faults are read and cleared", async () => {
    await shop.control("POST", "/faults", { duplicate: { probability: 0.5 }, delayMs: 7 });
    expect((await shop.control("GET", "/faults")).body).toMatchObject({ duplicate: { probability: 0.5, next: 0 }, delayMs: 7 });
    expect((await shop.control("DELETE", "/faults")).body).toMatchObject({ duplicate: { probability: 0, next: 0 } });
  });
});

test("an order can be placed with codes and paid with credit and gift cards, which are there to look at", async () => {
  const { id } = shop.state.createCustomer({});
  shop.state.storeCredit.credit(id, { amountMinor: 100, expiresAt: null });
  shop.state.giftCards.create({ initialMinor: 200, code: "controlled", customerId: null, note: null, expiresOn: null });
  const { body } = await shop.control("POST", "/orders", { ...order, customerId: id, discountCodes: ["welcome10"], shippingMinor: 0, payWith: { storeCredit: true, giftCardCodes: ["controlled"] } });
  expect(body).toMatchObject({ discountCodes: ["WELCOME10"], totalMinor: 2700, payments: [{ kind: "giftCard", amountMinor: 200 }, { kind: "storeCredit", amountMinor: 100 }] });
  expect((await shop.control("GET", "/gift-cards")).body).toMatchObject([{ code: "controlled", balanceMinor: 0 }]);
  expect((await shop.control("GET", "/discounts")).body).toEqual([]);
});

describe("a mutation fails as often as asked", () => {
  const add = async (id: string, tag: string) => (await shop.ask(`mutation any($t: [String!]!) { alias: tagsAdd(id: "gid://shopify/Customer/${id}", tags: $t) { userErrors { message } } }`, { t: [tag] })).status;
  const tagsOf = (id: string) => shop.state.getCustomer(id)?.tags;

  test("before it did anything, or after, when the caller cannot know; others do not", async () => {
    const { id } = shop.state.createCustomer({});
    await shop.signIn();
    await shop.control("POST", "/faults", { mutations: { tagsAdd: { failBefore: 1, failAfter: 1 } } });
    expect([await add(id, "a"), tagsOf(id)]).toEqual([503, []]);
    expect((await shop.ask("{ shop { name } }")).status).toBe(200);
    expect([await add(id, "b"), tagsOf(id)]).toEqual([503, ["b"]]);
    expect([await add(id, "c"), tagsOf(id)]).toEqual([200, ["b", "c"]]);
    expect(dig((await shop.control("GET", "/faults")).body, "mutations")).toEqual({ tagsAdd: { failBefore: 0, failAfter: 0, delayMs: 0 } });
  });

  test("and waits as long as asked, until the faults are ended", async () => {
    const { id } = shop.state.createCustomer({});
    await shop.control("POST", "/faults", { mutations: { tagsAdd: { delayMs: 60 } } });
    const beganAtMs = performance.now();
    expect(await add(id, "slow")).toBe(200);
    expect(performance.now() - beganAtMs).toBeGreaterThan(55);
    await shop.control("DELETE", "/faults");
    expect(dig((await shop.control("GET", "/faults")).body, "mutations")).toEqual({});
  });
});
