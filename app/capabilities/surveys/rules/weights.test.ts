// Each kind of customer counts as it was asked.
import { expect, test } from "vitest";
import { stratumOf, weighStrata } from "./weights.ts";

test("who answers half as often as they were asked weighs twice as much", () => {
  const weights = weighStrata([{ stratum: 1, asked: 100, people: 20 }, { stratum: 2, asked: 100, people: 10 }]);
  expect(weights.get(1)).toBeCloseTo(0.75, 12); // 5 asked for each answer, where the mean is 200 / 30
  expect(weights.get(2)).toBeCloseTo(1.5, 12);
});

test("weights add up to the people they are of", () => {
  const cells = [{ stratum: 0, asked: 40, people: 9 }, { stratum: 3, asked: 300, people: 31 }, { stratum: 7, asked: 60, people: 30 }];
  const weights = weighStrata(cells);
  expect(cells.reduce((sum, { stratum, people }) => sum + people * (weights.get(stratum) ?? 0), 0)).toBeCloseTo(70, 9);
});

test("kinds with fewer than five people are joined with the next, the last with the one before", () => {
  const weights = weighStrata([{ stratum: 4, asked: 10, people: 1 }, { stratum: 1, asked: 50, people: 4 }, { stratum: 2, asked: 50, people: 6 }, { stratum: 3, asked: 90, people: 9 }]);
  expect(weights.get(1)).toBeCloseTo(10 / 10, 12); // 100 over 10 with the second, the mean being 200 / 20
  expect(weights.get(2)).toBe(weights.get(1));
  expect(weights.get(3)).toBeCloseTo(1, 12);
  expect(weights.get(4)).toBe(weights.get(3));
});

test("nobody speaks for more than five; where nobody is, nothing weighs", () => {
  expect(weighStrata([{ stratum: 1, asked: 9_000, people: 5 }, { stratum: 2, asked: 100, people: 95 }]).get(1)).toBe(5);
  expect([...weighStrata([{ stratum: 1, asked: 10, people: 0 }]).values()]).toEqual([0]);
  expect(weighStrata([]).size).toBe(0);
});

test("kinds stand in a row in which neighbours differ in orders or in recency, never in both", () => {
  const kinds = [1, 2, 3].flatMap((orders) => [0, 1, 2].map((recency) => ({ orders, recency }))).toSorted((one, other) => stratumOf(one) - stratumOf(other));
  expect(kinds.map(stratumOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(kinds[0]).toEqual({ orders: 1, recency: 2 });
  for (const [index, { orders, recency }] of kinds.slice(1).entries()) expect(Math.abs(orders - (kinds[index]?.orders ?? 0)) + Math.abs(recency - (kinds[index]?.recency ?? 0))).toBe(1);
  expect(stratumOf({ orders: 0, recency: 2 })).toBe(0);
});
