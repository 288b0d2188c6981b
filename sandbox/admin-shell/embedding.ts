// The query with which Shopify opens an embedded app (contract §2.1), and which of its names belong to Shopify rather than to the app.

import { createHmac, randomUUID } from "node:crypto";
import type { SandboxContext } from "../context.ts";

const shopifyNames = ["embedded", "shop", "host", "id_token", "hmac", "session", "timestamp", "locale", "protocol", "appLoadId"];

/** the app's address with a fresh id_token; whatever Shopify said in the address before is replaced */
export async function addEmbedding(context: SandboxContext, pathAndQuery: string, locale: string): Promise<string> {
  const url = new URL(dropEmbedding(pathAndQuery), context.app.baseUrl);
  url.searchParams.set("embedded", "1");
  url.searchParams.set("host", encodeHost(context.shopDomain));
  url.searchParams.set("id_token", await context.mintSessionToken({ locale }));
  url.searchParams.set("locale", locale);
  url.searchParams.set("session", randomUUID().replaceAll("-", ""));
  url.searchParams.set("shop", context.shopDomain);
  url.searchParams.set("timestamp", String(Math.trunc(context.clock.now().getTime() / 1000)));
  url.searchParams.set("hmac", signAdminQuery(url.searchParams, context.app.apiSecret));
  return url.pathname + url.search;
}

export function dropEmbedding(pathAndQuery: string): string {
  const url = new URL(pathAndQuery, "http://app.invalid");
  for (const name of shopifyNames) url.searchParams.delete(name);
  return url.pathname + url.search;
}

/** `admin.shopify.com/store/{name}` in base64 without padding */
function encodeHost(shopDomain: string): string {
  return Buffer.from(`admin.shopify.com/store/${storeName(shopDomain)}`).toString("base64").replace(/=+$/, "");
}

export function storeName(shopDomain: string): string {
  return shopDomain.replace(/\.myshopify\.com$/, "");
}

/** hex HMAC-SHA256 of the encoded query in the order of its names, `hmac` left out */
function signAdminQuery(params: URLSearchParams, secret: string): string {
  const signed = new URLSearchParams(params);
  signed.delete("hmac");
  signed.sort();
  const message = signed.toString().replaceAll("+", "%20");
  return createHmac("sha256", secret).update(message).digest("hex");
}
