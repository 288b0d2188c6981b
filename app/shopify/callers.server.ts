// Who is speaking, proven by Shopify's signature: a merchant's browser, a shopper's through the shop's own address, or Shopify itself.
import { createHmac, timingSafeEqual } from "node:crypto";
import { WebhookValidationErrorReason } from "@shopify/shopify-api";
import { now } from "../platform/clock.server.ts";
import { log } from "../platform/log.server.ts";
import { env } from "../platform/env.server.ts";
import { parseId, type CustomerId, type ShopId } from "../values/ids.ts";
import { api, shopify } from "./app.server.ts";
import { oneAtATime } from "./one-at-a-time.ts";

export type AdminCaller = {
  domain: string;
  /** Shopify's number of the staff member */
  staffId: string | null;
};

/** Throws the Response Shopify's library wants sent: a bounce page, a redirect, a 401 that App Bridge repeats. */
export async function adminFrom(request: Request): Promise<AdminCaller> {
  // A page's loaders run at once with one session token; the first exchanges it, the others find the result stored.
  const { session, sessionToken } = await oneAtATime(`caller ${sessionTokenOf(request)}`, () => shopify.authenticate.admin(toAuthenticate(request)).catch(sayFailure));
  return { domain: session.shop, staffId: sessionToken.sub || null };
}

/** What fails inside the library becomes a bare 500 there, of which nobody would hear. */
function sayFailure(error: unknown): never {
  if (error instanceof Response && error.status >= SERVER_ERROR) log.error("shopify library gave up on a caller", new Error(error.statusText), { status: error.status });
  throw error;
}
const SERVER_ERROR = 500;

/** The library refuses crawlers by their User-Agent before they set an installation off, and takes plain `Mozilla/5.0` for one. A
 *  request that carries a session token proves itself and sets nothing off. Only address and headers matter; the body stays unread. */
function toAuthenticate(request: Request): Request {
  if (!request.headers.has("authorization")) return request;
  const headers = new Headers(request.headers);
  headers.delete("user-agent");
  return new Request(request.url, { method: request.method, headers });
}

const sessionTokenOf = (request: Request): string => request.headers.get("authorization") ?? new URL(request.url).searchParams.get("id_token") ?? "";

export type SignedDelivery = {
  domain: string;
  /** `orders/create` */
  topic: string;
  webhookId: string;
  triggeredAt: Date;
  /** raw JSON: ids beyond 2^53 are still exact */
  text: string;
};
/** A delivery and whose it is; null: a shop we do not know, or no longer. */
export type Delivery = SignedDelivery & { shopId: ShopId | null };

/** `customerId` null: nobody is logged in. */
export type ShopperCaller = { domain: string; customerId: CustomerId | null };

const PROXY_AGE_MAX_SECONDS = 90; // as Shopify's library allows

/**
 * Who is asking through the app proxy, from the signed query and nothing else. Throws a Response: 401 for a signature that is wrong or too old.
 * Not `authenticate.public.appProxy`: it sorts names by language and not by byte, and may ask Shopify for a token first.
 */
export function shopperCallerFrom(request: Request): ShopperCaller {
  const query = new URL(request.url).searchParams;
  const once = (name: string): string => (query.getAll(name).length === 1 ? (query.get(name) ?? "") : refuse(401));
  const signature = Buffer.from(once("signature"), "hex");
  const expected = Buffer.from(signProxyQuery(query), "hex");
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) refuse(401);
  if (Math.abs(now().getTime() / 1000 - Number(once("timestamp"))) > PROXY_AGE_MAX_SECONDS) refuse(401);
  const customer = once("logged_in_customer_id");
  return { domain: once("shop").toLowerCase(), customerId: customer === "" ? null : parseId<CustomerId>(customer) };
}

/** Hex HMAC-SHA256 of `name=value`, repeated values joined by commas, in the order of bytes, with nothing between them (shopify.dev, "Authenticate app proxies"). */
function signProxyQuery(query: URLSearchParams): string {
  const names = [...new Set(query.keys())].filter((name) => name !== "signature");
  const pairs = names.map((name) => Buffer.from(`${name}=${query.getAll(name).join(",")}`)).toSorted(Buffer.compare);
  return createHmac("sha256", env.SHOPIFY_API_SECRET).update(Buffer.concat(pairs)).digest("hex");
}

const BODY_MAX_BYTES = 10 * 1024 * 1024; // an order with thousands of lines is about 5 MB

/**
 * Throws a Response: 405 for another method than POST, 413, 401 for a wrong signature, 400 for missing headers.
 * Not `authenticate.webhook`: it may refresh the shop's token over the network before it returns, and its JSON.parse rounds ids.
 */
export async function signedDeliveryFrom(request: Request): Promise<SignedDelivery> {
  if (request.method !== "POST") refuse(405);
  const text = await readText(request, BODY_MAX_BYTES);
  const check = await api.webhooks.validate({ rawBody: text, rawRequest: request });
  if (!check.valid) {
    log.warn("delivery refused", { reason: check.reason });
    refuse(check.reason === WebhookValidationErrorReason.InvalidHmac ? 401 : 400);
  }
  return {
    domain: check.domain.toLowerCase(),
    topic: request.headers.get("x-shopify-topic") ?? check.topic, // the library writes ORDERS_CREATE
    webhookId: check.webhookId,
    triggeredAt: instantOf(check.triggeredAt),
    text,
  };
}

const FLOW_BODY_MAX_BYTES = 64 * 1024; // Flow's own limit is 50 KB

/**
 * What Shopify's Flow sends to one of our actions, as raw JSON; whose it is stands in it. Throws a Response: 405, 413, 401.
 * Not `authenticate.flow`: it answers 400 to a forgery, and asks for a session that running an action needs not.
 */
export async function signedFlowFrom(request: Request): Promise<string> {
  if (request.method !== "POST") refuse(405);
  const text = await readText(request, FLOW_BODY_MAX_BYTES);
  const expected = createHmac("sha256", env.SHOPIFY_API_SECRET).update(text).digest();
  const given = Buffer.from(request.headers.get("x-shopify-hmac-sha256") ?? "", "base64");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) refuse(401);
  return text;
}

/** Throws a 413 as soon as there is more. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  const reader = request.body?.getReader();
  for (let size = 0, next = await reader?.read(); next?.value; next = await reader?.read()) {
    size += next.value.byteLength;
    if (size > maxBytes) refuse(413);
    chunks.push(next.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function refuse(status: number): never {
  throw new Response(null, { status }); // as Remix, and Shopify's library with it, says no
}

/** Shopify always says when; should it not, a delivery is as old as its arrival. */
function instantOf(text: string | undefined): Date {
  const instant = new Date(text ?? Number.NaN);
  return Number.isNaN(instant.getTime()) ? now() : instant;
}
