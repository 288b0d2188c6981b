// What may be said to the control routes, and the sentence for what may not.

import { z } from "zod";
import { isId } from "../admin-api/gids.ts";
import { SandboxError } from "../shop/model.ts";

const Id = z.string().refine(isId, "an id is a string of digits, below 2^63");
const Instant = z.iso.datetime({ message: "an instant looks like 2026-01-31T12:00:00Z" }).transform((text) => new Date(text).toISOString());
const Quantity = z.number().int().min(1);
const Minor = z.number().int().min(0);
const BURST_MAX = 10_000; // more than any test has asked for; a request that large would hold up everything else
const DAYS_MAX = 3_650;

const OrderLine = z.strictObject({ productId: Id.nullish(), variantId: Id.nullish(), title: z.string().min(1).optional(), quantity: Quantity, unitPriceMinor: Minor.optional() });

export const PlaceOrderBody = z.strictObject({
  count: z.number().int().min(1).max(BURST_MAX).optional(),
  id: Id.optional(),
  customerId: Id.nullish(),
  email: z.string().nullish(),
  lines: z.array(OrderLine).min(1).optional(),
  discountCode: z.string().nullish(),
  discountCodes: z.array(z.string()).optional(),
  payWith: z.strictObject({ storeCredit: z.boolean().optional(), giftCardCodes: z.array(z.string()).optional() }).transform((parts) => dropUndefined(parts)).optional(),
  processedAt: Instant.optional(),
  shippingMinor: Minor.optional(),
  sourceName: z.string().optional(),
  financialStatus: z.enum(["PENDING", "AUTHORIZED", "PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED", "VOIDED", "EXPIRED"]).optional(),
  test: z.boolean().optional(),
  locale: z.string().optional(),
});

export const RefundBody = z.strictObject({
  lines: z.array(z.strictObject({ lineId: Id, quantity: Quantity })).optional(),
  amountMinor: Minor.optional(),
  note: z.string().optional(),
});
export const CancelBody = z.strictObject({ reason: z.enum(["customer", "declined", "fraud", "inventory", "other", "staff"]).optional() });
export const EditBody = z.strictObject({
  setQuantities: z.array(z.strictObject({ lineId: Id, quantity: z.number().int().min(0) })).optional(),
  add: z.array(z.strictObject({ variantId: Id, quantity: Quantity })).optional(),
});

export const CustomerBody = z.strictObject({
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string(),
  countryCode: z.string().length(2).nullable(),
  city: z.string().nullable(),
  street: z.string().nullable(),
  postcode: z.string().nullable(),
  state: z.enum(["ENABLED", "DISABLED", "INVITED"]),
  tags: z.array(z.string()),
  note: z.string().nullable(),
  birthOn: z.iso.date().nullable(),
  emailConsent: z.strictObject({
    state: z.enum(["SUBSCRIBED", "UNSUBSCRIBED", "PENDING", "NOT_SUBSCRIBED"]),
    optInLevel: z.enum(["SINGLE_OPT_IN", "CONFIRMED_OPT_IN"]).nullable().default(null),
    updatedAt: Instant.nullable().default(null),
  }),
}).partial();
export const MergeBody = z.strictObject({ into: Id });
export const ProductBody = z.strictObject({ title: z.string().min(1), status: z.enum(["ACTIVE", "ARCHIVED", "DRAFT"]), tags: z.array(z.string()), productType: z.string() }).partial();

export const ClockBody = z.strictObject({ days: z.number().int().min(0).max(DAYS_MAX) });
export const ScopesBody = z.union([
  z.strictObject({ scopes: z.array(z.string().regex(/^[a-z_]+$/)) }),
  z.strictObject({ add: z.array(z.string().regex(/^[a-z_]+$/)).default([]), remove: z.array(z.string()).default([]) }),
], { error: "say either {scopes: […]} or {add: […], remove: […]}" });
export const FlushBody = z.strictObject({ timeoutMs: z.number().int().min(1).max(300_000).default(30_000), hurryRetries: z.boolean().default(false) });

const FaultBody = z.strictObject({ probability: z.number().min(0).max(1).optional(), next: z.number().int().min(0).optional() }).transform((fault) => dropUndefined(fault)).optional();
const Count = z.number().int().min(0).optional();
const MutationFaultBody = z.strictObject({ failBefore: Count, failAfter: Count, delayMs: Count }).transform((fault) => dropUndefined(fault));
export const FaultsBody = z.strictObject({
  mutations: z.record(z.string(), MutationFaultBody).optional(),
  duplicate: FaultBody,
  delay: FaultBody,
  reorder: FaultBody,
  drop: FaultBody,
  throttle: FaultBody,
  serverError: FaultBody,
  timeout: FaultBody,
  expireToken: FaultBody,
  delayMs: z.number().int().min(0).optional(),
  timeoutMs: z.number().int().min(0).optional(),
  newWebhookIdOnRetry: z.boolean().optional(),
});

export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".");
  throw new SandboxError(`${field ? `${field}: ` : ""}${issue?.message ?? "this cannot be read"}`);
}

/** zod keeps a key that was given as undefined apart from one that was left out; the shop's types do, too. */
export function dropUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }; // the one thing this does
}
