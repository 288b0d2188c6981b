// What an HTTP answer of the Admin API means for whoever asked.
import { z } from "zod";
import type { RefusalReason } from "./errors.ts";

export type Outcome =
  | { kind: "data"; data: unknown }
  | { kind: "throttled"; waitMs: number }
  | { kind: "unauthorized" }
  | { kind: "refused"; reason: RefusalReason; what: string }
  | { kind: "outage"; what: string }
  | { kind: "misunderstood"; what: string };

const THROTTLE_MIN_MS = 1000; // Shopify's advice: at least one second

/** `retryAfter` is in seconds; Shopify's own client takes it for milliseconds, one reason why we do not use it. */
export function readAnswer({ status, retryAfter, text }: { status: number; retryAfter: string | null; text: string }): Outcome {
  if (status === 401) return { kind: "unauthorized" };
  if (status === 429) return { kind: "throttled", waitMs: Math.max(THROTTLE_MIN_MS, secondsOf(retryAfter) * 1000) };
  if (status >= 500 || status === 408) return { kind: "outage", what: `status ${status}` };
  if (status === 402 || status === 403 || status === 404 || status === 423) return { kind: "refused", reason: "shop", what: `status ${status}` };
  if (status !== 200) return { kind: "misunderstood", what: `status ${status}` };
  const body = bodySchema.safeParse(parseText(text));
  if (!body.success) return { kind: "outage", what: "not a GraphQL answer" }; // a proxy's page in between
  return readBody(body.data);
}

const bodySchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])).optional(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
  extensions: z
    .object({
      cost: z
        .object({ requestedQueryCost: z.number(), throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }) })
        .optional()
        .catch(undefined),
    })
    .optional(),
});
type Body = z.infer<typeof bodySchema>;

function readBody({ data, errors, extensions }: Body): Outcome {
  if (errors === undefined || errors.length === 0) return data === undefined || data === null ? { kind: "outage", what: "no data" } : { kind: "data", data };
  const codes = new Set(errors.map((error) => error.extensions?.code ?? "unknown"));
  const what = errors.slice(0, 5).map((error) => `${error.extensions?.code ?? "unknown"} at ${error.path?.join(".") ?? "the document"}`).join(", ");
  if (codes.has("THROTTLED")) return { kind: "throttled", waitMs: waitFor(extensions?.cost) };
  if (codes.has("ACCESS_DENIED")) return { kind: "refused", reason: "scope", what };
  if (codes.has("SHOP_INACTIVE")) return { kind: "refused", reason: "shop", what };
  if (codes.has("INTERNAL_SERVER_ERROR") || codes.has("TIMEOUT")) return { kind: "outage", what };
  return { kind: "misunderstood", what };
}

function waitFor(cost: NonNullable<Body["extensions"]>["cost"]): number {
  if (cost === undefined) return THROTTLE_MIN_MS;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.max(THROTTLE_MIN_MS, Math.ceil((missing / cost.throttleStatus.restoreRate) * 1000));
}

function secondsOf(retryAfter: string | null): number {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) ? seconds : 0;
}

/** Ids in answers are text already, so plain JSON loses nothing. */
function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
