import { createServer } from "node:http";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { streamBulk, type BulkLine } from "./bulk-file.server.ts";
import { ShopifyUnreachable } from "./errors.ts";
import { assembleOrders } from "./parse/bulk-lines.ts";
import { ParseError } from "./parse/fields.ts";

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: "USD" } });
const order = (id: number) => ({
  id: `gid://shopify/Order/${id}`, name: `#${id}`, processedAt: "2026-10-20T18:02:31Z", updatedAt: "2026-10-20T18:02:31Z", cancelledAt: null, test: false,
  displayFinancialStatus: "PAID", currentTotalPriceSet: money("5.0"), totalPriceSet: money("5.0"), totalDiscountsSet: null, taxesIncluded: false, totalShippingPriceSet: money("0.0"), currentShippingPriceSet: money("0.0"), totalRefundedSet: money("0.0"),
  discountCodes: ["お茶"], sourceName: null, shippingAddress: null, billingAddress: null, customer: null, refunds: [],
});
const line = (id: number, orderId: number) => ({
  id: `gid://shopify/LineItem/${id}`, title: "抹茶 🍵", quantity: 1, currentQuantity: 1, product: null, variant: null,
  originalUnitPriceSet: money("5.0"), discountAllocations: [], isGiftCard: false, taxLines: [],
  __parentId: `gid://shopify/Order/${orderId}`,
});
const rows = [order(1), line(11, 1), line(12, 1), order(2), order(3), line(31, 3)];
const file = Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n") + "\n");

let isRangeKnown = true;
let cutAt: number | null = null;
const server = createServer((request, response) => {
  if (request.url !== "/file") return void response.writeHead(400).end();
  const from = isRangeKnown ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0;
  if (from >= file.length) return void response.writeHead(416).end();
  response.writeHead(from > 0 ? 206 : 200);
  response.flushHeaders();
  const end = cutAt ?? file.length;
  for (let at = from; at < end; at += 7) response.write(file.subarray(at, Math.min(at + 7, end))); // seven bytes: in the middle of characters
  if (cutAt === null) response.end();
  else setImmediate(() => response.destroy());
});
let origin = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function* each<T>(items: T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of source) found.push(item);
  return found;
}
const read = async (fromByte: number): Promise<BulkLine[]> => (await collect(streamBulk(`${origin}/file`, fromByte))).flat();

describe("a bulk file", () => {
  test("comes as its lines, each with the byte after it", async () => {
    const lines = await read(0);
    expect(lines.map(({ line }) => line)).toEqual(rows);
    for (const { endByte } of lines) expect(file[endByte - 1]).toBe(10);
    expect(lines.at(-1)?.endByte).toBe(file.length);
  });

  test.each([{ isKnown: true }, { isKnown: false }])("goes on behind any line, also when the server ignores ranges ($isKnown)", async ({ isKnown }) => {
    isRangeKnown = isKnown;
    for (const [index, { endByte }] of (await read(0)).entries()) {
      expect((await read(endByte)).map(({ line }) => line)).toEqual(rows.slice(index + 1));
    }
    isRangeKnown = true;
  });

  test("a broken connection keeps what was read and says so", async () => {
    cutAt = Math.floor(file.length / 2);
    const kept: unknown[] = [];
    const reading = (async () => {
      for await (const lines of streamBulk(`${origin}/file`, 0)) kept.push(...lines.map(({ line }) => line));
    })();
    await expect(reading).rejects.toThrow(ShopifyUnreachable);
    cutAt = null;
    expect(rows.slice(0, kept.length)).toEqual(kept);
  });

  test("an expired address says so", async () => {
    await expect(collect(streamBulk(`${origin}/expired`, 0))).rejects.toThrow(ShopifyUnreachable);
  });
});

describe("its lines become orders", () => {
  const assembled = (fromByte = 0) => collect(assembleOrders(streamBulk(`${origin}/file`, fromByte)));
  const snapshotsOf = (read: Awaited<ReturnType<typeof assembled>>) => read.flatMap(({ snapshots }) => snapshots);

  test("each with its own", async () => {
    const orders = snapshotsOf(await assembled());
    expect(orders.map(({ id, lines }) => ({ id, lines: lines.map((item) => item.id) }))).toEqual([
      { id: 1n, lines: [11n, 12n] },
      { id: 2n, lines: [] },
      { id: 3n, lines: [31n] },
    ]);
  });

  test("and reading goes on behind any of them without losing one", async () => {
    const parts = await assembled();
    expect(parts.length).toBeGreaterThan(1);
    for (const [index, { endByte }] of parts.entries()) expect(snapshotsOf(await assembled(endByte))).toEqual(snapshotsOf(parts.slice(index + 1)));
  });

  test("and one that cannot be read is named with its place, and keeps none of the others", async () => {
    const odd = [order(1), line(11, 1), { ...order(2), name: null }, { ...order(3), totalPriceSet: money("much") }, { ...order(4), id: "?" }, order(5)].map((row, index) => ({ line: row, endByte: index + 1 }));
    const [read, last] = await collect(assembleOrders(each([odd])));
    expect(read?.snapshots.map(({ id }) => id)).toEqual([1n]);
    expect(read?.unread).toEqual([{ id: 2n, code: "missing", at: "name" }, { id: 3n, code: "not_an_amount", at: "totalPriceSet" }, { id: null, code: "not_an_id", at: "id" }]);
    expect(last).toMatchObject({ unread: [], endByte: 6 });
    expect(last?.snapshots.map(({ id }) => id)).toEqual([5n]);
  });

  test("and a line that is not behind its order is no order's", async () => {
    const ungrouped = [order(1), order(2), line(11, 1)].map((row, index) => ({ line: row, endByte: index + 1 }));
    await expect(collect(assembleOrders(each([ungrouped])))).rejects.toThrow(ParseError);
  });
});
