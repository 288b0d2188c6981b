// Bars of a survey's days: every day once, or every week once they are too many.
import { expect, test } from "vitest";
import { addDays, parseDay } from "../../../values/day.ts";
import { periodsOf } from "./periods.ts";

const first = parseDay("2026-10-01");
const day = (offset: number) => ({ on: addDays(first, offset), asked: 4, answered: 2, dismissed: 1 });

test("a day on which nothing happened is there as well", () => {
  const periods = periodsOf([day(0), day(2)]);
  expect(periods.map(({ from, to, asked }) => [from, to, asked])).toEqual([["2026-10-01", "2026-10-01", 4], ["2026-10-02", "2026-10-02", 0], ["2026-10-03", "2026-10-03", 4]]);
});

test("more than five weeks are weeks, and nothing is lost", () => {
  const periods = periodsOf(Array.from({ length: 40 }, (_, offset) => day(offset)));
  expect(periods).toHaveLength(6);
  expect(periods[0]).toEqual({ from: "2026-10-01", to: "2026-10-07", asked: 28, answered: 14, dismissed: 7 });
  expect(periods.reduce((sum, { answered }) => sum + answered, 0)).toBe(80);
});

test("of no days there are none", () => expect(periodsOf([])).toEqual([]));
