// Products that make regulars: what pages and reports read equals a count by hand over random histories.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rebuildShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { findMeasuredAt, followCustomers, listReplenishment, measureProducts, readBrightSpots, readFirstProducts, readFlows } from "../../app/capabilities/cohorts/cohorts.server.ts";
import { db } from "../../app/platform/db.server.ts";
import { addDays, dayAt, parseDay, type Day } from "../../app/values/day.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const shopId = parseId<ShopId>(1n);
const TODAY = dayAt(new Date(), "Asia/Tokyo");
const DAYS = 900;
const START = addDays(TODAY, -DAYS);
// 10: a bag of 250 g and one of a kilogram; 20: one at a time and six; 30: nothing can be read; 40: no longer sold
const VARIANTS = [{ product: 10, id: 11, title: "250 g", pack: 1 }, { product: 10, id: 12, title: "1 kg", pack: 4 }, { product: 20, id: 21, title: "Single", pack: 1 }, { product: 20, id: 22, title: "6本セット", pack: 6 }, { product: 30, id: 31, title: "Red", pack: 1 }, { product: 30, id: 32, title: "Blue", pack: 1 }];
const GONE = { product: 40, id: 41, title: "", pack: 1 };

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  await db().shop.create({ data: { id: shopId, domain: "makers.myshopify.com", name: "Makers", currency: "USD", timeZone: "Asia/Tokyo", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  for (const id of [10, 20, 30]) await db().product.create({ data: { shopId, id, title: `Product ${id}`, productType: "", vendor: "", status: "ACTIVE", tags: [], createdAt: new Date(), updatedAt: new Date() } });
  await db().variant.createMany({ data: VARIANTS.map(({ product, id, title }) => ({ shopId, productId: product, id, title, priceMinor: 1_000 })) });
});
afterAll(() => close());

type Line = { variant: number; quantity: number; kept: number };
/** buyer 0: a guest */
type Fate = { buyer: number; day: number; hour: number; revenueMinor: number; counts: boolean; lines: Line[] };
const line: fc.Arbitrary<Line> = fc.record({ variant: fc.constantFrom(11, 12, 21, 22, 31, 32, 41), quantity: fc.integer({ min: 1, max: 3 }), kept: fc.integer({ min: 0, max: 3 }) }).map((made) => ({ ...made, kept: Math.min(made.kept, made.quantity) }));
const fate: fc.Arbitrary<Fate> = fc.record({ buyer: fc.integer({ min: 0, max: 40 }).map((buyer) => (buyer > 25 ? buyer % 6 : buyer)), day: fc.nat(DAYS), hour: fc.nat(23), revenueMinor: fc.integer({ min: 0, max: 9_999 }), counts: fc.integer({ min: 0, max: 9 }).map((luck) => luck > 0), lines: fc.array(line, { minLength: 1, maxLength: 3 }) });
const dayOf = (order: Pick<Fate, "day">): Day => addDays(START, order.day);
const variantOf = (id: number) => [...VARIANTS, GONE].find((variant) => variant.id === id) ?? GONE;
const productsOf = (order: Fate): number[] => [...new Set(order.lines.map(({ variant }) => variantOf(variant).product))];

async function tell(orders: readonly Fate[]): Promise<void> {
  await db().order.deleteMany({ where: { shopId } });
  await db().orderLine.deleteMany({ where: { shopId } });
  const rows = orders.map((order, at) => ({ order, id: BigInt(at + 1), placedAt: new Date(`${dayOf(order)}T${String(order.hour).padStart(2, "0")}:00:00+09:00`) }));
  await db().order.createMany({ data: rows.map(({ order, id, placedAt }) => ({
    shopId, id, name: "#", customerId: order.buyer === 0 ? null : BigInt(order.buyer), buyerId: order.buyer === 0 ? -id : BigInt(order.buyer), placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted: order.counts, currency: "USD", hasTaxIncluded: true,
    totalMinor: order.revenueMinor, revenueMinor: order.revenueMinor, discountMinor: 0, refundedMinor: 0, discountCodes: [], sourceName: "web", countryCode: null,
  })) });
  await db().orderLine.createMany({ data: rows.flatMap(({ order, id }) => order.lines.map(({ variant, quantity, kept }, at) => ({ shopId, orderId: id, id: at, productId: variantOf(variant).product, variantId: variant, title: "", quantity, currentQuantity: kept, totalMinor: 0 }))) });
  await rebuildShop(shopId);
  await followCustomers(shopId, null);
  await measureProducts(shopId);
}

/** Customers' counted orders, oldest first; of two of one hour the earlier told. */
const livesOf = (orders: readonly Fate[]): Fate[][] =>
  [...Map.groupBy(orders.map((order, at) => ({ order, at })).filter(({ order }) => order.counts && order.buyer > 0), ({ order }) => order.buyer).values()].map((own) => own.sort((a, b) => a.order.day - b.order.day || a.order.hour - b.order.hour || a.at - b.at).map(({ order }) => order));

function firstByHand(lives: Fate[][], product: number) {
  const own = lives.filter(([first]) => first && productsOf(first).includes(product));
  const grown = own.filter(([first]) => {
    if (!first) return false;
    const next = new Date(`${dayOf(first).slice(0, 7)}-01T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1, 0); // the month's last day
    return addDays(parseDay(next.toISOString().slice(0, 10)), 365) < TODAY;
  });
  const minor = grown.flatMap((life) => life.filter((order) => order.day - (life[0]?.day ?? 0) <= 365)).reduce((sum, { revenueMinor }) => sum + revenueMinor, 0);
  return { customers: own.length, repeaters: own.filter((life) => life.length > 1).length, year: grown.length === 0 ? null : { customers: grown.length, minorPerCustomer: minor / grown.length } };
}

function nextByHand(lives: Fate[][], product: number) {
  const again = lives.filter(([first, second]) => first && second);
  const own = again.filter(([first]) => first && productsOf(first).includes(product));
  const then = (people: Fate[][], next: number) => people.filter(([, second]) => second && productsOf(second).includes(next)).length;
  return [10, 20, 30, 40].flatMap((next) => (then(own, next) === 0 ? [] : [{ next: String(next), customers: then(own, next), lift: then(own, next) / own.length / (then(again, next) / again.length) }]));
}

const PLACES = 9;
const quantile = (sorted: number[], share: number): number => {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return low + (high - low) * (at - Math.floor(at));
};

/** `units`: of a line; null: not bought. */
function lastingByHand(lives: Fate[][], units: (line: Line) => number | null) {
  const gaps: { days: number; units: number }[] = [];
  let [buyers, returners] = [0, 0];
  for (const life of lives) {
    const days = new Map<number, number>();
    for (const order of life) for (const each of order.lines) if (units(each) !== null && each.kept > 0) days.set(order.day, (days.get(order.day) ?? 0) + (units(each) ?? 0));
    const bought = [...days].sort(([a], [b]) => a - b);
    if (bought.length > 0) buyers += 1;
    if (bought.length > 1) returners += 1;
    bought.slice(1).forEach(([day], at) => gaps.push({ days: day - (bought[at]?.[0] ?? 0), units: bought[at]?.[1] ?? 0 }));
  }
  const paces = gaps.map((gap) => gap.days / gap.units).sort((a, b) => a - b);
  const after = (count: number) => {
    const days = gaps.filter((gap) => gap.units === count).map((gap) => gap.days).sort((a, b) => a - b);
    return { gaps: days.length, days: days.length < 10 ? null : quantile(days, 0.5) };
  };
  return { buyers, returners, gaps: gaps.length, p: [0.25, 0.5, 0.75, 0.9].map((share) => (gaps.length < (share === 0.9 ? 30 : 10) ? null : quantile(paces, share))), afterOne: after(1), afterTwo: after(2) };
}

describe("products that make regulars", () => {
  test("first products, what follows them, bright spots and replenishment equal a count by hand", async () => {
    let told = 0;
    await fc.assert(fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 400, size: "max" }), async (orders) => {
      await tell(orders);
      const lives = livesOf(orders);
      const known = [10, 20, 30, 40].filter((product) => firstByHand(lives, product).customers > 0);
      const found = await readFirstProducts({ id: shopId }, TODAY);
      expect(new Map(found.map(({ productId, customers, repeaters, year }) => [productId, { customers, repeaters, year }]))).toEqual(new Map(known.map((product) => [String(product), firstByHand(lives, product)])));
      const flows = await readFlows(shopId, null);
      for (const product of known) {
        const next = (flows.get(String(product))?.next ?? []).map(({ productId, customers, lift }) => ({ next: productId, customers, lift: expect.closeTo(lift, PLACES) }));
        expect(nextByHand(lives, product)).toEqual(next.sort((a, b) => a.next.localeCompare(b.next)));
      }
      await expectSpots(lives);
      for (const { product, id, pack } of [...VARIANTS, GONE]) {
        const row = (await listReplenishment(shopId, { of: "product", productId: String(product) })).find(({ variantId }) => variantId === String(id));
        const byHand = lastingByHand(lives, ({ variant, kept }) => (variant === id ? kept : null));
        expectLasting(row, byHand, pack);
        told += byHand.p[3] === null ? 0 : 1;
      }
      for (const product of [10, 20, 30]) {
        const [row] = await listReplenishment(shopId, { of: "product", productId: String(product) });
        expectLasting(row, lastingByHand(lives, ({ variant, kept }) => (variantOf(variant).product === product ? kept * variantOf(variant).pack : null)), 1);
      }
    }), { numRuns: 12, seed: 20_261_128 });
    expect(told).toBeGreaterThan(5); // or no quantile would have been compared
  });

  async function expectSpots(lives: Fate[][]): Promise<void> {
    const { spots, totals } = await readBrightSpots(shopId);
    const isCompared = (order: Fate) => addDays(dayOf(order), 365) > TODAY;
    const groups = { loyal: lives.filter((life) => life.length >= 3), others: lives.filter((life) => life.length < 3) };
    for (const group of ["loyal", "others"] as const) expect(totals[group]).toEqual({ customers: groups[group].length, compared: groups[group].filter((life) => life.some(isCompared)).length });
    for (const product of [10, 20, 30, 40]) {
      const sums = (people: Fate[][]) => {
        const shares = people.flatMap((life) => (life.some(isCompared) ? [life.filter((order) => isCompared(order) && productsOf(order).includes(product)).length / life.filter(isCompared).length] : []));
        return { buyers: people.filter((life) => life.some((order) => productsOf(order).includes(product))).length, shares: shares.reduce((sum, share) => sum + share, 0), squares: shares.reduce((sum, share) => sum + share ** 2, 0) };
      };
      const spot = spots.find(({ productId }) => productId === String(product));
      for (const group of ["loyal", "others"] as const) {
        const { buyers, shares, squares } = sums(groups[group]);
        expect(spot?.[group] ?? { buyers: 0, shares: 0, squares: 0 }).toEqual({ buyers, shares: expect.closeTo(shares, PLACES), squares: expect.closeTo(squares, PLACES) });
      }
    }
  }

  function expectLasting(row: Awaited<ReturnType<typeof listReplenishment>>[number] | undefined, byHand: ReturnType<typeof lastingByHand>, pack: number): void {
    if (byHand.buyers === 0) return expect(row).toBeUndefined();
    const near = (days: number | null) => (days === null ? null : expect.closeTo(days, PLACES));
    expect(row).toMatchObject({ pack, buyers: byHand.buyers, returners: byHand.returners, gaps: byHand.gaps, afterOne: { gaps: byHand.afterOne.gaps, days: near(byHand.afterOne.days) }, afterTwo: { gaps: byHand.afterTwo.gaps, days: near(byHand.afterTwo.days) } });
    expect([row?.p25, row?.p50, row?.p75, row?.p90]).toEqual(byHand.p.map(near));
  }

  test("products are found by part of their title, page by page, and the day's count says when it was", async () => {
    const day = { hour: 9, revenueMinor: 100, counts: true };
    await tell([1, 2].flatMap((buyer) => [10, 40, 70].map((at) => ({ ...day, buyer, day: at * buyer, lines: [{ variant: 11, quantity: 1, kept: 1 }, ...(buyer === 1 ? [{ variant: 31, quantity: 1, kept: 1 }] : [])] }))));
    const list = async (like: string, offset = 0) => (await listReplenishment(shopId, { of: "products", like, limit: 1, offset })).map(({ productId, gaps }) => [productId, gaps]);
    expect([await list(""), await list("", 1), await list("duct 3"), await list("%")]).toEqual([[["10", 4]], [["30", 2]], [["30", 2]], []]);
    expect(dayAt(await findMeasuredAt(shopId) ?? new Date(0), "Asia/Tokyo")).toBe(TODAY);
  });
});
