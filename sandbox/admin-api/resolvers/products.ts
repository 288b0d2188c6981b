// Products, their variants, and what a variant costs the merchant.

import type { ProductDoc, VariantDoc } from "../../shop/model.ts";
import { toDecimal } from "../amounts.ts";
import { connectRows } from "../connections.ts";
import { toGid } from "../gids.ts";
import { toDateTime, type FieldTable, type Money } from "./field-table.ts";
import { metafieldFieldsOf } from "./metafields.ts";

export type VariantSource = { product: ProductDoc; variant: VariantDoc };

export const products: FieldTable<ProductDoc> = {
  id: (product) => toGid("Product", product.id),
  legacyResourceId: (product) => product.id,
  title: (product) => product.title,
  handle: (product) => product.handle,
  description: (product) => product.description,
  productType: (product) => product.productType,
  vendor: (product) => product.vendor,
  status: (product) => product.status,
  tags: (product) => product.tags,
  createdAt: (product) => toDateTime(product.createdAt),
  updatedAt: (product) => toDateTime(product.updatedAt),
  publishedAt: (product) => (product.status === "ACTIVE" ? toDateTime(product.createdAt) : null),
  isGiftCard: () => false,
  // The pretend shop has no pictures.
  featuredImage: () => null,
  featuredMedia: () => null,
  totalVariants: (product) => product.variants.length,
  variantsCount: (product) => ({ count: product.variants.length, precision: "EXACT" }),
  hasOnlyDefaultVariant: ({ variants: all }) => all.length === 1 && all[0]?.title === "Default Title",
  onlineStoreUrl: (product, _args, { shop }) => (product.status === "ACTIVE" ? `https://${shop.domain}/products/${product.handle}` : null),
  variants: (product, args) => connectRows(listVariants(product), ({ variant }) => variant.id, args),
  ...metafieldFieldsOf<ProductDoc>((product) => toGid("Product", product.id)),
};

export const listVariants = (product: ProductDoc): VariantSource[] => product.variants.map((variant) => ({ product, variant }));

export const variants: FieldTable<VariantSource> = {
  id: ({ variant }) => toGid("ProductVariant", variant.id),
  legacyResourceId: ({ variant }) => variant.id,
  title: ({ variant }) => variant.title,
  displayName: ({ product, variant }) => `${product.title} - ${variant.title}`,
  sku: ({ variant }) => variant.sku,
  price: ({ variant }, _args, { shop }) => toDecimal(variant.priceMinor, shop.currency),
  compareAtPrice: () => null,
  position: ({ product, variant }) => product.variants.indexOf(variant) + 1,
  availableForSale: ({ product }) => product.status === "ACTIVE",
  createdAt: ({ product }) => toDateTime(product.createdAt),
  updatedAt: ({ variant }) => toDateTime(variant.updatedAt),
  product: ({ product }) => product,
  inventoryItem: (source) => source,
  ...metafieldFieldsOf<VariantSource>(({ variant }) => toGid("ProductVariant", variant.id)),
};

/** One inventory item per variant, under the variant's own number. */
export const inventoryItems: FieldTable<VariantSource> = {
  id: ({ variant }) => toGid("InventoryItem", variant.id),
  legacyResourceId: ({ variant }) => variant.id,
  sku: ({ variant }) => variant.sku,
  unitCost: ({ variant }, _args, { shop }): Money | null => (variant.unitCostMinor === null ? null : { minor: variant.unitCostMinor, currency: shop.currency }),
  createdAt: ({ product }) => toDateTime(product.createdAt),
  updatedAt: ({ variant }) => toDateTime(variant.updatedAt),
  requiresShipping: () => true,
  tracked: () => false,
  variant: (source) => source,
};
