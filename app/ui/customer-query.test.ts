import { expect, test } from "vitest";
import { frequencyMoneyOf } from "../capabilities/profiles/rules/profile.ts";
import { ruleSchema, type Rule } from "../capabilities/segments/model.ts";
import { EVERYBODY, parseCustomerList, toCustomerQuery, toFilterParameters, toListParameters, toViewQuery, type CustomerList } from "./customer-query.ts";

const SEGMENT = "0b0c7c6e-6b1f-4a53-9a2c-0d6f3a2f9b11";
const ALL_SAID: CustomerList = {
  search: "sato hana", stages: ["at_risk", "lapsed"], groups: ["CHAMPIONS"], isVipOnly: true, country: "JP", tag: "tea, green", ordersFrom: 3, r: 2, fm: 4, segmentId: SEGMENT, counted: { all: [{ field: "any_order", operator: "between", value: { from: "2026-01-01", to: "2026-01-31" } }] } as Rule, // as the schema reads it
  sort: "stake", direction: "ascending", page: 7, viewId: SEGMENT,
};
const parse = (parameters: Record<string, string>) => parseCustomerList(new URLSearchParams(parameters));

test("an address that says nothing is about everybody, last order first", () => {
  expect(parse({})).toEqual({ ok: true, list: EVERYBODY });
  expect(parse({ q: "  ", stage: "", locale: "ja", id_token: "x" })).toEqual({ ok: true, list: EVERYBODY });
  expect(toListParameters(EVERYBODY)).toEqual({});
  expect(toCustomerQuery(EVERYBODY).rule).toBeNull();
});

test("what is said comes back as it was", () => {
  expect(parse(toListParameters(ALL_SAID))).toEqual({ ok: true, list: ALL_SAID });
  expect(parse(Object.fromEntries(new URLSearchParams(toViewQuery(ALL_SAID))))).toEqual({ ok: true, list: { ...ALL_SAID, page: 1, viewId: null } });
  expect(Object.keys(toFilterParameters(ALL_SAID))).not.toContain("sort");
});

test.each([
  ["stage", "at_risk,gone"], ["group", "champions"], ["vip", "yes"], ["country", "Japan"], ["orders", "0"], ["orders", "1.5"], ["orders", "1e3"], ["r", "6"], ["fm", "0"],
  ["segment", "1"], ["sort", "name"], ["direction", "up"], ["page", "-1"], ["page", "9999999"], ["view", "mine"], ["rule", "{"], ["rule", `{"field":"password"}`], ["q", "x".repeat(201)], ["tag", "x".repeat(256)],
])("%s=%s is refused by its name", (field, value) => expect(parse({ [field]: value })).toEqual({ ok: false, field }));

test("filters become a rule of segments", () => {
  expect(toCustomerQuery({ ...EVERYBODY, stages: ["at_risk"], ordersFrom: 3 }).rule).toEqual({
    all: [{ field: "stage", operator: "any_of", value: ["at_risk"] }, { field: "orders", operator: "at_least", value: 3 }],
  });
  expect(ruleSchema.safeParse(toCustomerQuery(ALL_SAID).rule).success).toBe(true);
});

test.each([1, 2, 3, 4, 5])("FM %i holds exactly the scores whose mean it is", (fm) => {
  const { rule } = toCustomerQuery({ ...EVERYBODY, fm });
  for (const f of [1, 2, 3, 4, 5]) for (const m of [1, 2, 3, 4, 5]) expect(rule !== null && matches(rule, { f_score: f, m_score: m })).toBe(frequencyMoneyOf({ f, m }) === fm);
});

function matches(rule: Rule, scores: Record<string, number>): boolean {
  if ("all" in rule) return rule.all.every((part) => matches(part, scores));
  if ("any" in rule) return rule.any.some((part) => matches(part, scores));
  if (!("field" in rule) || typeof rule.value !== "object" || !("from" in rule.value)) throw new Error("not of scores");
  const score = scores[rule.field] ?? 0;
  return score >= Number(rule.value.from) && score <= Number(rule.value.to);
}
