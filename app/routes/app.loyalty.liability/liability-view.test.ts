import { expect, test } from "vitest";
import { parseMonth } from "../../values/day.ts";
import { wholeSchedule } from "./liability-view.ts";

const month = parseMonth;

test("the schedule begins with the running month and leaves none out", () => {
  expect(wholeSchedule([{ month: month("2026-12"), points: 5 }, { month: month("2027-02"), points: 7 }, { month: null, points: 9 }], month("2026-11"))).toEqual([
    { month: "2026-11", points: 0 }, { month: "2026-12", points: 5 }, { month: "2027-01", points: 0 }, { month: "2027-02", points: 7 },
  ]);
});

test("where nothing ends there is no schedule", () => expect(wholeSchedule([{ month: null, points: 9 }], month("2026-11"))).toEqual([]));
