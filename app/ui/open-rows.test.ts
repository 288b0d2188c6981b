// A target's figure opens to the people of its own window.
import { expect, test } from "vitest";
import { parseDay } from "../values/day.ts";
import { rowsOfMeasure } from "./open-rows.ts";

const yesterday = parseDay("2026-11-26");
const ruleOf = (rows: ReturnType<typeof rowsOfMeasure>): unknown => JSON.parse(rows?.[1]["rule"] ?? "null");
const ordered = (from: string, to: string) => ({ field: "any_order", operator: "between", value: { from, to } });

test("customers of a month that ends that day; who came again of the months before; who came back within the cycle, cohort by cohort", () => {
  expect(ruleOf(rowsOfMeasure({ name: "customers", formula: null, windowMonths: 1 }, yesterday))).toEqual(ordered("2026-10-27", "2026-11-26"));
  expect(ruleOf(rowsOfMeasure({ name: "repurchase_retention", formula: "repurchase", windowMonths: 3 }, parseDay("2026-10-31")))).toEqual({ all: [ordered("2026-05-01", "2026-07-31"), ordered("2026-08-01", "2026-10-31")] });
  const cohorts = ruleOf(rowsOfMeasure({ name: "cycle_repeat_rate", formula: null, windowMonths: 4 }, yesterday)) as { all: [{ any: unknown[] }] }; // as below
  expect(cohorts.all[0].any).toHaveLength(12);
  const began = (from: string, to: string) => ({ field: "first_order", operator: "between", value: { from, to } });
  expect(cohorts.all[0].any.at(0)).toEqual({ all: [began("2025-07-01", "2025-07-31"), ordered("2025-08-01", "2025-11-30")] });
  expect(cohorts.all[0].any.at(-1)).toEqual({ all: [began("2026-06-01", "2026-06-30"), ordered("2026-07-01", "2026-10-31")] });
});
