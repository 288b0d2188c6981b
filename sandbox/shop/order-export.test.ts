import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { SandboxError } from "./model.ts";
import { loadOrderExport, OrderExportError } from "./order-export.ts";
import { openShop, type OpenedShop } from "./state.ts";

const folder = mkdtempSync(join(tmpdir(), "regulars-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

let state: OpenedShop;
beforeEach(() => void (state = openShop({ file: ":memory:", clock: createClock(0) })));
afterEach(() => state.close());

const header = [
  "Name", "Email", "Financial Status", "Accepts Marketing", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Created at", "Lineitem quantity",
  "Lineitem name", "Lineitem price", "Lineitem sku", "Lineitem discount", "Shipping Country", "Cancelled at", "Refunded Amount", "Id", "Tags", "Source", "Notes",
];
type Row = Record<string, string>;
const order: Row = {
  Name: "#1001", Email: "mina.okafor@example.com", "Financial Status": "paid", "Accepts Marketing": "yes", Currency: "USD", Subtotal: "40.50", Shipping: "5.00", Taxes: "3.24", Total: "48.74", "Discount Code": "REGULAR10",
  "Discount Amount": "4.50", "Created at": "2026-10-20 11:02:33 -0700", "Lineitem quantity": "2", "Lineitem name": "Ethiopia Guji", "Lineitem price": "18.00", "Lineitem sku": "GUJI", "Shipping Country": "US", Id: "5700000000001", Source: "web",
};
const more: Row = { Name: "#1001", Email: "mina.okafor@example.com", "Created at": "2026-10-20 11:02:33 -0700", "Lineitem quantity": "1", "Lineitem name": "Filters", "Lineitem price": "9.00", "Lineitem sku": "FILT" };
const earlier: Row = { ...order, Name: "#1000", Email: "MINA.Okafor@example.com", Id: "5700000000000", "Created at": "2026-09-01 00:00:00 +0000", "Accepts Marketing": "no", "Lineitem price": "17.00", Notes: 'say "hi",\nthen ring' };
const guest: Row = { ...order, Name: "#1002", Email: "", Id: "9007199254740993", "Created at": "2026-10-21 00:00:00 UTC", "Discount Code": "", "Discount Amount": "0.00", Subtotal: "36.00", Taxes: "0.00", Total: "41.00" };

const quoteCell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const toCsv = (rows: readonly Row[], columns = header): string => [columns, ...rows.map((row) => columns.map((column) => quoteCell(row[column] ?? "")))].map((cells) => `${cells.join(",")}\n`).join("");

function write(content: string | Buffer, name = "orders.csv"): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}
const load = (rows: readonly Row[], columns = header) => loadOrderExport(state, { file: write(toCsv(rows, columns)) });

describe("a whole export", () => {
  test("is a shop with its orders, products and people, oldest first, whatever the file's order", async () => {
    expect(await load([guest, order, more, earlier])).toEqual({
      currency: "USD", firstOrderAt: "2026-09-01T00:00:00.000Z", lastOrderAt: "2026-10-21T00:00:00.000Z", orderCount: 3, lineCount: 4, customerCount: 1,
    });
    const stored = state.getOrder("5700000000001");
    expect(stored).toMatchObject({ name: "#1001", number: 1001, createdAt: "2026-10-20T18:02:33.000Z", totalMinor: 4874, currentTotalMinor: 4874, discountMinor: 450, discountCodes: ["REGULAR10"], countryCode: "US" });
    expect(stored?.lines).toMatchObject([{ title: "Ethiopia Guji", quantity: 2, discountMinor: 360, sku: "GUJI" }, { title: "Filters", quantity: 1, discountMinor: 90 }]);
    expect(state.getOrder("9007199254740993")).toMatchObject({ customerId: null, email: null });
    expect(state.findCustomerByEmail("mina.okafor@example.com")).toMatchObject({ firstName: "Mina", lastName: "Okafor", createdAt: "2026-09-01T00:00:00.000Z", emailConsent: { state: "SUBSCRIBED", updatedAt: "2026-10-20T18:02:33.000Z" } });
    expect([...state.eachProduct({})]).toMatchObject([{ title: "Ethiopia Guji", handle: "ethiopia-guji", variants: [{ sku: "GUJI", priceMinor: 1800 }] }, { title: "Filters" }]);
    expect(BigInt(state.placeOrder({ customerId: null, lines: [{ title: "Guji", quantity: 1, unitPriceMinor: 1 }] }).id)).toBeGreaterThan(9007199254740993n);
  });

  test("keeps what was refunded and cancelled, so that current totals are Total less Refunded Amount", async () => {
    await load([
      { ...order, "Financial Status": "partially_refunded", "Refunded Amount": "8.74" }, more,
      { ...guest, "Financial Status": "refunded", "Refunded Amount": "41.00" },
      { ...earlier, "Cancelled at": "2026-09-02 00:00:00 +0000", "Financial Status": "voided" },
    ]);
    expect([...state.eachOrder({})].map(({ currentTotalMinor, refundedMinor, financialStatus, lines }) => [currentTotalMinor, refundedMinor, financialStatus, lines[0]?.currentQuantity])).toEqual([
      [0, 0, "VOIDED", 0], [4000, 874, "PARTIALLY_REFUNDED", 2], [0, 4100, "REFUNDED", 0],
    ]);
  });

  test("tells each line's share of the taxes, which add up, and whether the prices have them in them", async () => {
    const bodies: Record<string, string> = {};
    const included = { ...guest, Subtotal: "36.00", Taxes: "2.67", Total: "41.00" };
    await load([order, more, included]);
    state.onEvent(({ topic, body }) => void (bodies[topic] = body));
    const told = (id: string) => {
      state.editOrder(id, { setQuantities: [] });
      return JSON.parse(bodies["orders/updated"] ?? "null") as unknown; // a body of Shopify's
    };
    const tax = (price: string) => ({ tax_lines: [{ price }] });
    expect(told("5700000000001")).toMatchObject({ taxes_included: false, total_tax: "3.24", ...tax("3.24"), line_items: [tax("2.59"), tax("0.65")] });
    expect(told("9007199254740993")).toMatchObject({ taxes_included: true, total_tax: "2.67", line_items: [{ tax_lines: [{ price: "2.67", rate: 0.0801 }] }] });
    state.refundOrder("9007199254740993", { lines: [{ lineId: state.getOrder("9007199254740993")?.lines[0]?.id ?? "", quantity: 1 }] });
    expect(state.getOrder("9007199254740993")).toMatchObject({ refundedMinor: 1_800, currentTotalMinor: 2_300 }); // not the tax once more
  });

  test("may be packed, have Windows line ends, a byte order mark, its columns in any order and few of them", async () => {
    const few = ["Total", "Lineitem price", "Name", "Created at", "Email", "Currency", "Lineitem name", "Lineitem quantity"];
    const file = write(gzipSync(`\uFEFF${toCsv([order, more, guest], few).replaceAll("\n", "\r\n")}`), "packed.csv.gz");
    expect(await loadOrderExport(state, { file })).toMatchObject({ orderCount: 2, lineCount: 3, customerCount: 1 });
    expect(state.countOrders({})).toBe(2);
  });

  test("in yen has no cents", async () => {
    await load([{ ...guest, Currency: "JPY", Subtotal: "1200", Shipping: "0", Taxes: "0", Total: "1200", "Lineitem price": "600" }]);
    expect(state.shop().currency).toBe("JPY");
    expect(state.getOrder(guest["Id"] ?? "")).toMatchObject({ totalMinor: 1200, lines: [{ unitPriceMinor: 600 }] });
  });
});

describe("a broken export gets one sentence, and nothing is stored", () => {
  test.each<{ name: string; rows: Row[]; columns?: string[]; sentence: string }>([
    { name: "an amount", rows: [earlier, { ...order, Total: "12,3x" }], sentence: 'orders.csv line 4, column "Total": "12,3x" is not an amount in USD' },
    { name: "a date", rows: [{ ...order, "Created at": "2026-02-30 12:00:00 +0000" }], sentence: 'orders.csv line 2, column "Created at": "2026-02-30 12:00:00 +0000" is not a date and time like' },
    { name: "a quantity", rows: [order, { ...more, "Lineitem quantity": "-1" }], sentence: 'orders.csv line 3, column "Lineitem quantity": "-1" is not a quantity' },
    { name: "an id a spreadsheet spoiled", rows: [{ ...order, Id: "5.7E+12" }], sentence: 'orders.csv line 2, column "Id": "5.7E+12" is not an id' },
    { name: "two orders with one id", rows: [order, { ...guest, Id: "5700000000001" }], sentence: 'orders.csv line 3, column "Id": "5700000000001" is the order of line 2 already' },
    { name: "a line without its order", rows: [more, order], sentence: 'orders.csv line 2, column "Name": "#1001" goes on with an order whose first line is missing' },
    { name: "two currencies", rows: [order, { ...guest, Currency: "EUR" }], sentence: 'orders.csv line 3, column "Currency": "EUR", but line 2 says "USD"' },
    { name: "more refunded than paid", rows: [{ ...order, "Refunded Amount": "48.75" }], sentence: 'orders.csv line 2, column "Refunded Amount": "48.75" is more than' },
    { name: "an unknown status", rows: [{ ...order, "Financial Status": "maybe" }], sentence: 'orders.csv line 2, column "Financial Status": "maybe" is not a financial status' },
    { name: "columns that are missing", rows: [order], columns: header.filter((column) => column !== "Total" && column !== "Email"), sentence: 'orders.csv line 1: the columns "Email", "Total" are missing' },
    { name: "no orders", rows: [], sentence: "orders.csv line 2: there is no order in this file" },
  ])("$name", async ({ rows, columns, sentence }) => {
    const failure = await load(rows, columns).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OrderExportError);
    expect(String(failure)).toContain(sentence);
    expect(String(failure)).not.toContain("\n");
    expect(state.countOrders({}) + state.countCustomers({}) + state.countProducts({})).toBe(0);
  });

  const csv = toCsv([earlier, order, more]);
  test.each<{ name: string; content: string | Buffer; sentence: string }>([
    { name: "an empty file", content: "", sentence: "orders.csv: this file is empty" },
    { name: "a packed file that is cut off", content: gzipSync(csv).subarray(0, 200), sentence: "orders.csv: the gzip file is cut off" },
    { name: "a packed file that is damaged", content: Buffer.concat([gzipSync(csv).subarray(0, 60), Buffer.alloc(80, 7)]), sentence: "orders.csv: the gzip file is damaged" },
    { name: "another encoding", content: Buffer.from(csv.replace("Filters", "Filtré"), "latin1"), sentence: "orders.csv line 5: this is not UTF-8 text" },
    { name: "UTF-16", content: Buffer.from(csv, "utf16le"), sentence: "orders.csv line 1: this is not UTF-8 text" },
    { name: "a line that is too short", content: csv.replace(/,[^,\n]*\n$/, "\n"), sentence: `orders.csv line 5: there are ${header.length - 1} cells where the header has ${header.length}` },
    { name: "an open quotation mark", content: csv.replace("#1001,mina", '"#1001,mina'), sentence: "orders.csv line 4: a quotation mark is opened and never closed" },
    { name: "semicolons", content: csv.replaceAll(",", ";"), sentence: "orders.csv line 1: the columns are separated by semicolons" },
  ])("$name", async ({ content, sentence }) => {
    const failure = await loadOrderExport(state, { file: write(content) }).catch((error: unknown) => error);
    expect(String(failure)).toContain(sentence);
    expect(failure).toBeInstanceOf(OrderExportError);
    expect(state.countOrders({})).toBe(0);
  });

  test("a file that is not there, and a shop that is not empty", async () => {
    await expect(loadOrderExport(state, { file: join(folder, "nowhere.csv") })).rejects.toThrow("nowhere.csv: there is no such file");
    await load([order]);
    await expect(load([guest])).rejects.toThrow(SandboxError);
  });
});

const sharedFolder = join(import.meta.dirname, "../../../shared/data");

describe.each([
  { file: "cdnow/orders_export.csv.gz", summary: { currency: "USD", orderCount: 69_659, lineCount: 69_659, customerCount: 23_570 }, totalMinor: 250_031_563 },
  { file: "online-retail/orders_export.csv.gz", summary: { currency: "GBP", orderCount: 18_532, lineCount: 397_884, customerCount: 4_338 }, totalMinor: 891_140_790 },
])("$file", ({ file, summary, totalMinor }) => {
  const path = join(sharedFolder, file);
  const isThere = existsSync(path);

  test.skipIf(!isThere)(isThere ? "adds up to the last minor unit" : `is skipped: there is no ${path}`, { timeout: 120_000 }, async () => {
    expect(await loadOrderExport(state, { file: path })).toMatchObject(summary);
    expect(Number(state.ledger.documents.rows(`select sum(spent_minor) as spent from "order"`)[0]?.["spent"])).toBe(totalMinor);
    expect(state.countCustomers({})).toBe(summary.customerCount);
  });
});
