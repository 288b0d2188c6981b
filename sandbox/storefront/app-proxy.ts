// Shopify's app proxy: pages of the app below `/apps/{handle}` of the shop, signed with who is looking (contract §2.5).

import { createHmac } from "node:crypto";
import express, { Router } from "express";
import type { Request, RequestHandler, Response } from "express";
import type { SandboxContext } from "../context.ts";
import { promised } from "../admin-shell/promised-handler.ts";
import { readSession } from "./session.ts";

const BODY_MAX = "1mb"; // shoppers send forms, not files
const reservedNames = ["shop", "path_prefix", "timestamp", "logged_in_customer_id", "signature", "hmac"];
// Shopify keeps cookies and what describes its own connection to itself, in both directions.
const keptToItself = new Set(["connection", "content-encoding", "content-length", "cookie", "date", "host", "keep-alive", "server", "set-cookie", "transfer-encoding", "x-powered-by"]);

export function createAppDoor(context: SandboxContext): Router {
  const router = Router();
  router.use(`/apps/${context.app.handle}`, express.raw({ type: () => true, limit: BODY_MAX }), passOnSigned(context));
  return router;
}

function passOnSigned(context: SandboxContext): RequestHandler {
  return promised(async (request, response) => {
    const body: unknown = request.body;
    // The app may redirect within itself; Shopify follows, so the shopper never sees the app's own address.
    const answer = await fetch(signedUrl(context, request), {
      method: request.method,
      headers: headersForApp(context, request),
      ...(Buffer.isBuffer(body) && body.length > 0 ? { body: new Uint8Array(body) } : {}),
    }).catch(() => null); // fetch rejects only when nobody answers
    if (answer === null) response.status(502).type("text").send(`${context.app.name} does not answer.\n`);
    else await answerShopper(answer, response);
  });
}

function signedUrl(context: SandboxContext, request: Request): URL {
  const params = new URL(request.originalUrl, context.publicUrl()).searchParams;
  for (const name of reservedNames) params.delete(name);
  params.set("shop", context.shopDomain);
  params.set("path_prefix", `/apps/${context.app.handle}`);
  params.set("timestamp", String(Math.trunc(context.clock.now().getTime() / 1000)));
  params.set("logged_in_customer_id", readSession(context, request).customerId ?? "");
  params.set("signature", signProxyQuery(params, context.app.apiSecret));
  const url = new URL(`/proxy${request.path === "/" ? "" : request.path}`, context.app.baseUrl);
  url.search = params.toString();
  return url;
}

/** hex HMAC-SHA256 of `name=value` (repeated values joined by commas) in byte order, with nothing between them */
export function signProxyQuery(params: URLSearchParams, secret: string): string {
  const names = new Set([...params.keys()].filter((name) => name !== "signature"));
  const pairs = [...names].map((name) => Buffer.from(`${name}=${params.getAll(name).join(",")}`));
  const message = Buffer.concat(pairs.sort(Buffer.compare));
  return createHmac("sha256", secret).update(message).digest("hex");
}

function headersForApp(context: SandboxContext, request: Request): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !keptToItself.has(name)) headers.set(name, [value].flat().join(", "));
  }
  headers.set("x-forwarded-host", context.shopDomain);
  headers.set("x-forwarded-for", request.socket.remoteAddress ?? "");
  return headers;
}

async function answerShopper(answer: globalThis.Response, response: Response): Promise<void> {
  response.status(answer.status);
  for (const [name, value] of answer.headers) if (!keptToItself.has(name)) response.set(name, value);
  response.end(Buffer.from(await answer.arrayBuffer()));
}
