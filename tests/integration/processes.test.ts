// The app's processes as a machine sees them: they start or say why not, answer as a browser may expect, log no address whole.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type RunningApp } from "../support/app.ts";

const ROOT = path.join(import.meta.dirname, "../..");

/** Runs a process that is expected to end by itself. */
async function runToEnd(script: string, environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [script], { cwd: ROOT, env: { NODE_ENV: "production", PATH, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code: child.exitCode, said: output + errors };
}

const complete = {
  SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "https://regulars.test", TOKEN_KEY: Buffer.alloc(32).toString("base64"), LOG_LEVEL: "silent",
};

test.for(["server.ts", "app/entry.worker.ts"])("%s names the variables that are missing or wrong, and nothing else", async (script) => {
  const { code, said } = await runToEnd(script, { ...complete, SHOPIFY_API_SECRET: "", TOKEN_KEY: "short" });
  expect(code).toBe(1);
  expect(said).toBe("The environment is not complete (see .env.example):\n  SHOPIFY_API_SECRET: is missing\n  TOKEN_KEY: must be 32 bytes in base64\n");
});

describe("a running app", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  test("says that it is well, and which version it is", async () => {
    const answer = await fetch(`${app.appUrl}/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) }]);
  });

  test("a port that is taken stops a second start with a sentence", async () => {
    const { code, said } = await runToEnd("server.ts", { ...complete, DATABASE_URL: app.databaseUrl, PORT: new URL(app.appUrl).port });
    expect([code, said]).toEqual([1, expect.stringMatching(/^Port \d+ is in use: set PORT to another\.\n$/)]);
  });

  test("a browser keeps the files that never change, and asks for the rest", async () => {
    const [name = ""] = readdirSync(path.join(ROOT, "build/client/assets"));
    const asset = await fetch(`${app.appUrl}/assets/${name}`);
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await fetch(`${app.appUrl}/assets/none.js`)).status).toBe(404);
    expect((await fetch(app.appUrl, { redirect: "manual" })).headers.get("x-powered-by")).toBe(null);
  });

  test("a body beyond every order is not read to its end", async () => {
    const tooMuch = new Uint8Array(17 * 1024 * 1024);
    expect((await fetch(`${app.appUrl}/webhooks`, { method: "POST", body: tooMuch })).status).toBe(413);
    const chunked = new ReadableStream({ start: (controller) => { controller.enqueue(tooMuch); controller.close(); } });
    const answered = await fetch(`${app.appUrl}/auth/session-token`, { method: "POST", body: chunked, duplex: "half" }).then((answer) => answer.ok, () => false); // most often the connection is cut first
    expect(answered).toBe(false);
    expect((await fetch(`${app.appUrl}/health`)).status).toBe(200);
  });

  test("what Shopify and browsers put into an address stays out of the log", async () => {
    await fetch(`${app.appUrl}/app?id_token=very-secret&shop=beans.myshopify.com`, { redirect: "manual" });
    await expect.poll(() => app.readLog()).toContain('"path":"/app"');
    expect(app.readLog()).not.toMatch(/very-secret|beans/);
  });

  test("a web process killed at any moment comes back to the same work", async () => {
    await app.end("web", "SIGKILL");
    await expect(fetch(`${app.appUrl}/health`)).rejects.toThrow();
    await app.start("web");
    expect((await fetch(`${app.appUrl}/health`)).status).toBe(200);
  });

  test("the shop's days move the app's clock too", async () => {
    await app.advanceDays(40);
    await app.end("worker");
    await app.start("worker");
    const readLatestMs = () => Math.max(...[...app.readLog().matchAll(/"time":(\d+)/g)].map(([, time]) => Number(time)));
    await expect.poll(() => readLatestMs() - Date.now()).toBeGreaterThan(39 * 86_400_000);
  });
});
