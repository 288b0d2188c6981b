// What an app may change: tags, notes, consent, metafields and segments; the triggers it may send to Flow, and the bulk operations it may start.

import { z } from "zod";
import { parseGid } from "../gids.ts";
import { APP_ID } from "../metafields.ts";
import { demandScope, notImplemented, userError, type UserError } from "../refusals.ts";
import type { CustomerDoc } from "../../shop/model.ts";
import { discountMutations } from "./discount-mutations.ts";
import type { ApiContext, Arguments, FieldTable } from "./field-table.ts";
import { flowMutations } from "./flow.ts";
import { giftCardMutations } from "./gift-cards.ts";
import { digestOf } from "./metafields.ts";
import { segmentMutations } from "./segments.ts";
import { storeCreditMutations } from "./store-credit.ts";
import { tagMutations } from "./tags.ts";

export const mutations: FieldTable = {
  ...tagMutations,
  ...segmentMutations,
  ...flowMutations,
  ...discountMutations,
  ...storeCreditMutations,
  ...giftCardMutations,
  customerUpdate: (_root, args, context) => updateCustomer(args, context),
  customerEmailMarketingConsentUpdate: (_root, args, context) => updateConsent(args, context),
  metafieldsSet: (_root, args, context) => setMetafields(args, context),
  bulkOperationRunQuery: (_root, args, context) => context.bulkOperations.run({ query: String(args.query), isGrouped: args.groupObjects === true }, context),
  bulkOperationCancel: (_root, args, { bulkOperations }) => bulkOperations.cancel(String(args.id)),
};

// customerUpdate fields the pretend shop can keep; the rest of CustomerInput is refused by name.
const CustomerChanges = z.strictObject({
  id: z.string(),
  tags: z.array(z.string()).optional(),
  note: z.string().nullable().optional(),
  firstName: z.string().nullable().optional(),
  lastName: z.string().nullable().optional(),
  locale: z.string().optional(),
});

function updateCustomer(args: Arguments, context: ApiContext): object {
  const parsed = CustomerChanges.safeParse(args.input);
  if (!parsed.success) throw notImplemented("Mutation", "customerUpdate", parsed.error.issues[0]?.message);
  const { id: gid, ...wished } = parsed.data;
  const customer = findCustomer(gid, context);
  if (customer === null) return { customer: null, userErrors: [userError("id", "Customer does not exist")] };
  const changes = Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined));
  return { customer: context.state.updateCustomer(customer.id, changes), userErrors: [] };
}

const ConsentChange = z.object({
  customerId: z.string(),
  emailMarketingConsent: z.object({
    marketingState: z.string(),
    marketingOptInLevel: z.enum(["SINGLE_OPT_IN", "CONFIRMED_OPT_IN", "UNKNOWN"]).nullish(),
    consentUpdatedAt: z.string().nullish(),
  }),
});
const SettableState = z.enum(["SUBSCRIBED", "UNSUBSCRIBED", "PENDING"]);

function updateConsent(args: Arguments, context: ApiContext): object {
  const { customerId, emailMarketingConsent: wish } = ConsentChange.parse(args.input);
  const customer = findCustomer(customerId, context);
  if (customer === null) return { customer: null, userErrors: [{ ...userError("customerId", "Customer does not exist"), field: ["input", "customerId"], code: "INVALID" }] };
  const state = SettableState.safeParse(wish.marketingState);
  if (!state.success) {
    const error: UserError = { field: ["input", "emailMarketingConsent", "marketingState"], message: `Cannot specify ${wish.marketingState} as a marketing state input`, code: "INVALID" };
    return { customer: null, userErrors: [error] };
  }
  if (customer.email === null) {
    return { customer: null, userErrors: [{ field: ["input", "emailMarketingConsent"], message: "An email address must be set for the customer", code: "INVALID" }] };
  }
  const optInLevel = wish.marketingOptInLevel === "UNKNOWN" ? null : (wish.marketingOptInLevel ?? null);
  const updatedAt = new Date(wish.consentUpdatedAt ?? context.clock.now()).toISOString();
  return { customer: context.state.updateCustomer(customer.id, { emailConsent: { state: state.data, optInLevel, updatedAt } }), userErrors: [] };
}

const findCustomer = (gid: string, { state }: ApiContext): CustomerDoc | null => {
  const parsed = parseGid(gid);
  return parsed?.typeName === "Customer" ? state.getCustomer(parsed.id) : null;
};

const METAFIELDS_MAX = 25; // Shopify's limit for one call
const MetafieldWishes = z.array(z.object({
  ownerId: z.string(), namespace: z.string().nullish(), key: z.string(), type: z.string().nullish(), value: z.string(), compareDigest: z.string().nullish(),
}));
const ownerScopes = new Map([["Customer", "write_customers"], ["Order", "write_orders"], ["Product", "write_products"], ["ProductVariant", "write_products"], ["AppInstallation", null]]);

/** All of them or none. */
function setMetafields(args: Arguments, context: ApiContext): object {
  const wishes = MetafieldWishes.parse(args.metafields).map((wish) => ({ ...wish, namespace: wish.namespace ?? null }));
  if (wishes.length > METAFIELDS_MAX) {
    return { metafields: null, userErrors: [{ field: ["metafields"], message: `Exceeded the maximum metafields input limit of ${METAFIELDS_MAX}.`, code: "LESS_THAN_OR_EQUAL_TO", elementIndex: null }] };
  }
  const errors: UserError[] = [];
  for (const [elementIndex, wish] of wishes.entries()) {
    const refuse = (name: string, code: string, message: string): unknown => errors.push({ field: ["metafields", String(elementIndex), name], message, code, elementIndex });
    const owner = parseGid(wish.ownerId)?.typeName ?? "";
    const scope = ownerScopes.get(owner);
    if (scope === undefined) throw notImplemented("Mutation", "metafieldsSet", `for the owner ${wish.ownerId}`);
    if (scope !== null) demandScope(context.granted, scope, "metafieldsSet");
    if (!isOwnerThere(wish.ownerId, context)) refuse("ownerId", "INVALID_VALUE", "Owner does not exist.");
    const known = context.metafields.find(wish.ownerId, wish);
    if (/^app--(\d+)/.exec(context.metafields.resolveNamespace(wish.namespace))?.[1] !== APP_ID && wish.namespace?.startsWith("app--")) refuse("namespace", "APP_NOT_AUTHORIZED", "Access to this namespace and key on Metafields for this resource type is not allowed.");
    if (!wish.type && known === null) refuse("type", "BLANK", "Type can't be blank");
    if (wish.value === "") refuse("value", "BLANK", "Value can't be blank");
    if ((wish.type ?? known?.type) === "json" && !isJson(wish.value)) refuse("value", "INVALID_VALUE", "Value is invalid JSON.");
    if ("compareDigest" in wish && wish.compareDigest !== undefined && (known ? digestOf(known) : null) !== wish.compareDigest) refuse("compareDigest", "STALE_OBJECT", "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.");
  }
  if (errors.length > 0) return { metafields: null, userErrors: errors };
  const metafields = wishes.map(({ ownerId, namespace, key, type, value }) =>
    context.metafields.write(ownerId, { namespace, key, value, type: type ?? context.metafields.find(ownerId, { namespace, key })?.type ?? "single_line_text_field" }));
  return { metafields, userErrors: [] };
}

function isOwnerThere(ownerGid: string, { state }: ApiContext): boolean {
  const { typeName, id = "" } = parseGid(ownerGid) ?? {};
  switch (typeName) {
    case "Customer": return state.getCustomer(id) !== null;
    case "Order": return state.getOrder(id) !== null;
    case "Product": return state.getProduct(id) !== null;
    default: return true; // variants and the installation: nobody writes to one that is gone
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
