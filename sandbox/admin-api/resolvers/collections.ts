// Collections: the pretend shop keeps none by hand, it has one of everything, one for each product type and one for each tag that is no type.

import type { ProductDoc } from "../../shop/model.ts";
import { connectRows } from "../connections.ts";
import { compareIds, toGid } from "../gids.ts";
import type { ApiContext, FieldTable } from "./field-table.ts";

export type CollectionSource = { id: string; title: string; products: ProductDoc[] };

const FIRST_ID = 460_000_000_001n;
const EVERYTHING = "All products";
const PRODUCTS_MAX = 10_000; // more than any pretend shop sells

export const collections: FieldTable<CollectionSource> = {
  id: ({ id }) => toGid("Collection", id),
  legacyResourceId: ({ id }) => id,
  title: ({ title }) => title,
  handle: ({ title }) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
  products: ({ products }, args) => connectRows(products, ({ id }) => id, args),
};

/** By their numbers. */
export function listCollections({ state }: Pick<ApiContext, "state">): CollectionSource[] {
  const products = state.listProducts({}, { sortKey: "ID", first: PRODUCTS_MAX });
  const titled = products.flatMap((product) => [...titlesOf(product)].map((title) => ({ title, product })));
  return [...Map.groupBy(titled, ({ title }) => title)].map(([title, rows]) => ({ id: idOf(title), title, products: rows.map(({ product }) => product) })).toSorted((one, other) => compareIds(one.id, other.id));
}

/** A tag is written as a title is: the type Tea and the tag tea are one. */
const titlesOf = ({ productType, tags }: ProductDoc): Set<string> => new Set([EVERYTHING, ...[productType, ...tags].filter((name) => name !== "").map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`)]);

/** Made of the title, so that each keeps its number when others come or go. */
const idOf = (title: string): string => String(FIRST_ID + BigInt([...title].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007, 7)));

export const findCollection = (id: string, context: ApiContext): CollectionSource | null => listCollections(context).find((collection) => collection.id === id) ?? null;
