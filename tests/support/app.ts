// The whole of Regulars for a test: sandbox, a database of its own, the built app's web and worker processes.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFreePort } from "../../app/platform/free-port.server.ts";
import { createClock } from "../../sandbox/clock.ts";
import { startSandbox, type Sandbox } from "../../sandbox/server.ts";
import { openShop } from "../../sandbox/shop/state.ts";
import type { SandboxClock, ShopState } from "../../sandbox/shop/model.ts";
import { startAppProcess, type AppProcess, type AppProcessKind } from "../../scripts/app-process.ts";
import { cloneDatabase } from "./database.ts";

export const API_KEY = "regulars-test-key";
export const API_SECRET = "regulars-test-secret";

export type AppOptions = {
  /** fills the pretend shop; left out: it is empty */
  fill?: (state: ReturnType<typeof openShop>, clock: SandboxClock) => void | Promise<void>;
  /** how far the sandbox and the app live ahead of the machine */
  clockOffsetMs?: number;
  /** without: webhooks wait and nothing is synced until `start("worker")` */
  startsWorker?: boolean;
  extraScopes?: readonly string[];
  /** 1: as slow as Shopify's */
  retryScale?: number;
  /** for faults and simulated shoppers, 0 to 1 */
  chance?: () => number;
};

export type RunningApp = {
  sandbox: Sandbox;
  state: ShopState;
  /** the app's own port: headers and policies as in production */
  appUrl: string;
  databaseUrl: string;
  /** what the app's processes wrote so far */
  readLog(): string;
  start(kind: AppProcessKind): Promise<void>;
  end(kind: AppProcessKind, signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** moves the shop's days on, and the app's with them */
  advanceDays(days: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const folder = mkdtempSync(path.join(tmpdir(), "regulars-app-"));
  const logFile = path.join(folder, "app.log");
  const clock = createClock(options.clockOffsetMs ?? 0);
  const state = openShop({ file: path.join(folder, "shop.sqlite"), clock });
  await options.fill?.(state, clock);
  const database = await cloneDatabase();
  const port = await findFreePort(0);
  if (port === null) throw new Error("no port is free");
  const appUrl = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    port: 0, state, clock, dataFolder: path.join(folder, "sandbox"),
    app: { baseUrl: appUrl, apiKey: API_KEY, apiSecret: API_SECRET, handle: "regulars", name: "Regulars" },
    retryScale: options.retryScale ?? 0.001,
    ...(options.extraScopes === undefined ? {} : { extraScopes: options.extraScopes }),
    ...(options.chance === undefined ? {} : { chance: options.chance }),
  });
  const processes = new Map<AppProcessKind, AppProcess>();

  const start = async (kind: AppProcessKind) => {
    const settings = { port, databaseUrl: database.url, sandboxOrigin: sandbox.url, clockOffsetMs: clock.offsetMs, apiKey: API_KEY, apiSecret: API_SECRET, logFile };
    processes.set(kind, await startAppProcess(kind, settings));
  };
  const end = async (kind: AppProcessKind, signal: "SIGTERM" | "SIGKILL" = "SIGTERM") => {
    await processes.get(kind)?.end(signal);
    processes.delete(kind);
  };
  let moved: Promise<unknown> = Promise.resolve();
  const stopFollowing = clock.onChange((offsetMs) => {
    moved = Promise.all([...processes.values()].map((child) => child.setClock(offsetMs)));
  });
  const stop = async () => {
    stopFollowing();
    await Promise.all([end("web"), end("worker")]);
    await sandbox.close();
    state.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    await start("web");
    if (options.startsWorker !== false) await start("worker");
  } catch (error) {
    const said = readFileSync(logFile, "utf8");
    await stop();
    throw new Error(`The app did not start:\n${said}`, { cause: error });
  }
  return {
    sandbox, state, appUrl, databaseUrl: database.url, start, end, stop,
    readLog: () => readFileSync(logFile, "utf8"),
    advanceDays: async (days) => {
      await sandbox.context.advanceClock(days);
      await moved;
    },
  };
}
