// The embedded server in the life of a machine: started twice, killed, outdated, out of reach.
import { execFile, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { copyBinaries, locatePackage } from "../../app/platform/embedded-postgres/binaries.server.ts";

const Report = z.union([z.object({ url: z.string() }), z.object({ refusal: z.string() })]);
const USER = path.join(import.meta.dirname, "../support/postgres-user.ts");

let home: string;
let folder: string;
const users = new Set<ChildProcess>();

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "regulars-embedded-"));
  chmodSync(home, 0o755);
  folder = path.join(home, "postgres");
});

afterEach(async () => {
  await start(); // whoever a test killed left the server running: join it, and be the last to leave
  for (const user of users) await leave(user);
  expect(existsSync(path.join(folder, "postmaster.pid"))).toBe(false);
  rmSync(home, { recursive: true });
});

test("a second start joins, and the server runs until the last one leaves", async () => {
  const first = await start();
  const second = await start();
  expect(second.url).toBe(first.url);
  await leave(first.child);
  expect(await ask(second.url)).toBe("18");
  await leave(second.child);
  await expect(ask(second.url)).rejects.toThrow(/ECONNREFUSED/);
});

test("two first starts at the same moment make one server", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(one.url).toBe(other.url);
});

test("a killed user leaves a server that the next one joins, and data", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 1 as n");
  const gone = once(first.child, "exit");
  first.child.kill("SIGKILL");
  await gone;
  users.delete(first.child);
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await query(second.url, "select n from kept")).toEqual([{ n: 1 }]);
});

test("a killed server is started again from what it wrote", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 1 as n");
  process.kill(Number.parseInt(readFileSync(path.join(folder, "postmaster.pid"), "utf8"), 10), "SIGKILL");
  await expect.poll(() => ask(first.url).catch(() => "gone")).toBe("gone");
  const second = await start();
  expect(await query(second.url, "select n from kept")).toEqual([{ n: 1 }]);
});

test("data of another version are refused with a way out, and left alone", async () => {
  const first = await start();
  await leave(first.child);
  writeFileSync(path.join(folder, "PG_VERSION"), "16\n");
  expect(await use()).toMatchObject({ refusal: expect.stringMatching(/written by PostgreSQL 16 and Regulars brings 18: dump .*pg_dumpall/) });
  writeFileSync(path.join(folder, "PG_VERSION"), "18\n");
});

test("a server that does not answer is named with its process", async () => {
  const first = await start();
  const pidFile = path.join(folder, "postmaster.pid");
  const lines = readFileSync(pidFile, "utf8");
  const silent = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  writeFileSync(pidFile, lines.split("\n").with(3, String(address.port)).join("\n"));
  expect(await use({ joinTimeoutMs: 300 })).toMatchObject({ refusal: expect.stringMatching(/^Process \d+ holds .* and does not answer on port \d+/) });
  silent.close();
  writeFileSync(pidFile, lines);
  await leave(first.child);
});

test("a port that somebody else took meanwhile is given up for another", async () => {
  const first = await start();
  await leave(first.child);
  const squatter = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
  await once(squatter, "listening");
  const second = await start();
  expect(await ask(second.url)).toBe("18");
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
  squatter.close();
});

test.runIf(process.getuid?.() === 0)("for root in a folder closed to others, data and programs lie under /var/tmp and a link says so", async () => {
  chmodSync(home, 0o700);
  const first = await start();
  expect(await ask(first.url)).toBe("18");
  expect(lstatSync(folder).isSymbolicLink()).toBe(true);
  const shelter = path.dirname(realpathSync(folder));
  expect(shelter).toMatch(/^\/var\/tmp\/regulars-[0-9a-f]{12}$/);
  await leave(first.child);
  const second = await start();
  expect(await ask(second.url)).toBe("18");
  await leave(second.child);
  rmSync(shelter, { recursive: true });
  rmSync(folder);
  chmodSync(home, 0o755);
});

test("copied programs run on libraries of their own", () => {
  const { native } = locatePackage();
  const copied = copyBinaries(native, path.join(home, "copy"));
  const libraries = readdirSync(path.join(copied, "lib"), { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
  expect(libraries.length).toBeGreaterThan(0);
  for (const { name } of libraries) expect(readlinkSync(path.join(copied, "lib", name))).toBe(path.basename(realpathSync(path.join(copied, "lib", name))));
  expect(copyBinaries(native, path.join(home, "copy"))).toBe(copied);
});

test("programs copied by several at once stay those of the first: somebody may be running them", async () => {
  const target = path.join(home, "copy");
  const script = `import(${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, "../../app/platform/embedded-postgres/binaries.server.ts")).href)}).then(({ copyBinaries, locatePackage }) => copyBinaries(locatePackage().native, process.argv[1]))`;
  const folders = new Set<number>();
  const watching = setInterval(() => existsSync(target) && folders.add(statSync(target).ino), 1);
  await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, ["-e", script, target])));
  clearInterval(watching);
  folders.add(statSync(target).ino);
  expect(folders.size).toBe(1);
  expect(readdirSync(home).filter((name) => name.startsWith("copy."))).toEqual([]);
});

/** Starts a user that is expected to be let in. */
async function start(): Promise<{ url: string; child: ChildProcess }> {
  const report = await use();
  if ("refusal" in report) throw new Error(report.refusal);
  return report;
}

async function use({ joinTimeoutMs = 60_000 } = {}): Promise<{ refusal: string } | { url: string; child: ChildProcess }> {
  const child = fork(USER, [folder, String(joinTimeoutMs)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  users.add(child);
  child.once("exit", () => users.delete(child));
  const [message] = await once(child, "message");
  const report = Report.parse(message);
  return "url" in report ? { ...report, child } : report;
}

async function leave(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.send("leave");
  await gone;
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

const ask = async (url: string): Promise<string> => {
  const [row] = await query(url, "select split_part(current_setting('server_version'), '.', 1) as version");
  return z.object({ version: z.string() }).parse(row).version;
};
