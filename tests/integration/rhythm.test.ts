// The purchase rhythm of random orders equals a count by hand from each customer's own history, and plain SQL; the reports and the page say the same over HTTP.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rebuildShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { followCustomers, listClocks, readRhythm } from "../../app/capabilities/cohorts/cohorts.server.ts";
import { STEPS, STEP_NAMES, type Step } from "../../app/capabilities/cohorts/model.ts";
import { clockOf } from "../../app/capabilities/cohorts/rules/clock.ts";
import { bucketsOf, lapsePointOf } from "../../app/capabilities/cohorts/rules/gaps.ts";
import { survivalOf } from "../../app/capabilities/cohorts/rules/survival.ts";
import { db, Prisma } from "../../app/platform/db.server.ts";
import { addDays, parseDay } from "../../app/values/day.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const shopId = parseId<ShopId>(1n);
const TODAY = parseDay("2026-03-20");
const SPAN = 120; // days of history

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  await db().shop.create({ data: { id: shopId, domain: "rhythm.myshopify.com", name: "Rhythm", currency: "USD", timeZone: "Asia/Tokyo", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  await db().product.createMany({ data: [10n, 20n, 30n].map((id) => ({ shopId, id, title: `Product ${id}`, productType: "", vendor: "", status: "ACTIVE", tags: [], createdAt: new Date(0), updatedAt: new Date(0) })) });
  await db().customer.createMany({ data: Array.from({ length: 200 }, (_, at) => ({ shopId, id: BigInt(at + 1), tags: [], createdAt: new Date(0), updatedAt: new Date(0) })) });
});
afterAll(() => close());

/** customer 0: a guest; `ago`: days before today */
type Purchase = { customer: number; ago: number; products: number[]; counts: boolean };

async function fill(purchases: readonly Purchase[]): Promise<void> {
  await db().order.deleteMany({ where: { shopId } });
  await db().orderLine.deleteMany({ where: { shopId } });
  await db().order.createMany({ data: purchases.map(({ customer, ago, counts }, at) => {
    const placedAt = new Date(Date.parse(`${addDays(TODAY, -ago)}T05:00:00+09:00`) + at * 1_000); // later in the list is later in the day
    return { shopId, id: BigInt(at + 1), name: "#", customerId: customer === 0 ? null : BigInt(customer), buyerId: BigInt(customer === 0 ? -at - 1 : customer), placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted: counts, currency: "USD", totalMinor: 1_000, revenueMinor: 1_000, discountMinor: 0, refundedMinor: 0, discountCodes: [] };
  }) });
  await db().orderLine.createMany({ data: purchases.flatMap(({ products }, at) => products.map((product, line) => ({ shopId, orderId: BigInt(at + 1), id: BigInt(line + 1), productId: BigInt(product), title: "", quantity: 1, currentQuantity: 1, totalMinor: 1_000 }))) });
  await rebuildShop(shopId);
  await followCustomers(shopId, null);
}

type Life = { agos: number[]; first: number[] };

/** Each customer's counted orders in order, and what the first held. */
function livesOf(purchases: readonly Purchase[]): Life[] {
  const counted = purchases.filter(({ customer, counts }) => counts && customer > 0);
  return [...Map.groupBy(counted, ({ customer }) => customer).values()].map((own) => {
    const inOrder = own.map((one, at) => ({ ...one, at })).sort((one, other) => other.ago - one.ago || one.at - other.at);
    return { agos: inOrder.map(({ ago }) => ago), first: inOrder[0]?.products ?? [] };
  });
}

const gapsByHand = (lives: readonly Life[], place: number | null): number[] =>
  lives.flatMap(({ agos }) => agos.slice(1).flatMap((ago, at) => (place === null || at + 2 === place ? [(agos[at] ?? 0) - ago] : [])));

/** Day by day, from nothing but each history. */
function curveByHand(lives: readonly Life[], step: Step): [day: number, atRisk: number, events: number, survival: number][] {
  const waits = lives.flatMap(({ agos }) => {
    const before = agos[STEPS[step] - 2];
    const next = agos[STEPS[step] - 1];
    return before === undefined ? [] : [{ days: next === undefined ? before : before - next, came: next !== undefined }];
  });
  let survival = 1;
  return Array.from({ length: waits.length === 0 ? 0 : Math.max(...waits.map(({ days }) => days)) + 1 }, (_, day) => {
    const [atRisk, events] = [waits.filter(({ days }) => days >= day).length, waits.filter(({ days, came }) => came && days === day).length];
    survival *= 1 - events / atRisk;
    return [day, atRisk, events, Number(survival.toFixed(9))];
  });
}

const purchase: fc.Arbitrary<Purchase> = fc.record({ customer: fc.integer({ min: 0, max: 25 }), ago: fc.nat(SPAN), products: fc.uniqueArray(fc.constantFrom(10, 20, 30), { minLength: 0, maxLength: 2 }), counts: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)) });
const wishOf = (step: Step, productId: string | null) => ({ step, productId, today: TODAY });

describe("the rhythm of random orders", () => {
  test("curves, gaps and lapse points equal a count by hand, for each step, of everybody and by first product", async () => {
    await fc.assert(fc.asyncProperty(fc.array(purchase, { minLength: 1, maxLength: 160 }), async (purchases) => {
      await fill(purchases);
      for (const productId of [null, "10", "20"]) {
        const lives = livesOf(purchases).filter(({ first }) => productId === null || first.includes(Number(productId)));
        for (const step of STEP_NAMES) {
          const { gaps, waiters } = await readRhythm({ id: shopId }, wishOf(step, productId));
          expect(survivalOf(waiters).map(({ day, atRisk, events, survival }) => [day, atRisk, events, Number(survival.toFixed(9))]), `${step} ${productId}`).toEqual(curveByHand(lives, step));
          const counts = (place: number | null) => [...Map.groupBy(gapsByHand(lives, place), (days) => days)].map(([days, all]) => [days, all.length]).sort(([one = 0], [other = 0]) => one - other);
          expect(bucketsOf(gaps, 1).filter(({ orders }) => orders > 0).map(({ to, orders }) => [to, orders])).toEqual(counts(null));
          expect(bucketsOf(waiters.came, 1).filter(({ orders }) => orders > 0).map(({ to, orders }) => [to, orders])).toEqual(counts(STEPS[step]));
        }
      }
      const { gaps } = await readRhythm({ id: shopId }, wishOf("second", null));
      const [plain] = await db().$queryRaw<{ gaps: number; half: number | null; lapse: number | null }[]>(Prisma.sql`
        select count(*)::int as gaps, percentile_disc(0.5) within group (order by gap) as half, percentile_disc(0.9) within group (order by gap) as lapse
          from (select day - lag(day) over (partition by buyer_id order by day, order_id) as gap
                  from (select distinct on (customer_id, (placed_at at time zone 'Asia/Tokyo')::date) customer_id as buyer_id, id as order_id, (placed_at at time zone 'Asia/Tokyo')::date as day from orders where shop_id = 1 and is_counted and customer_id is not null) d) g where gap > 0`);
      expect(lapsePointOf(gaps)).toEqual(plain === undefined || plain.gaps < 30 ? null : expect.objectContaining({ gapCount: plain.gaps, medianDays: plain.half, lapseDays: plain.lapse, atRiskDays: Math.ceil((plain.lapse ?? 0) * 0.8) }));
    }), { numRuns: 15, seed: 20_261_127 });
  });

  test("each first product with thirty second orders has the clock of its own customers; others have none", async () => {
    const purchases = Array.from({ length: 200 }, (_, at): Purchase[] => {
      const [customer, product, ago] = [at + 1, at % 4 === 0 ? 20 : at % 9 === 0 ? 30 : 10, 100 + (at % 21)];
      const first: Purchase = { customer, ago, products: [product], counts: true };
      return at % 3 === 0 ? [first] : [first, { ...first, ago: ago - (product === 20 ? 5 : 20) - (at % 13), products: [30] }];
    }).flat();
    await fill(purchases);
    const { rows, all, known } = await listClocks({ id: shopId }, { page: 0, today: TODAY });
    expect({ all, known }).toEqual({ all: 3, known: 2 });
    expect(rows.map(({ productId, title, customers }) => [productId, title, customers])).toEqual([["10", "Product 10", livesOf(purchases).filter(({ first }) => first.includes(10)).length], ["20", "Product 20", 50]]);
    for (const { productId, cameLater, clock } of rows) {
      const lives = livesOf(purchases).filter(({ first }) => first.includes(Number(productId)));
      const one = (days: number) => ({ days, orders: 1, customers: 1 });
      const byHand = clockOf({ came: gapsByHand(lives, 2).map(one), waiting: lives.filter(({ agos }) => agos.length === 1).map(({ agos }) => one(agos[0] ?? 0)), followed: lives.map(({ agos }) => one(agos[0] ?? 0)) });
      expect(byHand).toMatchObject(clock ?? {});
      expect(cameLater).toBe(gapsByHand(lives, 2).length);
      // Everybody was watched a hundred days and more, so the half is the median of the gaps.
      expect(clock?.half.day).toBe(gapsByHand(lives, 2).sort((a, b) => a - b)[Math.ceil(gapsByHand(lives, 2).length / 2) - 1]);
    }
  });

  test("an order that bears tomorrow's date waits since today", async () => {
    await fill([{ customer: 1, ago: -1, products: [], counts: true }, { customer: 2, ago: 2, products: [], counts: true }]);
    expect(survivalOf((await readRhythm({ id: shopId }, wishOf("second", null))).waiters).map(({ day, atRisk }) => [day, atRisk])).toEqual([[0, 2], [1, 1], [2, 1]]);
  });
});
