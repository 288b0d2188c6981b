// A server of its own with production's settings (fsync on), and an empty migrated database in it for each part.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase, useDatabase } from "../../app/platform/db.server.ts";
import { startPostgres } from "../../app/platform/embedded-postgres/postgres.server.ts";
import { stopJobs } from "../../app/platform/jobs.server.ts";
import { deployMigrations } from "../../app/platform/migrations.server.ts";

export type BenchDatabase = { url: string; drop(): Promise<void> };

export async function openBenchDatabase(): Promise<BenchDatabase> {
  const home = mkdtempSync(path.join(tmpdir(), "regulars-bench-"));
  chmodSync(home, 0o755); // for root: the server runs as another user
  const server = await startPostgres({ folder: path.join(home, "postgres") });
  const url = await server.createDatabase("bench");
  await deployMigrations(url);
  useDatabase(url);
  return {
    url,
    drop: async () => {
      await stopJobs();
      await closeDatabase();
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
