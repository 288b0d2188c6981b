// News of one customer: tags that come and go, a trigger of Flow's, and a receipt, all of them or none.
import { z } from "zod";
import { gid, type CustomerId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { receiptQuery, tellCustomerMutation } from "./queries/customer-news.ts";
import { isAboutGone, refusalOf, userErrors } from "./user-errors.ts";

/** Nothing asked here takes longer: whoever asks holds a lease, which must outlast it. */
export const PATIENCE_MS = 60_000;

const RECEIPT = { namespace: "$app", key: "last_told" };

export type CustomerNews = {
  customerId: CustomerId;
  addTags: readonly string[];
  removeTags: readonly string[];
  /** as an extension's toml declares it; the customer is among its fields */
  flow: { handle: string; fields: Readonly<Record<string, string>> } | null;
  /** kept at the customer in the same breath, so that it can be looked up whether Shopify has heard; null: nobody looks it up */
  receipt: string | null;
};

const answered = z.object({ userErrors }).optional();
const tellSchema = z.object({ metafieldsSet: answered, tagsAdd: answered, tagsRemove: answered, flowTriggerReceive: answered });

/**
 * What leaves a receipt or starts a Flow is said once: when no answer comes Shopify may have heard all the same, so the caller looks for
 * the receipt before saying it again. Answers false when there is no such customer any more. Throws as `askShopify`.
 */
export async function tellCustomer(domain: string, { customerId, addTags, removeTags, flow, receipt }: CustomerNews): Promise<boolean> {
  const customer = gid("Customer", customerId);
  const answer = await askShopify(domain, tellCustomerMutation, {
    customer,
    leavesReceipt: receipt !== null, receipts: receipt === null ? [] : [{ ownerId: customer, ...RECEIPT, type: "single_line_text_field", value: receipt }],
    adds: addTags.length > 0, added: addTags, removes: removeTags.length > 0, removed: removeTags,
    startsFlow: flow !== null, handle: flow?.handle ?? "", payload: flow === null ? {} : { customer_id: Number(customerId), ...flow.fields },
  }, tellSchema, { repeatsAfterOutage: receipt === null && flow === null, patienceMs: PATIENCE_MS });
  const errors = Object.values(answer).flatMap((part) => part?.userErrors ?? []);
  if (errors.some(isAboutGone)) return false;
  if (errors.length > 0) throw new ShopifyMisunderstanding(`told of a customer: ${refusalOf(errors)}`);
  return true;
}

const receiptSchema = z.object({ customer: z.object({ receipt: z.object({ value: z.string() }).nullable() }).nullable() });

/** The last receipt left at the customer. */
export async function readReceipt(domain: string, customerId: CustomerId): Promise<string | null> {
  const { customer } = await askShopify(domain, receiptQuery, { customer: gid("Customer", customerId), ...RECEIPT }, receiptSchema, { patienceMs: PATIENCE_MS });
  return customer?.receipt?.value ?? null;
}
