import { expect, test } from "vitest";
import { parseDay, parseMonth } from "../../../values/day.ts";
import type { FinishedSums, MonthMoves } from "../model/books.ts";
import type { Reward } from "../model/programme.ts";
import { defaultProgramme } from "./defaults.ts";
import { estimateBreakage as estimate, MEMBERS_NEEDED, toMoney, toMonthBooks, valueAtEnd, valueOfPoint } from "./liability.ts";

const base = { isOn: true, title: null, cost: 100, minOrderMinor: null, validDays: null, perCustomer: null, total: null, tierIds: [] };
const amount: Reward = { ...base, id: "amount", kind: "amount_off", amountMinor: 500, maxSteps: 10 };
const product: Reward = { ...base, id: "tin", kind: "free_product", cost: 200, productId: "1", variantId: "2", productTitle: "Tin", priceMinor: 1_800 };
const percent: Reward = { ...base, id: "tenth", kind: "percentage", percent: 10 };

test("a point is worth what the dearest reward gives for it", () => {
  expect(valueOfPoint({ rewards: [amount, product] }, { averageOrderMinor: null })).toEqual({ rewardId: "tin", minorPerPoint: 9 });
  expect(valueOfPoint({ rewards: [amount, { ...product, isOn: false }] }, { averageOrderMinor: null })).toEqual({ rewardId: "amount", minorPerPoint: 5 });
});

test("a percentage counts at the usual order, or the least order it takes; what has no price has no value", () => {
  expect(valueOfPoint({ rewards: [percent] }, { averageOrderMinor: 4_000 })).toEqual({ rewardId: "tenth", minorPerPoint: 4 });
  expect(valueOfPoint({ rewards: [{ ...percent, minOrderMinor: 6_000 }] }, { averageOrderMinor: 4_000 })).toMatchObject({ minorPerPoint: 6 });
  expect(valueOfPoint({ rewards: [percent, { ...base, id: "ship", kind: "free_shipping" }] }, { averageOrderMinor: null })).toBeNull();
});

test("money is whole minor units", () => expect(toMoney(333, { rewardId: "a", minorPerPoint: 0.5 })).toBe(167));

const sumsOf = (people: readonly (readonly [x: number, y: number])[]) => {
  const sum = (of: (x: number, y: number) => number) => people.reduce((total, [x, y]) => total + of(x, y), 0);
  return { members: people.length, x: sum((x) => x), y: sum((_, y) => y), xx: sum((x) => x * x), xy: sum((x, y) => x * y), yy: sum((_, y) => y * y) };
};

const [launchedOn, today] = [parseDay("2025-11-20"), parseDay("2026-11-20")];
const estimateBreakage = (sums: FinishedSums) => estimate(sums, { expiry: { kind: "per_grant", months: 12 }, spendableSince: launchedOn, today });

test("until points have had time to end nothing is said, and never where they do not end", () => {
  const sums = sumsOf(Array.from({ length: 40 }, () => [100, 50] as const));
  expect(estimate(sums, { expiry: { kind: "inactivity", months: 12 }, spendableSince: parseDay("2025-11-21"), today })).toEqual({ isKnown: false, why: "young", until: "2026-11-21" });
  expect(estimate(sums, { expiry: { kind: "per_grant", months: 6 }, spendableSince: null, today })).toEqual({ isKnown: false, why: "young", until: null });
  expect(estimate(sums, { expiry: { kind: "never" }, spendableSince: launchedOn, today })).toEqual({ isKnown: false, why: "endless" });
  expect(estimateBreakage(sums).isKnown).toBe(true);
});

test("with few members nothing is said but how many more it takes", () => {
  expect(estimateBreakage(sumsOf([[100, 100]]))).toEqual({ isKnown: false, why: "few", needed: MEMBERS_NEEDED - 1 });
  expect(estimateBreakage(sumsOf([]))).toEqual({ isKnown: false, why: "few", needed: MEMBERS_NEEDED });
});

test("where each member's points end all or not at all, members are the trials, however many points each has", () => {
  const people = Array.from({ length: 40 }, (_, at) => [100, at < 10 ? 100 : 0] as const);
  const answer = estimateBreakage(sumsOf(people));
  expect(answer).toMatchObject({ isKnown: true, share: 0.25 });
  const tenfold = estimateBreakage(sumsOf(people.map(([x, y]) => [x * 10, y * 10] as const)));
  if (!answer.isKnown || !tenfold.isKnown) throw new Error("known");
  expect(tenfold.low).toBeCloseTo(answer.low, 10);
  expect(answer.low).toBeCloseTo(0.140, 2); // Wilson, 10 of 39 or 40
  expect(answer.high).toBeCloseTo(0.404, 2);
});

test("one member with most of the points widens the interval", () => {
  const even = Array.from({ length: 40 }, (_, at) => [100, at % 4 === 0 ? 100 : 0] as const);
  const uneven = [...even, [10_000, 2_500] as const, [10_000, 10_000] as const];
  const [one, other] = [estimateBreakage(sumsOf(even)), estimateBreakage(sumsOf(uneven))];
  if (!one.isKnown || !other.isKnown) throw new Error("known");
  expect(other.high - other.low).toBeGreaterThan(one.high - one.low);
});

test("nothing expired is no certainty that nothing will", () => {
  const answer = estimateBreakage(sumsOf(Array.from({ length: 30 }, () => [50, 0] as const)));
  expect(answer).toMatchObject({ isKnown: true, share: 0, low: 0 });
  expect(answer.isKnown && answer.high).toBeCloseTo(0.1135, 3);
});

test("months follow each other without a gap, each opening where the one before closed", () => {
  const month = (text: string, moves: Partial<MonthMoves>): MonthMoves => ({ month: parseMonth(text), issued: 0, imported: 0, adjusted: 0, spent: 0, expired: 0, takenBack: 0, forgiven: 0, closed: 0, ...moves });
  const books = toMonthBooks([month("2026-01", { issued: 100, spent: -30 }), month("2026-03", { takenBack: -90, forgiven: 20 })], parseMonth("2026-04"), () => null);
  expect(books.map(({ month: name, opening, closing }) => [name, opening, closing])).toEqual([["2026-01", 0, 70], ["2026-02", 70, 70], ["2026-03", 70, 0], ["2026-04", 0, 0]]);
  expect(toMonthBooks([], parseMonth("2026-04"), () => null)).toEqual([]);
});

test("a month is worth what the rules in force at its end say", () => {
  const programme = defaultProgramme({ currency: "USD", averageOrderMinor: null });
  const versions = [{ on: "2026-01-10T00:00:00Z", rewards: [amount] }, { on: "2026-02-28T20:00:00Z", rewards: [product] }].map(({ on, rewards }, at) => ({ version: at + 1, effectiveAt: new Date(on), keptUntil: null, programme: { ...programme, rewards } }));
  const valueIn = (month: string, timeZone = "UTC") => valueAtEnd(parseMonth(month), { versions, timeZone, averageOrderMinor: null })?.rewardId;
  expect([valueIn("2025-12"), valueIn("2026-01"), valueIn("2026-02"), valueIn("2026-02", "Asia/Tokyo")]).toEqual([undefined, "amount", "tin", "amount"]); // in Tokyo it was March
});
