// The app's own processes as children of a launcher or a test: exactly what runs in production, with the sandbox for a Shopify.
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

export type AppProcessKind = "web" | "worker";

export type AppSettings = {
  /** where the web process listens */
  port: number;
  databaseUrl: string;
  sandboxOrigin: string;
  clockOffsetMs: number;
  apiKey: string;
  apiSecret: string;
  /** what the process writes goes to its end */
  logFile: string;
};

export type AppProcess = {
  /** resolves when it has ended, however */
  ended: Promise<void>;
  /** resolves when the process lives in the new time */
  setClock(offsetMs: number): Promise<void>;
  /** sends the signal and waits for the end */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
};

const ROOT = path.join(import.meta.dirname, "..");
const ENTRY = { web: "server.ts", worker: "app/entry.worker.ts" };

/** Behind it, the app believes, there is TLS; Shopify accepts no other address. */
const PUBLIC_URL = "https://app.regulars.test";
const TOKEN_KEY = Buffer.alloc(32, "regulars").toString("base64"); // what it keeps secret opens nothing but the sandbox

const Message = z.looseObject({ type: z.string() });

/** Resolves when the process is ready for work; rejects when it ends before. */
export async function startAppProcess(kind: AppProcessKind, settings: AppSettings): Promise<AppProcess> {
  const output = openSync(settings.logFile, "a");
  const child = spawn(process.execPath, ["--import", "./sandbox/network.ts", ENTRY[kind]], {
    cwd: ROOT, env: environmentFor(settings), stdio: ["ignore", output, output, "ipc"],
    detached: true, // Ctrl-C is for us, who then end it; should we be killed, it notices that nobody is left to talk to
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const failed = ended.then(() => Promise.reject(new Error(`The ${kind} process ended while starting; ${settings.logFile} says why.`)));
  await Promise.race([waitForMessage(child, "listening"), failed]);
  return {
    ended,
    setClock: async (offsetMs) => {
      const moved = waitForMessage(child, "sandbox-clock");
      if (child.connected) child.send({ type: "sandbox-clock", offsetMs });
      await Promise.race([moved, ended]);
    },
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}

function environmentFor({ port, databaseUrl, sandboxOrigin, clockOffsetMs, apiKey, apiSecret }: AppSettings): NodeJS.ProcessEnv {
  const own = {
    NODE_ENV: "production" as const, PORT: String(port), DATABASE_URL: databaseUrl, LOG_LEVEL: "info",
    SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecret, SHOPIFY_APP_URL: PUBLIC_URL, TOKEN_KEY,
    SANDBOX_ORIGIN: sandboxOrigin, SANDBOX_CLOCK_OFFSET_MS: String(clockOffsetMs),
  };
  const { NODE_OPTIONS: _options, VITEST: _vitest, ...inherited } = process.env; // a test runner's own are not the app's
  return { ...inherited, ...own };
}

function waitForMessage(child: ChildProcess, type: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      if (Message.safeParse(message).data?.type !== type) return;
      child.off("message", listen);
      resolve();
    };
    child.on("message", listen);
  });
}
