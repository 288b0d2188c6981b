// `npm run demo` as somebody with a file of orders meets it.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort } from "../../app/platform/free-port.server.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const HEADER = "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price";
const ORDER = "#1001,mina@example.com,paid,EUR,36.00,2024-03-01 10:00:00 +0000,2,Guji,18.00";

const THREE_STARTS_TIMEOUT_MS = 180_000;

let home: string;
let port: number;
const started = new Set<ChildProcess>();

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "regulars-demo-"));
  chmodSync(home, 0o755);
  port = await findFreePort(0) ?? 0;
});

afterAll(async () => {
  await Promise.all([...started].map(end));
  rmSync(home, { recursive: true });
});

test("a broken file is refused in one line that says where, and nothing is started or kept", async () => {
  const file = writeOrders("broken.csv", ORDER.replace("36.00", "a lot"));
  const demo = open("--orders", file);
  const [output, complaint] = await Promise.all([text(demo.stdout), text(demo.stderr), once(demo, "exit")]);
  expect([demo.exitCode, output]).toEqual([1, ""]);
  expect(complaint).toMatch(/^broken\.csv line 2, column "Total": [^\n]+\n$/);
  expect(readdirSync(path.join(home, "data"))).toEqual(["sandbox"]);
  expect(readdirSync(path.join(home, "data/sandbox"))).toEqual([]);
});

test("a good file opens a shop at one address, the day after its last order; ended and opened again it is the same shop", async () => {
  const file = writeOrders("beans.csv", ORDER);
  const first = open("--orders", file);
  expect(await readAddress(first)).toBe(`http://localhost:${port}/admin`);
  expect(await readShop()).toMatchObject({ now: expect.stringMatching(/^2024-03-02/), currency: "EUR", orders: 1, customers: 1 });
  const stepped = await fetch(`http://localhost:${port}/sandbox/clock`, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"days":7}' });
  expect(stepped.status).toBe(200);

  const second = open("--orders", file);
  expect(await text(second.stderr)).toMatch(new RegExp(`^Port ${port} is in use: [^\n]+\n$`));
  await end(first);

  const third = open("--orders", file);
  await readAddress(third);
  expect(await readShop()).toMatchObject({ now: expect.stringMatching(/^2024-03-09/), currency: "EUR" });
  await end(third);
  await expect(fetch(`http://localhost:${port}/admin`)).rejects.toThrow();
}, THREE_STARTS_TIMEOUT_MS);

function writeOrders(name: string, ...lines: string[]): string {
  const file = path.join(home, name);
  writeFileSync(file, `${[HEADER, ...lines].join("\n")}\n`);
  return file;
}

function open(...words: string[]) {
  const child = spawn(process.execPath, ["scripts/demo.ts", "--port", String(port), "--data", path.join(home, "data"), ...words], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  started.add(child);
  return child;
}

async function readAddress(demo: ReturnType<typeof open>): Promise<string | undefined> {
  let output = "";
  for await (const chunk of demo.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    if (output.endsWith("\n")) break;
  }
  return /^Regulars is open at (\S+)\n$/.exec(output)?.[1];
}

async function readShop(): Promise<unknown> {
  return (await fetch(`http://localhost:${port}/sandbox/state`)).json();
}

async function end(child: ChildProcess): Promise<void> {
  started.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
