// Can this process do its work? It can when the database answers.
import { pool } from "./db.server.ts";

const ANSWER_TIMEOUT_MS = 3_000; // longer, and whoever asked has given up

export async function isDatabaseWell(): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS, false).unref());
  const answer = pool().query("select 1").then(() => true, () => false);
  return await Promise.race([answer, timeout]);
}
