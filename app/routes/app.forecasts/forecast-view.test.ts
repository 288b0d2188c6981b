import { expect, test } from "vitest";
import { axisEndOf, checksOf, methodReasonOf, ticksOf, type ShownCheck } from "./forecast-view.ts";
import { parseDay } from "../../values/day.ts";

const fit = (verdict: string, contest: object | null = null) => ({ purchases: { verdict }, contest }) as Parameters<typeof methodReasonOf>[0]["fit"]; // as much of it as is looked at
const CONTEST = { checks: 3 };

test.each([
  ["model", fit("good", CONTEST), "model_better"], ["model", fit("good"), "model_unchecked"], ["model", fit("dropout_not_identifiable", CONTEST), "model_better"],
  ["recency", fit("good", CONTEST), "recency_better"], ["recency", fit("not_converged"), "model_unusable"], ["none", fit("too_few_customers"), "too_little"],
] as const)("%s is in use for a reason", (method, found, reason) => expect(methodReasonOf({ method, fit: found })).toBe(reason));

test("a kept forecast stands before what was computed of its day afterwards", () => {
  const check = (cutOn: string, isKept: boolean, horizon: 30 | 90 = 90) => ({ cutOn: parseDay(cutOn), horizon, isKept, result: {} }) as ShownCheck; // only asked when
  const checks = [check("2026-08-31", true), check("2026-08-31", false), check("2026-07-31", false), check("2026-07-31", false, 30)];
  expect(checksOf(checks, 90).map(({ cutOn, isKept }) => [cutOn, isKept])).toEqual([["2026-08-31", true], ["2026-07-31", false]]);
});

test("axes end at the next tenth, and have few lines", () => {
  expect([[0.31, 0.12], [0.3], [], [0.99], [1]].map(axisEndOf)).toEqual([0.4, 0.3, 0.1, 1, 1]);
  expect(ticksOf(0.4)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  expect(ticksOf(1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf(0.1)).toEqual([0, 0.1]);
});
