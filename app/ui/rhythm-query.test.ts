import { expect, test } from "vitest";
import { ruleSchema } from "../capabilities/segments/model.ts";
import { parseRhythmQuery, ruleOfAtRisk, ruleOfBegun, ruleOfCame, ruleOfGap, ruleOfQuiet, ruleOfWaiting, toRhythmParameters, USUAL_RHYTHM, type RhythmQuery } from "./rhythm-query.ts";

const third: RhythmQuery = { step: "third", productId: "8100000000003" };

test("the address says it and reads it back; what goes without saying is left out", () => {
  expect(parseRhythmQuery(new URLSearchParams(""))).toEqual({ ok: true, query: USUAL_RHYTHM });
  expect(toRhythmParameters(USUAL_RHYTHM)).toEqual([]);
  expect(parseRhythmQuery(new URLSearchParams(toRhythmParameters(third)))).toEqual({ ok: true, query: third });
  expect(parseRhythmQuery(new URLSearchParams("step=fifth"))).toEqual({ ok: false, field: "step" });
  expect(parseRhythmQuery(new URLSearchParams("product=tea"))).toEqual({ ok: false, field: "product" });
});

test("figures open by rules that a segment can keep", () => {
  const began = { field: "first_product", operator: "any_of", value: ["8100000000003"] };
  expect(ruleSchema.parse(ruleOfCame(third, { from: 0, to: 30 }))).toEqual({ all: [{ field: "days_to_third", operator: "between", value: { from: 0, to: 30 } }, began] });
  expect(ruleSchema.parse(ruleOfWaiting(third, { from: 38, to: null }))).toEqual({ all: [{ field: "orders", operator: "between", value: { from: 2, to: 2 } }, { field: "days_since_last_order", operator: "at_least", value: 38 }, began] });
  expect(ruleSchema.parse(ruleOfAtRisk(third, 30))).toEqual({ all: [
    { any: [{ field: "days_to_third", operator: "at_least", value: 30 }, { all: [{ field: "orders", operator: "between", value: { from: 2, to: 2 } }, { field: "days_since_last_order", operator: "at_least", value: 30 }] }] }, began,
  ] });
  expect(ruleSchema.parse(ruleOfQuiet({ field: "product_type", value: "Tea" }, 64))).toEqual({ all: [{ field: "product_type", operator: "any_of", value: ["Tea"] }, { field: "days_since_last_order", operator: "at_least", value: 64 }] });
  expect(ruleSchema.parse(ruleOfGap(null, { from: 8, to: 14 }))).toEqual({ all: [{ field: "any_gap", operator: "between", value: { from: 8, to: 14 } }] });
  expect(ruleSchema.parse(ruleOfBegun(null))).toEqual({ all: [{ field: "orders", operator: "at_least", value: 1 }] });
});
