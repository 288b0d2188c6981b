// A shop whose customers cannot be seen to stop: UCI's Online Retail, a British wholesaler of gifts, December 2010 to December 2011.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Purchases } from "../../app/capabilities/forecasts/rules/histories.ts";
import { readCsvRecords } from "../../sandbox/shop/order-export/csv-records.ts";

/** Not part of the repository: it lies beside it. */
export const ONLINE_RETAIL_FILE = fileURLToPath(new URL("../../../shared/data/online-retail/orders_export.csv.gz", import.meta.url));
const DAY_MS = 86_400_000;
const LAST_DAY = Date.UTC(2011, 11, 9) / DAY_MS;

export const hasOnlineRetail = (): boolean => existsSync(ONLINE_RETAIL_FILE);

/** What is known of each customer on the last day. An order has its date in its first line only. */
export async function readOnlineRetail(): Promise<Purchases[]> {
  const daysByCustomer = new Map<string, Set<number>>();
  let [emailAt, paidAt] = [-1, -1];
  await readCsvRecords(ONLINE_RETAIL_FILE, (cells, line) => {
    if (line === 1) [emailAt, paidAt] = [cells.indexOf("Email"), cells.indexOf("Paid at")];
    const paidOn = cells[paidAt]?.slice(0, 10) ?? "";
    if (line === 1 || paidOn === "") return;
    const days = daysByCustomer.get(cells[emailAt] ?? "") ?? new Set();
    daysByCustomer.set(cells[emailAt] ?? "", days.add(Date.parse(`${paidOn}T00:00:00Z`) / DAY_MS));
  });
  return [...daysByCustomer.values()].map((days) => {
    const [first, last] = [Math.min(...days), Math.max(...days)];
    return { repeats: days.size - 1, recencyDays: last - first, ageDays: LAST_DAY - first };
  });
}
