// The sandbox by hand, next to an app that runs somewhere else on this machine: prints the addresses and stays until Ctrl-C.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClock } from "./clock.ts";
import { startSandbox, type Sandbox } from "./server.ts";
import { seedTeaShop } from "./shop/generator.ts";
import { SandboxError } from "./shop/model.ts";
import { loadOrderExport } from "./shop/order-export.ts";
import { openShop, type OpenedShop } from "./shop/state.ts";
import { readAppConfig } from "./webhooks/app-config.ts";

const help = `node sandbox/start.ts --secret SECRET [options]

  --port N        where to listen (4000)
  --app URL       where the app listens (http://127.0.0.1:3000)
  --key KEY       the app's API key (client_id of the toml)
  --secret SECRET the app's API secret, the same the app has
  --toml FILE     the app's configuration (shopify.app.toml)
  --data FOLDER   where the shop is kept (.data/sandbox); delete it for a new shop
  --orders FILE   fill a new shop from a Shopify order export (.csv, .csv.gz)
  --seed N        fill a new shop by this seed (1)
  --all-orders    grant read_all_orders, too
  --help`;

const DAY_MS = 86_400_000;
const SEED = 1;

type Options = ReturnType<typeof readOptions>;

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4000" },
      app: { type: "string", default: "http://127.0.0.1:3000" },
      key: { type: "string" },
      secret: { type: "string" },
      toml: { type: "string", default: "shopify.app.toml" },
      data: { type: "string", default: join(".data", "sandbox") },
      orders: { type: "string" },
      seed: { type: "string", default: String(SEED) },
      "all-orders": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  return values;
}

/** Answers the process's exit code, or null while the sandbox runs. */
async function main(): Promise<number | null> {
  try {
    const options = readOptions();
    if (options.help) {
      process.stdout.write(`${help}\n`);
      return 0;
    }
    const sandbox = await start(options);
    process.stdout.write(describe(sandbox));
    process.once("SIGINT", () => void sandbox.close().then(() => process.exit(0)));
    return null;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function start(options: Options): Promise<Sandbox> {
  if (options.secret === undefined) throw new SandboxError("--secret is needed: the sandbox signs with the app's API secret. --help says more.");
  const config = readAppConfig(options.toml);
  mkdirSync(options.data, { recursive: true });
  const clock = createClock(0);
  const state = openShop({ file: join(options.data, "shop.sqlite"), clock });
  if (state.countProducts({}) + state.countOrders({}) === 0) {
    const today = await fillShop(state, options);
    if (today !== null) clock.setOffset(today.getTime() - Date.now());
  }
  return startSandbox({
    port: readNumber("port", options.port),
    state, clock, config,
    dataFolder: options.data,
    extraScopes: options["all-orders"] ? ["read_all_orders"] : [],
    app: {
      baseUrl: options.app,
      apiKey: options.key ?? config.clientId ?? "sandbox",
      apiSecret: options.secret,
      handle: config.handle ?? "regulars",
      name: config.name ?? "Regulars",
    },
  });
}

/** Answers the shop's today: the day after the last order of a file, or null for the real one. */
async function fillShop(state: OpenedShop, { orders, seed }: Options): Promise<Date | null> {
  if (orders !== undefined) {
    const { lastOrderAt } = await loadOrderExport(state, { file: orders });
    return new Date(Date.parse(lastOrderAt) + DAY_MS);
  }
  await seedTeaShop(state, { seed: readNumber("seed", seed), asOf: new Date() });
  return null;
}

function readNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new SandboxError(`--${name}: "${text}" is not a whole number`);
  return Number(text);
}

const describe = ({ url, context }: Sandbox): string => `
${context.state.shop().name} (${context.shopDomain}), ${context.state.countOrders({})} orders, today is ${context.clock.now().toISOString().slice(0, 10)}

  Admin       ${url}/admin
  Storefront  ${url}/
  Controls    ${url}/sandbox/state, see docs/sandbox.md

  The app is expected at ${context.app.baseUrl}, started with
  SANDBOX_ORIGIN=${url} SANDBOX_CLOCK_OFFSET_MS=${context.clock.offsetMs} node --import ${new URL("network.ts", import.meta.url).pathname} …
`;

const exitCode = await main();
if (exitCode !== null) process.exit(exitCode);
