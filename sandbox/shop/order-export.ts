// A Shopify order export (Admin > Orders > Export) becomes a shop: all of it, or nothing and one sentence naming line and column.

import { parseHeader, readLine, type Columns } from "./order-export/columns.ts";
import { readCsvRecords } from "./order-export/csv-records.ts";
import { gatherOrders, type Gathering } from "./order-export/exported-orders.ts";
import { refuseExport } from "./order-export/export-error.ts";
import { storeOrders } from "./order-export/stored-orders.ts";
import { SandboxError, type Instant } from "./model.ts";
import type { OpenedShop } from "./state.ts";

export { OrderExportError } from "./order-export/export-error.ts";

export type ExportSummary = { currency: string; firstOrderAt: Instant; lastOrderAt: Instant; orderCount: number; lineCount: number; customerCount: number };

/** Reads `file` (.csv or .csv.gz) into an empty shop, which takes its currency, in one transaction. Throws OrderExportError, and then nothing is stored. */
export async function loadOrderExport(shop: OpenedShop, { file }: { file: string }): Promise<ExportSummary> {
  if (shop.countOrders({}) > 0) throw new SandboxError("The shop has orders already, so no order export can be read into it.");
  const { currency, orders, lineCount } = await readOrders(file);
  orders.sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0)); // an export has the newest first
  const [first, last] = [orders[0], orders.at(-1)];
  if (currency === null || first === undefined || last === undefined) return refuseExport({ file, line: 2 }, "there is no order in this file");
  const customerCount = shop.ledger.change(() => {
    shop.remember("shop", { ...shop.shop(), currency, createdAt: first.createdAt });
    return storeOrders(shop.ledger, orders);
  });
  return { currency, firstOrderAt: first.createdAt, lastOrderAt: last.createdAt, orderCount: orders.length, lineCount, customerCount };
}

async function readOrders(file: string): Promise<Gathering> {
  const gathering = gatherOrders();
  let columns: Columns | null = null;
  await readCsvRecords(file, (cells, line) => {
    if (columns === null) columns = parseHeader(file, cells, line);
    else gathering.add(readLine(file, columns, cells, line));
  });
  if (columns === null) refuseExport({ file }, "this file is empty");
  return gathering;
}
