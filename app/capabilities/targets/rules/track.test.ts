import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, parseDay } from "../../../values/day.ts";
import type { Goal } from "../model.ts";
import { isReached, lineOn, trackOf } from "./track.ts";

const goal: Goal = { id: "", name: "repeat_purchase_rate", formula: null, windowMonths: 3, startValue: 0.2, setOn: parseDay("2026-01-01"), target: 0.3, dueOn: parseDay("2026-04-11"), state: "open", endedOn: null, endValue: null };

describe("the line", () => {
  test("runs straight from the start to the target", () => {
    expect(lineOn(goal, parseDay("2025-12-31"))).toBe(0.2);
    expect(lineOn(goal, parseDay("2026-02-20"))).toBeCloseTo(0.25, 12); // 50 of 100 days
    expect(lineOn(goal, goal.dueOn)).toBe(0.3);
  });

  test("never leaves the two, and never turns", () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 900 }), fc.nat(900), (startValue, target, length, at) => {
      const some = { ...goal, startValue, target, dueOn: addDays(goal.setOn, length) };
      const [here, next] = [lineOn(some, addDays(goal.setOn, at)), lineOn(some, addDays(goal.setOn, at + 1))];
      expect(here).toBeGreaterThanOrEqual(Math.min(startValue, target) - 1e-12);
      expect(here).toBeLessThanOrEqual(Math.max(startValue, target) + 1e-12);
      expect((next - here) * Math.sign(target - startValue)).toBeGreaterThanOrEqual(-1e-12);
    }));
  });
});

test.each([[0.26, "ahead"], [0.24, "behind"], [0.2502, "level"], [0.3, "reached"], [null, "unknown"]] as const)("half way, %s is %s", (value, standing) => {
  expect(trackOf(goal, value, parseDay("2026-02-20"))).toMatchObject({ standing });
});

test("once the day has passed it was reached, or it was not; what is written alike is", () => {
  expect(trackOf(goal, 0.31, goal.dueOn).standing).toBe("reached");
  expect(trackOf(goal, 0.29, goal.dueOn).standing).toBe("missed");
  expect(trackOf(goal, null, goal.dueOn).standing).toBe("missed");
  expect(isReached(goal, 0.2996)).toBe(true); // both are written 30.0 %
  expect(isReached({ name: "customers", target: 100 }, 99)).toBe(false);
});
