import { expect, test } from "vitest";
import { clockMarks, figuresOf, placeOf } from "./layout.ts";

/** 400 customers, watched for 500 days: one comes on each of the days 0 to 199, the others wait. */
const gaps = Array.from({ length: 200 }, (_, days) => ({ sequence: 2, days, orders: 1 }));
const figures = figuresOf({ gaps, waiters: { came: gaps, waiting: [{ days: 500, customers: 200 }], followed: [{ days: 500, customers: 400 }] } });

test("everybody is counted once: the same day, later, not yet", () => {
  expect(figures).toMatchObject({ customers: 400, sameDay: 1, cameLater: 199, waiting: 200, gapCount: 200 });
});

test("a line has few points at equal steps, and is drawn until nearly all who come have come", () => {
  const days = figures.curve.map(({ day }) => day);
  expect(days.length).toBeLessThanOrEqual(80);
  expect(new Set(days.slice(1).map((day, at) => day - (days[at] ?? 0))).size).toBe(1);
  expect(days.at(-1)).toBeGreaterThan(185);
  expect(figures.milestones.at(-1)).toMatchObject({ day: 500, orders: 200, came: expect.closeTo(0.5, 9) });
  expect(figures.milestones.map(({ day }) => day)).toContain(figures.clock?.half.day);
});

test("bars hold every gap, the longest together", () => {
  expect(figures.bars[0]).toEqual({ from: 0, to: 0, orders: 1 });
  expect(figures.bars.at(-1)?.to).toBeNull();
  expect(figures.bars.reduce((sum, { orders }) => sum + orders, 0)).toBe(200);
  expect(figures.bars.length).toBeLessThanOrEqual(21);
});

test("a mark stands on the last drawn day up to its own", () => {
  expect(placeOf([0, 7, 14], 13)).toBe(7);
  expect(placeOf([5, 10], 2)).toBe(5);
  expect(placeOf([], 2)).toBeUndefined();
  expect(clockMarks([0, 10, 20], { half: { day: 24, low: 20, high: 30 }, moment: null })).toEqual([{ name: "half", day: 24, x: 20 }]);
});

test("nobody makes no figures and breaks nothing", () => {
  expect(figuresOf({ gaps: [], waiters: { came: [], waiting: [], followed: [] } })).toMatchObject({ customers: 0, waiting: 0, clock: null, curve: [], bars: [], lapse: null });
});
