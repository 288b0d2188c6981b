// Collections: the pretend shop keeps none by hand, it has one for each product type.

import type { ProductDoc } from "../../shop/model.ts";
import { connectRows } from "../connections.ts";
import { toGid } from "../gids.ts";
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

/** In the order of their names, so that each keeps its number as long as no type comes or goes. */
export function listCollections({ state }: Pick<ApiContext, "state">): CollectionSource[] {
  const products = state.listProducts({}, { sortKey: "ID", first: PRODUCTS_MAX });
  const types = Map.groupBy(products, ({ productType }) => productType);
  return [...types].filter(([title]) => title !== "").toSorted(([one], [other]) => one.localeCompare(other)).map(([title, members], index) => ({ id: String(FIRST_ID + BigInt(index)), title, products: members }));
}

export const findCollection = (id: string, context: ApiContext): CollectionSource | null => listCollections(context).find((collection) => collection.id === id) ?? null;
