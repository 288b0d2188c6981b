// Asks what collections are called, and what is in them.
import { z } from "zod";
import { parseId, type ProductId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { collectionProductsQuery, collectionTitlesQuery } from "./queries/collections.ts";

const PATIENCE_MS = 5_000; // a page waits for it

/** Those that are gone are left out. */
export async function readCollectionTitles(domain: string, ids: readonly string[]): Promise<{ id: string; title: string }[]> {
  const answered = z.object({ nodes: z.array(z.object({ id: z.string().optional(), title: z.string().optional() }).nullable()) });
  const { nodes } = await askShopify(domain, collectionTitlesQuery, { ids: ids.map((id) => `gid://shopify/Collection/${id}`) }, answered, { patienceMs: PATIENCE_MS });
  return nodes.flatMap((node) => (node?.id === undefined || node.title === undefined ? [] : [{ id: node.id.slice(node.id.lastIndexOf("/") + 1), title: node.title }]));
}

const PAGES_MAX = 400; // a hundred thousand products

/** None: it is empty, or gone. Throws as `askShopify`. */
export async function readCollectionProducts(domain: string, id: string): Promise<ProductId[]> {
  const page = z.object({ nodes: z.array(z.object({ id: z.string() })), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) });
  const answered = z.object({ collection: z.object({ products: page }).nullable() });
  const found: ProductId[] = [];
  let after: string | null = null;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const { collection }: z.output<typeof answered> = await askShopify(domain, collectionProductsQuery, { id: `gid://shopify/Collection/${id}`, after }, answered);
    found.push(...(collection?.products.nodes ?? []).map((node) => parseId<ProductId>(node.id)));
    if (!collection?.products.pageInfo.hasNextPage) break;
    after = collection.products.pageInfo.endCursor;
  }
  return found;
}
