// `npm run demo`: a pretend Shopify with Regulars in its Admin, on this machine, for as long as one likes; the next start goes on
// where the last one ended.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { startPostgres } from "../app/platform/embedded-postgres/postgres.server.ts";
import { findFreePort } from "../app/platform/free-port.server.ts";
import { deployMigrations } from "../app/platform/migrations.server.ts";
import { runProcess } from "../app/platform/process.server.ts";
import { startSandbox } from "../sandbox/server.ts";
import { keepRunning } from "./demo/keep-running.ts";
import { HELP, parseDemoOptions } from "./demo/options.ts";
import { openDemoShop } from "./demo/shop.ts";

const ROOT = path.join(import.meta.dirname, "..");
const IDENTITY = { apiKey: "regulars-demo-key", apiSecret: "regulars-demo-secret", handle: "regulars", name: "Regulars" }; // they open nothing but the sandbox

const report = (line: string): void => void process.stderr.write(`${line}\n`);

const options = parseDemoOptions(process.argv.slice(2));
if (options === "help") process.stdout.write(`${HELP}\n`);
else await runProcess(async (atEnd) => {
  const [port, appPort] = [await findFreePort(options.port), await findFreePort(0)];
  if (port === null || appPort === null) throw new Error(`Port ${options.port} is in use: end what listens there, or choose another, as in \`npm run demo -- --port ${options.port + 10}\`.`);

  const dataFolder = options.dataFolder ?? path.join(ROOT, ".data");
  mkdirSync(dataFolder, { recursive: true });
  const shop = await openDemoShop(path.join(dataFolder, "sandbox"), options, report);
  atEnd(shop.close);
  const postgres = await startPostgres({ folder: path.join(dataFolder, "postgres") });
  atEnd(postgres.stop);
  const databaseUrl = await postgres.createDatabase(shop.database);
  await postgres.dropDatabases({ prefix: shop.databasePrefix, except: shop.database });
  await deployMigrations(databaseUrl);

  const { clock, state } = shop;
  const sandbox = await startSandbox({
    port, clock, state, dataFolder: shop.folder,
    app: { ...IDENTITY, baseUrl: `http://127.0.0.1:${appPort}` },
    tomlFile: path.join(ROOT, "shopify.app.toml"),
    extraScopes: ["read_all_orders"],
  });
  atEnd(sandbox.close);

  const settings = () => ({ port: appPort, databaseUrl, sandboxOrigin: sandbox.url, clockOffsetMs: clock.offsetMs, ...IDENTITY, logFile: path.join(dataFolder, "demo.log") });
  const giveUp = (error: Error) => {
    report(error.message);
    process.kill(process.pid, "SIGTERM");
  };
  const children = await Promise.all([keepRunning("web", settings, giveUp), keepRunning("worker", settings, giveUp)]);
  atEnd(async () => void (await Promise.all(children.map((child) => child.end()))));
  clock.onChange((offsetMs) => void Promise.all(children.map((child) => child.setClock(offsetMs))));
  report(`Its shop, as shoppers see it: ${sandbox.url}/`);
  process.stdout.write(`Regulars is open at ${sandbox.url}/admin\n`);
});
