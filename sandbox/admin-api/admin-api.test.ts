import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Kind, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../testing/test-sandbox.ts";
import { toDecimal } from "./amounts.ts";
import { countCost } from "./cost.ts";
import { loadAdminSchema } from "./schema.ts";
import { parseSearch, toBounds } from "./search.ts";
import { createBucket } from "./throttle.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

const HUGE_ID = "9223372036854775807"; // the largest Shopify could give; a double would round it up
const ORDER_COUNT = 7;

let shop: TestSandbox;
let customerGid = "";

beforeAll(async () => {
  shop = await openTestSandbox();
  const customer = shop.state.createCustomer({ firstName: "Mina", lastName: "Okafor", email: "mina@example.com" });
  customerGid = `gid://shopify/Customer/${customer.id}`;
  const line = { title: "Sencha", quantity: 2, unitPriceMinor: 1850 };
  for (let number = 1; number < ORDER_COUNT; number += 1) shop.state.placeOrder({ customerId: customer.id, lines: [line, { ...line, title: "Gyokuro" }] });
  shop.state.placeOrder({ id: HUGE_ID, customerId: customer.id, lines: [line] });
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());

describe("a wrong question fails as Shopify would fail it", () => {
  test("an unknown field", async () => {
    const { status, body } = await shop.ask("{ orders(first: 1) { nodes { totalPrise } } }");
    expect(status).toBe(200);
    expect(body).toMatchObject({ errors: [{ message: "Field 'totalPrise' doesn't exist on type 'Order'", extensions: { code: "undefinedField", typeName: "Order", fieldName: "totalPrise" } }] });
    expect(body).not.toHaveProperty("data");
  });
  test("a variable of the wrong type", async () => {
    const { body } = await shop.ask("query list($first: Int!) { orders(first: $first) { nodes { id } } }", { first: "many" });
    expect(body.errors?.[0]).toMatchObject({ extensions: { code: "INVALID_VARIABLE" } });
  });
  test("neither first nor last", async () => {
    const { body } = await shop.ask("{ orders { nodes { id } } }");
    expect(body.errors?.[0]?.message).toContain("first or last");
  });
  test("a missing scope", async () => {
    const before = shop.sandbox.context.installation.scopes();
    shop.sandbox.context.installation.changeScopes(["read_customers"]);
    const { body } = await shop.ask("{ orders(first: 1) { nodes { id } } }");
    const { body: allowed } = await shop.ask("{ customers(first: 1) { nodes { id } } }");
    shop.sandbox.context.installation.changeScopes(before);
    expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: "ACCESS_DENIED" } }] });
    expect(body.errors?.[0]?.message).toContain("`read_orders` access scope");
    expect(allowed.errors).toBeUndefined();
  });
  test("a wrong token and a wrong version", async () => {
    expect((await shop.ask("{ shop { id } }", {}, "shpat_wrong")).status).toBe(401);
    const response = await shop.fetch("/admin/api/2020-01/graphql.json", { method: "POST" });
    expect(response.status).toBe(404);
  });
});

describe("what the sandbox cannot do it says by name", () => {
  test("a field of the schema without data", async () => {
    const { body } = await shop.ask("{ orders(first: 1) { nodes { id clientIp } } }");
    expect(body.errors?.[0]?.message).toBe("sandbox: Order.clientIp is not implemented");
  });
  test("a search filter", async () => {
    const { body } = await shop.ask(`{ orders(first: 1, query: "gateway:paypal") { nodes { id } } }`);
    expect(body.errors?.[0]?.message).toContain("gateway");
  });
});

describe("paging", () => {
  test("forwards meets every order once, the largest id among them, unrounded", async () => {
    const ids: unknown[] = [];
    for (let after: unknown = null; ; ) {
      const { body } = await shop.ask("query page($after: String) { orders(first: 3, after: $after, sortKey: UPDATED_AT) { nodes { id legacyResourceId } pageInfo { hasNextPage endCursor } } }", { after });
      const nodes = dig(body, "data", "orders", "nodes");
      if (Array.isArray(nodes)) ids.push(...nodes.map((node: unknown) => dig(node, "legacyResourceId")));
      if (dig(body, "data", "orders", "pageInfo", "hasNextPage") !== true) break;
      after = dig(body, "data", "orders", "pageInfo", "endCursor");
    }
    expect(ids).toHaveLength(ORDER_COUNT);
    expect(new Set(ids).size).toBe(ORDER_COUNT);
    expect(ids).toContain(HUGE_ID);
  });
  test.each(["ID", "UPDATED_AT", "CREATED_AT", "PROCESSED_AT"])("backwards by %s ends where forwards began", async (sortKey) => {
    const forwards = await shop.ask(`{ orders(first: 4, sortKey: ${sortKey}) { edges { cursor node { id } } } }`);
    const cursor = dig(forwards.body, "data", "orders", "edges", 3, "cursor");
    const backwards = await shop.ask(`query back($before: String) { orders(last: 3, before: $before, sortKey: ${sortKey}) { nodes { id } pageInfo { hasPreviousPage hasNextPage } } }`, { before: cursor });
    expect(dig(backwards.body, "data", "orders", "nodes")).toEqual([0, 1, 2].map((index) => dig(forwards.body, "data", "orders", "edges", index, "node")));
    expect(dig(backwards.body, "data", "orders", "pageInfo")).toEqual({ hasPreviousPage: false, hasNextPage: true });
  });
  test("a search by instant takes the inclusive lower and the exclusive upper bound", async () => {
    const updatedAt = shop.state.getOrder(HUGE_ID)?.updatedAt ?? "";
    const count = async (query: string): Promise<unknown> => dig((await shop.ask("query count($query: String) { ordersCount(query: $query) { count } }", { query })).body, "data", "ordersCount", "count");
    expect(await count(`updated_at:>='${updatedAt}' AND id:${HUGE_ID}`)).toBe(1);
    expect(await count(`updated_at:<'${updatedAt}' id:${HUGE_ID}`)).toBe(0);
    expect(await count(`id:>=${HUGE_ID}`)).toBe(1);
  });
});

test("without read_all_orders, orders older than 60 days do not exist", async () => {
  const { clock, sandbox } = shop;
  const before = sandbox.context.installation.scopes();
  sandbox.context.installation.changeScopes(before.filter((scope) => scope !== "read_all_orders"));
  const count = async (): Promise<unknown> => dig((await shop.ask("{ ordersCount { count } }", {}, await shop.signIn())).body, "data", "ordersCount", "count");
  expect(await count()).toBe(ORDER_COUNT);
  const offsetMs = clock.offsetMs;
  clock.setOffset(offsetMs + 61 * 86_400_000);
  expect(await count()).toBe(0);
  expect(dig((await shop.ask("query one($id: ID!) { order(id: $id) { id } }", { id: `gid://shopify/Order/${HUGE_ID}` })).body, "data", "order")).toBeNull();
  sandbox.context.installation.changeScopes(before);
  expect(await count()).toBe(ORDER_COUNT);
  clock.setOffset(offsetMs);
  await shop.signIn();
});

describe("changes", () => {
  test("tags are added and removed without touching others", async () => {
    await shop.ask("mutation add($id: ID!) { tagsAdd(id: $id, tags: [\"vip\", \"tea\"]) { userErrors { message } } }", { id: customerGid });
    const { body } = await shop.ask("mutation remove($id: ID!) { tagsRemove(id: $id, tags: [\"tea\"]) { node { ... on Customer { tags } } userErrors { message } } }", { id: customerGid });
    expect(dig(body, "data", "tagsRemove", "node", "tags")).toEqual(["vip"]);
  });
  test("consent takes what a merchant may set and refuses the rest with a code", async () => {
    const mutation = "mutation consent($input: CustomerEmailMarketingConsentUpdateInput!) { customerEmailMarketingConsentUpdate(input: $input) { customer { defaultEmailAddress { marketingState } } userErrors { field code } } }";
    const set = (marketingState: string) => shop.ask(mutation, { input: { customerId: customerGid, emailMarketingConsent: { marketingState, marketingOptInLevel: "SINGLE_OPT_IN" } } });
    expect(dig((await set("SUBSCRIBED")).body, "data", "customerEmailMarketingConsentUpdate", "customer", "defaultEmailAddress", "marketingState")).toBe("SUBSCRIBED");
    expect(dig((await set("NOT_SUBSCRIBED")).body, "data", "customerEmailMarketingConsentUpdate", "userErrors", 0, "code")).toBe("INVALID");
  });
  test("a birthday is the standard metafield, and nobody else's is", async () => {
    const id = shop.state.listCustomers({}, { sortKey: "ID", first: 1 })[0]?.id ?? "";
    shop.state.updateCustomer(id, { birthOn: "1988-03-14" });
    const query = "query born($id: ID!) { customer(id: $id) { born: metafield(namespace: \"facts\", key: \"birth_date\") { type value } other: metafield(namespace: \"facts\", key: \"gender\") { value } } }";
    const { body } = await shop.ask(query, { id: `gid://shopify/Customer/${id}` });
    expect(dig(body, "data", "customer")).toEqual({ born: { type: "date", value: "1988-03-14" }, other: null });
  });

  test("a metafield written with a stale digest is refused, and nothing is written", async () => {
    const mutation = "mutation set($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { metafields { value compareDigest } userErrors { code } } }";
    const field = { ownerId: customerGid, namespace: "$app:regulars", key: "points", type: "number_integer" };
    const first = await shop.ask(mutation, { metafields: [{ ...field, value: "5" }] });
    const digest = dig(first.body, "data", "metafieldsSet", "metafields", 0, "compareDigest");
    await shop.ask(mutation, { metafields: [{ ...field, value: "7", compareDigest: digest }] });
    const stale = await shop.ask(mutation, { metafields: [{ ...field, key: "level", value: "1" }, { ...field, value: "9", compareDigest: digest }] });
    expect(dig(stale.body, "data", "metafieldsSet", "userErrors", 0, "code")).toBe("STALE_OBJECT");
    const read = await shop.ask(`query read($id: ID!) { customer(id: $id) { points: metafield(namespace: "$app:regulars", key: "points") { value } level: metafield(namespace: "$app:regulars", key: "level") { value } } }`, { id: customerGid });
    expect(dig(read.body, "data", "customer")).toEqual({ points: { value: "7" }, level: null });
  });
});

test("a metafield of somebody who is gone is refused", async () => {
  const { body } = await shop.ask(`mutation { metafieldsSet(metafields: [{ ownerId: "gid://shopify/Customer/404", namespace: "$app", key: "points", type: "number_integer", value: "5" }]) { metafields { id } userErrors { field message code } } }`);
  expect(dig(body, "data", "metafieldsSet")).toEqual({ metafields: null, userErrors: [{ field: ["metafields", "0", "ownerId"], message: "Owner does not exist.", code: "INVALID_VALUE" }] });
});

describe("cost", () => {
  test("what was asked for is weighed before, what was there after", async () => {
    const { body } = await shop.ask("{ customers(first: 100) { nodes { id amountSpent { amount } } } }");
    expect(body.extensions?.cost).toMatchObject({ requestedQueryCost: 2 + 100 * 2, actualQueryCost: 2 + 1 * 2 });
  });
  test("one query may not cost more than 1,000", async () => {
    const { body } = await shop.ask("{ orders(first: 100) { nodes { lineItems(first: 10) { nodes { id } } } } }");
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: "MAX_COST_EXCEEDED", cost: 2 + 100 * (1 + 2 + 10), maxCost: 1000 });
  });
  test("an emptied bucket throttles until it has refilled", () => {
    let nowMs = 0;
    const bucket = createBucket({ sizePoints: 1000, restorePointsPerSecond: 100, nowMs: () => nowMs });
    expect(bucket.take(900)).toBe(true);
    expect(bucket.take(200)).toBe(false);
    nowMs = 1_000;
    expect(bucket.take(200)).toBe(true);
    expect(bucket.read()).toEqual({ maximumAvailable: 1000, currentlyAvailable: 0, restoreRate: 100 });
    bucket.giveBack(5_000);
    expect(bucket.read().currentlyAvailable).toBe(1000);
  });
  test("throttling on request looks like Shopify's and costs nothing", async () => {
    shop.sandbox.context.faults.change({ throttle: { next: 1 } });
    const { status, body } = await shop.ask("{ shop { id } }");
    expect(status).toBe(200);
    expect(body).toMatchObject({ errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }], extensions: { cost: { actualQueryCost: null } } });
    expect((await shop.ask("{ shop { id } }")).body.errors).toBeUndefined();
  });
});

const operationsFile = fileURLToPath(new URL("../../../shared/shopify/operations.graphql", import.meta.url));
test.skipIf(!existsSync(operationsFile))("every operation of the contract is valid on this schema and has a cost", async () => {
  const { schema } = await loadAdminSchema();
  const document = parse(readFileSync(operationsFile, "utf8"));
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  expect(operations.length).toBeGreaterThan(20);
  for (const operation of operations) expect(countCost({ schema, document, operation, variables: {} })).toBeGreaterThan(0);
});

test.each([[4050, "USD", "40.5"], [500, "USD", "5.0"], [7, "USD", "0.07"], [-1250, "EUR", "-12.5"], [1200, "JPY", "1200.0"], [1234, "KWD", "1.234"]])("%i minor units of %s are %s", (minor, currency, text) => {
  expect(toDecimal(minor, currency)).toBe(text);
});

describe("search syntax", () => {
  test("terms, quotes and AND", () => {
    expect(parseSearch(`updated_at:>='2026-01-01T00:00:00Z' AND email:"a b@c.d" status:any`)).toEqual([
      { field: "updated_at", operator: ">=", value: "2026-01-01T00:00:00Z" },
      { field: "email", operator: ":", value: "a b@c.d" },
      { field: "status", operator: ":", value: "any" },
    ]);
  });
  test.each(["bob", "a:1 OR b:2", "-status:open", "(status:open)", "NOT status:open"])("%s is refused, not guessed at", (query) => {
    expect(() => parseSearch(query)).toThrow(/not implemented/);
  });
  test("a day means the whole day", () => {
    expect(toBounds({ field: "created_at", operator: ":", value: "2026-03-01" })).toEqual({ min: "2026-03-01T00:00:00.000Z", max: "2026-03-02T00:00:00.000Z" });
    expect(toBounds({ field: "created_at", operator: ">", value: "2026-03-01" })).toEqual({ min: "2026-03-02T00:00:00.000Z" });
  });
});
