import { expect, test } from "vitest";
import { parseTargetWish, typeTarget } from "./target-wish.ts";

const ID = "0b7f0b1e-5c55-4a1c-9b61-0a4cdb0f7a11";
const wish = (said: Record<string, string>, decimals = 2) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(said)) form.set(name, value);
  return parseTargetWish(form, decimals);
};
const goal = (measure: string, target: string, dueOn = "2027-01-31") => ({ intent: "goal", id: ID, measure, target, dueOn });

test.each([["customers", "1,200", 1_200], ["repeat_purchase_rate", "32.5", 0.325], ["cycle_repeat_rate", "３２．５％", 0.325], ["average_order_value", "12.34", 1_234]])("a target of %s typed %s is %s", (measure, typed, target) => {
  expect(wish(goal(measure, typed))).toMatchObject({ ok: true, wish: { form: { target, dueOn: "2027-01-31" } } });
});

test.each([
  [goal("customers", ""), "target", "missing"], [goal("customers", "2.5"), "target", "not_whole"], [goal("repeat_purchase_rate", "32.55"), "target", "too_exact"], [goal("average_order_value", "abc"), "target", "not_a_number"],
  [goal("customers", "100", "2027-02-30"), "dueOn", "not_a_day"],
  [{ intent: "note", id: ID, kind: "campaign", from: "soon", to: "", text: "x" }, "from", "not_a_day"], [{ intent: "note", id: ID, kind: "campaign", from: "2026-02-02", to: "2026-02-01", text: "x" }, "to", "reversed"],
  [{ intent: "note", id: ID, kind: "campaign", from: "2026-02-02", to: "", text: "  " }, "text", "no_text"], [{ intent: "note", id: ID, kind: "campaign", from: "2026-02-02", to: "", text: "あ".repeat(101) }, "text", "too_large"],
])("%j is refused at %s: %s", (said, field, reason) => expect(wish(said)).toEqual({ ok: false, field, reason }));

test("a note of one day needs no second", () => {
  expect(wish({ intent: "note", id: ID, kind: "price", from: "2026-02-02", to: "", text: "値".repeat(100) })).toMatchObject({ ok: true, wish: { annotation: { from: "2026-02-02", to: "2026-02-02", kind: "price" } } });
});

test("what is not one of ours is no person's mistake", () => {
  expect(() => wish({ intent: "goal", id: "1", measure: "customers", target: "1", dueOn: "2027-01-31" })).toThrow();
  expect(() => wish({ intent: "else" })).toThrow();
});

test("a target goes into its field as it came out", () => {
  expect([typeTarget(0.325, "repeat_purchase_rate", 2), typeTarget(1_234, "average_order_value", 2), typeTarget(1_234, "average_order_value", 0), typeTarget(87, "customers", 2)]).toEqual(["32.5", "12.34", "1234", "87"]);
});
