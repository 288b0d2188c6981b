import { expect, test } from "vitest";
import type { Stratum } from "../model/comparison.ts";
import { compareStrata, PEOPLE_NEEDED } from "./comparison.ts";

const row = (isMember: boolean, stratum: string, people: number, again: number, revenueEach = 0): Stratum => ({ isMember, stratum, people, again, revenueMinor: again * revenueEach, revenueSquares: again * revenueEach ** 2 });

test("others count as members do, so that a keener crowd is compared with a keener crowd", () => {
  const answer = compareStrata([row(true, "new", 100, 20), row(false, "new", 900, 180), row(true, "loyal", 300, 240), row(false, "loyal", 100, 80)]);
  if (!answer.isKnown) throw new Error("known");
  expect(answer.members.share).toBeCloseTo(0.65, 10);
  expect(answer.others.share).toBeCloseTo(0.65, 10); // 260 of 1,000 without weights
  expect(answer.share.value).toBeCloseTo(0, 10);
  expect(answer.share.low).toBeLessThan(0);
  expect(answer.share.high).toBeGreaterThan(0);
});

test("a difference has a range by hand: 60 and 50 of 100", () => {
  const answer = compareStrata([row(true, "a", 100, 60, 1_000), row(false, "a", 100, 50, 1_000)]);
  if (!answer.isKnown) throw new Error("known");
  expect(answer.share.value).toBeCloseTo(0.1, 10);
  expect(answer.share.high - answer.share.value).toBeCloseTo(1.96 * Math.sqrt(0.24 / 100 + 0.25 / 100), 3);
  expect(answer.revenue.value).toBeCloseTo(100, 8);
  expect(answer.revenue.high - answer.revenue.value).toBeCloseTo(1.96 * Math.sqrt((240_000 + 250_000) / 100), 1);
});

test("members nobody is like are left out, and said to be", () => {
  const answer = compareStrata([row(true, "a", 100, 60), row(false, "a", 100, 50), row(true, "alone", 7, 7)]);
  expect(answer).toMatchObject({ isKnown: true, leftOut: 7, members: { people: 100 } });
});

test("too few on either side is no answer", () => {
  expect(compareStrata([])).toEqual({ isKnown: false, needed: PEOPLE_NEEDED });
  expect(compareStrata([row(true, "a", 20, 5), row(false, "a", 900, 5)])).toEqual({ isKnown: false, needed: 30 });
  expect(compareStrata([row(true, "a", 900, 5), row(false, "a", 10, 5)])).toEqual({ isKnown: false, needed: 40 });
});
