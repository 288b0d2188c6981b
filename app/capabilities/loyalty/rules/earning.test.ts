// What orders bring, worked out by hand.
import { describe, expect, test } from "vitest";
import { parseDay, toDate } from "../../../values/day.ts";
import { parseId, type OrderId, type OrderLineId } from "../../../values/ids.ts";
import type { LineFact, OrderFact } from "../model/facts.ts";
import { matches, percentOf, pointsOf, stack, windowsOn, type OrderRule, type ProductFacts } from "./earning.ts";

const day = parseDay("2026-03-01");
const rule: OrderRule = { isOn: true, points: 1, perMinor: 100, includesTax: true, includesShipping: false, isBeforeDiscounts: false, only: null, excluded: null, rates: [] };
const aLine = (line: Partial<LineFact> = {}): LineFact => ({ id: parseId<OrderLineId>(1n), productId: null, quantity: 1, currentQuantity: 1, totalMinor: 5_000, beforeDiscountsMinor: 6_000, taxMinor: 500, percent: 100, ...line });
const anOrder = (order: Partial<OrderFact> = {}): OrderFact => {
  const lines = order.lines ?? [aLine()];
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor + line.taxMinor, 0) + 700;
  return { id: parseId<OrderId>(1n), placedAt: toDate(day), placedOn: day, wasPaid: true, cancelledOn: null, totalMinor, revenueMinor: totalMinor, hasTaxIncluded: false, shippingMinor: 700, currentShippingMinor: 700, refunds: [], ...order, lines };
};

describe("an order brings", () => {
  test.each<[string, Partial<OrderRule>, Partial<OrderFact>, number]>([
    ["a point for each unit, with its tax", {}, {}, 55],
    ["without tax", { includesTax: false }, {}, 50],
    ["without a tax that is in the price", { includesTax: false }, { hasTaxIncluded: true }, 45],
    ["with shipping", { includesShipping: true }, {}, 62],
    ["of what it cost before discounts", { isBeforeDiscounts: true }, {}, 65],
    ["nothing while orders earn nothing", { isOn: false }, {}, 0],
    ["nothing if it was never paid", {}, { wasPaid: false }, 0],
    ["three points for each two units", { points: 3, perMinor: 200 }, {}, 82],
  ])("%s", (_, change, order, points) => expect(pointsOf(anOrder(order), { ...rule, ...change }, 100).points).toBe(points));

  test("its lines' parts, which add up, what is excluded beside what is not", () => {
    const lines = [aLine({ id: parseId<OrderLineId>(1n), totalMinor: 333, taxMinor: 0 }), aLine({ id: parseId<OrderLineId>(2n), totalMinor: 333, taxMinor: 0 }), aLine({ id: parseId<OrderLineId>(3n), totalMinor: 900, taxMinor: 0, percent: 0 })];
    const { points, lines: parts } = pointsOf(anOrder({ lines }), rule, 150);
    expect(points).toBe(9); // 6.66 × 1.5, rounded down once
    expect(parts.map((part) => part.points)).toEqual([5, 4, 0]);
  });
});

describe("what is left of it deserves", () => {
  const lines = [aLine({ quantity: 2, currentQuantity: 2, totalMinor: 4_000, taxMinor: 0 }), aLine({ id: parseId<OrderLineId>(2n), totalMinor: 1_000, taxMinor: 0 })];
  const after = (change: Partial<OrderFact>) => pointsOf(anOrder({ lines, ...change }), rule, 100).deserved;
  const oneBack = [aLine({ quantity: 2, currentQuantity: 1, totalMinor: 4_000, taxMinor: 0 }), aLine({ id: parseId<OrderLineId>(2n), totalMinor: 1_000, taxMinor: 0 })];
  test.each<[string, Partial<OrderFact>, number]>([
    ["all, as long as nothing went back", {}, 50],
    ["the lines that stayed", { lines: oneBack, revenueMinor: 3_700 }, 30],
    ["less for an amount given back beyond lines", { revenueMinor: 4_700 }, 40],
    ["all when only shipping went back", { revenueMinor: 5_000, currentShippingMinor: 0 }, 50],
    ["all beside a line of nothing", { lines: [...lines, aLine({ id: parseId<OrderLineId>(3n), quantity: 0, currentQuantity: 0, totalMinor: 0, beforeDiscountsMinor: 0, taxMinor: 0 })] }, 50],
    ["nothing once cancelled", { cancelledOn: day, revenueMinor: 0 }, 0],
    ["nothing once all money is back", { revenueMinor: 0 }, 0],
    ["all though taxes of lines were rounded", { revenueMinor: 5_698 }, 50],
  ])("%s", (_, change, points) => expect(after(change)).toBe(points));
});

describe("a product earns", () => {
  const tea: ProductFacts = { productId: "1", collectionIds: ["7"], productType: "Tea", tags: ["Organic"], isGiftCard: false };
  const none = { productIds: [], collectionIds: [], productTypes: [], tags: [] };
  test.each<[string, Partial<OrderRule>, Partial<ProductFacts>, number]>([
    ["the usual rate", {}, {}, 100],
    ["nothing as a gift card", {}, { isGiftCard: true }, 0],
    ["nothing when excluded by its tag, in any letters", { excluded: { ...none, tags: ["organic"] } }, {}, 0],
    ["nothing outside what alone earns", { only: { ...none, productTypes: ["Coffee"] } }, {}, 0],
    ["the usual rate inside it", { only: { ...none, collectionIds: ["7"] } }, {}, 100],
    ["the first rate that names it", { rates: [{ id: "a", title: "A", filter: { ...none, productIds: ["2"] }, percent: 500 }, { id: "b", title: "B", filter: { ...none, productIds: ["1"] }, percent: 200 }, { id: "c", title: "C", filter: { ...none, tags: ["organic"] }, percent: 300 }] }, {}, 200],
  ])("%s", (_, change, product, percent) => expect(percentOf({ ...tea, ...product }, { ...rule, ...change })).toBe(percent));
  test("and what names nothing matches nothing", () => expect(matches(tea, none)).toBe(false));
});

test("multipliers stack as the programme says", () => {
  expect([stack([150, 200], "added"), stack([150, 200], "multiplied"), stack([150, 200], "highest"), stack([], "multiplied")]).toEqual([250, 300, 200, 100]);
  const window = { id: "spring", title: "Spring", from: parseDay("2026-03-01"), to: parseDay("2026-03-02"), percent: 200 };
  expect(["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03"].map((on) => windowsOn([window], parseDay(on)).length)).toEqual([0, 1, 1, 0]);
});
