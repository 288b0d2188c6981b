import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 30_000 }); // each test starts a process

const network = new URL("./network.ts", import.meta.url).href;
const DAY_MS = 86_400_000;

let server: Server;
let origin = "";
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => response.end(JSON.stringify({ method: request.method, url: request.url, host: request.headers["x-sandbox-host"] ?? null, token: request.headers["x-shopify-access-token"] ?? null, body: Buffer.concat(chunks).toString() })));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Runs a few lines in a process of their own, as the app runs; answers what they print. */
function run(code: string, environment: Record<string, string>, onMessage?: (send: (message: object) => void) => void): Promise<{ output: string; errors: string; exitCode: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", network, "--input-type=module", "--eval", code], {
      env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let output = "";
    let errors = "";
    child.stdout?.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
    child.once("message", () => onMessage?.((message) => child.send(message)));
    child.on("close", (exitCode) => { resolve({ output: output.trim(), errors, exitCode }); });
  });
}

describe("what the app sends to Shopify", () => {
  test("arrives at the sandbox with host, headers and body", async () => {
    const { output } = await run(`
      const a = await fetch("https://tea.myshopify.com/admin/api/x.json?y=1", { method: "POST", headers: { "X-Shopify-Access-Token": "t" }, body: "hello" });
      const b = await fetch(new Request("https://storage.googleapis.com/file", { method: "PUT", body: "there", headers: { "X-Shopify-Access-Token": "u" } }));
      const c = await fetch(new URL("${origin}/own"));
      console.log(JSON.stringify([await a.json(), await b.json(), await c.json()]));
    `, { SANDBOX_ORIGIN: origin });
    expect(JSON.parse(output)).toEqual([
      { method: "POST", url: "/admin/api/x.json?y=1", host: "tea.myshopify.com", token: "t", body: "hello" },
      { method: "PUT", url: "/file", host: "storage.googleapis.com", token: "u", body: "there" },
      { method: "GET", url: "/own", host: null, token: null, body: "" },
    ]);
  });
  test.each(["", "https://shop.example.com", "http://10.0.0.7:4000", "nonsense"])("never goes to %j: it refuses to load", async (address) => {
    const { errors, exitCode } = await run("", { SANDBOX_ORIGIN: address });
    expect(exitCode).not.toBe(0);
    expect(errors).toContain("SANDBOX_ORIGIN must be the address of a sandbox on this machine");
  });
});

describe("the app's clock", () => {
  test("is ahead by the offset, everywhere a Date is made", async () => {
    const { output } = await run(`
      const real = performance.timeOrigin + performance.now();
      const fixed = new Date(0);
      console.log(JSON.stringify({
        now: Math.round((Date.now() - real) / ${DAY_MS}), made: Math.round((new Date() - real) / ${DAY_MS}), text: new Date(Date()).getTime() - real > ${DAY_MS},
        fixed: fixed.getTime(), parsed: new Date("2026-01-02T03:04:05Z").toISOString(), utc: Date.UTC(1970, 0, 1), isDate: [fixed, new Date(), structuredClone(fixed)].map((date) => date instanceof Date),
        subclass: new (class Day extends Date { isDay = true })().isDay, sameType: fixed.constructor === Date,
      }));
    `, { SANDBOX_ORIGIN: origin, SANDBOX_CLOCK_OFFSET_MS: String(10 * DAY_MS) });
    expect(JSON.parse(output)).toEqual({ now: 10, made: 10, text: true, fixed: 0, parsed: "2026-01-02T03:04:05.000Z", utc: 0, isDate: [true, true, true], subclass: true, sameType: true });
  });
  test("is moved by a message, which is acknowledged, and does not keep the app alive", async () => {
    const { output, exitCode } = await run(`
      const real = Date.now();
      process.send("ready");
      await new Promise((resolve) => { const look = setInterval(() => Date.now() - real > ${DAY_MS} && (clearInterval(look), resolve()), 1); });
      console.log("moved");
    `, { SANDBOX_ORIGIN: origin }, (send) => { send({ type: "sandbox-clock", offsetMs: 2 * DAY_MS }); });
    expect([output, exitCode]).toEqual(["moved", 0]);
  });
});
