// The demo's pretend shop: made once from an order export or by the generator, then kept, each under its own key.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { isAlive } from "../../app/platform/embedded-postgres/postmaster.server.ts";
import { addDays, dayAt, parseDay, toDate, type Day } from "../../app/values/day.ts";
import { createClock } from "../../sandbox/clock.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import type { SandboxClock, ShopDoc, ShopState } from "../../sandbox/shop/model.ts";
import { loadOrderExport } from "../../sandbox/shop/order-export.ts";
import { openShop, type OpenedShop } from "../../sandbox/shop/state.ts";
import type { DemoOptions } from "./options.ts";

export type DemoShop = {
  state: ShopState;
  clock: SandboxClock;
  /** the database that goes with it; others that begin with the prefix belong to the shop's earlier lives */
  database: string;
  databasePrefix: string;
  /** where the sandbox keeps deliveries and bulk files */
  folder: string;
  close(): Promise<void>;
};

const DATABASE = "demo-database";
const CLOCK_OFFSET = "clock-offset-ms"; // the sandbox's own word for it
const HALF_DAY_MS = 12 * 3_600_000;
const PATIENCE_MS = 2_000; // a broken file is mostly refused sooner, and then one line is enough
const TEA_SEED = 2026; // any will do, but always the same
const SHOP_ID = "60000000001";
const TEA_SHOP_ZONE = "America/Los_Angeles";
const KEY_LENGTH = 12;

export async function openDemoShop(home: string, options: DemoOptions, report: (line: string) => void): Promise<DemoShop> {
  mkdirSync(home, { recursive: true });
  const key = await keyOf(options);
  const folder = path.join(home, key);
  const file = `${folder}.sqlite`;
  const release = claim(`${folder}.pid`);
  try {
    if (options.fresh) forget(home, key);
    if (!existsSync(file)) await makeShop(folder, key, options, report);
    const clock = createClock(0); // the sandbox moves it to where the shop's time is
    const state = openShop({ file, clock });
    const close = async () => {
      state.close();
      release();
    };
    return { state, clock, folder, close, database: z.string().parse(state.recall(DATABASE)), databasePrefix: prefixOf(key) };
  } catch (error) {
    release();
    throw error;
  }
}

/** Other orders, another day or another zone are another shop. */
async function keyOf({ ordersFile, asOf, timeZone }: DemoOptions): Promise<string> {
  if (ordersFile === null && asOf === null && timeZone === null) return "tea";
  const hash = createHash("sha256").update(JSON.stringify({ asOf, timeZone, isFile: ordersFile !== null }));
  if (ordersFile !== null) await pipeline(createReadStream(ordersFile), hash, { end: false });
  return `${ordersFile === null ? "tea" : "orders"}-${hash.digest("hex").slice(0, KEY_LENGTH)}`;
}

/** One shop cannot live in two sandboxes at once. */
function claim(file: string): () => void {
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (holder > 0 && isAlive(holder)) throw new Error(`This shop is already open (process ${holder}): use that one, or end it first.`);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function forget(home: string, key: string): void {
  for (const name of readdirSync(home)) {
    if (name === key || name.startsWith(`${key}.sqlite`)) rmSync(path.join(home, name), { recursive: true });
  }
}

/** Made beside its place and moved there when whole. */
async function makeShop(folder: string, key: string, options: DemoOptions, report: (line: string) => void): Promise<void> {
  const file = `${folder}.new`;
  const discard = () => [file, `${file}-wal`, `${file}-shm`, folder].forEach((leftover) => rmSync(leftover, { recursive: true, force: true }));
  discard();
  const clock = createClock(0);
  const state = openShop({ file, clock, ...(key === "tea" ? {} : { shop: describeShop(key, options) }) });
  try {
    await (options.ordersFile === null ? makeTeaShop(state, clock, options, report) : readOrders(state, clock, { ...options, file: options.ordersFile }, report));
    state.remember(CLOCK_OFFSET, clock.offsetMs);
    state.remember(DATABASE, `${prefixOf(key)}${Date.now().toString(36)}`);
    state.close();
  } catch (error) {
    state.close();
    discard();
    throw error;
  }
  renameSync(file, `${folder}.sqlite`);
}

async function makeTeaShop(state: OpenedShop, clock: SandboxClock, { asOf }: DemoOptions, report: (line: string) => void): Promise<void> {
  if (asOf !== null) moveTo(clock, parseDay(asOf), state.shop().timeZone);
  report("Making a tea shop with two years of orders …");
  await seedTeaShop(state, { seed: TEA_SEED, asOf: clock.now() });
}

async function readOrders(state: OpenedShop, clock: SandboxClock, { file, asOf }: DemoOptions & { file: string }, report: (line: string) => void): Promise<void> {
  const patience = setTimeout(() => report(`Reading ${path.basename(file)} …`), PATIENCE_MS);
  const { orderCount, customerCount, lastOrderAt } = await loadOrderExport(state, { file }).finally(() => clearTimeout(patience));
  report(`Read ${orderCount.toLocaleString("en")} orders of ${customerCount.toLocaleString("en")} customers.`);
  const { timeZone } = state.shop();
  moveTo(clock, asOf === null ? addDays(dayAt(new Date(lastOrderAt), timeZone), 1) : parseDay(asOf), timeZone);
}

/** Two strokes, so that no key is the beginning of another. */
const prefixOf = (key: string): string => `demo_${key.replaceAll("-", "_")}__`;

function describeShop(key: string, { ordersFile, timeZone }: DemoOptions): ShopDoc {
  const domain = `regulars-${key}.myshopify.com`;
  const kind = ordersFile === null
    ? { name: "Regulars Tea & Coffee", timeZone: timeZone ?? TEA_SHOP_ZONE }
    : { name: path.basename(ordersFile).replace(/\.csv(\.gz)?$/, ""), timeZone: timeZone ?? "UTC" };
  return { id: SHOP_ID, domain, email: `owner@${key}.example`, currency: "USD", planName: "Basic", countryCode: "US", createdAt: "2024-01-15T08:00:00.000Z", ...kind };
}

/** To an hour of that day that is its own in the shop's zone as well as in UTC. */
function moveTo(clock: SandboxClock, day: Day, timeZone: string): void {
  const noonMs = toDate(day).getTime() + HALF_DAY_MS;
  const wantedMs = dayAt(new Date(noonMs), timeZone) === day ? noonMs : noonMs - HALF_DAY_MS; // east of UTC+12 it is tomorrow by then
  clock.setOffset(wantedMs - Date.now());
}
