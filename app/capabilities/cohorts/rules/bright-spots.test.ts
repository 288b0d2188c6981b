import { expect, test } from "vitest";
import { brightSpotsOf, type GroupSums, type SpotSums } from "./bright-spots.ts";

const TOTALS = { loyal: { customers: 200, compared: 200 }, others: { customers: 1_000, compared: 1_000 } };
const spot = (productId: string, loyal: GroupSums, others: GroupSums): SpotSums => ({ productId, title: null, loyal, others });
const yes = (buyers: number): GroupSums => ({ buyers, shares: buyers, squares: buyers }); // everybody has one order

test("one order of the loyal is held against one of the others: half of them bought it, in a tenth of their orders, and that is no bright spot", () => {
  // 100 of 200 loyal customers, each in one of five orders; 100 of 1,000 others, each in their only one
  const [found] = brightSpotsOf([spot("1", { buyers: 100, shares: 20, squares: 4 }, yes(100))], TOTALS);
  expect(found).toMatchObject({ loyalShare: 0.1, othersShare: 0.1, verdict: "chance" });
  expect(found?.ratio?.value).toBeCloseTo(1, 12);
});

test("with one order each it is the ratio of two shares", () => {
  const [found] = brightSpotsOf([spot("1", yes(60), yes(150))], TOTALS);
  expect(found).toMatchObject({ loyalShare: 0.3, othersShare: 0.15, verdict: "higher" });
  expect(found?.ratio?.value).toBeCloseTo(2, 12);
  expect(found?.ratio?.low).toBeCloseTo(1.55, 1); // Wilson's limits 0.2407, 0.3668 of 60 of 200 and 0.1292, 0.1735 of 150 of 1,000
});

test("many orders of one customer make a share surer, never less sure than one person", () => {
  const spread = brightSpotsOf([spot("1", { buyers: 120, shares: 60, squares: 32 }, yes(150))], TOTALS)[0];
  const plain = brightSpotsOf([spot("1", yes(60), yes(150))], TOTALS)[0];
  expect(spread?.ratio?.low ?? 0).toBeGreaterThan(plain?.ratio?.low ?? Infinity);
});

test("the surest stands first, and a find of three people last", () => {
  const found = brightSpotsOf([spot("rare", yes(3), yes(0)), spot("usual", yes(40), yes(200)), spot("bright", yes(80), yes(100)), spot("dull", yes(5), yes(300))], TOTALS);
  expect(found.map(({ productId, verdict }) => [productId, verdict])).toEqual([["bright", "higher"], ["usual", "chance"], ["dull", "lower"], ["rare", "few"]]);
});

test("without loyal customers there is nothing to say", () => {
  expect(brightSpotsOf([spot("1", yes(0), yes(50))], { loyal: { customers: 0, compared: 0 }, others: TOTALS.others })).toMatchObject([{ ratio: null, loyalShare: 0, verdict: "chance" }]);
});
