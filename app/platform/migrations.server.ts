// Brings a database to the tables this version needs, in Prisma's own format; any number of processes may ask at once.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { openSchemaEngine, type SchemaEngine } from "./migrations/schema-engine.server.ts";

const PRISMA_FOLDER = path.join(import.meta.dirname, "../../prisma");
export const MIGRATIONS_FOLDER = path.join(PRISMA_FOLDER, "migrations");
const LOCK_FILE = "migration_lock.toml";

const DEPLOY_LOCK = 2_607_541_919; // any number no other advisory lock of this database uses
const DEPLOY_WAIT_SECONDS = 600; // longer than the longest migration we would run while starting
const SEQUENTIAL = "-c citus.multi_shard_modify_mode=sequential"; // Citus: DDL and foreign keys in one transaction; ignored elsewhere

/** Without this the engine would look for tables that other tools own. */
export const FILTERS = { externalTables: [], externalEnums: [] };

/** Answers the names of the migrations it applied; two deploys at once wait for each other. */
export async function deployMigrations(url: string, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, options: SEQUENTIAL });
  await client.connect();
  try {
    await client.query(`set lock_timeout = '${DEPLOY_WAIT_SECONDS}s'`);
    await client.query("select pg_advisory_lock($1)", [DEPLOY_LOCK]); // ours, because the engine's own gives up after ten seconds
    const { appliedMigrationNames } = await withSchemaEngine(url, (engine) => engine.applyMigrations({ migrationsList: readMigrations(folder), filters: FILTERS }));
    await client.query(readFileSync(path.join(PRISMA_FOLDER, "citus.sql"), "utf8")); // one query, because its SET LOCAL must share the transaction
    return appliedMigrationNames;
  } finally {
    await client.end(); // and with it the lock
  }
}

export async function withSchemaEngine<Answer>(url: string, ask: (engine: SchemaEngine) => Promise<Answer>): Promise<Answer> {
  const pool = new pg.Pool({ connectionString: url, options: SEQUENTIAL, max: 1, idleTimeoutMillis: 0 }); // one session, which holds the engine's lock
  const connect = async () => ({ adapter: await new PrismaPg(pool).connect(), run: (statement: string) => pool.query(statement) });
  const engine = await openSchemaEngine(connect, () => Promise.reject(new Error("only `npm run migrate -- diff` compares, and in memory")));
  try {
    return await ask(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/** A migrations folder as the engine wants to be told of it. */
export function readMigrations(folder = MIGRATIONS_FOLDER) {
  const lockFile = path.join(folder, LOCK_FILE);
  return {
    baseDir: folder,
    shadowDbInitScript: "",
    lockfile: { path: LOCK_FILE, content: existsSync(lockFile) ? readFileSync(lockFile, "utf8") : null },
    migrationDirectories: listMigrationNames(folder).map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: readFileSync(path.join(folder, name, "migration.sql"), "utf8") } },
    })),
  };
}

function listMigrationNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}
