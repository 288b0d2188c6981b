import { expect, test } from "vitest";
import { parseDay, parseMonth } from "../../../values/day.ts";
import type { Annotation } from "../model.ts";
import { annotationsByMonth, marksOf } from "./annotations.ts";

const note = (id: string, from: string, to: string): Annotation => ({ id, from: parseDay(from), to: parseDay(to), kind: "campaign", text: id });

test("a note stands at every month its days touch, and at no other", () => {
  const notes = [note("late", "2026-02-20", "2026-02-20"), note("long", "2025-12-31", "2026-02-01"), note("gone", "2025-11-01", "2025-11-30")];
  const found = annotationsByMonth(notes, ["2025-12", "2026-01", "2026-02", "2026-03"].map(parseMonth));
  expect(found.map(({ month, annotations }) => [month, annotations.map(({ id }) => id)])).toEqual([["2025-12", ["long"]], ["2026-01", ["long"]], ["2026-02", ["long", "late"]]]);
});

test("on a chart it stands once, at its first month there, in fourteen characters at most", () => {
  const notes = [{ ...note("long", "2025-11-20", "2026-02-01"), text: "Black Friday, all teas 20% off" }, note("late", "2026-02-20", "2026-02-20"), { ...note("next", "2026-02-21", "2026-02-21"), text: "春の新茶キャンペーン開始記念" }];
  const marks = (months: string[]) => marksOf(annotationsByMonth(notes, months.map(parseMonth)), ", ");
  expect(marks(["2025-12", "2026-01", "2026-02"])).toEqual([{ x: "2025-12", label: "Black Friday,…" }, { x: "2026-02", label: "late, 春の新茶キャン…" }]);
  expect(marks(["2026-03"])).toEqual([]);
  expect(marksOf([{ month: parseMonth("2026-02"), annotations: notes.slice(2) }], ", ")[0]?.label).toBe("春の新茶キャンペーン開始記念"); // fourteen
});
