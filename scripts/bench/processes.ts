// The app's own processes on the benchmark's database, as production starts them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { databaseUrl } from "../../app/platform/db.server.ts";
import { findFreePort } from "../../app/platform/free-port.server.ts";
import { startAppProcess } from "../app-process.ts";

export const SECRET = "regulars-bench-secret";

/** Starts them, runs, and ends them, whatever happened. `address` is the web process's. */
export async function withProcesses<Answer>(kinds: readonly ("web" | "worker")[], run: (address: string) => Promise<Answer>): Promise<Answer> {
  const folder = mkdtempSync(path.join(tmpdir(), "regulars-bench-app-"));
  const port = await findFreePort(0);
  const url = databaseUrl();
  if (port === null || url === undefined) throw new Error("no port is free, or no database is open");
  const settings = { port, databaseUrl: url, sandboxOrigin: "http://127.0.0.1:9", clockOffsetMs: 0, apiKey: "regulars-bench-key", apiSecret: SECRET, logFile: path.join(folder, "app.log") };
  const processes = await Promise.all(kinds.map((kind) => startAppProcess(kind, settings)));
  try {
    return await run(`http://127.0.0.1:${port}`);
  } finally {
    await Promise.all(processes.map((child) => child.end("SIGTERM")));
    rmSync(folder, { recursive: true, force: true });
  }
}
