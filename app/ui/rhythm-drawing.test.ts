import { expect, test } from "vitest";
import { addDays, parseDay } from "../values/day.ts";
import { drawRhythm } from "./rhythm-drawing.ts";

const START = parseDay("2026-01-01");
const after = (days: number) => addDays(START, days);
const draw = (days: number[], today: number, limits: { usualDays?: number; lapseDays?: number } = {}) =>
  drawRhythm({ purchaseDays: days.map(after), today: after(today), usualDays: limits.usualDays ?? null, lapseDays: limits.lapseDays ?? null });

test("nothing bought, nothing drawn", () => expect(draw([], 10)).toBeNull());

test("dots lie on their days, as high as their gaps, below the tallest line", () => {
  const drawing = draw([0, 30, 70], 100, { usualDays: 35, lapseDays: 80 });
  expect(drawing?.dots.map(({ gapDays }) => gapDays)).toEqual([null, 30, 40]);
  expect(drawing?.dots.map(({ x }) => x)).toEqual([3, 31.2, 68.8]);
  expect(drawing?.running).toEqual({ days: 30, x: 97, y: drawing?.dots[1]?.y });
  expect(drawing?.tallestDays).toBe(80);
  expect(drawing?.dots[0]?.y).toBe(100);
  const heights = [drawing?.lapseY, drawing?.dots[2]?.y, drawing?.usualY, drawing?.dots[1]?.y].map(Number);
  expect(heights).toEqual(heights.toSorted((one, other) => one - other));
  expect(heights[0]).toBeGreaterThan(0);
});

test("a first purchase of today stands in the middle", () => {
  const drawing = draw([0], 0);
  expect(drawing).toMatchObject({ running: { days: 0, x: 50, y: 100 }, usualY: null, lapseY: null });
  expect(drawing?.dots).toEqual([{ day: START, gapDays: null, x: 50, y: 100 }]);
});

test("of many purchases the last are drawn, the first of these with its gap", () => {
  const drawing = draw(Array.from({ length: 40 }, (_, index) => index * 7), 39 * 7 + 3);
  expect(drawing?.dots).toHaveLength(25);
  expect(drawing?.dots[0]).toMatchObject({ day: after(15 * 7), gapDays: 7, x: 3 });
  expect(drawing?.running.days).toBe(3);
});

test("an order of tomorrow leaves nothing open", () => expect(draw([0, 10], 9)?.running).toMatchObject({ days: 0, x: 97 }));
