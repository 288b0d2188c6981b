// One call to a shop's Admin API: typed, patient when throttled, stubborn when Shopify stumbles, quick to say no.
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { API_VERSION } from "./api-version.ts";
import { ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable } from "./errors.ts";
import { readAnswer, type Outcome } from "./graphql-answer.ts";
import { offlineSessionFor, renewOfflineSession } from "./tokens.server.ts";

export { ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable } from "./errors.ts";

const REQUEST_TIMEOUT_MS = 30_000; // Shopify cuts its own queries off before that
const OUTAGES_MAX = 6; // with the gaps below about 30 seconds of trouble; a job then tries again later
const THROTTLES_MAX = 30; // each waits until the shop's bucket holds enough; others may draw from it first
const GAP_FIRST_MS = 500;
const GAP_MAX_MS = 15_000;
const THROTTLE_MAX_MS = 60_000; // no bucket takes longer to fill

/** `repeatsAfterOutage` false: after a question without an answer nobody knows whether it was heard, and the caller finds out.
 *  `patienceMs`: once they have passed nothing is asked any more, and nobody waits for an answer. */
export type Manner = { repeatsAfterOutage?: boolean; patienceMs?: number };

/** Throws ShopifyRefused, ShopifyUnreachable or ShopifyMisunderstanding. Repeats are safe for queries and for mutations that name their key. */
export const askShopify = <Schema extends z.ZodType>(
  domain: string, document: string, variables: Record<string, unknown>, schema: Schema, manner: Manner = {},
): Promise<z.output<Schema>> => askAt(endpointOf(domain), { document, variables, schema, ...manner });

/** Where to ask and what chance and patience are made of: a test's to choose. */
export type Endpoint = {
  url: string;
  readToken: () => Promise<string>;
  /** after a 401 to this token; throws ShopifyRefused when there is no other */
  renewToken: (refused: string) => Promise<string>;
  wait: (milliseconds: number) => Promise<void>;
  /** 0 up to 1 */
  roll: () => number;
};

const endpointOf = (domain: string): Endpoint => ({
  url: `https://${domain}/admin/api/${API_VERSION}/graphql.json`,
  readToken: async () => (await offlineSessionFor(domain)).accessToken,
  renewToken: async (refused) => (await renewOfflineSession(domain, refused)).accessToken,
  wait: (milliseconds) => sleep(milliseconds),
  roll: rollDice,
});

export async function askAt<Schema extends z.ZodType>(
  endpoint: Endpoint,
  { document, variables, schema, repeatsAfterOutage = true, patienceMs = Infinity }: { document: string; variables: Record<string, unknown>; schema: Schema } & Manner,
): Promise<z.output<Schema>> {
  const body = JSON.stringify({ query: document, variables });
  const endsAt = performance.now() + patienceMs; // of time that really passed: the clock of dates may jump
  const leftMs = () => endsAt - performance.now();
  const wait = async (gapMs: number) => {
    if (gapMs >= leftMs()) throw new ShopifyUnreachable("out of patience");
    await endpoint.wait(gapMs);
  };
  let refusedToken: string | null = null;
  for (let outages = 0, throttles = 0; ; ) {
    const outcome = await attempt(endpoint, refusedToken, { body, leftMs });
    switch (outcome.kind) {
      case "data":
        return parseData(schema, outcome.data);
      case "unauthorized":
        if (refusedToken !== null) throw new ShopifyRefused("token");
        refusedToken = outcome.token;
        break;
      case "throttled":
        if (++throttles > THROTTLES_MAX) throw new ShopifyUnreachable("throttled for too long");
        await wait(Math.min(outcome.waitMs, THROTTLE_MAX_MS));
        break;
      case "outage":
        if (++outages > (repeatsAfterOutage ? OUTAGES_MAX : 0)) throw new ShopifyUnreachable(outcome.what);
        await wait(gapAfter(outages, endpoint.roll()));
        break;
      case "refused":
        throw new ShopifyRefused(outcome.reason, outcome.what);
      case "misunderstood":
        throw new ShopifyMisunderstanding(outcome.what);
    }
  }
}

/** A token that cannot be had for the moment is an outage like any other. */
async function attempt(endpoint: Endpoint, refusedToken: string | null, { body, leftMs }: { body: string; leftMs: () => number }): Promise<Outcome & { token: string }> {
  try {
    const token = await (refusedToken === null ? endpoint.readToken() : endpoint.renewToken(refusedToken));
    const timeoutMs = Math.min(REQUEST_TIMEOUT_MS, Math.trunc(leftMs()));
    if (timeoutMs <= 0) throw new ShopifyUnreachable("out of patience");
    return { ...(await send(endpoint.url, token, { body, timeoutMs })), token };
  } catch (error) {
    if (!(error instanceof ShopifyUnreachable)) throw error;
    return { kind: "outage", what: error.message, token: "" };
  }
}

async function send(url: string, token: string, { body, timeoutMs }: { body: string; timeoutMs: number }): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-Shopify-Access-Token": token },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return readAnswer({ status: response.status, retryAfter: response.headers.get("retry-after"), text: await response.text() });
  } catch (error) {
    return { kind: "outage", what: error instanceof Error ? error.name : "no answer" }; // its message would name the shop
  }
}

/** Doubling gaps with jitter, so that jobs that failed together do not come back together. */
export const gapAfter = (outages: number, chance: number): number =>
  Math.round(Math.min(GAP_FIRST_MS * 2 ** outages, GAP_MAX_MS) * (0.5 + chance / 2));

function parseData<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`);
  throw new ShopifyMisunderstanding(`unexpected answer at ${paths.slice(0, 5).join(", ")}`);
}

const rollDice = (): number => crypto.getRandomValues(new Uint32Array(1)).reduce((_sum, value) => value / 2 ** 32, 0);
