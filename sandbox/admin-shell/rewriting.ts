// What is changed in the app's answers on their way to the browser, so that one origin without a certificate can play Shopify.

import { Transform } from "node:stream";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { SandboxContext } from "../context.ts";
import { storeName } from "./embedding.ts";

const cdn = "https://cdn.shopify.com/";
const appBridgeUrl = `${cdn}shopifycloud/app-bridge.js`;
const standInUrl = "/sandbox/app-bridge.js";
/** everything else of the CDN (fonts, mostly): same-origin and empty, and the elements stay, since React counts them while hydrating */
const emptyCdn = "/sandbox/cdn/";

// What concerns one connection only, and cookies: browsers that block third-party cookies keep none from an embedded app.
const droppedHeaders = new Set(["connection", "keep-alive", "transfer-encoding", "x-frame-options", "set-cookie", "strict-transport-security"]);

export function rewriteHeaders(context: SandboxContext, headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const rewritten: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !droppedHeaders.has(name)) rewritten[name] = value;
  }
  if (headers["content-security-policy"] !== undefined) rewritten["content-security-policy"] = allowFraming(headers["content-security-policy"]);
  if (headers.location !== undefined) rewritten["location"] = bringHome(context, headers.location);
  const link = headers["link"];
  if (link !== undefined) {
    const kept = keepLocalLinks(typeof link === "string" ? link : link.join(", "));
    if (kept === "") delete rewritten["link"];
    else rewritten["link"] = kept;
  }
  if (isHtml(headers)) {
    delete rewritten["content-length"];
    delete rewritten["etag"];
  }
  return rewritten;
}

export function isHtml(headers: IncomingHttpHeaders): boolean {
  return /^text\/html\b/i.test(headers["content-type"] ?? "") && (headers["content-encoding"] ?? "identity") === "identity";
}

/** addresses of Shopify's CDN become addresses of this sandbox, chunk by chunk */
export function rewriteHtml(): Transform {
  let held = "";
  const decoder = new TextDecoder();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = held + decoder.decode(chunk, { stream: true });
      const cut = startOfUnfinishedUrl(text);
      held = text.slice(cut);
      done(null, replaceCdn(text.slice(0, cut)));
    },
    flush(done) {
      done(null, replaceCdn(held + decoder.decode()));
    },
  });
}

function replaceCdn(text: string): string {
  return text.replaceAll(appBridgeUrl, standInUrl).replaceAll(cdn, emptyCdn).replaceAll(`"${cdn.slice(0, -1)}"`, `"${emptyCdn}"`);
}

/** addresses end at a quote, a space or a bracket: what comes after the last of them may be half of one */
function startOfUnfinishedUrl(text: string): number {
  const longest = text.slice(-(appBridgeUrl.length + 1));
  const lastBreak = Math.max(...[" ", ">", "<", "\n", "="].map((mark) => longest.lastIndexOf(mark)));
  return text.length - longest.length + Math.max(lastBreak, 0);
}

function allowFraming(policy: string | string[]): string {
  const directives = (typeof policy === "string" ? policy : policy.join("; ")).split(";").map((directive) => directive.trim());
  return directives
    .filter((directive) => directive !== "" && !directive.startsWith("frame-ancestors"))
    .concat("frame-ancestors 'self'")
    .join("; ");
}

function keepLocalLinks(header: string): string {
  return header
    .split(/,\s*(?=<)/)
    .map((link) => link.replace(appBridgeUrl, standInUrl))
    .filter((link) => !link.includes("cdn.shopify.com"))
    .join(", ");
}

/** redirects to Shopify's Admin land in the sandbox's; those to the app's own port stay on this origin */
function bringHome(context: SandboxContext, location: string): string {
  if (!URL.canParse(location)) return location;
  const url = new URL(location);
  const rest = url.search + url.hash;
  if (url.origin === new URL(context.app.baseUrl).origin) return url.pathname + rest;
  const inAdmin = findAdminPath(context, url);
  return inAdmin === null ? location : inAdmin + rest;
}

function findAdminPath(context: SandboxContext, url: URL): string | null {
  const store = `/store/${storeName(context.shopDomain)}`;
  if (url.hostname === "admin.shopify.com" && url.pathname.startsWith(store)) {
    return `/admin${url.pathname.slice(store.length)}`.replace(`/apps/${context.app.apiKey}`, `/apps/${context.app.handle}`);
  }
  return url.hostname === context.shopDomain && url.pathname.startsWith("/admin") ? url.pathname : null;
}
