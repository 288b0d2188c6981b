// A shop with a loyalty programme straight in the database, and news as it arrives there.
import { noteChangedBuyers, rebuildShop, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import * as orders from "../../app/capabilities/orders/orders.server.ts";
import { installShop } from "../../app/capabilities/shops/shops.server.ts";
import { inTransaction } from "../../app/platform/db.server.ts";
import type { OrderSnapshot } from "../../app/shopify/snapshots.ts";
import { addDays, dayAt, toDate } from "../../app/values/day.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { aLine, anOrder, shopIdOf } from "./snapshots.ts";

export const today = dayAt(new Date(), "UTC");
export const daysAgo = (count: number): Date => toDate(addDays(today, -count));

/** One point for each dollar, at once; nothing ends, there are no tiers, and 100 points are five dollars off. */
export const A_POINT_A_DOLLAR: Programme = {
  ...defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 }),
  order: { isOn: true, points: 1, perMinor: 100, includesTax: true, includesShipping: false, isBeforeDiscounts: false, only: null, excluded: null, rates: [] },
  pendingDays: 0, expiry: { kind: "never" }, tiers: null,
  rewards: [{ id: "five", kind: "amount_off", isOn: true, title: null, cost: 100, minOrderMinor: null, validDays: 30, perCustomer: null, total: null, tierIds: [], amountMinor: 500, maxSteps: 10 }],
};

export type PointsShop = { shopId: ShopId; domain: string };

let opened = 900;
/** Launched so many days ago; null: not launched. With dollars, in UTC. */
export async function openPointsShop({ programme = A_POINT_A_DOLLAR, launchedDaysAgo = 365 }: { programme?: Programme; launchedDaysAgo?: number | null } = {}): Promise<PointsShop> {
  const shopId = shopIdOf((opened += 1));
  const domain = `shop-${shopId}.myshopify.com`;
  await installShop({ id: shopId, domain, snapshot: { name: "Points", email: null, currency: "USD", timeZone: "UTC", planName: "Basic" }, scopes: [], at: new Date("2026-01-01") });
  await rebuildShop(shopId);
  await loyalty.saveDraft(shopId, programme);
  if (launchedDaysAgo !== null) await loyalty.launch(shopId, { from: addDays(today, -launchedDaysAgo) });
  await loyalty.settleShop(shopId);
  return { shopId, domain };
}

/** Stored, noted, the sums moved, who moved settled. */
export async function hear(shopId: ShopId, ...snapshots: OrderSnapshot[]): Promise<void> {
  await inTransaction(async (tx) => noteChangedBuyers(tx, shopId, (await orders.saveOrders(tx, shopId, snapshots)).changedBuyerIds));
  await refreshShop(shopId);
  await loyalty.settleShop(shopId);
}

/** One line of goods for all of its money, placed so many days ago. */
export const anOrderOf = (id: number, customer: number, minor: number, days: number, rest: Partial<Omit<OrderSnapshot, "id" | "customer">> = {}): OrderSnapshot =>
  anOrder({ id, customer, totalMinor: minor, revenueMinor: minor, placedAt: daysAgo(days), updatedAt: daysAgo(days), lines: [aLine({ id: id * 10, totalMinor: minor, beforeDiscountsMinor: minor })], ...rest });
