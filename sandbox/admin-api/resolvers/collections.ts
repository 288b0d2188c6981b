// Collections: the pretend shop keeps none by hand, it has some by condition, and one for each product type.

import type { ProductDoc } from "../../shop/model.ts";
import { connectRows } from "../connections.ts";
import { compareIds, toGid } from "../gids.ts";
import type { ApiContext, FieldTable } from "./field-table.ts";

export type CollectionSource = { id: string; title: string; products: ProductDoc[] };

const FIRST_ID = 460_000_000_001n;
const PRODUCTS_MAX = 10_000; // more than any pretend shop sells

export const collections: FieldTable<CollectionSource> = {
  id: ({ id }) => toGid("Collection", id),
  legacyResourceId: ({ id }) => id,
  title: ({ title }) => title,
  handle: ({ title }) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
  products: ({ products }, args) => connectRows(products, ({ id }) => id, args),
};

const EVERYDAY_MINOR = 1_500;

/** By condition, and there also while nothing meets it. */
const AUTOMATED: Readonly<Record<string, (product: ProductDoc) => boolean>> = {
  "All products": () => true,
  Seasonal: ({ tags }) => tags.includes("seasonal"),
  "Gifts and tasting sets": ({ productType }) => productType === "Gifts" || productType === "Tasting sets",
  "Everyday prices": ({ variants }) => variants.some(({ priceMinor }) => priceMinor < EVERYDAY_MINOR),
};

/** By their numbers. */
export function listCollections({ state }: Pick<ApiContext, "state">): CollectionSource[] {
  const products = state.listProducts({}, { sortKey: "ID", first: PRODUCTS_MAX });
  const automated = Object.entries(AUTOMATED).map(([title, isIn]) => ({ title, products: products.filter(isIn) }));
  const types = [...Map.groupBy(products, ({ productType }) => productType)].filter(([title]) => title !== "").map(([title, members]) => ({ title, products: members }));
  return [...automated, ...types].map((collection) => ({ id: collectionIdOf(collection.title), ...collection })).toSorted((one, other) => compareIds(one.id, other.id));
}

/** Made of the title, so that each keeps its number when others come or go. */
export const collectionIdOf = (title: string): string => String(FIRST_ID + BigInt(Array.from(title).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007, 7)));

export const findCollection = (id: string, context: ApiContext): CollectionSource | null => listCollections(context).find((collection) => collection.id === id) ?? null;
