import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recencyChance, startRecency, type RecencyFit, type RecencyOutcome } from "./recency.ts";

function fitRecency(outcomes: readonly RecencyOutcome[]): RecencyFit {
  const recency = startRecency();
  for (const outcome of outcomes) recency.add(outcome);
  return recency.finish();
}

/** So many customers away for so many days, of whom so many ordered. */
const away = (daysSinceLast: number, customerCount: number, orderedCount: number): RecencyOutcome[] =>
  Array.from({ length: customerCount }, (_, index) => ({ daysSinceLast, hasOrdered: index < orderedCount }));

describe("the share of those away as long who came back", () => {
  test("in tenths of customers, from the shortest absence on", () => {
    const fit = fitRecency(Array.from({ length: 10 }, (_, index) => away(index * 10, 100, 90 - index * 9)).flat());
    expect(fit.map(({ fromDays, chance }) => [fromDays, chance])).toEqual([[0, 0.9], [10, 0.81], [20, 0.72], [30, 0.63], [40, 0.54], [50, 0.45], [60, 0.36], [70, 0.27], [80, 0.18], [90, 0.09]]);
    expect(recencyChance(fit, 40)).toBe(0.54);
    expect(recencyChance(fit, 41)).toBe(0.45);
    expect(recencyChance(fit, 9_999)).toBe(0.09);
  });

  test("where a longer absence looks better, the two become one group", () => {
    const fit = fitRecency([...away(5, 10, 6), ...away(20, 10, 2), ...away(60, 20, 10), ...away(90, 10, 1)]);
    expect(fit.map(({ fromDays, toDays, customerCount, orderedCount }) => [fromDays, toDays, customerCount, orderedCount])).toEqual([[5, 5, 10, 6], [20, 60, 30, 12], [90, 90, 10, 1]]);
  });

  test("nobody: nothing to say", () => {
    expect(fitRecency([])).toEqual([]);
    expect(recencyChance([], 10)).toBeNull();
  });

  test("absences are whole days", () => expect(() => fitRecency([{ daysSinceLast: 1.5, hasOrdered: true }])).toThrow("whole days"));
});

test("customers stay as many, chances fall, and no others for the same groups come closer", () => {
  const outcomes = fc.array(fc.record({ daysSinceLast: fc.nat(300), hasOrdered: fc.boolean() }), { minLength: 1, maxLength: 120 });
  fc.assert(fc.property(outcomes, fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 10, maxLength: 10 }), (past, moves) => {
    const fit = fitRecency(past);
    expect(fit.length).toBeLessThanOrEqual(10);
    expect(fit.reduce((sum, { customerCount }) => sum + customerCount, 0)).toBe(past.length);
    expect(fit.reduce((sum, { orderedCount }) => sum + orderedCount, 0)).toBe(past.filter(({ hasOrdered }) => hasOrdered).length);
    for (const [index, { chance, toDays }] of fit.entries()) if (index > 0) {
      expect(chance).toBeLessThan(fit[index - 1]?.chance ?? 0);
      expect(toDays).toBeGreaterThan(fit[index - 1]?.toDays ?? Infinity);
    }
    const missOf = (chanceOf: (days: number) => number) => past.reduce((sum, { daysSinceLast, hasOrdered }) => sum + (chanceOf(daysSinceLast) - (hasOrdered ? 1 : 0)) ** 2, 0);
    const moved = fit.map((group, index) => ({ ...group, chance: group.chance + (moves[index] ?? 0) }));
    expect(missOf((days) => recencyChance(fit, days) ?? NaN)).toBeLessThanOrEqual(missOf((days) => recencyChance(moved, days) ?? NaN) + 1e-9);
  }));
});
