import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../testing/test-sandbox.ts";
import { APP_ID } from "./metafields.ts";
import { readAppMetafields, readCustomerMetafields } from "./storefront-metafields.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

let shop: TestSandbox;
let customerId = "";
beforeAll(async () => {
  shop = await openTestSandbox();
  customerId = shop.state.createCustomer({ email: "mina@example.com" }).id;
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());

const ask = async (query: string, variables: Record<string, unknown> = {}) => {
  const { body } = await shop.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const define = async (changes: object) => dig(await ask(`mutation d($d: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $d) { createdDefinition { id namespace key name type { name } access { storefront admin } } userErrors { field message code } } }`,
  { d: { name: "Points", namespace: "$app:regulars", key: "points", ownerType: "CUSTOMER", type: "number_integer", access: { storefront: "PUBLIC_READ" }, ...changes } }), "metafieldDefinitionCreate");
const own = `app--${APP_ID}--regulars`;

test("a definition is made once in the app's own namespace, and found there", async () => {
  expect(await define({})).toMatchObject({ userErrors: [], createdDefinition: { namespace: own, key: "points", type: { name: "number_integer" }, access: { storefront: "PUBLIC_READ" } } });
  expect(await define({})).toMatchObject({ createdDefinition: null, userErrors: [{ field: ["definition", "key"], code: "TAKEN", message: `Key is in use for Customer metafields on the '${own}' namespace.` }] });
  expect(await ask(`{ metafieldDefinitions(first: 5, ownerType: CUSTOMER, namespace: "$app:regulars", key: "points") { nodes { name } } }`)).toEqual({ metafieldDefinitions: { nodes: [{ name: "Points" }] } });
});

test.each([
  ["no name", { name: " " }, "BLANK"],
  ["a key with signs", { key: "a.b" }, "INVALID_CHARACTER"],
  ["a short key", { key: "a" }, "TOO_SHORT"],
  ["an unknown type", { key: "mood", type: "feeling" }, "INCLUSION"],
  ["another app's namespace", { namespace: "app--1--x" }, "RESERVED_NAMESPACE_KEY"],
])("a definition with %s is refused", async (_what, changes, code) => {
  expect(await define(changes)).toMatchObject({ createdDefinition: null, userErrors: [{ code }] });
});

test("what the app writes on a customer and on its installation, the storefront reads by namespace, until it is deleted", async () => {
  const installation = dig(await ask("{ currentAppInstallation { id } }"), "currentAppInstallation", "id");
  const customer = `gid://shopify/Customer/${customerId}`;
  const field = { namespace: "$app:regulars", type: "number_integer" };
  const set = await ask("mutation s($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { message } } }", { m: [
    { ...field, ownerId: customer, key: "points", value: "120" }, { ...field, ownerId: installation, key: "style", type: "json", value: "{\"colour\":\"#123456\"}" }, { ...field, namespace: "$app:other", ownerId: customer, key: "x", value: "1" },
  ] });
  expect(dig(set, "metafieldsSet", "userErrors")).toEqual([]);
  const { context } = shop.sandbox;
  expect(readCustomerMetafields(context, customerId, "$app:regulars")).toEqual({ points: expect.objectContaining({ value: "120", namespace: own }) });
  expect(readAppMetafields(context, own).style?.value).toBe("{\"colour\":\"#123456\"}");
  const remove = "mutation r($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) { deletedMetafields { key ownerId } userErrors { message } } }";
  const identifier = { ownerId: customer, namespace: "$app:regulars", key: "points" };
  expect(await ask(remove, { m: [identifier] })).toEqual({ metafieldsDelete: { deletedMetafields: [{ key: "points", ownerId: customer }], userErrors: [] } });
  expect(await ask(remove, { m: [identifier] })).toEqual({ metafieldsDelete: { deletedMetafields: [null], userErrors: [] } });
  expect(readCustomerMetafields(context, customerId, "$app:regulars")).toEqual({});
});
