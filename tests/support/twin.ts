// A second Regulars of the same shop: processes and a database of its own, which hears no news and knows only what a backfill reads.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFreePort } from "../../app/platform/free-port.server.ts";
import { startAppProcess } from "../../scripts/app-process.ts";
import { API_KEY, API_SECRET, type RunningApp } from "./app.ts";
import { cloneDatabase } from "./database.ts";

export type Twin = Pick<RunningApp, "sandbox" | "appUrl" | "databaseUrl" | "stop">;

export async function startTwin({ sandbox }: RunningApp): Promise<Twin> {
  const folder = mkdtempSync(path.join(tmpdir(), "regulars-twin-"));
  const database = await cloneDatabase();
  const port = await findFreePort(0);
  if (port === null) throw new Error("no port is free");
  const settings = {
    port, databaseUrl: database.url, sandboxOrigin: sandbox.url, clockOffsetMs: sandbox.context.clock.offsetMs,
    apiKey: API_KEY, apiSecret: API_SECRET, logFile: path.join(folder, "twin.log"),
  };
  const processes = [await startAppProcess("web", settings), await startAppProcess("worker", settings)];
  return {
    sandbox, appUrl: `http://127.0.0.1:${port}`, databaseUrl: database.url,
    stop: async () => {
      await Promise.all(processes.map((child) => child.end("SIGTERM")));
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
