// Asks which collections there are, what they are called, and what is in them.
import { z } from "zod";
import { parseId, type ProductId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { collectionListQuery, collectionProductsQuery, collectionTitlesQuery } from "./queries/collections.ts";

const PATIENCE_MS = 5_000; // a page waits for it

/** Those that are gone are left out. */
export async function readCollectionTitles(domain: string, ids: readonly string[]): Promise<{ id: string; title: string }[]> {
  const answered = z.object({ nodes: z.array(z.object({ id: z.string().optional(), title: z.string().optional() }).nullable()) });
  const { nodes } = await askShopify(domain, collectionTitlesQuery, { ids: ids.map((id) => `gid://shopify/Collection/${id}`) }, answered, { patienceMs: PATIENCE_MS });
  return nodes.flatMap((node) => (node?.id === undefined || node.title === undefined ? [] : [{ id: numberOf(node.id), title: node.title }]));
}

const numberOf = (gid: string): string => gid.slice(gid.lastIndexOf("/") + 1);

const PAGES_MAX = 400; // a hundred thousand
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

/** All of them, also those not on sale anywhere. Throws as `askShopify`, and where there are more than can be: half a list would be taken for the whole. */
export async function readCollectionList(domain: string): Promise<{ id: bigint; title: string }[]> {
  const answered = z.object({ collections: z.object({ nodes: z.array(z.object({ id: z.string(), title: z.string() })), pageInfo }) });
  const found: { id: bigint; title: string }[] = [];
  let after: string | null = null;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const { collections }: z.output<typeof answered> = await askShopify(domain, collectionListQuery, { after }, answered);
    found.push(...collections.nodes.map(({ id, title }) => ({ id: BigInt(numberOf(id)), title: title.replaceAll("\0", "") })));
    if (!collections.pageInfo.hasNextPage) return found;
    after = collections.pageInfo.endCursor;
  }
  throw new ShopifyMisunderstanding("more collections than there can be");
}

/** None: it is empty, or gone. Throws as `askShopify`. */
export async function readCollectionProducts(domain: string, id: string): Promise<ProductId[]> {
  const answered = z.object({ collection: z.object({ products: z.object({ nodes: z.array(z.object({ id: z.string() })), pageInfo }) }).nullable() });
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
