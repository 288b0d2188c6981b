// Migrations as they happen: twice, at once, broken, mended.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deployMigrations, withSchemaEngine } from "../../app/platform/migrations.server.ts";
import { cloneDatabase, type ClonedDatabase } from "../support/database.ts";

let clone: ClonedDatabase;
let client: pg.Client;

beforeAll(async () => {
  clone = await cloneDatabase();
  client = new pg.Client({ connectionString: clone.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await clone.drop();
});

const findTables = async (): Promise<string[]> =>
  (await client.query<{ name: string }>("select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")).rows.map((row) => row.name);

test("a deployed database has our tables, and nobody finds more to deploy, not even at once", async () => {
  expect(await Promise.all([deployMigrations(clone.url), deployMigrations(clone.url)])).toEqual([[], []]);
  expect(await findTables()).toEqual(expect.arrayContaining(["shop", "orders", "delivery", "cohort_cell", "_prisma_migrations"]));
});

describe("a database of its own", () => {
  const name = "migration_trial";
  let url: string;
  let folder: string;
  const write = (migration: string, script: string) => {
    mkdirSync(path.join(folder, migration), { recursive: true });
    writeFileSync(path.join(folder, migration, "migration.sql"), script);
  };
  const countIn = async (table: string): Promise<number | null> => {
    const own = new pg.Client({ connectionString: url });
    await own.connect();
    try {
      return (await own.query(`select * from ${table}`)).rowCount;
    } catch {
      return null;
    } finally {
      await own.end();
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "regulars-migrations-"));
    writeFileSync(path.join(folder, "migration_lock.toml"), 'provider = "postgresql"\n');
    const address = new URL(clone.url);
    address.pathname = `${address.pathname}_${name}`;
    url = address.href;
    await client.query(`create database ${pg.escapeIdentifier(address.pathname.slice(1))}`);
  });

  afterAll(async () => {
    await client.query(`drop database ${pg.escapeIdentifier(new URL(url).pathname.slice(1))} with (force)`);
    rmSync(folder, { recursive: true });
  });

  test("two first deploys at once apply everything once", async () => {
    write("20260101000000_first", "create table first (n int); do $$ begin insert into first values (1); insert into first values (2); end $$;");
    const applied = await Promise.all([deployMigrations(url, folder), deployMigrations(url, folder)]);
    expect(applied.flat()).toEqual(["20260101000000_first"]);
    expect(await countIn("first")).toBe(2);
  });

  test("a broken migration leaves nothing behind, stops the next deploy, and can be mended", async () => {
    write("20260102000000_second", "create table second (n int); insert into second values ('no number');");
    await expect(deployMigrations(url, folder)).rejects.toThrow(/second/);
    expect(await countIn("second")).toBe(null);
    await expect(deployMigrations(url, folder)).rejects.toThrow(/failed migrations/);
    await withSchemaEngine(url, (engine) => engine.markMigrationRolledBack({ migrationName: "20260102000000_second" }));
    write("20260102000000_second", "create table second (n int); insert into second values (1);");
    expect(await deployMigrations(url, folder)).toEqual(["20260102000000_second"]);
    expect(await countIn("second")).toBe(1);
  });
});
