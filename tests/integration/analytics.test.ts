// Two roads, one number: the sums equal a rebuild, and every figure equals what counting the orders by hand gives.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countRollupDifferences, listOrders, noteChangedBuyers, orderPages, readOverview, rebuildShop, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { ORDER_KINDS, ORDERS_PAGE } from "../../app/capabilities/analytics/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { addDays, countDays, parseDay, type Day, type DayRange } from "../../app/values/day.ts";
import { parseId, type BuyerId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const shopId = parseId<ShopId>(1n);
const TODAY = parseDay("2026-03-20");
const DAYS = countDays({ from: parseDay("2025-11-01"), to: TODAY });

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  await db().shop.create({ data: { id: shopId, domain: "sums.myshopify.com", name: "Sums", currency: "USD", timeZone: "Asia/Tokyo", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
});
afterAll(() => close());

/** id, buyer (0: guest), day, hour, revenue, counts */
type Fate = { id: number; buyer: number; day: number; hour: number; revenueMinor: number; counts: boolean };
const fate = fc.record({ id: fc.integer({ min: 1, max: 60 }), buyer: fc.integer({ min: 0, max: 9 }), day: fc.nat(DAYS - 1), hour: fc.nat(23), revenueMinor: fc.integer({ min: 0, max: 9_999 }), counts: fc.boolean() });
const dayOf = (order: Fate): Day => addDays(parseDay("2025-11-01"), order.day);
const buyerIdOf = (order: Fate): BuyerId => parseId(BigInt(order.buyer === 0 ? -order.id : order.buyer));

/** Writes the last word about each order, notes old and new buyer, refreshes. */
async function apply(batch: Fate[]): Promise<void> {
  await inTransaction(async (tx) => {
    for (const order of batch) {
      const id = BigInt(order.id);
      const before = await tx.order.findUnique({ where: { shopId_id: { shopId, id } } });
      const placedAt = new Date(`${dayOf(order)}T${String(order.hour).padStart(2, "0")}:00:00+09:00`);
      const row = { name: "#", customerId: order.buyer === 0 ? null : BigInt(order.buyer), buyerId: buyerIdOf(order), placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted: order.counts, currency: "USD", totalMinor: order.revenueMinor, revenueMinor: order.revenueMinor, discountMinor: 0, refundedMinor: 0 };
      await tx.order.upsert({ where: { shopId_id: { shopId, id } }, create: { shopId, id, ...row }, update: row });
      await noteChangedBuyers(tx, shopId, [buyerIdOf(order), ...(before ? [parseId<BuyerId>(before.buyerId)] : [])]);
    }
  });
  await refreshShop(shopId);
}

async function forget(): Promise<void> {
  await db().order.deleteMany({ where: { shopId } });
  await rebuildShop(shopId);
}

/** Counted orders as they stand, by hand. */
function standing(batches: Fate[][]): Fate[] {
  const last = new Map(batches.flat().map((order) => [order.id, order]));
  return [...last.values()].filter((order) => order.counts).sort((a, b) => a.day - b.day || a.hour - b.hour || a.id - b.id);
}
const within = (orders: Fate[], { from, to }: DayRange) => orders.filter((order) => dayOf(order) >= from && dayOf(order) <= to);
const people = (orders: Fate[]) => new Set(orders.filter((order) => order.buyer > 0).map((order) => order.buyer));
const sum = (orders: Fate[]) => orders.reduce((total, order) => total + order.revenueMinor, 0);

function byHand(orders: Fate[], range: DayRange, before: DayRange) {
  const here = within(orders, range);
  const firsts = new Set([...people(orders)].map((buyer) => orders.find((order) => order.buyer === buyer)?.id));
  const earlier = people(within(orders, before));
  return {
    orders: here.length, revenueMinor: sum(here), guestOrders: here.filter((order) => order.buyer === 0).length, guestRevenueMinor: sum(here.filter((order) => order.buyer === 0)),
    customers: people(here).size, repeatCustomers: [...people(here)].filter((buyer) => here.filter((order) => order.buyer === buyer).length > 1).length,
    newCustomers: here.filter((order) => firsts.has(order.id)).length, returningRevenueMinor: sum(here.filter((order) => order.buyer > 0 && !firsts.has(order.id))),
    previousCustomers: earlier.size, retainedCustomers: [...people(here)].filter((buyer) => earlier.has(buyer)).length,
    askedCustomers: people(here).size, returningCustomers: people(here).size - here.filter((order) => firsts.has(order.id)).length,
  };
}

/** A figure's orders are those it counts, each in its place, the newest first. */
async function expectListed(orders: Fate[], range: DayRange): Promise<void> {
  const placeOf = (order: Fate) => orders.filter(({ buyer }) => buyer === order.buyer).indexOf(order) + 1;
  const kinds = { all: () => true, customers: ({ buyer }: Fate) => buyer > 0, first: (order: Fate) => order.buyer > 0 && placeOf(order) === 1, returning: (order: Fate) => order.buyer > 0 && placeOf(order) > 1, guests: ({ buyer }: Fate) => buyer === 0 };
  for (const kind of ORDER_KINDS) {
    const here = within(orders, range).filter(kinds[kind]).toSorted((one, other) => dayOf(other).localeCompare(dayOf(one)) || other.id - one.id);
    const { orders: page, ...sums } = await listOrders(shopId, { range, kind }, 0);
    expect(sums).toEqual({ count: here.length, revenueMinor: sum(here) });
    expect(page.map(({ orderId, day, place, revenueMinor }) => [Number(orderId), day, revenueMinor, place])).toEqual(here.slice(0, ORDERS_PAGE).map((order) => [order.id, dayOf(order), order.revenueMinor, order.buyer === 0 ? 1 : placeOf(order)]));
    const all: number[] = [];
    for await (const rows of orderPages(shopId, { range, kind })) all.push(...rows.map(({ orderId }) => Number(orderId)));
    expect(all).toEqual(here.map(({ id }) => id));
  }
}

describe("sums of a shop whose orders come, change, move and go", () => {
  test("equal a rebuild and a count by hand, for any range", async () => {
    const shop = await readShop(shopId);
    await fc.assert(fc.asyncProperty(fc.array(fc.array(fate, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 4 }), fc.nat(DAYS - 1), fc.nat(DAYS - 1), async (batches, one, other) => {
      await forget();
      for (const batch of batches) await apply(batch);
      expect(await countRollupDifferences(shopId)).toBe(0);
      const orders = standing(batches);
      const start = parseDay("2025-11-01");
      const anyRange = { from: addDays(start, Math.min(one, other)), to: addDays(start, Math.max(one, other)) };
      for (const range of [anyRange, { from: parseDay("2026-01-01"), to: TODAY }, { from: parseDay("2026-02-01"), to: parseDay("2026-02-28") }]) {
        const overview = await readOverview(shop, { range }, TODAY);
        if (!overview.retentionPeriod) throw new Error("a range has a period before it");
        expect(overview.totals).toEqual(byHand(orders, range, overview.retentionPeriod));
        await expectListed(orders, range);
      }
    }), { numRuns: 25, seed: 20_261_122 });
  });

  test("a difference made behind the sums' back is found, and a rebuild mends it", async () => {
    await forget();
    await apply([{ id: 1, buyer: 1, day: 3, hour: 9, revenueMinor: 500, counts: true }, { id: 2, buyer: 1, day: 90, hour: 9, revenueMinor: 700, counts: true }]);
    await db().kpiDay.updateMany({ where: { shopId }, data: { revenueMinor: 1 } });
    expect(await countRollupDifferences(shopId)).toBeGreaterThan(0);
    await rebuildShop(shopId);
    expect(await countRollupDifferences(shopId)).toBe(0);
  });

  test("over all time, retention asks each month's buyers about the month after", async () => {
    await forget();
    const order = (id: number, buyer: number, on: string): Fate => ({ id, buyer, day: countDays({ from: parseDay("2025-11-01"), to: parseDay(on) }) - 1, hour: 1, revenueMinor: 100, counts: true });
    await apply([order(1, 1, "2025-11-05"), order(2, 1, "2025-12-05"), order(3, 2, "2025-12-06"), order(4, 2, "2026-01-02"), order(5, 3, "2026-03-01")]);
    const { totals, retentionPeriod } = await readOverview(await readShop(shopId), { preset: "all_time" }, TODAY);
    expect(retentionPeriod).toBeNull();
    // November 1 of 1, December 1 of 2, January 0 of 1; February had no buyers, and March is not over
    expect([totals.retainedCustomers, totals.previousCustomers]).toEqual([2, 4]);
  });
});
