// A shop's customers as Shopify's own segments and Shopify Flow know them: tags, saved segments, triggers.
import { z } from "zod";
import { parseId, type CustomerId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { PATIENCE_MS, tellCustomer } from "./customer-news.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { createSegmentMutation, deleteSegmentMutation, renameSegmentMutation, savedSegmentQuery, savedSegmentsQuery } from "./queries/segments.ts";
import { isAboutGone, userErrors, type UserErrors } from "./user-errors.ts";

/** Handles and fields as extensions/flow-customer-*-segment declare them. */
export type FlowTrigger = { isEntry: boolean; segmentName: string; reason: string };

type Move = { customerId: CustomerId; addTag: string | null; removeTag: string | null; flow: FlowTrigger | null; receipt: string | null };

/** As `tellCustomer`. */
export const tellMove = (domain: string, { customerId, addTag, removeTag, flow, receipt }: Move): Promise<boolean> => tellCustomer(domain, {
  customerId, addTags: addTag === null ? [] : [addTag], removeTags: removeTag === null ? [] : [removeTag], receipt,
  flow: flow && { handle: flow.isEntry ? "customer-entered-segment" : "customer-left-segment", fields: { Segment: flow.segmentName, Reason: flow.reason } },
});

/** A segment saved at Shopify under a name, with the tag it is about. */
export type SavedSegment = { id: bigint; name: string };

const savedSegment = z.object({ id: z.string(), name: z.string(), query: z.string() });
type Saved = z.output<typeof savedSegment>;
const segmentGid = (id: bigint): string => `gid://shopify/Segment/${id}`;
const quoted = (tag: string): string => `'${tag.replaceAll("'", "\\'")}'`;
const toSaved = ({ id, name }: Saved): SavedSegment => ({ id: parseId(id), name });

/** The segment of this number, if it is there and still about the tag: a merchant may have made something else of it, which is then theirs. */
export async function findSavedSegment(domain: string, { id, tag }: { id: bigint; tag: string }): Promise<SavedSegment | null> {
  const { segment } = await askShopify(domain, savedSegmentQuery, { id: segmentGid(id) }, z.object({ segment: savedSegment.nullable() }), { patienceMs: PATIENCE_MS });
  return segment?.query.includes(quoted(tag)) ? toSaved(segment) : null;
}

const savedSchema = z.object({ segments: z.object({ nodes: z.array(savedSegment), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) }) });

/** One page of all that are saved there: `found` has the name and is about the tag. `after` null: there are no more. */
export async function seekSavedSegment(domain: string, { name, tag }: { name: string; tag: string }, after: string | null): Promise<{ found: SavedSegment | null; after: string | null }> {
  const { segments: { nodes, pageInfo } } = await askShopify(domain, savedSegmentsQuery, { after }, savedSchema, { patienceMs: PATIENCE_MS });
  const found = nodes.find((node) => node.name === name && node.query.includes(quoted(tag)));
  return { found: found ? toSaved(found) : null, after: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** Asks once: when no answer comes Shopify may have saved it all the same, so the caller seeks it before asking again. */
export async function createSavedSegment(domain: string, { name, tag }: { name: string; tag: string }): Promise<SavedSegment> {
  const created = z.object({ segmentCreate: z.object({ segment: z.object({ id: z.string() }).nullable(), userErrors }) });
  const { segmentCreate } = await askShopify(domain, createSegmentMutation, { name, query: `customer_tags CONTAINS ${quoted(tag)}` }, created, { repeatsAfterOutage: false, patienceMs: PATIENCE_MS });
  return { id: parseId(accepted(segmentCreate.segment?.id, segmentCreate.userErrors)), name };
}

export async function renameSavedSegment(domain: string, { id, name }: SavedSegment): Promise<void> {
  const renamed = z.object({ segmentUpdate: z.object({ segment: z.object({ id: z.string() }).nullable(), userErrors }) });
  const { segmentUpdate } = await askShopify(domain, renameSegmentMutation, { id: segmentGid(id), name }, renamed, { patienceMs: PATIENCE_MS });
  accepted(segmentUpdate.segment?.id, segmentUpdate.userErrors);
}

/** Gone, by us or by somebody before. */
export async function deleteSavedSegment(domain: string, id: bigint): Promise<void> {
  const deleted = z.object({ segmentDelete: z.object({ deletedSegmentId: z.string().nullable(), userErrors }) });
  const { segmentDelete } = await askShopify(domain, deleteSegmentMutation, { id: segmentGid(id) }, deleted, { patienceMs: PATIENCE_MS });
  if (!segmentDelete.userErrors.some(isAboutGone)) accepted(segmentDelete.deletedSegmentId, segmentDelete.userErrors);
}

function accepted(id: string | null | undefined, errors: UserErrors): string {
  if (id === null || id === undefined || errors.length > 0) throw new ShopifyMisunderstanding(`a segment was refused: ${errors.map(({ field }) => field?.join(".") ?? "").join(", ")}`);
  return id;
}
