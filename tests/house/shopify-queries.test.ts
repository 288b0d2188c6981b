import { buildSchema, getOperationAST, parse, validate, type GraphQLSchema } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { checkBulkQuery } from "../../sandbox/admin-api/bulk/bulk-rules.ts";
import { countCost } from "../../sandbox/admin-api/cost.ts";
import { loadAdminSchema } from "../../sandbox/admin-api/schema.ts";
import { bulkQuery, countsQuery, startBulkMutation } from "../../app/shopify/queries/bulk.ts";
import * as collections from "../../app/shopify/queries/collections.ts";
import * as customerNews from "../../app/shopify/queries/customer-news.ts";
import { customerDocuments } from "../../app/shopify/queries/customers.ts";
import { searchUpdated } from "../../app/shopify/queries/noun.ts";
import * as loyalty from "../../app/shopify/queries/loyalty.ts";
import * as metafields from "../../app/shopify/queries/metafields.ts";
import { orderDocuments } from "../../app/shopify/queries/orders.ts";
import * as people from "../../app/shopify/queries/people.ts";
import * as perks from "../../app/shopify/queries/perks.ts";
import { productDocuments } from "../../app/shopify/queries/products.ts";
import * as rewards from "../../app/shopify/queries/rewards.ts";
import * as segments from "../../app/shopify/queries/segments.ts";
import { shopQuery } from "../../app/shopify/queries/shop.ts";
import { themeSettingsQuery } from "../../app/shopify/queries/themes.ts";

const COST_MAX = 1000; // Shopify refuses dearer queries
const DOWNLOAD_TIMEOUT_MS = 180_000; // the schema is fetched once per machine

let schema: GraphQLSchema = buildSchema("type Query { nothing: Int }");
beforeAll(async () => {
  ({ schema } = await loadAdminSchema());
}, DOWNLOAD_TIMEOUT_MS);

const nouns = { orders: orderDocuments, customers: customerDocuments, products: productDocuments };
const search = searchUpdated({ from: new Date("2026-10-01T00:00:00Z"), to: new Date("2026-10-02T00:00:00Z") });

const documents = Object.entries(nouns).flatMap(([name, { page, byIds, children }]) => [
  { name: `${name}, a page`, text: page, variables: { search, after: null } },
  { name: `${name}, by id`, text: byIds, variables: { ids: idsOf(name) } },
  ...(children === null ? [] : [{ name: `${name}, the rest of ${children.field}`, text: children.more, variables: { id: "gid://shopify/Order/1", after: "x" } }]),
]);

describe("Shopify's real schema knows every field we ask for, and no query is too dear", () => {
  test.each([
    ...documents,
    { name: "shop", text: shopQuery, variables: {} },
    { name: "theme settings", text: themeSettingsQuery, variables: {} },
    { name: "bulk", text: bulkQuery, variables: { id: "gid://shopify/BulkOperation/1" } },
    { name: "start bulk", text: startBulkMutation, variables: { query: "" } },
    { name: "counts", text: countsQuery, variables: {} },
    ...Object.entries({ ...rewards, ...loyalty, ...metafields, ...customerNews, ...people, ...perks, ...collections, ...segments }).map(([name, text]) => ({ name, text, variables: { ids: idsOf("products") } })),
  ])("$name", ({ text, variables }) => {
    const document = parse(text);
    const operation = getOperationAST(document);
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
    expect(operation && countCost({ schema, document, operation, variables })).toBeLessThanOrEqual(COST_MAX);
  });
});

describe("Shopify takes our bulk queries", () => {
  test.each(Object.entries(nouns))("%s", (_name, { bulk, bulkIds }) => {
    expect(checkBulkQuery(schema, bulkIds)).not.toHaveProperty("refusals");
    expect(checkBulkQuery(schema, bulk(null))).not.toHaveProperty("refusals");
    expect(checkBulkQuery(schema, bulk(search))).not.toHaveProperty("refusals");
  });
});

test("a wrong field would be noticed", () => {
  expect(validate(schema, parse("{ orders(first: 1) { nodes { totalPrise } } }"))).toHaveLength(1);
});

function idsOf(name: string): string[] {
  const { idsMax } = nouns[name === "orders" ? "orders" : name === "products" ? "products" : "customers"];
  return Array.from({ length: idsMax }, (_, index) => `gid://shopify/Order/${index}`);
}
