// What all customers say of each, against counting by hand: limits of scores, rhythms, products; and CDNOW's groups as published.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noteChangedBuyers, rebuildShop, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { findForecast } from "../../app/capabilities/forecasts/forecasts.server.ts";
import { askMeasures, changePreference, changeSettings, findMeasures, findProfile, readPreference, readSettings } from "../../app/capabilities/profiles/profiles.server.ts";
import { DEFAULT_SETTINGS, type Scores } from "../../app/capabilities/profiles/model.ts";
import { listMemberships, listSegments, refreshCustomers } from "../../app/capabilities/segments/segments.server.ts";
import { db, inTransaction, Prisma } from "../../app/platform/db.server.ts";
import { addDays, dayAt, toDate } from "../../app/values/day.ts";
import { parseId, type BuyerId, type CustomerId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { shopIdOf } from "../support/snapshots.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

const today = dayAt(new Date(), "UTC");
const DAY_MS = 86_400_000;
let lastShop = 500;

type Purchase = { customer: number; daysAgo: number; revenueMinor: number; product?: number };

/** A shop with these orders, its sums built, and everybody looked at. */
async function shopWith(purchases: readonly Purchase[]): Promise<ShopId> {
  const shopId = shopIdOf(++lastShop);
  await db().shop.create({ data: { id: shopId, domain: `shop-${lastShop}.myshopify.com`, name: "Measures", currency: "USD", timeZone: "UTC", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  const customers = [...new Set(purchases.map(({ customer }) => customer))];
  await db().customer.createMany({ data: customers.map((id) => ({ shopId, id: BigInt(id), tags: [], createdAt: new Date(0), updatedAt: new Date(0) })) });
  await db().order.createMany({ data: purchases.map(({ customer, daysAgo, revenueMinor }, index) => {
    const placedAt = new Date(toDate(today).getTime() - daysAgo * DAY_MS + 3_600_000 + index);
    return { shopId, id: BigInt(index + 1), name: "#", customerId: BigInt(customer), buyerId: BigInt(customer), placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted: true, currency: "USD", totalMinor: revenueMinor, revenueMinor, discountMinor: 0, refundedMinor: 0, discountCodes: [] };
  }) });
  await db().orderLine.createMany({ data: purchases.flatMap(({ product }, index) => (product === undefined ? [] : [{ shopId, orderId: BigInt(index + 1), id: 1n, productId: BigInt(product), title: "Thing", quantity: 1, currentQuantity: 1, totalMinor: 1 }])) });
  await rebuildShop(shopId);
  await refreshCustomers(shopId);
  return shopId;
}

/** min(5, 1 + ⌊5 · strictly worse ÷ all⌋), customer by customer. */
function scoresByHand(purchases: readonly Purchase[]): Map<number, Scores> {
  const facts = [...Map.groupBy(purchases, ({ customer }) => customer)].map(([customer, own]) => ({ customer, recency: Math.min(...own.map(({ daysAgo }) => daysAgo)), orders: own.length, spent: own.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0) }));
  const scoreOf = (worse: number) => Math.min(5, 1 + Math.floor((5 * worse) / facts.length));
  return new Map(facts.map((one) => [one.customer, {
    r: scoreOf(facts.filter((other) => other.recency > one.recency).length), f: scoreOf(facts.filter((other) => other.orders < one.orders).length), m: scoreOf(facts.filter((other) => other.spent < one.spent).length),
  }]));
}
const readScores = async (shopId: ShopId) => new Map((await db().customerProfile.findMany({ where: { shopId } })).map(({ customerId, r, f, m }) => [Number(customerId), { r, f, m }]));

test("scores are fifths of the shop, and equal customers have equal ones", { timeout: 60_000 }, async () => {
  const purchase = fc.record({ customer: fc.integer({ min: 1, max: 40 }), daysAgo: fc.integer({ min: 0, max: 60 }), revenueMinor: fc.integer({ min: 0, max: 30 }).map((tens) => tens * 10) });
  await fc.assert(fc.asyncProperty(fc.array(purchase, { minLength: 1, maxLength: 120 }), async (purchases) => {
    expect(await readScores(await shopWith(purchases))).toEqual(scoresByHand(purchases));
  }), { numRuns: 12 });
});

test("margin is the price without tax of what was kept less its costs; gift cards and what was given back need none, and one missing cost hides it", async () => {
  const order = { customer: 1, daysAgo: 3, revenueMinor: 1_000 };
  const shopId = await shopWith([{ ...order, product: 71 }, { ...order, customer: 2, product: 72 }]);
  await db().variant.createMany({ data: [{ shopId, productId: 71n, id: 710n, title: "", priceMinor: 1_100, unitCostMinor: 300 }, { shopId, productId: 72n, id: 720n, title: "", priceMinor: 1_100, unitCostMinor: null }] });
  await db().order.updateMany({ where: { shopId }, data: { hasTaxIncluded: true } });
  await db().orderLine.updateMany({ where: { shopId, orderId: 1n }, data: { variantId: 710n, quantity: 2, currentQuantity: 1, totalMinor: 2_200, taxMinor: 200 } });
  const bare = { shopId, orderId: 1n, title: "", quantity: 1, totalMinor: 5_000 };
  await db().orderLine.createMany({ data: [{ ...bare, id: 2n, currentQuantity: 1, isGiftCard: true }, { ...bare, id: 3n, currentQuantity: 0, productId: 72n, variantId: 720n }] });
  await db().orderLine.updateMany({ where: { shopId, orderId: 2n }, data: { variantId: 720n } });
  await rebuildShop(shopId);
  await askMeasures(shopId);
  await refreshCustomers(shopId);
  const margins = (await db().customerProfile.findMany({ where: { shopId }, orderBy: { customerId: "asc" } })).map(({ marginMinor }) => marginMinor && Number(marginMinor));
  expect(margins).toEqual([1_000 - 300, null]);
});

const quantile = (values: readonly number[], share: number): number => values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? NaN;
const geometric = (values: readonly number[]): number => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** Five days in a row of each customer's life, with gaps of their own. */
const rhythmic = (customers: number): Purchase[] => Array.from({ length: customers }, (_, index) => index + 1).flatMap((customer) => {
  const gaps = [1, 2, 3, 4].map((step) => 5 + ((customer * 7 + step * 3) % 20));
  let daysAgo = 200;
  return [0, ...gaps].map((gap, place) => ({ customer, daysAgo: (daysAgo -= gap), revenueMinor: 1_000, product: place % 2 === 0 ? 71 : 72 }));
});

test("the shop's rhythm, its second orders, its regulars' longest tenth and its products' are those of the gaps", async () => {
  const purchases = [...rhythmic(20), { customer: 1, daysAgo: rhythmic(1)[4]?.daysAgo ?? 0, revenueMinor: 5 }]; // two on one day are one purchase
  const measures = await findMeasures(await shopWith(purchases));
  const lives = [...Map.groupBy(purchases, ({ customer }) => customer).values()].map((own) => [...new Set(own.map(({ daysAgo }) => daysAgo))].toSorted((one, other) => other - one));
  const gapsOf = (days: readonly number[]) => days.slice(1).map((day, index) => (days[index] ?? 0) - day);
  const gaps = lives.flatMap(gapsOf);
  expect(measures?.basis.rhythm).toEqual({ gapCount: 80, typicalDays: expect.closeTo(geometric(gaps), 6), medianDays: quantile(gaps, 0.5), lapseDays: quantile(gaps, 0.9) });
  expect(measures?.basis.secondOrder).toBeNull(); // twenty gaps are too few to say anything
  expect(measures?.basis.ownLapseRatio).toBeCloseTo(quantile(lives.flatMap((days) => gapsOf(days).map((gap) => gap / geometric(gapsOf(days)))), 0.9), 6);
  const rhythms = await db().productRhythm.findMany({ where: { shopId: shopIdOf(lastShop) }, orderBy: { productId: "asc" } });
  const after = (parity: number) => lives.flatMap((days) => gapsOf(days).filter((_, index) => index % 2 === parity));
  expect(rhythms.map(({ productId, gapCount, typicalDays, lapseDays }) => [Number(productId), gapCount, typicalDays, lapseDays])).toEqual([0, 1].map((parity) => [71 + parity, 40, expect.closeTo(geometric(after(parity)), 6), quantile(after(parity), 0.9)]));
});

test("a product type's rhythm is that of the orders that held any of it, each order once; what has no type has none", async () => {
  const purchases = rhythmic(20);
  const shopId = await shopWith(purchases);
  const [product, line] = [{ shopId, title: "", vendor: "", status: "ACTIVE", tags: [], createdAt: new Date(0), updatedAt: new Date(0) }, { shopId, title: "", quantity: 1, currentQuantity: 1, totalMinor: 1 }];
  await db().product.createMany({ data: [{ ...product, id: 71n, productType: "Tea" }, { ...product, id: 73n, productType: "Tea" }, { ...product, id: 72n, productType: "" }] });
  await db().orderLine.createMany({ data: purchases.flatMap((purchase, index) => (purchase.product === 71 ? [{ ...line, orderId: BigInt(index + 1), id: 2n, productId: 73n }] : [])) });
  await askMeasures(shopId);
  await refreshCustomers(shopId);
  const gaps = [...Map.groupBy(purchases, ({ customer }) => customer).values()].flatMap((own) => [0, 2].map((place) => (own[place]?.daysAgo ?? 0) - (own[place + 1]?.daysAgo ?? 0)));
  expect((await findMeasures(shopId))?.basis.types).toEqual([{ productType: "Tea", gapCount: 40, typicalDays: expect.closeTo(geometric(gaps), 6), lapseDays: quantile(gaps, 0.9) }]);
});

test("what was given back says nothing of the next order, neither of the product's buyers nor of the customer", async () => {
  const purchases = rhythmic(20).map((purchase) => ({ ...purchase, product: 71 }));
  const shopId = await shopWith(purchases);
  const [kept] = await db().customerProfile.findMany({ where: { shopId }, orderBy: { customerId: "asc" } });
  await db().productRhythm.updateMany({ where: { shopId }, data: { typicalDays: 3, lapseDays: 4 } }); // a product that is bought again at once
  const look = async () => {
    await inTransaction((tx) => noteChangedBuyers(tx, shopId, [parseId<BuyerId>(kept?.customerId ?? 0n)]));
    await refreshShop(shopId);
    await refreshCustomers(shopId);
    return (await db().customerProfile.findFirst({ where: { shopId, customerId: kept?.customerId ?? 0n } }))?.typicalGapDays ?? 0;
  };
  const asBought = await look();
  await db().orderLine.updateMany({ where: { shopId }, data: { currentQuantity: 0 } });
  expect(await look()).toBeGreaterThan(asBought);
  await rebuildShop(shopId);
  await refreshCustomers(shopId);
  expect(await db().productRhythm.count({ where: { shopId } })).toBe(0);
});

test("whoever spent as much as the last VIP is one too", async () => {
  const shopId = await shopWith([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((customer) => [400, 300].map((daysAgo) => ({ customer, daysAgo, revenueMinor: customer < 4 ? 900 : 100 }))));
  const vips = await db().customerProfile.findMany({ where: { shopId, isVip: true }, orderBy: { customerId: "asc" } });
  expect(vips.map(({ customerId }) => Number(customerId))).toEqual([1, 2, 3]); // a tenth of ten is one, and three are equal
});

test("changed settings measure everybody anew, and a birthday noted is looked at", async () => {
  const shopId = await shopWith(rhythmic(20));
  const customerId = parseId<CustomerId>(3);
  await changeSettings(shopId, { ...DEFAULT_SETTINGS, lapseDays: 400 });
  await refreshCustomers(shopId);
  expect(await readSettings(shopId)).toMatchObject({ lapseDays: 400 });
  expect(await findProfile(shopId, customerId)).toMatchObject({ lapseDays: 400 });
  const noted = { channel: "line", language: "ja", everyDays: 30, birthOn: addDays(today, 0) } as const;
  await changePreference(shopId, customerId, noted);
  expect(await readPreference(shopId, customerId)).toEqual(noted);
  await refreshShop(shopId);
  await refreshCustomers(shopId);
  const birthday = (await listSegments(shopId)).find(({ readyKey }) => readyKey === "birthday");
  expect(await listMemberships(shopId, customerId)).toContainEqual({ segmentId: birthday?.id, since: expect.any(Date) });
});

test("on demand everybody is fitted and measured anew before the night", async () => {
  const shopId = await shopWith(rhythmic(20));
  const before = await findForecast(shopId);
  await refreshCustomers(shopId);
  expect(await findForecast(shopId)).toEqual(before); // the same day, nothing to do
  await askMeasures(shopId);
  await refreshCustomers(shopId);
  expect((await findForecast(shopId))?.fittedAt.getTime()).toBeGreaterThan(before?.fittedAt.getTime() ?? Infinity);
  expect(await findMeasures(shopId)).toMatchObject({ isWhole: true });
});

const CDNOW_FILE = path.join(import.meta.dirname, "../../../shared/data/cdnow/CDNOW_sample.txt");

describe.skipIf(!existsSync(CDNOW_FILE))("CDNOW's sample at the end of June 1998", () => {
  test("is grouped as published", { timeout: 60_000 }, async () => {
    const end = Date.UTC(1998, 5, 30);
    const purchases = readFileSync(CDNOW_FILE, "utf8").trim().split("\n").map((line): Purchase => {
      const [, id = "", date = "", , dollars] = line.trim().split(/\s+/);
      return { customer: Number(id) + 1, daysAgo: (end - Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6)))) / DAY_MS, revenueMinor: Math.round(Number(dollars) * 100) };
    });
    const shopId = await shopWith(purchases);
    const count = async (column: string): Promise<Record<string, number>> => Object.fromEntries((await db().$queryRaw<{ key: string; count: number }[]>`
      select ${Prisma.raw(column)}::text as key, count(*)::int as count from customer_profile where shop_id = ${shopId}::bigint group by 1`).map(({ key, count: customers }) => [key, customers]));
    expect(await count("rfm_group")).toEqual({ DORMANT: 775, CHAMPIONS: 434, LOYAL: 430, ALMOST_LOST: 320, AT_RISK: 168, ACTIVE: 144, NEEDS_ATTENTION: 76, PREVIOUSLY_LOYAL: 10 });
    expect(await count("f")).toEqual({ 1: 1_205, 3: 406, 4: 358, 5: 388 });
  });
});
