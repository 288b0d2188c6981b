import { expect, test } from "vitest";
import { DEPTH_MAX, FIELDS, OPERATORS, ruleSchema, type FieldName, type Rule } from "../../capabilities/segments/model.ts";
import { LOCALES } from "../../i18n/locales.ts";
import { openTranslator } from "../../i18n/translate.ts";
import { FIELD_GROUPS } from "./condition-row.tsx";
import { addPart, blankCondition, changePart, draftOf, hasRoomForGroup, isGroup, levelsOf, ruleIn, writtenIn, type DraftCondition, type DraftGroup } from "./draft.ts";

const reading = { currency: "USD", names: { products: [{ id: "11", title: "Sencha" }], collections: [{ id: "11", title: "Green tea" }] } };
const groupOf = (...parts: DraftGroup["parts"]): DraftGroup => ({ key: "0", mode: "all", parts });
const typed = (field: FieldName, operator: string, more: Partial<DraftCondition>) => ({ ...blankCondition("0.0", field), operator, ...more });
const ruleOf = (condition: DraftCondition, currency = "USD") => ruleIn(groupOf(condition), currency);

const ORDERS = { field: "orders", operator: "at_least", value: 3 };
const VIP = { field: "vip", operator: "is", value: true };
const kept: unknown[] = [
  ORDERS, VIP, { field: "vip", operator: "is", value: false },
  { field: "revenue", operator: "between", value: { from: 1050, to: 20_000 } }, { field: "chance_30", operator: "at_least", value: 0.125 }, { field: "expected_orders", operator: "at_most", value: 2.5 },
  { field: "days_to_next_order", operator: "between", value: { from: -3, to: 7 } }, { field: "last_order", operator: "since", value: "2026-03-01" }, { field: "last_order", operator: "in_last_days", value: 30 },
  { field: "first_order", operator: "between", value: { from: "2026-01-01", to: "2026-03-31" } }, { field: "stage", operator: "none_of", value: ["lost"] }, { field: "tag", operator: "any_of", value: ["a", "b"] },
  { field: "product", operator: "any_of", value: ["11", "12"] }, { field: "first_collection", operator: "any_of", value: ["11", "12"] }, { field: "orders_in_days", operator: "at_most", value: { count: 0, days: 30 } },
  { field: "orders_between", operator: "at_least", value: { count: 2, from: "2026-01-01", to: "2026-03-31" } },
  { field: "survey_answer", operator: "any_of", value: ["survey:0a1b2c3d-0000-4000-8000-000000000000:slow", "survey:0a1b2c3d-0000-4000-8000-000000000001:1"] }, // of two surveys: by another door than the builder
  { all: [ORDERS, VIP] }, { any: [ORDERS, { all: [VIP, ORDERS] }] }, { not: ORDERS }, { not: { any: [ORDERS, VIP] } }, { not: { all: [ORDERS, VIP] } }, { all: [ORDERS, { not: { any: [VIP, ORDERS] } }] }, { not: { not: VIP } },
];

test.each(kept)("%j is the same rule after it was taken apart and put together", (said) => {
  const rule: Rule = ruleSchema.parse(said);
  expect(ruleIn(draftOf(rule, reading), "USD")).toEqual({ ok: true, rule });
});

test("a product or a collection keeps its number where its title is not known", () => {
  expect(draftOf(ruleSchema.parse({ field: "product", operator: "any_of", value: ["11", "12"] }), reading).parts[0]).toMatchObject({ picks: [{ id: "11", title: "Sencha" }, { id: "12", title: "12" }] });
  expect(draftOf(ruleSchema.parse({ field: "first_collection", operator: "none_of", value: ["11", "12"] }), reading).parts[0]).toMatchObject({ picks: [{ id: "11", title: "Green tea" }, { id: "12", title: "12" }] });
});

test("what is taken back leaves a draft as it was, and anything else is a change", () => {
  const draft = groupOf(blankCondition("0.0"), typed("revenue", "at_least", { value: "10" }));
  const longer = addPart(draft, "0", blankCondition("other"));
  expect(writtenIn(longer)).not.toBe(writtenIn(draft));
  expect(writtenIn(changePart(longer, "other", () => null))).toBe(writtenIn(draft));
  expect(writtenIn(changePart(draft, "0.0", (part) => ({ ...part, key: "another" })))).toBe(writtenIn(draft));
  expect(writtenIn({ ...draft, mode: "any" })).not.toBe(writtenIn(draft));
});

test("money is typed in the currency's own units", () => {
  expect(ruleOf(typed("revenue", "at_least", { value: "1,234.50" }))).toMatchObject({ rule: { value: 123_450 } });
  expect(ruleOf(typed("revenue", "at_least", { value: "１２，０００" }), "JPY")).toMatchObject({ rule: { value: 12_000 } });
  expect(ruleOf(typed("revenue", "at_least", { value: "10.5" }), "JPY")).toMatchObject({ ok: false });
});

test.each<[FieldName, string, Partial<DraftCondition>, object]>([
  ["orders", "at_least", { value: "" }, { value: "missing" }],
  ["orders", "at_least", { value: "many" }, { value: "not_a_number" }],
  ["orders", "at_least", { value: "2.5" }, { value: "not_whole" }],
  ["orders", "at_least", { value: "-1" }, { value: "negative" }],
  ["orders", "at_least", { value: "1e9" }, { value: "not_a_number" }],
  ["revenue", "at_least", { value: "1.005" }, { value: "too_exact" }],
  ["revenue", "at_least", { value: "9999999999999" }, { value: "too_large" }],
  ["chance_30", "at_least", { value: "101" }, { value: "not_a_share" }],
  ["orders", "between", { from: "5", to: "3" }, { to: "reversed" }],
  ["orders", "between", { from: "x", to: "" }, { from: "not_a_number", to: "missing" }],
  ["last_order", "since", { value: "2026-02-30" }, { value: "not_a_day" }],
  ["last_order", "between", { from: "2026-03-01", to: "2026-02-01" }, { to: "reversed" }],
  ["last_order", "in_last_days", { value: "0" }, { value: "days_range" }],
  ["orders_in_days", "at_least", { count: "2", days: "4000" }, { days: "days_range" }],
  ["orders_in_days", "at_least", { count: "2000", days: "30" }, { count: "too_large" }],
  ["orders_between", "at_least", { count: "2", from: "2026-03-31", to: "2026-01-01" }, { to: "reversed" }],
  ["orders_between", "at_most", { count: "", from: "2026-02-30", to: "2026-03-01" }, { count: "missing", from: "not_a_day" }],
  ["stage", "any_of", {}, { list: "choose" }],
  ["tag", "any_of", {}, { list: "choose" }],
  ["product", "any_of", {}, { list: "choose" }],
  ["first_collection", "any_of", {}, { list: "choose" }],
  ["survey_answer", "any_of", { surveyId: "0a1b2c3d-0000-4000-8000-000000000000" }, { list: "choose" }],
])("%s %s %j is refused where it is typed", (field, operator, more, faults) => {
  expect(ruleOf(typed(field, operator, more))).toEqual({ ok: false, faults: new Map([["0.0", faults]]), whole: null });
});

test("an empty rule, and one nobody could read back, are refused as a whole", () => {
  expect(ruleIn(groupOf(), "USD")).toMatchObject({ ok: false, whole: "empty" });
  expect(ruleIn(groupOf({ key: "g", mode: "any", parts: [] }), "USD")).toMatchObject({ ok: false, whole: "empty" });
  const many = Array.from({ length: 26 }, (_, index) => typed("orders", "at_least", { key: String(index), value: "1" }));
  expect(ruleIn(groupOf(...many), "USD")).toMatchObject({ ok: false, whole: "too_much" });
});

test("groups are offered as deep as a rule may be, and no deeper", () => {
  let [root, key, levels] = [groupOf(typed("orders", "at_least", { value: "1" })), "0", levelsOf("all")];
  while (hasRoomForGroup(levels)) {
    const group: DraftGroup = { key: `g${levels}`, mode: "any", parts: [typed("orders", "at_least", { key: `a${levels}`, value: "1" }), typed("orders", "at_least", { key: `b${levels}`, value: "2" })] };
    [root, key, levels] = [addPart(root, key, group), group.key, levels + levelsOf("any")];
  }
  expect(levels).toBe(DEPTH_MAX - 1);
  expect(ruleIn(root, "USD").ok).toBe(true);
});

test("a part is changed and taken away wherever it stands", () => {
  const inner: DraftGroup = { key: "g", mode: "any", parts: [blankCondition("a"), blankCondition("b")] };
  const root = groupOf(inner);
  expect(changePart(root, "a", (part) => ({ ...part, value: "4" })).parts[0]).toMatchObject({ parts: [{ key: "a", value: "4" }, { key: "b", value: "" }] });
  const [left] = changePart(root, "a", () => null).parts;
  expect(left && isGroup(left) ? left.parts.map(({ key }) => key) : null).toEqual(["b"]);
  expect(changePart(root, "g", () => null).parts).toEqual([]);
});

test("every field is offered once, and every operator has its words", async () => {
  expect(Object.values(FIELD_GROUPS).flat().sort()).toEqual(Object.keys(FIELDS).sort());
  for (const locale of LOCALES) {
    const { exists } = await openTranslator(locale);
    expect(Object.entries(OPERATORS).flatMap(([kind, operators]) => operators.map((operator) => `segments.operators.${kind}.${operator}`)).filter((key) => !exists(key))).toEqual([]);
  }
});
