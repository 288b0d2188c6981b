// Orders, customers and products read again from Shopify: those changed since, or those asked for by id.
import { z } from "zod";
import { gid, type CustomerId, type OrderId, type ProductId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { readEach, type Reading } from "./parse/fields.ts";
import { parseCustomerNode } from "./parse/customer.ts";
import { parseOrderNode } from "./parse/order.ts";
import { parseProductNode } from "./parse/product.ts";
import { customerDocuments } from "./queries/customers.ts";
import { searchUpdated, type NounDocuments } from "./queries/noun.ts";
import { orderDocuments } from "./queries/orders.ts";
import { productDocuments } from "./queries/products.ts";
import type { CustomerSnapshot, OrderSnapshot, ProductSnapshot } from "./snapshots.ts";

type Shop = { domain: string; currency: string };
/** From an instant up to, but without, another. */
type Window = { from: Date; to: Date };

/** Page by page, oldest change first. What changes meanwhile leaves the window, and its own news will tell. */
export const readUpdatedOrders = (shop: Shop, window: Window): AsyncGenerator<Reading<OrderSnapshot>> =>
  readUpdated(shop, window, orderDocuments, parseOrderNode);
export const readUpdatedCustomers = (shop: Shop, window: Window): AsyncGenerator<Reading<CustomerSnapshot>> =>
  readUpdated(shop, window, customerDocuments, parseCustomerNode);
export const readUpdatedProducts = (shop: Shop, window: Window): AsyncGenerator<Reading<ProductSnapshot>> =>
  readUpdated(shop, window, productDocuments, (node) => parseProductNode(node, shop));

/** Those that are gone are missing from the answer. */
export const readOrders = (shop: Shop, ids: OrderId[]): Promise<Reading<OrderSnapshot>> =>
  readByIds(shop, ids.map((id) => gid("Order", id)), orderDocuments, parseOrderNode);
export const readCustomers = (shop: Shop, ids: CustomerId[]): Promise<Reading<CustomerSnapshot>> =>
  readByIds(shop, ids.map((id) => gid("Customer", id)), customerDocuments, parseCustomerNode);
export const readProducts = (shop: Shop, ids: ProductId[]): Promise<Reading<ProductSnapshot>> =>
  readByIds(shop, ids.map((id) => gid("Product", id)), productDocuments, (node) => parseProductNode(node, shop));

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const node = z.looseObject({ id: z.string() });
const pageSchema = z.object({ page: z.object({ nodes: z.array(node), pageInfo }) });
const nodesSchema = z.object({ nodes: z.array(node.nullable()) });
const childrenSchema = z.object({ nodes: z.array(z.unknown()), pageInfo });
type Node = z.output<typeof node>;

type Parse<Snapshot> = (node: unknown) => Snapshot;

async function* readUpdated<Snapshot>({ domain }: Shop, window: Window, documents: NounDocuments, parse: Parse<Snapshot>): AsyncGenerator<Reading<Snapshot>> {
  for (let after: string | null = null, isMore = true; isMore; ) {
    const { page }: z.output<typeof pageSchema> = await askShopify(domain, documents.page, { search: searchUpdated(window), after }, pageSchema);
    if (page.nodes.length > 0) yield await completeAll(domain, documents, page.nodes, parse);
    isMore = page.pageInfo.hasNextPage;
    after = page.pageInfo.endCursor;
  }
}

async function readByIds<Snapshot>({ domain }: Shop, ids: string[], documents: NounDocuments, parse: Parse<Snapshot>): Promise<Reading<Snapshot>> {
  const readings: Reading<Snapshot>[] = [];
  for (let at = 0; at < ids.length; at += documents.idsMax) {
    const { nodes } = await askShopify(domain, documents.byIds, { ids: ids.slice(at, at + documents.idsMax) }, nodesSchema);
    readings.push(await completeAll(domain, documents, nodes.filter((found) => found !== null), parse));
  }
  return { snapshots: readings.flatMap(({ snapshots }) => snapshots), unread: readings.flatMap(({ unread }) => unread) };
}

async function completeAll<Snapshot>(domain: string, documents: NounDocuments, nodes: Node[], parse: Parse<Snapshot>): Promise<Reading<Snapshot>> {
  const completed: unknown[] = [];
  for (const found of nodes) completed.push(await complete(domain, documents, found));
  return readEach(completed, parse);
}

/** An order with more lines, or a product with more variants, than come with it: the rest is asked for. */
async function complete(domain: string, { children }: NounDocuments, found: Node): Promise<unknown> {
  if (children === null) return found;
  const first = childrenSchema.parse(found[children.field]);
  const nodes = [...first.nodes];
  const moreSchema = z.object({ node: z.object({ [children.field]: childrenSchema }).nullable() });
  for (let rest = first.pageInfo; rest.hasNextPage; ) {
    const answer: z.output<typeof moreSchema> = await askShopify(domain, children.more, { id: found.id, after: rest.endCursor }, moreSchema);
    const more = answer.node?.[children.field];
    if (more === undefined) break; // deleted meanwhile, and its own news will tell
    nodes.push(...more.nodes);
    rest = more.pageInfo;
  }
  return { ...found, [children.field]: { nodes } };
}
