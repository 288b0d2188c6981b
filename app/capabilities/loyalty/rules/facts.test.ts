// Orders of another room as facts of the points: what shipping cost, what is decided once, what a code brings back.
import { expect, test } from "vitest";
import { parseDay, toDate } from "../../../values/day.ts";
import { parseId, type OrderId, type OrderLineId, type ProductId } from "../../../values/ids.ts";
import type { PastOrder } from "../../orders/model.ts";
import type { Programme } from "../model/programme.ts";
import { defaultProgramme } from "./defaults.ts";
import { decidePercents, toOrderFact, toRedemptionFact } from "./facts.ts";

const line = { id: parseId<OrderLineId>(11), quantity: 1, currentQuantity: 1, totalMinor: 900, beforeDiscountsMinor: 1_000, taxMinor: 0, isGiftCard: false, productId: parseId<ProductId>(5), productType: "Tea", tags: ["new"] };
const order: PastOrder = {
  id: parseId<OrderId>(1), placedAt: toDate(parseDay("2026-03-01")), cancelledAt: null, isTest: false, financialStatus: "PAID", totalMinor: 900, revenueMinor: 900, hasTaxIncluded: true,
  shippingMinor: 500, currentShippingMinor: 0, discountMinor: 600, discountCodes: [], lines: [line], refunds: [],
};
const factOf = (changes: Partial<PastOrder> = {}) => toOrderFact({ ...order, ...changes }, { timeZone: "UTC", percents: {} });
const versionOf = (changes: Partial<Programme>) => ({ version: 1, effectiveAt: toDate(parseDay("2026-01-01")), keptUntil: null, programme: { ...defaultProgramme({ currency: "USD", averageOrderMinor: null }), ...changes } });

test("shipping that was taken off was not paid, in whole or in part", () => {
  expect(factOf().shippingMinor).toBe(0);
  expect(factOf({ discountMinor: 300 }).shippingMinor).toBe(300);
  expect(factOf({ discountMinor: 100 }).shippingMinor).toBe(500);
});

test("an order counts once it was paid, also when it was given back since; a test never does", () => {
  expect((["PAID", "PARTIALLY_REFUNDED", "REFUNDED"] as const).map((financialStatus) => factOf({ financialStatus }).wasPaid)).toEqual([true, true, true]);
  expect((["PENDING", "AUTHORIZED", "PARTIALLY_PAID", "VOIDED", "EXPIRED"] as const).some((financialStatus) => factOf({ financialStatus }).wasPaid)).toBe(false);
  expect(factOf({ isTest: true }).wasPaid).toBe(false);
});

test("what a line earns is decided once, by the rules and collections of its day; before there were rules nothing is decided", () => {
  const rules = versionOf({ order: { ...versionOf({}).programme.order, excluded: { productIds: [], collectionIds: ["77"], productTypes: [], tags: [] } } });
  const means = { versions: [rules], known: {}, collectionIdsOf: () => ["77"] };
  expect(decidePercents(order, means)).toEqual({ 11: 0 });
  expect(decidePercents(order, { ...means, collectionIdsOf: () => [] })).toEqual({ 11: 100 });
  expect(decidePercents(order, { ...means, known: { 11: 100 } })).toEqual({});
  expect(decidePercents({ ...order, placedAt: toDate(parseDay("2025-12-31")) }, means)).toEqual({});
});

test("points of a used code come back with the order's last refund, where the rules say so, and not while anything of it stands", () => {
  const used = { id: "a", points: 100, on: parseDay("2026-03-01"), returnedOn: null, version: 1, usedOrderId: order.id };
  const refunds = [{ refundedAt: toDate(parseDay("2026-03-04")), amountMinor: 900 }];
  const returned = (changes: Partial<PastOrder>, rules: Partial<Programme> = {}) => toRedemptionFact(used, { orders: [factOf(changes)], versions: [versionOf(rules)] }).returnedOn;
  expect(returned({ revenueMinor: 0, refunds })).toBe("2026-03-04");
  expect(returned({ revenueMinor: 1, refunds })).toBe(null);
  expect(returned({ revenueMinor: 0, refunds }, { returnsOnRefund: false })).toBe(null);
});
