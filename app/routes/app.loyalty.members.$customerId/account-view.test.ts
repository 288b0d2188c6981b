import { expect, test } from "vitest";
import type { AccountBook } from "../../capabilities/loyalty/model/books.ts";
import type { Redemption } from "../../capabilities/loyalty/model/redemption.ts";
import { defaultProgramme } from "../../capabilities/loyalty/rules/defaults.ts";
import { NEVER } from "../../capabilities/loyalty/rules/history.ts";
import { parseDay } from "../../values/day.ts";
import { parseId, type CustomerId } from "../../values/ids.ts";
import { progressOf, toAccountView } from "./account-view.ts";

const programme = defaultProgramme({ currency: "USD", averageOrderMinor: 10_000 });
const [reward] = programme.rewards;
if (reward === undefined) throw new Error("no reward");

const redemption: Redemption = {
  id: "1", customerId: parseId<CustomerId>(1), rewardId: "card", reward: { ...reward, kind: "gift_card", amountMinor: 500, maxSteps: 1 }, version: 1, steps: 1, points: 100, state: "issued", code: "ABCDEFGH2345", shopifyId: null,
  heldAt: new Date(0), issuedAt: null, endsAt: null, usedOrderId: null, refusal: null,
};
const lot = (points: number, availableOn: string) => ({ key: `order:${points}`, remaining: points, availableOn: parseDay(availableOn), expiresOn: null });
const book: AccountBook = {
  balance: 5, pending: 60, waiting: 7, joinedOn: null, birthday: null, tierId: null, tierSince: null, tierValue: 0, nextTierEntry: null, lots: [], pendingLots: [lot(10, "2026-12-01"), lot(20, "2026-12-01"), lot(30, "2026-12-03"), lot(7, NEVER)], periods: [],
  redemptions: [redemption, { ...redemption, reward: { ...reward, kind: "free_shipping" } }], entries: [], next: null,
};

test("a gift card's code never reaches the page whole; others do", () => {
  expect(toAccountView(book).redemptions.map(({ code }) => code)).toEqual(["•••• 2345", "ABCDEFGH2345"]);
});

test("what comes is added up by its day, and what waits for nobody knows what is no day", () => {
  expect(toAccountView(book).pendingDays).toEqual([{ on: "2026-12-01", points: 30 }, { on: "2026-12-03", points: 30 }]);
});

test("progress leads to the tier above, and ends with the highest", () => {
  const [silver, gold] = programme.tiers?.levels ?? [];
  if (silver === undefined || gold === undefined) throw new Error("two tiers");
  expect(progressOf(programme.tiers, { tierId: null, tierValue: silver.entry / 4, nextTierEntry: null })).toEqual({ next: { id: "silver", entry: silver.entry, percent: 25, missing: silver.entry * 0.75 } });
  expect(progressOf(programme.tiers, { tierId: "silver", tierValue: -5, nextTierEntry: null })).toMatchObject({ next: { id: "gold", percent: 0 } });
  expect(progressOf(programme.tiers, { tierId: "gold", tierValue: gold.entry, nextTierEntry: null })).toEqual({ next: null });
  expect(progressOf(programme.tiers, { tierId: "silver", tierValue: 0, nextTierEntry: 2 * gold.entry })).toMatchObject({ next: { id: "gold", missing: 2 * gold.entry } }); // they had it before
  expect(progressOf(null, { tierId: null, tierValue: 0, nextTierEntry: null })).toEqual({ next: null });
  expect(progressOf(programme.tiers, { tierId: null, tierValue: Math.round(silver.entry * 0.36615), nextTierEntry: null }).next?.percent).toBe(36);
});
