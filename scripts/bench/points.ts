// Points: how long a shopper waits for their account, asked through the app proxy at a steady pace, against telling it from the orders.
import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import { db } from "../../app/platform/db.server.ts";
import { parseDay } from "../../app/values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../app/values/ids.ts";
import { medianMs, milliseconds, perSecond as asPace, quantile, secondsOf, type Ratio } from "./measure.ts";
import { SECRET, withProcesses } from "./processes.ts";
import { addCustomers, addLines, makeShop, pointDomain } from "./shops.ts";

const AIM_MS = 100;
const WARM_UP_SECONDS = 3;
const SETTLED = 50; // members told from their orders, to compare with

export async function benchPoints({ orderCount, perSecond, seconds }: { orderCount: number; perSecond: number; seconds: number }): Promise<Ratio[]> {
  const shopId = await makeShop(31n, orderCount);
  const customers = await addCustomers(shopId);
  await addLines(shopId);
  await pointDomain(shopId);
  await loyalty.saveDraft(shopId, defaultProgramme({ currency: "USD", averageOrderMinor: 5_500 }));
  await loyalty.launch(shopId, { from: parseDay("2024-11-01") });
  const settlingSeconds = await secondsOf(() => loyalty.settleShop(shopId));
  await db().$executeRaw`analyze`;
  const ids = (await db().member.findMany({ where: { shopId }, select: { customerId: true }, take: 2_000, orderBy: { customerId: "asc" } })).map(({ customerId }) => parseId<CustomerId>(customerId));
  const directMs = await medianMs(5, () => loyalty.settleNow(shopId, ids.slice(0, SETTLED))) / SETTLED;
  const times = await withProcesses(["web"], (address) => ask(`${address}/proxy/loyalty`, { shopId, ids, perSecond, seconds }));
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  return [
    { name: `A shopper's account at ${perSecond}/s: p95`, ours: milliseconds(p95), other: `p50 ${milliseconds(p50)}; told from orders ${milliseconds(directMs)} each`, ratio: AIM_MS / p95, aim: "p95 under 100 ms", isMet: p95 < AIM_MS },
    { name: `Everybody settled, ${orderCount.toLocaleString("en")} orders`, ours: asPace(customers, settlingSeconds), other: "a round", ratio: customers / settlingSeconds / 100, aim: "at least 100 members a second", isMet: customers / settlingSeconds >= 100 },
  ];
}

/** Each is sent at its time, whether or not those before it were answered. */
async function ask(address: string, { shopId, ids, perSecond, seconds }: { shopId: ShopId; ids: readonly CustomerId[]; perSecond: number; seconds: number }): Promise<number[]> {
  const startedAt = performance.now();
  const times = await Promise.all(Array.from({ length: Math.ceil(perSecond * (seconds + WARM_UP_SECONDS)) }, async (_, index) => {
    await wait(Math.max(0, (index * 1_000) / perSecond - (performance.now() - startedAt)));
    const sentAt = performance.now();
    const response = await fetch(`${address}?${sign(shopId, ids[index % ids.length] ?? parseId<CustomerId>(1))}`);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`a shopper was answered ${response.status}`);
    return performance.now() - sentAt;
  }));
  return times.slice(WARM_UP_SECONDS * perSecond);
}

function sign(shopId: ShopId, customerId: CustomerId): string {
  const query = new URLSearchParams({ logged_in_customer_id: String(customerId), path_prefix: "/apps/regulars", shop: `bench-${shopId}.myshopify.com`, timestamp: String(Math.trunc(Date.now() / 1_000)) });
  const message = [...query].map(([name, value]) => `${name}=${value}`).toSorted().join("");
  query.set("signature", createHmac("sha256", SECRET).update(message).digest("hex"));
  return query.toString();
}
