import { expect, test } from "vitest";
import { parseDay, parseMonth } from "../../../values/day.ts";
import type { Annotation } from "../model.ts";
import { annotationsByMonth } from "./annotations.ts";

const note = (id: string, from: string, to: string): Annotation => ({ id, from: parseDay(from), to: parseDay(to), kind: "campaign", text: id });

test("a note stands at every month its days touch, and at no other", () => {
  const notes = [note("late", "2026-02-20", "2026-02-20"), note("long", "2025-12-31", "2026-02-01"), note("gone", "2025-11-01", "2025-11-30")];
  const found = annotationsByMonth(notes, ["2025-12", "2026-01", "2026-02", "2026-03"].map(parseMonth));
  expect(found.map(({ month, annotations }) => [month, annotations.map(({ id }) => id)])).toEqual([["2025-12", ["long"]], ["2026-01", ["long"]], ["2026-02", ["long", "late"]]]);
});
