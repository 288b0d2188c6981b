import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../../testing/test-sandbox.ts";
import { loadAdminSchema } from "../schema.ts";
import { checkBulkQuery } from "./bulk-rules.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

const HUGE_ID = "9223372036854775807";
let shop: TestSandbox;

beforeAll(async () => {
  shop = await openTestSandbox();
  const customer = shop.state.createCustomer({ firstName: "水", lastName: "茶", email: "mizu@example.com" });
  for (let number = 0; number < 30; number += 1) {
    const lines = Array.from({ length: 1 + (number % 4) }, (_, index) => ({ title: `Tea ${index}`, quantity: 1 + index, unitPriceMinor: 333 }));
    const order = shop.state.placeOrder({ customerId: number % 3 === 0 ? customer.id : null, lines, ...(number === 7 ? { id: HUGE_ID } : {}) });
    if (number % 5 === 0) shop.state.refundOrder(order.id, { amountMinor: 100, note: "late" });
  }
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());

const orderFields = `id name createdAt test tags displayFinancialStatus discountCodes total: totalPriceSet { shopMoney { amount currencyCode } }
  customer { id displayName numberOfOrders } shippingAddress { countryCodeV2 } refunds { id totalRefundedSet { shopMoney { amount } } } ...More`;
const fragment = "fragment More on Order { __typename legacyResourceId ... on Node { id } }";
const lineFields = "id title quantity currentQuantity product { id } originalUnitPriceSet { shopMoney { amount } }";

async function run(query: string, isGrouped: boolean): Promise<{ gid: string; lines: Record<string, unknown>[]; operation: unknown }> {
  const started = await shop.ask("mutation run($query: String!, $isGrouped: Boolean!) { bulkOperationRunQuery(query: $query, groupObjects: $isGrouped) { bulkOperation { id status } userErrors { message } } }", { query, isGrouped });
  expect(dig(started.body, "data", "bulkOperationRunQuery")).toMatchObject({ bulkOperation: { status: "CREATED" }, userErrors: [] });
  const gid = String(dig(started.body, "data", "bulkOperationRunQuery", "bulkOperation", "id"));
  const operation = await finished(gid);
  const url = dig(operation, "url");
  const text = typeof url === "string" ? await (await download(url)).text() : "";
  return { gid, operation, lines: text.split("\n").filter(Boolean).map((line): Record<string, unknown> => ({ ...JSON.parse(line) })) };
}

async function finished(gid: string): Promise<unknown> {
  for (;;) {
    const { body } = await shop.ask("query poll($gid: ID!) { bulkOperation(id: $gid) { status errorCode objectCount rootObjectCount fileSize url partialDataUrl } }", { gid });
    const operation = dig(body, "data", "bulkOperation");
    if (!["CREATED", "RUNNING", "CANCELING"].includes(String(dig(operation, "status")))) return operation;
  }
}

/** As network.ts would send it. */
const download = (url: string, headers: Record<string, string> = {}): Promise<Response> => shop.fetch(new URL(url).pathname + new URL(url).search, { headers: { "x-sandbox-host": new URL(url).host, ...headers } });

describe.each([true, false])("with groupObjects %s", (isGrouped) => {
  test("the file says the same as paging through the API", async () => {
    const { lines, operation } = await run(`{ orders { edges { node { ${orderFields} lineItems { edges { node { ${lineFields} } } } } } } } ${fragment}`, isGrouped);
    const expected: Record<string, unknown>[] = [];
    for (let after: unknown = null; ; ) {
      const { body } = await shop.ask(`query page($after: String) { orders(first: 10, after: $after, sortKey: ID) { nodes { ${orderFields} lineItems(first: 10) { nodes { ${lineFields} } } } pageInfo { hasNextPage endCursor } } } ${fragment}`, { after });
      expect(body.errors).toBeUndefined();
      const nodes = dig(body, "data", "orders", "nodes");
      for (const { lineItems, ...order } of Array.isArray(nodes) ? nodes : []) {
        expected.push(order, ...lineItems.nodes.map((line: object) => ({ ...line, __parentId: order.id })));
      }
      if (dig(body, "data", "orders", "pageInfo", "hasNextPage") !== true) break;
      after = dig(body, "data", "orders", "pageInfo", "endCursor");
    }
    const byId = (a: Record<string, unknown>, b: Record<string, unknown>): number => (String(a.id) < String(b.id) ? -1 : 1);
    expect(expected).toHaveLength(lines.length);
    expect(isGrouped ? lines : lines.toSorted(byId)).toEqual(isGrouped ? expected : expected.toSorted(byId));
    expect(operation).toMatchObject({ status: "COMPLETED", objectCount: String(lines.length), rootObjectCount: "30" });
    expect(lines.map(({ id }) => id)).toContain(`gid://shopify/Order/${HUGE_ID}`);
  });
});

test("ungrouped children come after all their parents, grouped ones right behind each", async () => {
  const query = "{ orders { edges { node { id lineItems { edges { node { id } } } } } } }";
  const isChild = ({ __parentId }: Record<string, unknown>): boolean => __parentId !== undefined;
  expect((await run(query, true)).lines.slice(0, 3).map(isChild)).toEqual([false, true, false]);
  expect((await run(query, false)).lines.slice(0, 30).some(isChild)).toBe(false);
});

test("a search narrows it, and an empty result has no address", async () => {
  expect((await run(`{ orders(query: "id:${HUGE_ID}") { edges { node { id } } } }`, false)).lines).toEqual([{ id: `gid://shopify/Order/${HUGE_ID}` }]);
  expect((await run(`{ orders(query: "created_at:<2001-01-01") { edges { node { id } } } }`, false)).operation).toMatchObject({ status: "COMPLETED", objectCount: "0", url: null });
});

test("its address serves ranges, is signed, and ends after seven days", async () => {
  const { operation } = await run("{ orders { edges { node { id } } } }", false);
  const url = String(dig(operation, "url"));
  expect(new URL(url).host).toBe("storage.googleapis.com");
  const whole = await (await download(url)).text();
  const part = await download(url, { Range: "bytes=10-" });
  expect([part.status, await part.text()]).toEqual([206, whole.slice(10)]);
  expect((await download(url.replace(/Signature=./, "Signature=x"))).status).toBe(403);
  const offsetMs = shop.clock.offsetMs;
  shop.clock.setOffset(offsetMs + 7 * 86_400_000 + 60_000);
  expect((await download(url)).status).toBe(400);
  shop.clock.setOffset(offsetMs);
});

test("a field without its scope fails the operation with ACCESS_DENIED", async () => {
  const { installation } = shop.sandbox.context;
  const before = installation.scopes();
  installation.changeScopes(["read_orders"]);
  const { operation } = await run("{ orders { edges { node { id customer { id } } } } }", false);
  installation.changeScopes(before);
  expect(operation).toMatchObject({ status: "FAILED", errorCode: "ACCESS_DENIED", url: null });
});

test("its end is told by webhook", async () => {
  const { gid } = await run("{ customers { edges { node { id } } } }", false);
  await shop.sandbox.context.deliveries.flush(10_000);
  const told = shop.app.received.filter(({ topic }) => topic === "bulk_operations/finish").map(({ body }): unknown => JSON.parse(body.toString()));
  expect(told).toContainEqual(expect.objectContaining({ admin_graphql_api_id: gid, status: "completed", type: "query", error_code: null }));
});

test("one that a stop interrupted is there after a restart, and completes", async () => {
  const { body } = await shop.ask(`mutation { bulkOperationRunQuery(query: "{ orders { edges { node { id } } } }") { bulkOperation { id } } }`);
  const gid = String(dig(body, "data", "bulkOperationRunQuery", "bulkOperation", "id"));
  await shop.restart();
  expect(await finished(gid)).toMatchObject({ status: "COMPLETED", rootObjectCount: "30" });
});

test("a cancelled one says so", async () => {
  const { body } = await shop.ask(`mutation { bulkOperationRunQuery(query: "{ orders { edges { node { id } } } }") { bulkOperation { id } } }`);
  const gid = String(dig(body, "data", "bulkOperationRunQuery", "bulkOperation", "id"));
  const cancelled = await shop.ask("mutation stop($gid: ID!) { bulkOperationCancel(id: $gid) { bulkOperation { status } userErrors { message } } }", { gid });
  const early = dig(cancelled.body, "data", "bulkOperationCancel", "bulkOperation", "status");
  expect(await finished(gid)).toMatchObject({ status: early === "CANCELING" ? "CANCELED" : "COMPLETED" });
});

describe("Shopify's rules for a bulk query", () => {
  test.each([
    ["nodes instead of edges", "{ orders { nodes { id } } }", /'edges' > 'node'/],
    ["no connection", "{ shop { id } }", /at least one connection/],
    ["a node at the top", `{ node(id: "gid://shopify/Order/1") { id } }`, /top level `node`/],
    ["a connection in a list", "{ orders { edges { node { id refunds { refundLineItems { edges { node { quantity } } } } } } } }", /within a list field/],
    ["a parent without id", "{ orders { edges { node { name lineItems { edges { node { id } } } } } } }", /must select the 'id' field/],
    ["three connections deep", "{ customers { edges { node { id orders { edges { node { id lineItems { edges { node { id product { id variants { edges { node { id } } } } } } } } } } } } } }", /depth greater than 2/],
    ["six connections", `{ ${["a", "b", "c", "d", "e", "f"].map((alias) => `${alias}: orders { edges { node { id } } }`).join(" ")} }`, /more than 5/],
    ["a mutation", `mutation { tagsAdd(id: "1", tags: []) { userErrors { message } } }`, /Only `query`/],
    ["an unknown field", "{ orders { edges { node { totalPrise } } } }", /totalPrise/],
    ["nothing", "", /Invalid bulk query/],
  ])("%s is refused", async (_name, query, reason) => {
    const { schema } = await loadAdminSchema();
    expect(checkBulkQuery(schema, query)).toMatchObject({ refusals: expect.arrayContaining([expect.stringMatching(reason)]) });
  });
});
