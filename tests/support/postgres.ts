// One PostgreSQL for a whole test run, with one migrated database that each test file clones: our own, or TEST_DATABASE_URL's.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { isAlive } from "../../app/platform/embedded-postgres/postmaster.server.ts";
import { startPostgres } from "../../app/platform/embedded-postgres/postgres.server.ts";
import { deployMigrations } from "../../app/platform/migrations.server.ts";

export type TestDatabase = {
  /** a database from which others can be made */
  adminUrl: string;
  template: string;
};

declare module "vitest" {
  interface ProvidedContext {
    testDatabase: TestDatabase;
  }
}

// A test's data need not survive a power cut, and many files clone and connect at once.
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

const HOME_PREFIX = "regulars-test-";

export default async function provideTestDatabase(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, stop } = await findServer();
  const template = `regulars_test_${process.pid}_${project.name}`;
  await query(adminUrl, `create database ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  await deployMigrations(url.href);
  project.provide("testDatabase", { adminUrl, template });
  return async () => {
    await query(adminUrl, `drop database ${template} with (force)`);
    await stop();
  };
}

async function findServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return { adminUrl: given, stop: () => Promise.resolve() };
  await sweep();
  const home = mkdtempSync(path.join(tmpdir(), `${HOME_PREFIX}${process.pid}-`));
  chmodSync(home, 0o755); // for root: the server runs as another user
  const server = await startPostgres({ folder: path.join(home, "postgres"), settings: FAST });
  return {
    adminUrl: server.urlOf("postgres"),
    stop: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Ends the servers of runs that were killed. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(HOME_PREFIX) ? Number.parseInt(name.slice(HOME_PREFIX.length), 10) : NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const home = path.join(tmpdir(), name);
    const server = await startPostgres({ folder: path.join(home, "postgres"), settings: FAST }).catch(() => null); // another user's, or being swept already
    await server?.stop(); // joined, and last to leave
    if (server) rmSync(home, { recursive: true, force: true });
  }
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
