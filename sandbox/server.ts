// The whole sandbox behind one address: Admin API, tokens, bulk files, webhooks, controls, the Admin's pages and the shop's.

import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import express from "express";
import { createApiContext } from "./admin-api/api-context.ts";
import { createAdminRouter } from "./admin-api/admin-router.ts";
import { mintSessionToken } from "./admin-api/auth/session-tokens.ts";
import { createTokenRouter } from "./admin-api/auth/token-router.ts";
import { createTokens } from "./admin-api/auth/tokens.ts";
import { STORAGE_HOST } from "./admin-api/bulk/bulk-files.ts";
import { createBulkOperations } from "./admin-api/bulk/bulk-operations.ts";
import { createExecutor } from "./admin-api/execute.ts";
import { createMetafields } from "./admin-api/metafields.ts";
import { API_VERSION, loadAdminSchema } from "./admin-api/schema.ts";
import { createBucket, type BucketOptions } from "./admin-api/throttle.ts";
import { createShell } from "./admin-shell/shell.ts";
import type { AppIdentity, ClockStep, SandboxContext } from "./context.ts";
import { createControlRouter } from "./control/control-router.ts";
import { createFaults } from "./control/faults.ts";
import { createInstallation } from "./control/installation.ts";
import { createRequestJournal, type RequestJournal } from "./control/request-journal.ts";
import { readExtensions } from "./extensions/extension-files.ts";
import { createFlowInbox } from "./shop/flow.ts";
import type { SandboxClock, ShopState } from "./shop/model.ts";
import { createSegments } from "./shop/segments.ts";
import { simulateDays } from "./shop/simulate.ts";
import { createStorefront } from "./storefront/storefront.ts";
import { createTheme } from "./storefront/theme/theme.ts";
import { readAppConfig, type AppConfig } from "./webhooks/app-config.ts";
import { createDeliveryQueue } from "./webhooks/delivery-queue.ts";

const appToml = fileURLToPath(new URL("../shopify.app.toml", import.meta.url));
const appExtensions = fileURLToPath(new URL("../extensions", import.meta.url));

export type SandboxOptions = {
  /** 0: any free one */
  port: number;
  host?: string;
  state: ShopState;
  clock: SandboxClock;
  app: AppIdentity;
  /** the app's shopify.app.toml, or what it says */
  tomlFile?: string;
  config?: AppConfig;
  /** the folder of the app's extensions */
  extensionsFolder?: string;
  /** where deliveries and bulk files are kept, next to the shop's own file */
  dataFolder: string;
  /** scopes granted beyond those of the toml, such as read_all_orders, which Shopify gives on request */
  extraScopes?: readonly string[];
  bucket?: BucketOptions;
  deliveryConcurrency?: number;
  /** 1: retries take Shopify's four hours */
  retryScale?: number;
  /** for faults and simulated shoppers, 0 to 1 */
  chance?: () => number;
};

export type Sandbox = { url: string; port: number; context: SandboxContext; close(): Promise<void> };

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { state, clock, app, host = "127.0.0.1", chance = Math.random, extensionsFolder = appExtensions } = options;
  const dataFolder = resolve(options.dataFolder);
  mkdirSync(dataFolder, { recursive: true });
  const config = options.config ?? readAppConfig(options.tomlFile ?? appToml);
  const { schema, access } = await loadAdminSchema();
  const stopKeepingClock = keepClock(state, clock);

  const shop = state.shop();
  const faults = createFaults(chance);
  const journal = createRequestJournal(clock);
  const tokens = createTokens(state, clock);
  const bucket = createBucket(options.bucket);
  const installation = createInstallation(
    { state, clock, config, ...(options.extraScopes ? { extraScopes: options.extraScopes } : {}) },
    () => ({ ...deliveries, voidTokens: tokens.voidAll }),
  );
  const deliveries = createDeliveryQueue({
    folder: dataFolder, clock, app, faults,
    shopDomain: shop.domain,
    apiVersion: config.apiVersion ?? API_VERSION,
    subscriptions: config.subscriptions,
    isInstalled: installation.isInstalled,
    scopes: installation.scopes,
    ...(options.deliveryConcurrency === undefined ? {} : { concurrency: options.deliveryConcurrency }),
    ...(options.retryScale === undefined ? {} : { retryScale: options.retryScale }),
  });
  const stopListening = state.onEvent(deliveries.publish);
  const { blocks, flowTriggers } = readExtensions(extensionsFolder);
  const theme = createTheme({ state, clock, appHandle: app.handle, extensionsFolder });
  const flow = createFlowInbox(state, clock, flowTriggers);
  const segments = createSegments(state, clock);
  const metafields = createMetafields(state, clock);
  const bulkOperations = createBulkOperations({ state, clock, schema, journal, folder: join(dataFolder, "bulk"), publish: deliveries.publish });
  const createContext = (granted: ReadonlySet<string>) => createApiContext({ state, clock, app, access, metafields, segments, flow, bulkOperations }, granted);

  const server = createServer();
  const context: SandboxContext = {
    state, clock, app, faults, deliveries, installation, segments, flow, blocks, theme,
    shopDomain: shop.domain,
    publicUrl: () => `http://localhost:${readPort(server)}`,
    mintSessionToken: (wish = {}) => mintSessionToken({ shop: shop.domain, apiKey: app.apiKey, secret: app.apiSecret, clock, ...wish }),
    isInstalled: installation.isInstalled,
    advanceClock: (days) => advanceClock({ state, clock, chance }, days),
  };

  const web = express();
  web.disable("x-powered-by");
  web.use(refuseOtherShops(shop.domain));
  web.use(createAdminRouter({ execute: createExecutor(schema, bucket), bucket, tokens, faults, journal, createContext: () => createContext(new Set(installation.scopes())) }));
  web.use(createTokenRouter({ app, clock, tokens, faults, journal, shop: shop.domain, ownerEmail: shop.email, isInstalled: installation.isInstalled, scopes: installation.scopes }));
  web.use(noteDownloads(journal), bulkOperations.files.router);
  web.use(createShell(context));
  web.use("/sandbox", createControlRouter({ context, deliveries, journal }));
  web.use(createStorefront(context));
  server.on("request", web);
  await listen(server, options.port, host);
  bulkOperations.resume(createContext);

  return {
    url: context.publicUrl(), port: readPort(server), context,
    async close() {
      stopListening();
      stopKeepingClock();
      server.close();
      server.closeAllConnections();
      await Promise.all([bulkOperations.close(), deliveries.close()]);
    },
  };
}

/** A restarted sandbox goes on in its own time. */
function keepClock(state: ShopState, clock: SandboxClock): () => void {
  const kept = state.recall("clock-offset-ms");
  if (typeof kept === "number") clock.setOffset(kept);
  else state.remember("clock-offset-ms", clock.offsetMs);
  return clock.onChange((offsetMs) => { state.remember("clock-offset-ms", offsetMs); });
}

const DAY_MS = 86_400_000;

/** The clock goes first, since nothing happens in a shop's future. */
async function advanceClock({ state, clock, chance }: { state: ShopState; clock: SandboxClock; chance: () => number }, days: number): Promise<ClockStep> {
  const fromAt = clock.now();
  const orderCount = state.countOrders({});
  clock.setOffset(clock.offsetMs + days * DAY_MS);
  await simulateDays(state, { fromAt, toAt: new Date(fromAt.getTime() + days * DAY_MS), chance }); // not until now: the milliseconds this took are nobody's day, and of no days nothing happens
  return { now: clock.now().toISOString(), offsetMs: clock.offsetMs, orderCount: state.countOrders({}) - orderCount };
}

/** The app may ask for a shop it made up; network.ts says which one it meant. */
const refuseOtherShops = (domain: string): express.RequestHandler => (request, response, next) => {
  const host = request.get("x-sandbox-host");
  if (host === undefined || host === domain || host === STORAGE_HOST) next();
  else response.status(404).json({ errors: "Not Found" });
};

const noteDownloads = (journal: RequestJournal): express.RequestHandler => (request, response, next) => {
  if (request.path.includes("/bulk-operation-outputs/")) {
    const note = journal.begin("bulk-file");
    response.on("close", () => { note({ status: response.statusCode }); });
  }
  next();
};

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolveListening, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolveListening();
    });
  });
}

function readPort(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
