// A shop's history from Shopify's bulk file to the rollups, against COPY of the very rows it leaves behind.
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { installShop } from "../../app/capabilities/shops/shops.server.ts";
import { stepBackfill } from "../../app/capabilities/sync/sync.server/backfill.server.ts";
import { db, pool } from "../../app/platform/db.server.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { perSecond, secondsOf, type Ratio } from "./measure.ts";
import { aBulkOrder, anOrderDocument, BENCH_SHOP } from "./orders.ts";

const AIM = 4;
/** What a backfill of orders leaves behind, rollups included. */
const TABLES = ["customer", "orders", "order_line", "counted_order", "customer_fact", "kpi_day", "kpi_gap", "kpi_since"] as const;

export async function benchBackfill({ orderCount }: { orderCount: number }): Promise<Ratio[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "regulars-bench-bulk-"));
  const file = path.join(folder, "orders.jsonl");
  await pipeline(Readable.from(bulkLines(orderCount)), createWriteStream(file));
  const server = createServer((request, response) => sendFrom(file, request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const shopId = await installWithFile({ file, port: portOf(server.address()), orderCount });
    const backfill = await secondsOf(() => backfillAll(shopId));
    const counted = await db().countedOrder.count({ where: { shopId } });
    if (counted !== orderCount) throw new Error(`${counted} of ${orderCount} orders arrived in the rollups`);
    const copy = await copyRows(folder);
    const ratio = backfill / copy;
    return [{ name: `Backfill of ${orderCount.toLocaleString("en")} orders, rollups included`, ours: `${backfill.toFixed(1)} s (${perSecond(orderCount, backfill)})`, other: `${copy.toFixed(1)} s COPY of the same rows`, ratio, aim: `within ${AIM} times`, isMet: ratio <= AIM }];
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Behind the byte asked for, as Google's storage does where Shopify's files lie. */
function sendFrom(file: string, { headers }: IncomingMessage, response: ServerResponse): void {
  const start = Number(/\d+/.exec(headers.range ?? "")?.[0] ?? 0);
  response.writeHead(start > 0 ? 206 : 200);
  createReadStream(file, { start }).pipe(response);
}

function* bulkLines(orderCount: number): Generator<string> {
  for (let index = 0; index < orderCount; index += 1) yield aBulkOrder(anOrderDocument(index, orderCount / 4));
}

const portOf = (address: AddressInfo | string | null): number => (typeof address === "object" && address !== null ? address.port : 0);

/** As it stands once Shopify has finished its part: the file is ready to be read. */
async function installWithFile({ file, port, orderCount }: { file: string; port: number; orderCount: number }): Promise<ShopId> {
  const snapshot = { name: "Bench", email: null, currency: BENCH_SHOP.currency, timeZone: BENCH_SHOP.timeZone, planName: "Basic" };
  const at = new Date("2026-11-10");
  const { shop } = await installShop({ id: parseId<ShopId>(BENCH_SHOP.id), domain: BENCH_SHOP.domain, snapshot, scopes: ["read_orders", "read_all_orders"], at });
  const part = { shopId: shop.id, startedAt: at, askedAt: at, expectedCount: 0 };
  await db().backfillPart.createMany({ data: [
    { ...part, noun: "products", state: "done" }, { ...part, noun: "customers", state: "done" },
    { ...part, noun: "orders", state: "reading", bulkOperationId: "gid://shopify/BulkOperation/1", url: `http://127.0.0.1:${port}/`, byteCount: statSync(file).size, expectedCount: orderCount },
  ] });
  return shop.id;
}

async function backfillAll(shopId: ShopId): Promise<void> {
  for (;;) {
    const end = await stepBackfill(shopId);
    if (end.kind === "finished") return;
    if (end.kind === "idle") throw new Error("the backfill stopped before its end");
  }
}

async function copyRows(folder: string): Promise<number> {
  const client = await pool().connect();
  const fileOf = (table: string) => path.join(folder, `${table}.copy`);
  try {
    for (const table of TABLES) await pipeline(client.query(copyTo(`copy ${table} to stdout`)), createWriteStream(fileOf(table)));
    await client.query(`truncate ${TABLES.join(", ")}`);
    return await secondsOf(async () => {
      for (const table of TABLES) await pipeline(createReadStream(fileOf(table)), client.query(copyFrom(`copy ${table} from stdin`)));
    });
  } finally {
    client.release();
  }
}
