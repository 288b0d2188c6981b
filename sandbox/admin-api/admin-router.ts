// The address of the Admin API: who may come in, what goes wrong on request, and the note about each visit.

import express, { Router, type Request, type Response } from "express";
import { z } from "zod";
import type { Faults } from "../context.ts";
import type { RequestJournal } from "../control/request-journal.ts";
import { throttled, type Executor, type GraphqlAnswer } from "./execute.ts";
import type { ApiContext } from "./resolvers/field-table.ts";
import { listMutations } from "./root-fields.ts";
import { API_VERSION } from "./schema.ts";
import type { Bucket } from "./throttle.ts";
import type { Tokens } from "./auth/tokens.ts";

const BODY_MAX = "5mb"; // metafields may be large, nothing else is

const Body = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

export type AdminRouterOptions = {
  execute: Executor;
  bucket: Bucket;
  tokens: Tokens;
  faults: Faults;
  journal: RequestJournal;
  createContext: () => ApiContext;
};

export function createAdminRouter(options: AdminRouterOptions): Router {
  const router = Router();
  router.post("/admin/api/:version/graphql.json", express.json({ limit: BODY_MAX }), (request, response, next) => {
    answer(options, request, response).catch(next);
  });
  router.all("/admin/api/*", (_request, response) => void response.status(404).json({ errors: "Not Found" }));
  return router;
}

const unavailable = { errors: "Service Unavailable" };

async function answer({ execute, bucket, tokens, faults, journal, createContext }: AdminRouterOptions, request: Request, response: Response): Promise<void> {
  const note = journal.begin("graphql");
  const finish = (status: number, body: unknown, more: { operationName?: string | null; costPoints?: number | null; error?: string } = {}): void => {
    note({ status, ...more });
    response.status(status).json(body);
  };
  if (request.params.version !== API_VERSION) { finish(404, { errors: "Not Found" }, { error: `API version ${request.params.version}` }); return; }

  const token = request.get("X-Shopify-Access-Token") ?? "";
  if (faults.strikes("expireToken")) tokens.expire(token);
  if (!tokens.admit(token)) { finish(401, { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" }); return; }
  const parsed = Body.safeParse(request.body);
  if (!parsed.success) { finish(400, { errors: { query: "Required parameter missing or invalid" } }); return; }
  const { query, variables, operationName } = parsed.data;
  const named = operationName ?? /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? null;

  if (faults.strikes("timeout")) {
    await new Promise((resolve) => setTimeout(resolve, faults.read().timeoutMs));
    note({ status: 0, operationName: named, error: "timed out on request" });
    response.destroy();
    return;
  }
  if (faults.strikes("serverError")) { finish(503, unavailable, { operationName: named, error: "unavailable on request" }); return; }
  const struck = faults.strikesMutations(listMutations(query, operationName ?? null));
  if (struck.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, struck.delayMs));
  if (struck.failsBefore) { finish(503, unavailable, { operationName: named, error: "unavailable on request, before it was done" }); return; }
  const result = faults.strikes("throttle") ? throttled(bucket.read().maximumAvailable, bucket.read()) : await execute({ query, variables: variables ?? {}, operationName: operationName ?? null }, createContext());
  if (struck.failsAfter) { finish(503, unavailable, { operationName: named, error: "unavailable on request, after it was done" }); return; }
  finish(200, result, { operationName: named, costPoints: result.extensions?.cost.actualQueryCost ?? null, ...describeErrors(result) });
}

function describeErrors({ errors }: GraphqlAnswer): { error?: string } {
  const [first] = errors ?? [];
  if (!first) return {};
  const code = first.extensions?.code;
  return { error: typeof code === "string" ? code : first.message };
}
