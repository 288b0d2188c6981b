// What `shopify app dev` runs (shopify.web.toml): database, worker and the pages with hot reload, against a real development
// store. `npm run dev` fetches the Shopify CLI and starts it all.
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startPostgres } from "../app/platform/embedded-postgres/postgres.server.ts";
import { deployMigrations } from "../app/platform/migrations.server.ts";
import { runProcess } from "../app/platform/process.server.ts";

const ROOT = path.join(import.meta.dirname, "..");
const DATA_FOLDER = path.join(ROOT, ".data");
const VITE = ["node_modules/@remix-run/dev/dist/cli.js", "vite:dev"];
const WORKER = ["--watch", "app/entry.worker.ts"];

await runProcess(async (atEnd) => {
  const publicUrl = process.env["HOST"] ?? process.env["SHOPIFY_APP_URL"]; // the CLI's tunnel
  if (process.env["SHOPIFY_API_KEY"] === undefined || publicUrl === undefined) throw new Error("This runs inside the Shopify CLI: start `npm run dev`.");
  if (existsSync(path.join(ROOT, ".env"))) process.loadEnvFile(path.join(ROOT, ".env"));
  const database = await findDatabase();
  atEnd(database.stop);
  await deployMigrations(database.url);
  const { HOST: _host, ...inherited } = process.env; // Vite would listen on the tunnel's name
  const env = { ...inherited, NODE_ENV: "development" as const, SHOPIFY_APP_URL: publicUrl, DATABASE_URL: database.url, TOKEN_KEY: readTokenKey() };
  for (const words of [VITE, WORKER]) {
    const child = spawn(process.execPath, words, { cwd: ROOT, env, stdio: "inherit" });
    atEnd(() => endOf(child));
  }
});

async function findDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env["DATABASE_URL"];
  if (url !== undefined && url !== "") return { url, stop: () => Promise.resolve() };
  const server = await startPostgres({ folder: path.join(DATA_FOLDER, "postgres") });
  return { url: await server.createDatabase("regulars"), stop: server.stop };
}

/** Kept, because what it encrypted has to be read again. */
function readTokenKey(): string {
  const given = process.env["TOKEN_KEY"];
  if (given !== undefined && given !== "") return given;
  const file = path.join(DATA_FOLDER, "token-key");
  mkdirSync(DATA_FOLDER, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
