// A customer through both doors, and the news of what they agreed to.
import { z } from "zod";
import { parseDay, type Day } from "../../values/day.ts";
import type { CustomerId } from "../../values/ids.ts";
import type { ConsentSnapshot, CustomerSnapshot, EmailConsent } from "../snapshots.ts";
import { compiled, exactId, id, instant, optional, parseAs } from "./fields.ts";

/** `json` of customers/create or customers/update, which say nothing of tags, language and consent. Throws a ParseError. */
export function parseCustomerWebhook(json: unknown, topic = "customers/update"): CustomerSnapshot {
  const body = parseAs(topic, customerBody, json);
  return {
    id: exactId(body),
    email: body.email,
    firstName: body.first_name,
    lastName: body.last_name,
    locale: null,
    countryCode: body.default_address?.country_code ?? null,
    tags: null,
    birthOn: null,
    rfmGroup: null,
    createdAt: body.created_at,
    updatedAt: body.updated_at,
    consent: null,
  };
}

/** A node with the fields of queries/customers.ts. Throws a ParseError. */
export function parseCustomerNode(node: unknown): CustomerSnapshot {
  const customer = parseAs("customer", customerNode, node);
  return {
    id: customer.id,
    email: customer.defaultEmailAddress?.emailAddress ?? null,
    firstName: customer.firstName,
    lastName: customer.lastName,
    locale: customer.locale,
    countryCode: customer.defaultAddress?.countryCodeV2 ?? null,
    tags: customer.tags,
    birthOn: customer.birthDate?.value ?? null,
    rfmGroup: customer.statistics?.rfmGroup ?? null,
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    consent: customer.defaultEmailAddress && { state: customer.defaultEmailAddress.marketingState, updatedAt: customer.defaultEmailAddress.marketingUpdatedAt },
  };
}

/** `json` of customers_email_marketing_consent/update. Throws a ParseError. */
export function parseConsentWebhook(json: unknown): { customerId: CustomerId; consent: ConsentSnapshot } {
  const body = parseAs("customers_email_marketing_consent/update", consentBody, json);
  const { state, consent_updated_at } = body.email_marketing_consent;
  return { customerId: body.customer_id, consent: { state, updatedAt: consent_updated_at } };
}

const emailConsent = z
  .string()
  .transform((state) => state.toUpperCase())
  .pipe(z.enum(["SUBSCRIBED", "UNSUBSCRIBED", "PENDING", "NOT_SUBSCRIBED", "INVALID", "REDACTED"] satisfies EmailConsent[]));

/** A merchant may have written anything there: what is no day is none. */
const birthday = z.string().transform((text): Day | null => {
  try {
    return parseDay(text);
  } catch {
    return null;
  }
});

const customerBody = compiled(z.object({
  id: id<CustomerId>(),
  admin_graphql_api_id: optional(id<CustomerId>()),
  email: optional(z.string()),
  first_name: optional(z.string()),
  last_name: optional(z.string()),
  default_address: optional(z.object({ country_code: optional(z.string()) })),
  created_at: instant,
  updated_at: instant,
}));

const customerNode = compiled(z.object({
  id: id<CustomerId>(),
  firstName: optional(z.string()),
  lastName: optional(z.string()),
  locale: optional(z.string()),
  tags: z.array(z.string()),
  createdAt: instant,
  updatedAt: instant,
  defaultEmailAddress: optional(z.object({ emailAddress: optional(z.string()), marketingState: emailConsent, marketingUpdatedAt: optional(instant) })),
  defaultAddress: optional(z.object({ countryCodeV2: optional(z.string()) })),
  birthDate: optional(z.object({ value: birthday })),
  statistics: optional(z.object({ rfmGroup: optional(z.string()) })),
}));

const consentBody = z.object({
  customer_id: id<CustomerId>(),
  email_marketing_consent: z.object({ state: emailConsent, consent_updated_at: optional(instant) }),
});
