// What other systems, and Shopify's Flow, tell of somebody: which action, of whom, and under which name of their own.
import { z } from "zod";
import { textSchema } from "../../../values/id-schemas.ts";
import { parseId, type CustomerId } from "../../../values/ids.ts";

/** Why nothing was given. `other_action`: the sender's id was used before, for somebody or something else. */
export type ToldRefusal = "not_live" | "unknown_customer" | "unknown_action" | "already_given" | "other_action" | "not_signed" | "too_many_requests" | "bad_request";

const CUSTOMER_MAX = 320; // the longest address there can be
const ACTION_MAX = 40; // as programmes name their rules
const ID_MAX = 120; // a UUID with room to spare
const NOTE_MAX = 500;

const line = (max: number) => textSchema.pipe(z.string().trim().min(1).max(max));

const customerNumber = z.union([z.int().positive(), z.string().trim().regex(/^(gid:\/\/shopify\/Customer\/)?[1-9]\d{0,17}$/)]).transform((value): { id: CustomerId } => ({ id: parseId(value) }));
const customerAddress = line(CUSTOMER_MAX).pipe(z.string().regex(/^[^@\s]+@[^@\s]+$/)).transform((email) => ({ email: email.toLowerCase() }));

/** POST /api/points: docs/loyalty-api.md. */
export const tellingSchema = z.strictObject({ customer: z.union([customerNumber, customerAddress]), action: line(ACTION_MAX), id: line(ID_MAX), note: line(NOTE_MAX).optional() });
export type Telling = z.output<typeof tellingSchema>;

/** As Flow sends it: what the merchant left empty is null, or an empty text. */
export const flowRunSchema = z.object({
  shopify_domain: z.string().max(255),
  action_run_id: line(ID_MAX),
  properties: z.object({ customer_id: customerNumber, action: line(ACTION_MAX), note: textSchema.pipe(z.string().trim().max(NOTE_MAX)).nullish() }),
});
export type FlowRun = z.output<typeof flowRunSchema>;
