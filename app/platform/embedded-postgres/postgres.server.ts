// A PostgreSQL server on this machine, shared by every process that asks for the same folder: the first starts it, the last
// to leave stops it, and one that was killed leaves it running for the next.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { prepareBinaries, type Binaries } from "./binaries.server.ts";
import { leaveUsers, joinUsers, withLock } from "./lock.server.ts";
import { preparePlace, type Place } from "./place.server.ts";
import { readCredentials, ROLE, type Credentials } from "./credentials.server.ts";
import { findPostmaster, type Postmaster } from "./postmaster.server.ts";

export type PostgresOptions = {
  /** where the data lies, or a link to it; what belongs to it lies beside it under the same name */
  folder: string;
  /** on top of those below, e.g. `{ fsync: "off" }` for tests */
  settings?: Record<string, string>;
  /** how long a running server may take to answer: one that repairs itself after a crash needs a while */
  joinTimeoutMs?: number;
};

export type Postgres = {
  /** the address of a database on it */
  urlOf(database: string): string;
  /** makes the database when it is missing, and answers its address */
  createDatabase(name: string): Promise<string>;
  /** drops every database whose name begins so, but for one */
  dropDatabases(which: { prefix: string; except: string }): Promise<void>;
  stop(): Promise<void>;
};

/** For a machine that does other things too; durability stays as PostgreSQL means it. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "256MB",
  max_connections: "100",
  max_wal_size: "2GB",
  wal_compression: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  log_error_verbosity: "terse", // no rows and no statements in the log: they may hold people's data
  log_min_error_statement: "panic",
};
const START_TIMEOUT_SECONDS = 300; // after a crash it first replays up to 2 GB
const STOP_TIMEOUT_SECONDS = 60;
const JOIN_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 5_000;
const JOIN_RETRY_MS = 100;

/** Throws an Error of one sentence when it cannot. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder } = options;
  const place = preparePlace(folder);
  const binaries = prepareBinaries(place);
  return withLock(`${folder}.lock`, async () => {
    const user = joinUsers(`${folder}.users`);
    try {
      const { credentials, port } = await joinOrStart(options, place, binaries);
      const urlOf = (database: string) => `postgresql://${ROLE}:${credentials.password}@127.0.0.1:${port}/${database}`;
      return {
        urlOf,
        createDatabase: (name) => createDatabase(urlOf, name),
        dropDatabases: (which) => dropDatabases(urlOf, which),
        stop: () => withLock(`${folder}.lock`, () => leave(user, place, binaries)),
      };
    } catch (error) {
      leaveUsers(user);
      throw error;
    }
  });
}

async function joinOrStart({ folder, settings, joinTimeoutMs = JOIN_TIMEOUT_MS }: PostgresOptions, place: Place, binaries: Binaries): Promise<{ credentials: Credentials; port: number }> {
  const isNew = !existsSync(path.join(place.data, "PG_VERSION"));
  if (!isNew) refuseOtherVersion(place, binaries);
  const running = findPostmaster(place.data);
  const credentials = await readCredentials(`${folder}.json`, { isPortTaken: running !== null });
  if (running) {
    await waitFor(running, credentials, place, joinTimeoutMs);
    return { credentials, port: running.port };
  }
  if (isNew) initialise(place, binaries, credentials);
  await start(folder, place, binaries, { ...SETTINGS, ...settings, port: String(credentials.port) });
  return { credentials, port: credentials.port };
}

function refuseOtherVersion(place: Place, binaries: Binaries): void {
  const found = readFileSync(path.join(place.data, "PG_VERSION"), "utf8").trim();
  if (found === binaries.majorVersion) return;
  throw new Error(
    `The data in ${place.data} were written by PostgreSQL ${found} and Regulars brings ${binaries.majorVersion}: dump them with PostgreSQL ${found} (pg_dumpall > regulars.sql), move that folder away, start again and restore (psql -f regulars.sql), or let DATABASE_URL name a PostgreSQL ${found} server with these data.`,
  );
}

/** Made beside its place and moved there when whole, so that an interrupted start leaves nothing half done. */
function initialise(place: Place, binaries: Binaries, { password }: Credentials): void {
  const made = `${place.data}.new`;
  const passwordFile = `${place.data}.password`;
  rmSync(made, { recursive: true, force: true });
  rmSync(place.data, { recursive: true, force: true }); // without PG_VERSION it holds nothing of PostgreSQL's
  mkdirSync(made, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.user) for (const own of [made, passwordFile]) chownSync(own, place.user.uid, place.user.gid);
  const flags = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth=scram-sha-256", "--no-instructions"];
  const ended = spawnSync(binaries.initdb, ["-D", made, "-U", ROLE, `--pwfile=${passwordFile}`, ...flags], { ...place.user, cwd: made, encoding: "utf8" });
  rmSync(passwordFile);
  if (ended.status !== 0) throw new Error(`PostgreSQL could not make its data folder ${place.data}: ${lastLine(ended.stderr) ?? ended.error?.message ?? "no reason given"}; DATABASE_URL may name another server instead.`);
  renameSync(made, place.data);
}

async function start(folder: string, place: Place, binaries: Binaries, settings: Record<string, string>): Promise<void> {
  const logFile = `${folder}.log`;
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`).join(" ");
  const output = openSync(logFile, "w", 0o600); // opened by us and handed down, because the server's user may not reach it
  // pg_ctl gives the server a session of its own: Ctrl-C in a terminal reaches the app, and the app then stops the server
  const starter = spawn(binaries.pgCtl, ["start", "-D", place.data, "-w", "-t", String(START_TIMEOUT_SECONDS), "-o", flags], { ...place.user, cwd: place.data, stdio: ["ignore", output, output] });
  closeSync(output);
  if (await exitCodeOf(starter) === 0) return;
  const reason = readFileSync(logFile, "utf8").split("\n").filter((line) => line.includes("FATAL:")).at(-1)?.replace(/^.*FATAL:\s*/, "");
  throw new Error(`PostgreSQL did not start on ${place.data}: ${reason ?? `see ${logFile}`}.`);
}

async function waitFor({ pid, port }: Postmaster, { password }: Credentials, place: Place, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const refusal = await findRefusal(port, password);
    if (refusal === null) return;
    if (refusal === "28P01") throw new Error(`PostgreSQL (process ${pid}) serves ${place.data} with another password than the one kept beside it: stop it, or name it in DATABASE_URL.`);
    if (performance.now() > deadline) throw new Error(`Process ${pid} holds ${place.data} and does not answer on port ${port} (${refusal}): stop it, or name another server in DATABASE_URL.`);
    await new Promise((resolve) => setTimeout(resolve, JOIN_RETRY_MS));
  }
}

async function findRefusal(port: number, password: string): Promise<string | null> {
  const client = new pg.Client({ host: "127.0.0.1", port, user: ROLE, password, database: "postgres", connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "no answer";
  } finally {
    await client.end().catch(() => undefined); // it never connected
  }
}

async function createDatabase(urlOf: (database: string) => string, name: string): Promise<string> {
  await withClient(urlOf("postgres"), async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`).catch(ignoreExisting);
  });
  return urlOf(name);
}

/** Another process was quicker. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof pg.DatabaseError && (error.code === "42P04" || error.code === "23505"))) throw error;
}

async function dropDatabases(urlOf: (database: string) => string, { prefix, except }: { prefix: string; except: string }): Promise<void> {
  await withClient(urlOf("postgres"), async (client) => {
    const { rows } = await client.query<{ datname: string }>("select datname from pg_database where starts_with(datname, $1) and datname <> $2", [prefix, except]);
    for (const { datname } of rows) await client.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
  });
}

async function withClient(connectionString: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}

async function leave(user: string, place: Place, binaries: Binaries): Promise<void> {
  const remaining = leaveUsers(user);
  if (remaining > 0 || findPostmaster(place.data) === null) return;
  const stopper = spawn(binaries.pgCtl, ["stop", "-D", place.data, "-m", "fast", "-w", "-t", String(STOP_TIMEOUT_SECONDS)], { ...place.user, cwd: place.data, stdio: ["ignore", "ignore", "pipe"] });
  const [code, message] = await Promise.all([exitCodeOf(stopper), text(stopper.stderr)]);
  if (code !== 0 && findPostmaster(place.data) !== null) throw new Error(`PostgreSQL did not stop: ${lastLine(message) ?? "no reason given"}.`);
}

const exitCodeOf = (child: ReturnType<typeof spawn>): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", (error) => reject(new Error(`PostgreSQL's programs do not run here (${error.message}): name a server in DATABASE_URL.`)));
  });

const lastLine = (output: string | null): string | undefined => output?.trim().split("\n").at(-1)?.trim().replace(/\.$/, "") || undefined;
