// Every type the sandbox can show, and where its fields come from; a field that is in no table fails by name.

import { getNamedType, type GraphQLFieldResolver, type GraphQLTypeResolver } from "graphql";
import { accessDenied, notImplemented } from "../refusals.ts";
import { bulkOperations } from "./bulk-operations.ts";
import { collections } from "./collections.ts";
import { addresses, customers } from "./customers.ts";
import { discountAutomaticNodes, discountCodeNodes, discountKinds, discountNodes, discountProducts } from "./discounts.ts";
import { readTypeName, type AnyResolver, type ApiContext, type Arguments, type FieldTable } from "./field-table.ts";
import { giftCards } from "./gift-cards.ts";
import { metafieldDefinitions } from "./metafield-definitions.ts";
import { metafields } from "./metafields.ts";
import { money, moneyBags } from "./money.ts";
import { mutations } from "./mutations.ts";
import { automaticApplications, codeApplications } from "./order-discounts.ts";
import { lines, orders, refundLines, refunds } from "./orders.ts";
import { inventoryItems, products, variants } from "./products.ts";
import { queries } from "./queries.ts";
import { segmentMembers, segments } from "./segments.ts";
import { app, appInstallation, shop } from "./shop.ts";
import { storeCreditAccounts, storeCreditEntries } from "./store-credit.ts";
import { themeFiles, themes } from "./themes.ts";

const tables: Readonly<Record<string, FieldTable>> = {
  QueryRoot: queries,
  Mutation: mutations,
  Order: orders,
  LineItem: lines,
  Refund: refunds,
  RefundLineItem: refundLines,
  MailingAddress: addresses,
  MoneyBag: moneyBags,
  MoneyV2: money,
  Customer: customers,
  CustomerSegmentMember: segmentMembers,
  Segment: segments,
  Product: products,
  ProductVariant: variants,
  Collection: collections,
  InventoryItem: inventoryItems,
  DiscountCodeNode: discountCodeNodes,
  DiscountAutomaticNode: discountAutomaticNodes,
  DiscountNode: discountNodes,
  ...discountKinds,
  DiscountCodeApplication: codeApplications,
  AutomaticDiscountApplication: automaticApplications,
  DiscountProducts: discountProducts,
  StoreCreditAccount: storeCreditAccounts,
  ...storeCreditEntries,
  GiftCard: giftCards,
  Metafield: metafields,
  MetafieldDefinition: metafieldDefinitions,
  Shop: shop,
  App: app,
  AppInstallation: appInstallation,
  BulkOperation: bulkOperations,
  OnlineStoreTheme: themes,
  OnlineStoreThemeFile: themeFiles,
};

/** Types without a table (connections, payloads, small values) are plain objects; a property they lack is not implemented, never null. */
export function findResolver(typeName: string, fieldName: string): AnyResolver {
  const table = tables[typeName];
  const resolver = table?.[fieldName];
  if (resolver) return resolver;
  if (table) return () => { throw notImplemented(typeName, fieldName); };
  return (source) => {
    if (typeof source === "object" && source !== null && fieldName in source) return readProperty(source, fieldName);
    throw notImplemented(typeName, fieldName);
  };
}

const readProperty = (source: object, name: string): unknown => Reflect.get(source, name);

export const resolveField: GraphQLFieldResolver<unknown, ApiContext, Arguments> = (source, args, context, { parentType, fieldName, returnType }) => {
  checkAccess(context, parentType.name, fieldName, getNamedType(returnType).name);
  return findResolver(parentType.name, fieldName)(source, args, context);
};

export function checkAccess({ access, granted }: ApiContext, typeName: string, fieldName: string, answerType: string): void {
  const missing = access.findMissing({ typeName, fieldName, answerType }, granted);
  if (missing) throw accessDenied(fieldName, missing);
}

export const resolveType: GraphQLTypeResolver<unknown, ApiContext> = (source, _context, info, abstractType) => {
  const name = readTypeName(source);
  if (name === undefined) throw notImplemented(info.parentType.name, info.fieldName, `which ${abstractType.name} it is was not said`);
  return name;
};
