// Asks what collections are called.
import { z } from "zod";
import { askShopify } from "./admin.server.ts";
import { collectionTitlesQuery } from "./queries/collections.ts";

const PATIENCE_MS = 5_000; // a page waits for it

/** Those that are gone are left out. */
export async function readCollectionTitles(domain: string, ids: readonly string[]): Promise<{ id: string; title: string }[]> {
  const answered = z.object({ nodes: z.array(z.object({ id: z.string().optional(), title: z.string().optional() }).nullable()) });
  const { nodes } = await askShopify(domain, collectionTitlesQuery, { ids: ids.map((id) => `gid://shopify/Collection/${id}`) }, answered, { patienceMs: PATIENCE_MS });
  return nodes.flatMap((node) => (node?.id === undefined || node.title === undefined ? [] : [{ id: node.id.slice(node.id.lastIndexOf("/") + 1), title: node.title }]));
}
