// A row, a cell and an average of cohorts as the rule that says whom they count.
import { expect, test } from "vitest";
import { addMonths, firstDayOf, lastDayOf, parseMonth, type Month } from "../values/day.ts";
import { ruleOfOrdering } from "./beginning-rule.ts";

const daysOf = (month: Month) => ({ from: firstDayOf(month), to: lastDayOf(month) });
const january = parseMonth("2026-01");
const began = { field: "first_order", operator: "between", value: { from: "2026-01-01", to: "2026-01-31" } };
const came = { field: "any_order", operator: "between", value: { from: "2026-02-01", to: "2026-02-28" } };
const row = { first: daysOf(january), then: null };
const cell = { first: daysOf(january), then: daysOf(addMonths(january, 1)) };
const sencha = { kind: "product", value: "11" } as const;
const bought = { field: "first_product", operator: "any_of", value: ["11"] };

test("a row is who first ordered then, a cell who also ordered in its period, several cells whom any of them counts", () => {
  expect(ruleOfOrdering([row], [])).toEqual({ all: [began] });
  expect(ruleOfOrdering([cell], [sencha])).toEqual({ all: [began, came, bought] });
  expect(ruleOfOrdering([row, cell], [sencha])).toEqual({ all: [{ any: [{ all: [began] }, { all: [began, came] }] }, bought] });
});

test("all others are who did not begin so", () => {
  expect(ruleOfOrdering([cell], [sencha, { kind: "tag", value: "VIP" }], true)).toEqual({ all: [began, came, { not: { all: [bought, { field: "tag", operator: "any_of", value: ["VIP"] }] } }] });
});

test.each([
  ["code", "", { field: "first_discounted", operator: "is", value: false }], ["code", "*", { field: "first_discounted", operator: "is", value: true }], ["code", "TEN", { field: "first_code", operator: "any_of", value: ["TEN"] }],
  ["channel", "", { field: "first_channel_known", operator: "is", value: false }], ["country", "", { field: "first_country_known", operator: "is", value: false }], ["collection", "7", { field: "first_collection", operator: "any_of", value: ["7"] }],
] as const)("who began with the %s “%s” has a rule", (kind, value, condition) => {
  expect(ruleOfOrdering([row], [{ kind, value }])).toEqual({ all: [began, condition] });
});

test("a rule nobody could read back is none", () => {
  expect(ruleOfOrdering(Array.from({ length: 12 }, () => cell), [sencha])).not.toBeNull();
  expect(ruleOfOrdering(Array.from({ length: 13 }, () => cell), [])).toBeNull();
  expect(ruleOfOrdering([row], [{ kind: "type", value: "" }])).toBeNull();
});
