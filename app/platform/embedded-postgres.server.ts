// The database of this process: the one DATABASE_URL names, else a PostgreSQL of the app's own.
import path from "node:path";
import { useDatabase } from "./db.server.ts";
import { startPostgres } from "./embedded-postgres/postgres.server.ts";
import { env } from "./env.server.ts";

const DATA_FOLDER = path.join(import.meta.dirname, "../../.data");

/** To be called before anything asks the database. `stop` ends the server if this was the last process to use it. */
export async function provideDatabase(folder = path.join(DATA_FOLDER, "postgres")): Promise<{ url: string; stop(): Promise<void> }> {
  if (env.DATABASE_URL !== undefined) return { url: env.DATABASE_URL, stop: () => Promise.resolve() };
  const server = await startPostgres({ folder });
  const url = await server.createDatabase("regulars");
  useDatabase(url);
  return { url, stop: server.stop };
}
