// Passes the app's addresses on to the app's own port, and stands where Shopify's frame and tunnel would stand.

import { Agent, request as send } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { Router } from "express";
import type { Request, RequestHandler, Response } from "express";
import type { SandboxContext } from "../context.ts";
import { renderAppDownPage } from "./pages/app-down.ts";
import { addEmbedding, dropEmbedding } from "./embedding.ts";
import { promised } from "./promised-handler.ts";
import { isHtml, rewriteHeaders, rewriteHtml } from "./rewriting.ts";
import { readLocale } from "./languages.ts";

/** Remix asks for `/__manifest` when it discovers routes lazily */
const appPaths = ["/app", "/assets", "/auth", "/health", "/__manifest", "/favicon.svg"];

// A kept connection may be the one the app closes while it restarts, and a form must not be sent twice to find out.
const oneRequestEach = new Agent({ keepAlive: false });

export function createAppProxy(context: SandboxContext): Router {
  const router = Router();
  router.use(appPaths, passOn(context));
  return router;
}

function passOn(context: SandboxContext): RequestHandler {
  return promised(async (request, response) => {
    const destination = isAppPage(request) ? readDestination(request) : "script";
    if (destination === "document") response.redirect(`/admin/apps/${context.app.handle}${dropEmbedding(request.originalUrl)}`);
    else if (destination === "script") forward(context, request, response, request.originalUrl);
    else forward(context, request, response, await addEmbedding(context, request.originalUrl, readLocale(request)));
  });
}

/** a person's browser going to one of the app's pages, rather than a script or a program fetching something */
function isAppPage(request: Request): boolean {
  const isPage = request.baseUrl === "/app" && request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
  return isPage && request.headers.authorization === undefined;
}

/** a browser that does not say (it does so only on localhost and over TLS) is taken to be in the frame; App Bridge notices if it is not */
function readDestination(request: Request): "document" | "frame" | "script" {
  const destination = request.headers["sec-fetch-dest"] ?? "iframe";
  if (destination === "document") return "document";
  return destination === "iframe" || destination === "frame" ? "frame" : "script";
}

function forward(context: SandboxContext, request: Request, response: Response, pathAndQuery: string): void {
  const passed = send(new URL(pathAndQuery, context.app.baseUrl), {
    method: request.method,
    headers: headersForApp(context, request),
    agent: oneRequestEach,
  });
  passed.on("response", (answer) => answerBrowser(context, answer, response));
  passed.on("error", () => answerAppIsDown(context, request, response));
  response.on("close", () => passed.destroy());
  request.pipe(passed);
}

function answerBrowser(context: SandboxContext, answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, rewriteHeaders(context, answer.headers));
  response.flushHeaders();
  // Either side may hang up in the middle; then the other one is closed, and there is nobody left to tell.
  const closeQuietly = (): void => undefined;
  if (isHtml(answer.headers)) pipeline(answer, rewriteHtml(), response, closeQuietly);
  else pipeline(answer, response, closeQuietly);
}

/** as a tunnel would pass it on: the public host and the visitor's address, and no cookies, which third parties do not get */
function headersForApp(context: SandboxContext, request: Request): IncomingHttpHeaders {
  const { connection: _connection, cookie: _cookie, ...headers } = request.headers;
  const publicUrl = new URL(context.publicUrl());
  const host = request.headers.host ?? publicUrl.host;
  const isDocument = (request.headers.accept ?? "").includes("text/html");
  return {
    ...headers,
    host,
    "x-forwarded-host": request.headers["x-forwarded-host"] ?? host,
    "x-forwarded-proto": request.headers["x-forwarded-proto"] ?? publicUrl.protocol.slice(0, -1),
    "x-forwarded-for": [request.headers["x-forwarded-for"], request.socket.remoteAddress].flat().filter(Boolean).join(", "),
    // documents are rewritten on the way back, which compressed ones could not be
    ...(isDocument ? { "accept-encoding": "identity" } : {}),
  };
}

function answerAppIsDown(context: SandboxContext, request: Request, response: Response): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.status(502).set("Cache-Control", "no-store");
  if (request.accepts(["html", "text"]) === "html" && (request.headers.accept ?? "").includes("text/html")) {
    response.type("html").send(renderAppDownPage(context, readLocale(request)));
  } else {
    response.type("text").send(`${context.app.name} does not answer at ${context.app.baseUrl}. Is it still starting?\n`);
  }
}
