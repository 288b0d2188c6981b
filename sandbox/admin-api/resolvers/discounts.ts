// Discounts as an app reads them back: one document behind the node, its kind, and the small types inside.

import { classOf, statusOf, type DiscountDoc } from "../../shop/discount-model.ts";
import { connectRows } from "../connections.ts";
import { parseGid, toGid } from "../gids.ts";
import { asNode, toDateTime, type ApiContext, type Arguments, type FieldTable, type Money } from "./field-table.ts";
import { metafieldFieldsOf } from "./metafields.ts";
import type { VariantSource } from "./products.ts";

export const nodeTypeOf = ({ code }: DiscountDoc): string => (code === null ? "DiscountAutomaticNode" : "DiscountCodeNode");
export const discountGid = (discount: DiscountDoc): string => toGid(nodeTypeOf(discount), discount.id);
export const kindOf = ({ code, value }: DiscountDoc): string => `Discount${code === null ? "Automatic" : "Code"}${value.kind === "shipping" ? "FreeShipping" : "Basic"}`;

/** A node and the discount in it are of two types, and so two objects. */
const inside = (discount: DiscountDoc): DiscountDoc | null => asNode(kindOf(discount), { ...discount });
const nodes: FieldTable<DiscountDoc> = { id: discountGid, ...metafieldFieldsOf<DiscountDoc>(discountGid) };
export const discountCodeNodes: FieldTable<DiscountDoc> = { ...nodes, codeDiscount: inside };
export const discountAutomaticNodes: FieldTable<DiscountDoc> = { ...nodes, automaticDiscount: inside };
export const discountNodes: FieldTable<DiscountDoc> = { ...nodes, discount: inside };

const every: FieldTable<DiscountDoc> = {
  title: ({ title }) => title,
  status: (discount, _args, { clock }) => statusOf(discount, clock.now().toISOString()),
  startsAt: ({ startsAt }) => toDateTime(startsAt),
  endsAt: ({ endsAt }) => toDateTime(endsAt),
  createdAt: ({ createdAt }) => toDateTime(createdAt),
  updatedAt: ({ updatedAt }) => toDateTime(updatedAt),
  asyncUsageCount: ({ usageCount }) => usageCount,
  combinesWith: ({ combinesWith: { order, product, shipping } }) => ({ orderDiscounts: order, productDiscounts: product, shippingDiscounts: shipping, productDiscountsWithTagsOnSameCartLine: null }),
  discountClasses: (discount) => [classOf(discount).toUpperCase()],
  minimumRequirement: ({ minimum }, _args, { shop }) => {
    if (minimum === null) return null;
    return minimum.kind === "quantity"
      ? asNode("DiscountMinimumQuantity", { greaterThanOrEqualToQuantity: String(minimum.quantity) })
      : asNode("DiscountMinimumSubtotal", { greaterThanOrEqualToSubtotal: moneyOf(minimum.minor, shop.currency) });
  },
  context: ({ buyers }, _args, context) => readBuyers(buyers, context),
  tags: ({ tags }) => tags,
};
const ofCode: FieldTable<DiscountDoc> = {
  usageLimit: ({ usageLimit }) => usageLimit,
  appliesOncePerCustomer: ({ isOncePerCustomer }) => isOncePerCustomer,
  codes: ({ id, code, usageCount }, args) => connectRows(code === null ? [] : [{ id: toGid("DiscountRedeemCode", id), code, asyncUsageCount: usageCount }], (row) => row.id, args),
  codesCount: () => ({ count: 1, precision: "EXACT" }),
  recurringCycleLimit: () => null,
};
const ofAutomatic: FieldTable<DiscountDoc> = { recurringCycleLimit: () => 0 }; // no subscriptions here
const basic: FieldTable<DiscountDoc> = {
  customerGets: (discount, _args, { shop }) => ({ items: readItems(discount), value: readValue(discount, shop.currency), appliesOnOneTimePurchase: true, appliesOnSubscription: false }),
};
const freeShipping: FieldTable<DiscountDoc> = {
  maximumShippingPrice: ({ value }, _args, { shop }) => (value.kind === "shipping" && value.maximumMinor !== null ? moneyOf(value.maximumMinor, shop.currency) : null),
  destinationSelection: () => asNode("DiscountCountryAll", { allCountries: true }),
  appliesOnOneTimePurchase: () => true,
  appliesOnSubscription: () => false,
};

export const discountKinds: Readonly<Record<string, FieldTable<DiscountDoc>>> = {
  DiscountCodeBasic: { ...every, ...ofCode, ...basic },
  DiscountCodeFreeShipping: { ...every, ...ofCode, ...freeShipping },
  DiscountAutomaticBasic: { ...every, ...ofAutomatic, ...basic },
  DiscountAutomaticFreeShipping: { ...every, ...ofAutomatic, ...freeShipping },
};

const moneyOf = (minor: number, currency: string): Money => ({ minor, currency });

function readBuyers(buyers: DiscountDoc["buyers"], { readCustomer, segments }: ApiContext): object | null {
  switch (buyers.kind) {
    case "all": return asNode("DiscountBuyerSelectionAll", { all: "ALL" });
    case "customers": return asNode("DiscountCustomers", { customers: buyers.ids.flatMap((id) => readCustomer(id) ?? []) });
    case "segments": return asNode("DiscountCustomerSegments", { segments: buyers.ids.flatMap((id) => segments.find(id) ?? []) });
  }
}

function readValue({ value }: DiscountDoc, currency: string): object | null {
  switch (value.kind) {
    case "percentage": return asNode("DiscountPercentage", { percentage: value.share });
    case "amount": return asNode("DiscountAmount", { amount: moneyOf(value.minor, currency), appliesOnEachItem: value.isOnEach });
    case "shipping": return null;
  }
}

type ProductItems = Extract<DiscountDoc["items"], { kind: "products" }>;

const readItems = ({ items }: DiscountDoc): object | null => (items.kind === "all" ? asNode("AllDiscountItems", { allItems: true }) : asNode("DiscountProducts", items));

export const discountProducts: FieldTable<ProductItems> = {
  products: ({ productIds }, args, { readProduct }) => connectRows(productIds.flatMap((id) => readProduct(id) ?? []), ({ id }) => id, args),
  productVariants: ({ variantIds }, args, { state }) => connectRows(variantIds.flatMap((id) => findVariantSource(state, id) ?? []), ({ variant }) => variant.id, args),
};

function findVariantSource(state: ApiContext["state"], id: string): VariantSource | null {
  const product = state.findProductOfVariant(id);
  const variant = product?.variants.find((each) => each.id === id);
  return product && variant ? { product, variant } : null;
}

export const discountQueries: FieldTable = {
  codeDiscountNode: (_root, args, context) => findDiscountNode(args, context, ["DiscountCodeNode"]),
  codeDiscountNodeByCode: (_root, args, { state }) => state.discounts.findByCode(String(args.code)),
  automaticDiscountNode: (_root, args, context) => findDiscountNode(args, context, ["DiscountAutomaticNode"]),
  discountNode: (_root, args, context) => findDiscountNode(args, context, ["DiscountNode", "DiscountCodeNode", "DiscountAutomaticNode"]),
};

/** Each kind only under its own name; DiscountNode is either's. */
export function findDiscountNode({ id }: Arguments, { state }: ApiContext, typeNames: readonly string[]): DiscountDoc | null {
  const gid = parseGid(String(id));
  if (gid === null || !typeNames.includes(gid.typeName)) return null;
  const discount = state.discounts.get(gid.id);
  return discount && (gid.typeName === "DiscountNode" || gid.typeName === nodeTypeOf(discount)) ? asNode(nodeTypeOf(discount), discount) : null;
}
