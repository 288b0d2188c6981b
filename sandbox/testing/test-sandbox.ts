// A whole sandbox for a test: a shop in a temporary folder, an app that writes down what it is told, and short ways to ask.

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock } from "../clock.ts";
import type { AppIdentity } from "../context.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../server.ts";
import type { SandboxClock } from "../shop/model.ts";
import { openShop, type OpenedShop } from "../shop/state.ts";
import { parseAppConfig } from "../webhooks/app-config.ts";

export type ReceivedDelivery = { topic: string; headers: IncomingHttpHeaders; body: Buffer };

export type TestApp = {
  received: ReceivedDelivery[];
  /** what the next deliveries are answered with; 200 when there is nothing left */
  answers: number[];
};

export type TestSandbox = {
  folder: string;
  state: OpenedShop;
  clock: SandboxClock;
  sandbox: Sandbox;
  app: TestApp;
  identity: AppIdentity;
  /** an offline access token, exchanged as an app does it */
  signIn: () => Promise<string>;
  ask(query: string, variables?: Record<string, unknown>, token?: string): Promise<{ status: number; body: GraphqlBody }>;
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** stops it without another word and opens it again on the same data */
  restart: () => Promise<void>;
  close: () => Promise<void>;
};

export type GraphqlBody = {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string; [key: string]: unknown } }[];
  extensions?: { cost: { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number } } };
};

const toml = `
[access_scopes]
scopes = "read_orders,write_orders,read_all_orders,read_customers,write_customers,read_customer_merge,read_products"
[webhooks]
api_version = "2026-10"
[[webhooks.subscriptions]]
topics = ["orders/create", "orders/updated", "orders/cancelled", "orders/delete", "refunds/create", "customers/create", "customers/update", "app/uninstalled", "app/scopes_update", "bulk_operations/finish"]
uri = "/webhooks"
[[webhooks.subscriptions]]
compliance_topics = ["customers/data_request", "customers/redact", "shop/redact"]
uri = "/webhooks"
`;

export const SANDBOX_TEST_TIMEOUT_MS = 30_000; // HTTP and SQLite on a machine that may be busy
export const SANDBOX_START_TIMEOUT_MS = 180_000; // the schema is fetched once per machine

export async function openTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const folder = mkdtempSync(join(tmpdir(), "regulars-sandbox-"));
  const app: TestApp = { received: [], answers: [] };
  const server = await startApp(app);
  const address = server.address();
  const identity: AppIdentity = {
    baseUrl: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    apiKey: "test-api-key", apiSecret: "hush", handle: "regulars", name: "Regulars",
  };
  const open = async (): Promise<Pick<TestSandbox, "state" | "clock" | "sandbox">> => {
    const clock = createClock(0);
    const state = openShop({ file: join(folder, "shop.sqlite"), clock });
    const sandbox = await startSandbox({ port: 0, state, clock, app: identity, config: parseAppConfig(toml), dataFolder: folder, retryScale: 0.00001, ...options });
    return { state, clock, sandbox };
  };
  const shut = async (): Promise<void> => {
    await test.sandbox.close();
    test.state.close();
  };
  let token: string | null = null;
  const test: TestSandbox = {
    ...(await open()),
    folder, app, identity,
    fetch: (path, init) => fetch(`http://127.0.0.1:${test.sandbox.port}${path}`, init),
    async signIn() {
      const body = await exchange(test);
      token = String(body.access_token);
      return token;
    },
    async ask(query, variables = {}, given) {
      const response = await test.fetch("/admin/api/2026-10/graphql.json", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Shopify-Access-Token": given ?? token ?? (await test.signIn()) },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, body: (await response.json()) as GraphqlBody }; // what the Admin API answers
    },
    async control(method, path, body) {
      const response = await test.fetch(`/sandbox${path}`, { method, headers: { "Content-Type": "application/json" }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, body: await response.json() };
    },
    async restart() {
      await shut();
      Object.assign(test, await open());
    },
    async close() {
      await shut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return test;
}

export async function exchange(test: TestSandbox, changes: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const response = await test.fetch("/admin/oauth/access_token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      client_id: test.identity.apiKey,
      client_secret: test.identity.apiSecret,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: await test.sandbox.context.mintSessionToken(),
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
      expiring: "1",
      ...changes,
    }),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) }; // an object in every case
}

/** `dig(body, "data", "orders", "nodes", 0)`: what is there, or undefined. */
export const dig = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined), value);

function startApp(app: TestApp): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      app.received.push({ topic: String(request.headers["x-shopify-topic"]), headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(app.answers.shift() ?? 200).end();
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => { resolve(server); }));
}
