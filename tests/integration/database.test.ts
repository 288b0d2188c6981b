import pg from "pg";
import { expect, test } from "vitest";
import { deployMigrations } from "../../app/platform/migrations.server.ts";
import { cloneDatabase } from "../support/database.ts";

test("a clone has every table, and deploying again changes nothing", async () => {
  const clone = await cloneDatabase();
  expect(await Promise.all([deployMigrations(clone.url), deployMigrations(clone.url)])).toEqual([[], []]);
  const client = new pg.Client({ connectionString: clone.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>("select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace");
  await client.end();
  expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(["shop", "orders", "delivery", "cohort_month"]));
  await clone.drop();
});
