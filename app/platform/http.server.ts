// The web process's HTTP: the browser's files with long lives, everything else to Remix; no address is logged with its query.
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type NextFunction, type Request, type Response } from "express";
import { log } from "./log.server.ts";

const BODY_MAX_BYTES = 16 * 1024 * 1024; // several times the largest order Shopify sends

export function createHttpApp(build: ServerBuild): express.Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", true); // only the host and protocol of our own address come from it; nobody is let in for it
  app.use(compression());
  app.use("/assets", express.static(`${build.assetsBuildDirectory}/assets`, { immutable: true, maxAge: "1y", fallthrough: false }));
  app.use(express.static(build.assetsBuildDirectory, { maxAge: "1h", index: false }));
  app.use(logRequest, limitBody, createRequestHandler({ build, mode: "production" })); // eslint-disable-line @typescript-eslint/no-misused-promises -- it hands its errors to next
  app.use(answerFailure);
  return app;
}

/** An embedded app's addresses carry session tokens: path and status only. */
function logRequest(request: Request, response: Response, next: NextFunction): void {
  const startedAt = performance.now();
  const { method, path } = request;
  if (path === "/health") return next(); // asked every few seconds
  response.on("finish", () => log.info("request", { method, path, status: response.statusCode, durationMs: Math.round(performance.now() - startedAt) }));
  next();
}

/** Counts what arrives without reading it: signatures are over the bytes, and Remix reads those itself. */
function limitBody(request: Request, response: Response, next: NextFunction): void {
  if (Number(request.headers["content-length"] ?? 0) > BODY_MAX_BYTES) {
    response.status(413).end();
    return;
  }
  let received = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding) => {
    received += chunk?.length ?? 0;
    if (received <= BODY_MAX_BYTES) return push(chunk, encoding);
    request.destroy();
    return false;
  };
  next();
}

function answerFailure(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  const status = error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 500;
  if (status >= 500) log.error("request failed", error);
  if (response.headersSent) next(error);
  else response.status(status).end();
}
