import { expect, test } from "vitest";
import { parseValueQuery, toValueParameters, type ValueQuery } from "./value-query.ts";

const parsed = (text: string) => parseValueQuery(new URLSearchParams(text));

test("an address says whose values, in what, and which cohorts are drawn; and is written back as it was", () => {
  expect(parsed("")).toEqual({ ok: true, query: { basis: null, blend: "reached", trait: null, cohorts: [] } satisfies ValueQuery });
  const text = "basis=margin&blend=same&with=channel%3Aweb&cohort=2026-01&cohort=2025-11";
  const answer = parsed(text);
  expect(answer).toEqual({ ok: true, query: { basis: "margin", blend: "same", trait: { kind: "channel", value: "web" }, cohorts: ["2026-01-01", "2025-11-01"] } });
  expect(answer.ok && new URLSearchParams(toValueParameters(answer.query)).toString()).toBe(text);
});

test.each([["basis=luck", "basis"], ["blend=all", "blend"], ["with=shoe:1", "with"], ["with=tag:a&with=tag:b", "with"], ["cohort=2026-13", "cohort"], ["cohort=2026-1", "cohort"], ["cohort=2026-01&cohort=2026-02&cohort=2026-03&cohort=2026-04&cohort=2026-05&cohort=2026-06", "cohort"]])("%s is refused by its field", (text, field) => {
  expect(parsed(text)).toEqual({ ok: false, field });
});
