import { expect, test } from "vitest";
import type { SparkPoint } from "../capabilities/analytics/model.ts";
import { parseMonth } from "../values/day.ts";
import { drawSparkline } from "./sparkline.tsx";

const points = (values: (number | null)[]): SparkPoint[] => values.map((value, index) => ({ month: parseMonth(`2026-0${index + 1}`), isComplete: index < values.length - 1, value }));

test("a month without a figure is a gap, and the way to the running month is dashed", () => {
  expect(drawSparkline(points([1, 2, null, 3, 2]))).toEqual({ solid: "M3 37L61.5 20", dashed: "M178.5 3L237 20", end: { x: 237, y: 20 } });
});

test("months that are all the same run through the middle, and none at all draw nothing", () => {
  expect(drawSparkline(points([5, 5]))).toEqual({ solid: "", dashed: "M3 20L237 20", end: { x: 237, y: 20 } });
  expect(drawSparkline(points([null, null]))).toEqual({ solid: "", dashed: "", end: null });
});
