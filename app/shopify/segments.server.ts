// A shop's customers as Shopify's own segments and Shopify Flow know them: tags, saved segments, triggers.
import { z } from "zod";
import { gid, parseId, type CustomerId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { createSegmentMutation, deleteSegmentMutation, receiptQuery, renameSegmentMutation, savedSegmentsQuery, tellCustomerMutation } from "./queries/segments.ts";

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
  }, tellSchema, { repeatsAfterOutage: receipt === null });
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
  const { customer } = await askShopify(domain, receiptQuery, { customer: gid("Customer", customerId), ...RECEIPT }, receiptSchema);
  return customer?.receipt?.value ?? null;
}

const savedSegment = z.object({ id: z.string(), name: z.string(), query: z.string() });
const savedSchema = z.object({ segments: z.object({ nodes: z.array(savedSegment), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) }) });
const queryOf = (tag: string): string => `customer_tags CONTAINS '${tag.replaceAll("'", "\\'")}'`;

/** The shop has a segment of this tag under this name: found, renamed or created. Answers its number. */
export async function saveSegment(domain: string, { name, tag }: { name: string; tag: string }): Promise<bigint> {
  const saved = await findSaved(domain, tag);
  if (saved === null) {
    const created = z.object({ segmentCreate: z.object({ segment: z.object({ id: z.string() }).nullable(), userErrors }) });
    const { segmentCreate } = await askShopify(domain, createSegmentMutation, { name, query: queryOf(tag) }, created);
    return parseId(accepted(segmentCreate.segment?.id, segmentCreate.userErrors));
  }
  if (saved.name !== name) {
    const renamed = z.object({ segmentUpdate: z.object({ segment: z.object({ id: z.string() }).nullable(), userErrors }) });
    const { segmentUpdate } = await askShopify(domain, renameSegmentMutation, { id: saved.id, name }, renamed);
    accepted(segmentUpdate.segment?.id, segmentUpdate.userErrors);
  }
  return parseId(saved.id);
}

/** The segment of this tag is gone, by us or by somebody before. */
export async function removeSegment(domain: string, tag: string): Promise<void> {
  const saved = await findSaved(domain, tag);
  if (saved === null) return;
  const deleted = z.object({ segmentDelete: z.object({ deletedSegmentId: z.string().nullable(), userErrors }) });
  const { segmentDelete } = await askShopify(domain, deleteSegmentMutation, { id: saved.id }, deleted);
  accepted(segmentDelete.deletedSegmentId, segmentDelete.userErrors);
}

async function findSaved(domain: string, tag: string): Promise<z.output<typeof savedSegment> | null> {
  for (let after: string | null = null; ; ) {
    const { segments }: z.output<typeof savedSchema> = await askShopify(domain, savedSegmentsQuery, { after }, savedSchema);
    const found = segments.nodes.find(({ query }) => query === queryOf(tag));
    if (found || !segments.pageInfo.hasNextPage) return found ?? null;
    after = segments.pageInfo.endCursor;
  }
}

function accepted(id: string | null | undefined, errors: z.output<typeof userErrors>): string {
  if (id === null || id === undefined || errors.length > 0) throw new ShopifyMisunderstanding(`a segment was refused: ${errors.map(({ field }) => field?.join(".") ?? "").join(", ")}`);
  return id;
}
