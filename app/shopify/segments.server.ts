// A shop's customers as Shopify's own segments and Shopify Flow know them: tags, saved segments, triggers.
import { z } from "zod";
import { gid, parseId, type CustomerId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { createSegmentMutation, deleteSegmentMutation, receiptQuery, renameSegmentMutation, savedSegmentQuery, savedSegmentsQuery, tellCustomerMutation } from "./queries/segments.ts";

/** Nothing asked here takes longer: whoever asks holds a lease, which must outlast it. */
export const PATIENCE_MS = 60_000;

const RECEIPT = { namespace: "$app", key: "last_told" };

/** Handles and fields as extensions/flow-customer-*-segment declare them. */
export type FlowTrigger = { isEntry: boolean; segmentName: string; reason: string };

export type CustomerNews = {
  customerId: CustomerId;
  addTag: string | null;
  removeTag: string | null;
  flow: FlowTrigger | null;
  /** kept at the customer in the same breath, so that it can be looked up whether Shopify has heard; null: hearing twice does no harm */
  receipt: string | null;
};

const userErrors = z.array(z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() }));
const answered = z.object({ userErrors }).optional();
const tellSchema = z.object({ metafieldsSet: answered, tagsAdd: answered, tagsRemove: answered, flowTriggerReceive: answered });

/**
 * Asks once: when no answer comes Shopify may have heard all the same, so the caller looks for the receipt before asking again. Answers
 * false when there is no such customer any more. Throws as `askShopify`.
 */
export async function tellCustomer(domain: string, { customerId, addTag, removeTag, flow, receipt }: CustomerNews): Promise<boolean> {
  const customer = gid("Customer", customerId);
  const tag = addTag ?? removeTag;
  const answer = await askShopify(domain, tellCustomerMutation, {
    customer,
    leavesReceipt: receipt !== null, receipts: receipt === null ? [] : [{ ownerId: customer, ...RECEIPT, type: "single_line_text_field", value: receipt }],
    addsTag: addTag !== null, removesTag: removeTag !== null, tags: tag === null ? [] : [tag],
    startsFlow: flow !== null, handle: flow?.isEntry === false ? "customer-left-segment" : "customer-entered-segment",
    payload: flow === null ? {} : { customer_id: Number(customerId), Segment: flow.segmentName, Reason: flow.reason },
  }, tellSchema, { repeatsAfterOutage: receipt === null, patienceMs: PATIENCE_MS });
  const errors = Object.values(answer).flatMap((part) => part?.userErrors ?? []);
  if (errors.some(isAboutGone)) return false;
  if (errors.length > 0) throw new ShopifyMisunderstanding(`told of a customer: ${errors.map(({ code, field }) => code ?? field?.join(".") ?? "refused").join(", ")}`);
  return true;
}

/** Shopify words it differently by mutation. */
const isAboutGone = ({ message }: { message: string }): boolean => /not (be )?found|does not exist|invalid id/i.test(message);

const receiptSchema = z.object({ customer: z.object({ receipt: z.object({ value: z.string() }).nullable() }).nullable() });

/** The last receipt left at the customer. */
export async function readReceipt(domain: string, customerId: CustomerId): Promise<string | null> {
  const { customer } = await askShopify(domain, receiptQuery, { customer: gid("Customer", customerId), ...RECEIPT }, receiptSchema, { patienceMs: PATIENCE_MS });
  return customer?.receipt?.value ?? null;
}

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

function accepted(id: string | null | undefined, errors: z.output<typeof userErrors>): string {
  if (id === null || id === undefined || errors.length > 0) throw new ShopifyMisunderstanding(`a segment was refused: ${errors.map(({ field }) => field?.join(".") ?? "").join(", ")}`);
  return id;
}
