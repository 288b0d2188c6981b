// Real shops' orders, which lie beside the project (../shared/data) and are not part of it, stored as facts with the sums over them.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rebuildShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { followCustomers } from "../../app/capabilities/cohorts/cohorts.server.ts";
import { collectFactStatistics } from "../../app/capabilities/orders/orders.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import type { Shop } from "../../app/capabilities/shops/model.ts";
import { db } from "../../app/platform/db.server.ts";
import { parseDay, type Day } from "../../app/values/day.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { readCsvRecords } from "../../sandbox/shop/order-export/csv-records.ts";

type RealOrder = { customer: number; placedAt: Date; revenueMinor: number; units: number; products: string[] };
export type RealShop = { name: string; file: string; currency: string; /** the last day of its history */ asOf: Day; read: (file: string) => Promise<RealOrder[]> };

const fileOf = (path: string): string => fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));

export const CDNOW_SAMPLE: RealShop = { name: "CDNOW, one customer in ten", file: fileOf("cdnow/CDNOW_sample.txt"), currency: "USD", asOf: parseDay("1998-06-30"), read: readSample };
export const CDNOW_MASTER: RealShop = { name: "CDNOW", file: fileOf("cdnow/orders_export.csv.gz"), currency: "USD", asOf: parseDay("1998-06-30"), read: readExport };
export const ONLINE_RETAIL: RealShop = { name: "Online Retail", file: fileOf("online-retail/orders_export.csv.gz"), currency: "GBP", asOf: parseDay("2011-12-09"), read: readExport };

export const isHere = ({ file }: RealShop): boolean => existsSync(file);

/** Lines are: master id, sample id, date, number of CDs, dollars; sorted by customer and date. */
async function readSample(file: string): Promise<RealOrder[]> {
  return (await readFile(file, "utf8")).trim().split("\n").map((line) => {
    const [, id = "", date = "", units, dollars] = line.trim().split(/\s+/);
    return { customer: Number(id), placedAt: new Date(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T12:00:00Z`), revenueMinor: Math.round(Number(dollars) * 100), units: Number(units), products: [] };
  });
}

/** Shopify's order export: a line per item, the order's own cells in its first; a customer is the number in their address. */
async function readExport(file: string): Promise<RealOrder[]> {
  const orders = new Map<string, RealOrder>();
  let columns: string[] = [];
  await readCsvRecords(file, (cells, line) => {
    if (line === 1) columns = cells;
    else readItem(orders, (name) => cells[columns.indexOf(name)] ?? "");
  });
  return [...orders.values()];
}

function readItem(orders: Map<string, RealOrder>, cell: (name: string) => string): void {
  const known = orders.get(cell("Name"));
  const order = known ?? { customer: Number(/(\d+)@/.exec(cell("Email"))?.[1]), placedAt: new Date(cell("Created at").replace(" +0000", "Z").replace(" ", "T")), revenueMinor: Math.round(Number(cell("Total")) * 100), units: 0, products: [] };
  order.units += Number(cell("Lineitem quantity"));
  if (!order.products.includes(cell("Lineitem sku"))) order.products.push(cell("Lineitem sku"));
  if (!known) orders.set(cell("Name"), order);
}

const BATCH = 20_000;

/** The facts straight into their tables (how they get there is tested elsewhere), the sums as the app builds them. */
export async function storeRealShop(shopId: ShopId, real: RealShop): Promise<Shop> {
  const orders = await real.read(real.file);
  await db().shop.create({ data: { id: shopId, domain: `real-${shopId}.myshopify.com`, name: real.name, currency: real.currency, timeZone: "UTC", planName: "Basic", scopes: "", installedAt: new Date() } });
  const products = [...new Set(orders.flatMap((order) => order.products))];
  const numbers = new Map(products.map((sku, index) => [sku, index + 1]));
  await db().product.createMany({ data: products.map((sku, index) => ({ shopId, id: index + 1, title: sku, productType: "", vendor: "", status: "ACTIVE", tags: [], createdAt: new Date(), updatedAt: new Date() })) });
  await db().customer.createMany({ data: [...new Set(orders.map(({ customer }) => customer))].map((id) => ({ shopId, id, tags: [], createdAt: new Date(), updatedAt: new Date() })) });
  for (let from = 0; from < orders.length; from += BATCH) {
    const batch = orders.slice(from, from + BATCH).map((order, index) => ({ ...order, id: from + index + 1 }));
    await db().$executeRaw`
      insert into orders (shop_id, id, name, customer_id, buyer_id, placed_at, updated_at, is_test, financial_status, is_counted, currency, total_minor, revenue_minor, discount_minor, refunded_minor, discount_codes, source_name)
      select ${shopId}::bigint, id, '#' || id, customer, customer, at, at, false, 'PAID', true, ${real.currency}, minor, minor, 0, 0, '{}', 'web'
        from unnest(${batch.map(({ id }) => id)}::bigint[], ${batch.map(({ customer }) => customer)}::bigint[], ${batch.map(({ placedAt }) => placedAt.toISOString())}::timestamptz[], ${batch.map(({ revenueMinor }) => revenueMinor)}::bigint[]) as o(id, customer, at, minor)`;
    const lines = batch.flatMap(({ id, products: skus }) => skus.map((sku) => ({ id, product: numbers.get(sku) ?? 0 })));
    await db().$executeRaw`
      insert into order_line (shop_id, order_id, id, product_id, variant_id, title, quantity, current_quantity, total_minor)
      select ${shopId}::bigint, order_id, row_number() over (partition by order_id), product, product, '', 1, 1, 0
        from unnest(${lines.map(({ id }) => id)}::bigint[], ${lines.map(({ product }) => product)}::bigint[]) as l(order_id, product)`;
  }
  await collectFactStatistics();
  await rebuildShop(shopId);
  await followCustomers(shopId, null);
  return readShop(shopId);
}
