// Who is looking at a page of Shopify's that shows one of our extensions: its session token, verified.
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { now } from "../platform/clock.server.ts";
import { env } from "../platform/env.server.ts";
import { parseId, type CustomerId } from "../values/ids.ts";
import type { ShopperCaller } from "./callers.server.ts";

const CLOCK_TOLERANCE_SECONDS = 10; // as Shopify's library allows

const headerSchema = z.object({ alg: z.literal("HS256") });
const claimsSchema = z.object({
  dest: z.string().regex(/^(https:\/\/)?[a-z0-9][a-z0-9-]*\.myshopify\.com$/i), // checkout leaves the protocol out
  exp: z.number(),
  nbf: z.number().optional(),
  /** a customer, or nobody who is logged in; of a token of the Admin a member of staff, who is no shopper */
  sub: z.string().regex(/^gid:\/\/shopify\/Customer\/\d{1,18}$/).nullish(),
});

/** Null: no token, or not one of Shopify's for a shopper. Not `authenticate.public`: it reads the shop's session first, which may refresh it over the network. */
export function findExtensionCaller(request: Request): ShopperCaller | null {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(request.headers.get("authorization") ?? "");
  if (token === null) return null;
  const [, header = "", claims = "", signature = ""] = token;
  const given = Buffer.from(signature, "base64url");
  const expected = createHmac("sha256", env.SHOPIFY_API_SECRET).update(`${header}.${claims}`).digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected) || !headerSchema.safeParse(open(header)).success) return null;
  const said = claimsSchema.safeParse(open(claims));
  const seconds = now().getTime() / 1000;
  if (!said.success || said.data.exp < seconds - CLOCK_TOLERANCE_SECONDS || (said.data.nbf ?? 0) > seconds + CLOCK_TOLERANCE_SECONDS) return null;
  return { domain: said.data.dest.replace(/^https:\/\//i, "").toLowerCase(), customerId: said.data.sub ? parseId<CustomerId>(said.data.sub) : null };
}

function open(part: string): unknown {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return json;
  } catch {
    return null;
  }
}
