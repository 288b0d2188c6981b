// The doors into the Admin API's query side.

import { parseGid, toGid } from "../gids.ts";
import { API_VERSION } from "../schema.ts";
import { connectRows } from "../connections.ts";
import { refuseSearch } from "../search.ts";
import { findCollection, listCollections } from "./collections.ts";
import { discountListings } from "./discount-listings.ts";
import { discountQueries, findDiscountNode } from "./discounts.ts";
import { asNode, type ApiContext, type Arguments, type FieldTable } from "./field-table.ts";
import { findGiftCardNode, giftCardQueries } from "./gift-cards.ts";
import { countCustomers, countOrders, countProducts, listCustomers, listOrders, listProducts } from "./listings.ts";
import { definitionQueries } from "./metafield-definitions.ts";
import { findVisibleOrder } from "./orders.ts";
import { listVariants, type VariantSource } from "./products.ts";
import { findSegment, segmentQueries } from "./segments.ts";
import { installationGid } from "./shop.ts";
import { findAccount, storeCreditQueries } from "./store-credit.ts";
import { themeQueries } from "./themes.ts";

export const queries: FieldTable = {
  shop: (_root, _args, { shop }) => shop,
  app: (_root, args, { app }) => (typeof args.id === "string" ? null : app),
  currentAppInstallation: (_root, _args, { app }) => app,
  appInstallation: (_root, args, { app }) => (args.id === installationGid || typeof args.id !== "string" ? app : null),
  publicApiVersions: () => [{ handle: API_VERSION, displayName: API_VERSION, supported: true }],

  node: (_root, args, context) => findNode(String(args.id), context),
  nodes: (_root, args, context) => (Array.isArray(args.ids) ? args.ids.map((id) => findNode(String(id), context)) : []),

  order: (_root, args, context) => findNode(String(args.id), context, "Order"),
  orderByIdentifier: (_root, args, context) => findNode(readIdentifier(args, "id"), context, "Order"),
  orders: (_root, args, context) => listOrders(context, args),
  ordersCount: (_root, args, context) => countOrders(context, args),

  customer: (_root, args, context) => findNode(String(args.id), context, "Customer"),
  customerByIdentifier: (_root, args, context) => {
    const { id, emailAddress } = readRecord(args.identifier);
    if (typeof id === "string") return findNode(id, context, "Customer");
    if (typeof emailAddress === "string") return context.state.findCustomerByEmail(emailAddress);
    throw refuseSearch("customerByIdentifier knows id and emailAddress");
  },
  customers: (_root, args, context) => listCustomers(context, args),
  customersCount: (_root, args, context) => countCustomers(context, args),

  ...segmentQueries,
  ...themeQueries,
  ...discountQueries,
  ...discountListings,
  ...storeCreditQueries,
  ...definitionQueries,
  ...giftCardQueries,

  collection: (_root, args, context) => findNode(String(args.id), context, "Collection"),
  collections: (_root, args, context) => {
    if (args.query) throw refuseSearch("collections takes no query here");
    if (args.sortKey !== "ID") throw refuseSearch(`sortKey ${String(args.sortKey)}`);
    return connectRows(listCollections(context), ({ id }) => id, args);
  },

  product: (_root, args, context) => findNode(String(args.id), context, "Product"),
  productByIdentifier: (_root, args, context) => findNode(readIdentifier(args, "id"), context, "Product"),
  products: (_root, args, context) => listProducts(context, args),
  productsCount: (_root, args, context) => countProducts(context, args),
  productVariant: (_root, args, context) => findNode(String(args.id), context, "ProductVariant"),
  productVariants: (_root, args, context) => {
    if (args.query) throw refuseSearch("productVariants takes no query here");
    if (args.sortKey !== "ID") throw refuseSearch(`sortKey ${String(args.sortKey)}`);
    return connectRows(eachVariant(context), ({ variant }) => variant.id, args);
  },
  productVariantsCount: (_root, _args, context) => ({ count: eachVariant(context).length, precision: "EXACT" }),

  bulkOperation: (_root, args, { bulkOperations }) => bulkOperations.find(String(args.id)),
  bulkOperations: (_root, args, { bulkOperations }) =>
    connectRows(bulkOperations.list(args.query), ({ id }) => id, { ...args, reverse: args.reverse !== true }), // newest first
  currentBulkOperation: (_root, args, { bulkOperations }) => (args.type === "QUERY" ? (bulkOperations.list(null).at(-1) ?? null) : null),
};

function findNode(gid: string, context: ApiContext, expected?: string): object | null {
  const parsed = parseGid(gid);
  if (parsed === null || (expected !== undefined && parsed.typeName !== expected)) throw invalidId(gid);
  const { typeName, id } = parsed;
  switch (typeName) {
    case "Order": return asNode(typeName, findVisibleOrder(context.readOrder(id), context.ordersSince.createdAtMin));
    case "Customer": return asNode(typeName, context.readCustomer(id));
    case "Collection": return asNode(typeName, findCollection(id, context));
    case "Segment": return findSegment(gid, context);
    case "Product": return asNode(typeName, context.readProduct(id));
    case "ProductVariant": return asNode(typeName, eachVariant(context).find(({ variant }) => variant.id === id) ?? null);
    case "DiscountCodeNode": case "DiscountAutomaticNode": return findDiscountNode({ id: gid }, context, [typeName]);
    case "StoreCreditAccount": return findAccount(gid, context);
    case "GiftCard": return findGiftCardNode(gid, context);
    case "BulkOperation": return asNode(typeName, context.bulkOperations.find(gid));
    case "Shop": return context.shop.id === id ? asNode(typeName, context.shop) : null;
    case "AppInstallation": return gid === installationGid ? asNode(typeName, context.app) : null;
    default: throw refuseSearch(`node(id: "${toGid(typeName, id)}")`);
  }
}

const invalidId = (gid: string): Error => refuseSearch(`"${gid}" is not a global id of the kind asked for`);

const eachVariant = ({ state }: ApiContext): VariantSource[] => [...state.eachProduct({})].flatMap(listVariants);

function readIdentifier(args: Arguments, key: string): string {
  const value = readRecord(args.identifier)[key];
  if (typeof value === "string") return value;
  throw refuseSearch(`an identifier without ${key}`);
}

const readRecord = (value: unknown): Record<string, unknown> => (typeof value === "object" && value !== null ? { ...value } : {});
