import { expect, test } from "vitest";
import { parseDay } from "../values/day.ts";
import { parseRangeChoice, toParameters } from "./range-choice.ts";

const choose = (query: string) => parseRangeChoice(new URLSearchParams(query), parseDay("2026-11-27"));

test("an address that says nothing leaves the choice to the shop's history", () => {
  expect(choose("")).toEqual({ ok: true });
  expect(choose("locale=ja&range=")).toEqual({ ok: true });
});

test("a preset and own dates survive the way into the address and back", () => {
  for (const query of ["range=last_3_months", "from=2026-02-28&to=2026-11-22", "range=this_month&compare=last_year", "compare=none", "from=2026-02-28&to=2026-11-22&compare_from=2025-01-01&compare_to=2025-03-31"]) {
    const answer = choose(query);
    expect(answer.ok && new URLSearchParams(toParameters(answer)).toString()).toBe(query);
  }
});

test.each([
  ["range=yesterday", "range", "unknown"],
  ["from=2026-01-01", "to", "missing"],
  ["to=2026-01-01", "from", "missing"],
  ["from=2026-02-30&to=2026-03-01", "from", "not_a_day"],
  ["from=2026-02-01&to=soon", "to", "not_a_day"],
  ["from=2026-03-02&to=2026-03-01", "to", "reversed"],
  ["compare=yesterday", "compare", "unknown"],
  ["range=this_month&compare_from=2026-01-01", "compare_to", "missing"],
  ["compare_to=2026-01-01", "compare_from", "missing"],
  ["compare_from=2026-02-30&compare_to=2026-03-01", "compare_from", "not_a_day"],
  ["compare_from=2026-03-02&compare_to=2026-03-01", "compare_to", "reversed"],
  ["compare_from=2026-12-01&compare_to=2027-01-01", "compare_from", "ahead"],
  ["compare_from=2026-11-01&compare_to=2026-11-28", "compare_to", "ahead"],
])("%s is refused with its field", (query, field, reason) => {
  expect(choose(query)).toEqual({ ok: false, field, reason });
});
