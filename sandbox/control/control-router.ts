// The sandbox's own controls, over HTTP: JSON in, JSON out, and a sentence for whatever cannot be done.

import express, { Router, type ErrorRequestHandler, type Request, type Response } from "express";
import { loadAdminSchema } from "../admin-api/schema.ts";
import type { SandboxContext } from "../context.ts";
import { SandboxError } from "../shop/model.ts";
import type { DeliveryQueue } from "../webhooks/delivery-queue.ts";
import { ClockBody, dropUndefined, FaultsBody, FlushBody, parseBody, ScopesBody } from "./bodies.ts";
import { toRedactBody } from "./installation.ts";
import type { RequestJournal } from "./request-journal.ts";
import { addShopRoutes } from "./shop-routes.ts";

export type ControlOptions = { context: SandboxContext; deliveries: DeliveryQueue; journal: RequestJournal };

/** What a route answers is its JSON; what it throws as a SandboxError is a 400. */
export type Verb = (request: Request, response: Response) => unknown;

export function createControlRouter(options: ControlOptions): Router {
  const router = Router();
  router.use(express.json({ limit: "1mb", strict: false }));
  const route = (method: "get" | "post" | "delete", path: string, verb: Verb): void => {
    router[method](path, (request, response, next) => {
      Promise.resolve().then(() => verb(request, response)).then((answer) => {
        if (!response.headersSent) response.json(answer ?? { ok: true });
      }).catch(next);
    });
  };
  addMachineRoutes(route, options);
  addAppRoutes(route, options);
  addFlowRoutes(route, options);
  addShopRoutes(route, options.context);
  router.use((request, response) => void response.status(404).json({ error: `There is no ${request.method} /sandbox${request.path}; docs/sandbox.md lists what there is.` }));
  router.use(sayWhy);
  return router;
}

export type AddRoute = (method: "get" | "post" | "delete", path: string, verb: Verb) => void;

function addMachineRoutes(route: AddRoute, { context, deliveries, journal }: ControlOptions): void {
  const { clock, faults } = context;
  const readClock = (): object => ({ now: clock.now().toISOString(), offsetMs: clock.offsetMs });
  route("get", "/clock", readClock);
  route("post", "/clock", (request) => context.advanceClock(parseBody(ClockBody, request.body).days));

  route("get", "/faults", () => faults.read());
  route("post", "/faults", async (request) => {
    const changes = parseBody(FaultsBody, request.body);
    const known = (await loadAdminSchema()).schema.getMutationType()?.getFields() ?? {};
    const unknown = Object.keys(changes.mutations ?? {}).find((name) => !(name in known));
    if (unknown !== undefined) throw new SandboxError(`mutations.${unknown}: the Admin API has no mutation of this name`);
    return faults.change(dropUndefined(changes));
  });
  route("delete", "/faults", () => faults.clear());

  route("get", "/requests", () => journal.list());
  route("delete", "/requests", () => { journal.clear(); });

  route("get", "/deliveries", (request) => ({
    counts: deliveries.counts(),
    deliveries: deliveries.list({ isPending: request.query.pending === "1", limit: readLimit(request) }),
  }));
  route("post", "/deliveries/flush", async (request, response) => {
    const { timeoutMs, hurryRetries } = parseBody(FlushBody, request.body);
    if (hurryRetries) deliveries.hurryRetries();
    const isEmpty = await deliveries.flush(timeoutMs);
    if (!isEmpty) response.status(504);
    return { isEmpty, counts: deliveries.counts() };
  });
}

const LIST_DEFAULT = 100;
const LIST_MAX = 5_000;

function readLimit(request: Request): number {
  const { limit } = request.query;
  if (limit === undefined) return LIST_DEFAULT;
  const number = Number(limit);
  if (!Number.isInteger(number) || number < 1 || number > LIST_MAX) throw new SandboxError(`limit: a whole number from 1 to ${LIST_MAX}`);
  return number;
}

function addAppRoutes(route: AddRoute, { context, deliveries }: ControlOptions): void {
  const { installation, state } = context;
  const readInstallation = (): object => ({ isInstalled: installation.isInstalled(), scopes: installation.scopes() });
  route("get", "/token", async (request, response) => {
    if (!installation.isInstalled()) throw new SandboxError("The app is not installed, so nobody gets a session token for it. POST /sandbox/app/install first.");
    const { locale, userId } = request.query;
    const token = await context.mintSessionToken({ ...(typeof locale === "string" ? { locale } : {}), ...(typeof userId === "string" ? { userId } : {}) });
    response.type("text/plain").set("Cache-Control", "no-store").send(token);
  });
  route("get", "/app", readInstallation);
  route("post", "/app/install", () => {
    installation.install();
    return readInstallation();
  });
  route("post", "/app/uninstall", () => {
    installation.uninstall();
    return readInstallation();
  });
  route("post", "/scopes", (request) => {
    const wish = parseBody(ScopesBody, request.body);
    installation.changeScopes("scopes" in wish ? wish.scopes : [...installation.scopes(), ...wish.add].filter((scope) => !wish.remove.includes(scope)));
    return readInstallation();
  });
  route("post", "/shop/redact", () => {
    const now = context.clock.now();
    deliveries.cancelScheduled("shop/redact");
    deliveries.publish({ topic: "shop/redact", occurredAt: now.toISOString(), body: toRedactBody(state.shop()) });
  });
}

function addFlowRoutes(route: AddRoute, { context: { flow } }: ControlOptions): void {
  route("get", "/flow", ({ query }) => flow.list().filter(({ handle }) => query.handle === undefined || query.handle === handle));
  route("delete", "/flow", () => { flow.clear(); });
}

const sayWhy: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) { next(error); return; }
  if (error instanceof SandboxError) return void response.status(400).json({ error: error.message });
  if (error instanceof SyntaxError) return void response.status(400).json({ error: `The body is not JSON: ${error.message}` });
  return void response.status(500).json({ error: error instanceof Error ? error.message : String(error) });
};
