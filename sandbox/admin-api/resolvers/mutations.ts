// All an app may do, by the name of the mutation; a customer's own fields and consent are changed here.

import { z } from "zod";
import { parseGid } from "../gids.ts";
import { notImplemented, userError, type UserError } from "../refusals.ts";
import type { CustomerDoc } from "../../shop/model.ts";
import { discountMutations } from "./discount-mutations.ts";
import type { ApiContext, Arguments, FieldTable } from "./field-table.ts";
import { flowMutations } from "./flow.ts";
import { giftCardMutations } from "./gift-cards.ts";
import { definitionMutations } from "./metafield-definitions.ts";
import { metafieldMutations } from "./metafield-mutations.ts";
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
  ...metafieldMutations,
  ...definitionMutations,
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
