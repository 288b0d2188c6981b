// Orders from their webhooks to the rollups while they arrive, worker process and all, against one Prisma transaction per order.
import { setTimeout as wait } from "node:timers/promises";
import { installShop } from "../../app/capabilities/shops/shops.server.ts";
import { receive } from "../../app/inbox/inbox.server.ts";
import { db } from "../../app/platform/db.server.ts";
import { parseOrderWebhook } from "../../app/shopify/parse/order.ts";
import type { OrderSnapshot } from "../../app/shopify/snapshots.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { parseJson } from "../../app/values/json.ts";
import { perSecond, secondsOf, type Ratio } from "./measure.ts";
import { anOrderBody, anOrderDocument, BENCH_SHOP } from "./orders.ts";
import { withProcesses } from "./processes.ts";

const IN_FLIGHT = 100; // a burst: Shopify waits for no answer before it sends the next
const LOOK_EVERY_MS = 20;

export async function benchIngest({ orderCount, oneByOneCount }: { orderCount: number; oneByOneCount: number }): Promise<Ratio[]> {
  const bodies = Array.from({ length: orderCount }, (_, index) => anOrderBody(anOrderDocument(index, orderCount / 4)));
  const shopId = await install(BENCH_SHOP.domain, BENCH_SHOP.id);
  const otherId = await install("one-by-one.myshopify.com", "60000000010");
  const inSets = await withProcesses(["worker"], () => secondsOf(() => ingest(shopId, bodies)));
  const oneByOne = await secondsOf(() => writeOneByOne(otherId, bodies.slice(0, oneByOneCount)));
  const ratio = orderCount / inSets / (oneByOneCount / oneByOne);
  return [{ name: "Orders from webhook to rollups, as they arrive", ours: perSecond(orderCount, inSets), other: `${perSecond(oneByOneCount, oneByOne)} one by one, without rollups`, ratio, aim: "at least 20 times", isMet: ratio >= 20 }];
}

async function install(domain: string, id: string): Promise<ShopId> {
  const snapshot = { name: "Bench", email: null, currency: BENCH_SHOP.currency, timeZone: BENCH_SHOP.timeZone, planName: "Basic" };
  const { shop } = await installShop({ id: parseId<ShopId>(id), domain, snapshot, scopes: ["read_orders"], at: new Date("2026-11-10") });
  return shop.id;
}

/** What the web process does with each, until the worker has every one of them in the rollups. */
async function ingest(shopId: ShopId, bodies: readonly string[]): Promise<void> {
  const entries = bodies.entries(); // shared: each taker takes the next
  const takeAll = async () => {
    for (const [index, text] of entries) {
      await receive({ shopId, domain: BENCH_SHOP.domain, topic: "orders/create", webhookId: `bench-${index}`, triggeredAt: new Date("2026-11-10"), text });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, takeAll));
  while ((await countOrders(shopId)) < bodies.length) await wait(LOOK_EVERY_MS);
}

const countOrders = async (shopId: ShopId): Promise<number> => (await db().kpiDay.aggregate({ where: { shopId }, _sum: { orders: true } }))._sum.orders ?? 0;

/** What an app does that follows the templates: parse, then upsert customer, order and lines in a transaction of their own. */
async function writeOneByOne(shopId: ShopId, bodies: readonly string[]): Promise<void> {
  for (const text of bodies) {
    const order = parseOrderWebhook(parseJson(text));
    await db().$transaction(async (tx) => {
      if (order.customer) {
        const customer = { email: order.customer.email, firstName: order.customer.firstName, lastName: order.customer.lastName, createdAt: order.placedAt, updatedAt: order.updatedAt };
        await tx.customer.upsert({ where: { shopId_id: { shopId, id: order.customer.id } }, create: { shopId, id: order.customer.id, ...customer }, update: customer });
      }
      const row = toRow(order);
      await tx.order.upsert({ where: { shopId_id: { shopId, id: order.id } }, create: { shopId, id: order.id, ...row }, update: row });
      await tx.orderLine.deleteMany({ where: { shopId, orderId: order.id } });
      await tx.orderLine.createMany({ data: order.lines.map(({ id, productId, variantId, title, quantity, currentQuantity, totalMinor }) => ({ shopId, orderId: order.id, id, productId, variantId, title, quantity, currentQuantity, totalMinor })) });
    });
  }
}

const toRow = (order: OrderSnapshot) => ({
  name: order.name, customerId: order.customer?.id ?? null, buyerId: order.customer?.id ?? -order.id, placedAt: order.placedAt, updatedAt: order.updatedAt, cancelledAt: order.cancelledAt, isTest: order.isTest,
  financialStatus: order.financialStatus, isCounted: true, currency: order.currency, totalMinor: order.totalMinor, revenueMinor: order.revenueMinor, discountMinor: order.discountMinor, refundedMinor: order.refundedMinor,
  discountCodes: order.discountCodes, sourceName: order.sourceName, countryCode: order.countryCode,
});
