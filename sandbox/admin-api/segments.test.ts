import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseSegmentQuery } from "../shop/segments.ts";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../testing/test-sandbox.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

let shop: TestSandbox;
let mina = "";

beforeAll(async () => {
  shop = await openTestSandbox();
  mina = `gid://shopify/Customer/${shop.state.createCustomer({ firstName: "Mina", lastName: "Okafor", email: "mina@example.com", tags: ["VIP"] }).id}`;
  shop.state.createCustomer({ firstName: "Aiko", email: "aiko@example.com" });
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());

describe("tags", () => {
  const change = async (verb: "tagsAdd" | "tagsRemove", tags: string[], id = mina) =>
    dig((await shop.ask(`mutation change($id: ID!, $tags: [String!]!) { ${verb}(id: $id, tags: $tags) { node { ... on Customer { tags updatedAt } } userErrors { field message } } }`, { id, tags })).body, "data", verb);
  const countNews = async () => {
    await shop.control("POST", "/deliveries/flush");
    return shop.app.received.filter(({ topic }) => topic === "customers/update").length;
  };
  beforeEach(async () => {
    await shop.control("POST", "/deliveries/flush");
    shop.app.received.length = 0;
  });

  test("several are added in one go, also from a list in one text, beside those of others, and told once", async () => {
    expect(await change("tagsAdd", ["regulars:at-risk", "tea, green"])).toMatchObject({ node: { tags: ["VIP", "regulars:at-risk", "tea", "green"] }, userErrors: [] });
    expect(await countNews()).toBe(1);
  });
  test("one that is there already, in whatever case, changes nothing and is no news", async () => {
    const before = shop.state.getCustomer(mina.split("/").at(-1) ?? "");
    expect(await change("tagsAdd", ["vip", "Tea"])).toMatchObject({ node: { tags: before?.tags }, userErrors: [] });
    expect(await change("tagsRemove", ["never-there"])).toMatchObject({ node: { tags: before?.tags }, userErrors: [] });
    expect(shop.state.getCustomer(before?.id ?? "")).toEqual(before);
    expect(await countNews()).toBe(0);
  });
  test("one is removed in whatever case, twice as once", async () => {
    expect(await change("tagsRemove", ["TEA", "green"])).toMatchObject({ node: { tags: ["VIP", "regulars:at-risk"] } });
    expect(await change("tagsRemove", ["TEA", "green"])).toMatchObject({ node: { tags: ["VIP", "regulars:at-risk"] } });
    expect(await countNews()).toBe(1);
  });
  test("somebody who is not there is a user error", async () => {
    expect(await change("tagsAdd", ["x"], "gid://shopify/Customer/404")).toEqual({ node: null, userErrors: [{ field: ["id"], message: "Customer does not exist" }] });
  });
  test("without write_customers nothing is changed", async () => {
    const { installation } = shop.sandbox.context;
    const before = installation.scopes();
    installation.changeScopes(["read_customers"]);
    const remove = await shop.ask(`mutation { tagsRemove(id: "${mina}", tags: ["VIP"]) { userErrors { message } } }`);
    const create = await shop.ask(`mutation { segmentCreate(name: "A", query: "customer_tags CONTAINS 'a'") { userErrors { message } } }`);
    installation.changeScopes(before);
    expect(remove.body.errors?.[0]?.message).toBe("Access denied for tagsRemove field. Required access: `write_customers` access scope.");
    expect(create.body.errors?.[0]?.extensions?.code).toBe("ACCESS_DENIED");
  });
});

const CREATE = "mutation create($name: String!, $query: String!) { segmentCreate(name: $name, query: $query) { segment { id name query creationDate lastEditDate } userErrors { field message } } }";
const UPDATE = "mutation update($id: ID!, $name: String, $query: String) { segmentUpdate(id: $id, name: $name, query: $query) { segment { id name query } userErrors { field message } } }";
const DELETE = "mutation delete($id: ID!) { segmentDelete(id: $id) { deletedSegmentId userErrors { field message } } }";
const MEMBERS = "query members($segmentId: ID, $query: String, $first: Int!, $after: String) { customerSegmentMembers(segmentId: $segmentId, query: $query, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id displayName numberOfOrders amountSpent { amount } lastOrderId } } } }";
const AT_RISK = "customer_tags CONTAINS 'regulars:at-risk'";

const create = async (name: string, query = AT_RISK) => dig((await shop.ask(CREATE, { name, query })).body, "data", "segmentCreate");
const createId = async (name: string, query = AT_RISK) => String(dig(await create(name, query), "segment", "id"));

describe("segments", () => {
  test("one is made, found by id and by name, renamed and deleted", async () => {
    const made = await create("  Regulars: at risk ");
    expect(made).toMatchObject({ segment: { id: expect.stringMatching(/^gid:\/\/shopify\/Segment\/\d+$/), name: "Regulars: at risk", query: AT_RISK }, userErrors: [] });
    const id = dig(made, "segment", "id");
    expect(dig(made, "segment", "creationDate")).toBe(dig(made, "segment", "lastEditDate"));
    expect((await shop.ask("query one($id: ID!) { segment(id: $id) { name } node(id: $id) { id ... on Segment { name } } }", { id })).body.data).toEqual({ segment: { name: "Regulars: at risk" }, node: { id, name: "Regulars: at risk" } });
    const found = await shop.ask("query named($query: String) { segments(first: 5, query: $query) { nodes { id } pageInfo { hasNextPage } } }", { query: "name:'regulars: AT risk'" });
    expect(found.body.data).toEqual({ segments: { nodes: [{ id }], pageInfo: { hasNextPage: false } } });
    expect(dig((await shop.ask(UPDATE, { id, name: "Slipping" })).body, "data", "segmentUpdate")).toEqual({ segment: { id, name: "Slipping", query: AT_RISK }, userErrors: [] });
    expect(dig((await shop.ask(DELETE, { id })).body, "data", "segmentDelete")).toEqual({ deletedSegmentId: id, userErrors: [] });
    expect(dig((await shop.ask(DELETE, { id })).body, "data", "segmentDelete")).toEqual({ deletedSegmentId: null, userErrors: [{ field: ["id"], message: "Segment does not exist" }] });
  });

  test("a name that is taken gets a number, as Shopify does it, until too many are", async () => {
    const names: unknown[] = [];
    for (let count = 0; count < 12; count += 1) {
      const answer = await create("Loyal");
      names.push(dig(answer, "segment", "name") ?? dig(answer, "userErrors", 0, "message"));
    }
    expect(names.slice(0, 3)).toEqual(["Loyal", "Loyal (2)", "Loyal (3)"]);
    expect(names.at(-1)).toBe("Name has already been taken");
    const id = await createId("Alone");
    expect(dig((await shop.ask(UPDATE, { id, name: "Alone" })).body, "data", "segmentUpdate", "segment", "name")).toBe("Alone");
  });

  test.each([
    [" ", AT_RISK, "name", "Name can't be blank"],
    ["N".repeat(256), AT_RISK, "name", "Name is too long (maximum is 255 characters)"],
    ["A", "", "query", "Query can't be blank"],
  ])("the name %j with the query %j is refused in Shopify's words", async (name, query, field, message) => {
    expect(await create(name, query)).toEqual({ segment: null, userErrors: [{ field: [field], message }] });
  });

  test.each(["number_of_orders > 5", "customer_tags = 'x'", `${AT_RISK} AND customer_tags CONTAINS 'tea'`, "customer_tags CONTAINS 'a' OR 'b'"])("the query %s is refused loudly, not guessed at", async (query) => {
    const { body } = await shop.ask(CREATE, { name: "Other", query });
    expect(body.errors?.[0]?.message).toMatch(/^sandbox: Mutation\.segmentCreate is not implemented \(the query /);
  });

  test("they outlive a restart, and their ids are not given again", async () => {
    const [kept, gone] = [await createId("Kept"), await createId("Gone")];
    await shop.ask(DELETE, { id: gone });
    await shop.restart();
    expect(dig((await shop.ask("query one($id: ID!) { segment(id: $id) { name } }", { id: kept })).body, "data", "segment")).toEqual({ name: "Kept" });
    expect([kept, gone]).not.toContain(await createId("New"));
  });
});

describe("members", () => {
  test("are whoever has the tag now, with what they bought", async () => {
    const order = shop.state.placeOrder({ customerId: mina.split("/").at(-1) ?? "", lines: [{ title: "Sencha", quantity: 1, unitPriceMinor: 1850 }] });
    const segmentId = await createId("At risk now");
    const { body } = await shop.ask(MEMBERS, { segmentId, first: 400 });
    expect(dig(body, "data", "customerSegmentMembers")).toMatchObject({
      totalCount: 1,
      edges: [{ node: { id: mina.replace("Customer", "CustomerSegmentMember"), displayName: "Mina Okafor", numberOfOrders: "1", amountSpent: { amount: "20.35" }, lastOrderId: `gid://shopify/Order/${order.id}` } }],
    });
    await shop.ask(`mutation { tagsRemove(id: "${mina}", tags: ["Regulars:At-Risk"]) { userErrors { message } } }`);
    expect(dig((await shop.ask(MEMBERS, { segmentId, first: 10 })).body, "data", "customerSegmentMembers", "totalCount")).toBe(0);
  });
  test("NOT CONTAINS is everybody else, page by page", async () => {
    const query = "customer_tags NOT CONTAINS 'vip'";
    for (const email of ["b@example.com", "c@example.com"]) shop.state.createCustomer({ email });
    const first = (await shop.ask(MEMBERS, { query, first: 2 })).body;
    const second = (await shop.ask(MEMBERS, { query, first: 2, after: dig(first, "data", "customerSegmentMembers", "pageInfo", "endCursor") })).body;
    expect([first, second].map((body) => dig(body, "data", "customerSegmentMembers", "totalCount"))).toEqual([3, 3]);
    expect([first, second].flatMap((body) => dig(body, "data", "customerSegmentMembers", "edges")).map((edge) => dig(edge, "node", "displayName"))).toEqual(["Aiko", "b@example.com", "c@example.com"]);
  });
  test("a quoted tag may hold a quote", () => {
    expect(parseSegmentQuery(String.raw`customer_tags CONTAINS 'o\'clock'`)?.({ ...shop.state.createCustomer({}), tags: ["o'clock"] })).toBe(true);
  });
});
