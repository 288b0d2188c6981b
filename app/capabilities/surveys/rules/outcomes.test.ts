// Rows of what people did next: weighed, with an interval, or with how many more it takes.
import { expect, test } from "vitest";
import { ANSWERED, SILENT, type StratumSums } from "../model/results.ts";
import { outcomesOf } from "./outcomes.ts";

/** `people` of one kind, of whom so many spent 100 each. */
const sums = (key: string, stratum: number, { people = 0, buyers = 0, waiting = 0 }): StratumSums => ({
  key, stratum, days: 30, waiting, people, repurchased: buyers, revenue: buyers * 100, revenueSquares: buyers * 100 ** 2, revenueCubes: buyers * 100 ** 3,
});
const firstOf = (key: string, rows: StratumSums[], keys: string[] = ["yes", "no"]) => outcomesOf(keys, rows).find((row) => row.key === key)?.outcomes[0];

test("each kind counts as it was asked: those who rarely answer weigh more", () => {
  const rows = [
    sums("yes", 1, { people: 60, buyers: 48 }), sums(ANSWERED, 1, { people: 60, buyers: 48 }), sums(SILENT, 1, { people: 40 }),
    sums("yes", 3, { people: 20, buyers: 4 }), sums(ANSWERED, 3, { people: 20, buyers: 4 }), sums(SILENT, 3, { people: 80 }),
  ];
  const yes = firstOf("yes", rows);
  expect(yes).toMatchObject({ people: 80, repurchased: 52, share: { isKnown: true, value: expect.closeTo(0.5, 12) }, revenue: { isKnown: true, value: expect.closeTo(50, 9) } }); // 100 asked of either: the mean of 80 % and 20 %, not 65 %
  expect(yes?.effective).toBeCloseTo(60, 9); // 60 at 2/3 and 20 at 2: 80² over 26.67 + 80, by Kish
  if (yes?.share.isKnown) expect([yes.share.low < 0.5, yes.share.high > 0.5]).toEqual([true, true]);
});

test("below thirty no number is given, but how many more it takes; those whose days run are counted as coming", () => {
  const few = [sums("yes", 1, { people: 10, buyers: 5 }), sums(ANSWERED, 1, { people: 10, buyers: 5 })];
  expect(firstOf("yes", few)?.share).toEqual({ isKnown: false, needed: 20, waiting: 0 });
  const coming = [sums("yes", 1, { people: 10, buyers: 5, waiting: 25 }), sums(ANSWERED, 1, { people: 10, buyers: 5, waiting: 25 })];
  expect(firstOf("yes", coming)?.share).toEqual({ isKnown: false, needed: 0, waiting: 25 });
  expect(firstOf("no", few)?.share).toEqual({ isKnown: false, needed: 30, waiting: 0 });
});

test("revenue waits for ten buyers: how many more people that may take is said by the share that buys, also where nobody did", () => {
  const rows = (buyers: number) => [sums("yes", 1, { people: 96, buyers }), sums(ANSWERED, 1, { people: 96, buyers })];
  expect(firstOf("yes", rows(3))).toMatchObject({ share: { isKnown: true }, revenue: { isKnown: false, needed: 104 } }); // (3 + 2) / 100 buy: 200 for ten of them
  expect(firstOf("yes", rows(0))?.revenue).toEqual({ isKnown: false, needed: 404, waiting: 0 });
  expect(firstOf("yes", rows(10))?.revenue).toMatchObject({ isKnown: true, low: expect.any(Number) });
});

test("all answers have a row where there are several, those who gave none always do", () => {
  expect(outcomesOf(["yes", "no"], []).map(({ key }) => key)).toEqual(["yes", "no", ANSWERED, SILENT]);
  expect(outcomesOf(["wrote"], []).map(({ key, customers }) => [key, customers])).toEqual([["wrote", 0], [SILENT, 0]]);
});
