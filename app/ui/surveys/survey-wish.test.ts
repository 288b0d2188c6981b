// What a page may send about surveys, and nothing else.
import { expect, test } from "vitest";
import { NAME_MAX } from "../../capabilities/surveys/model/survey.ts";
import { parseSurveysWish } from "./survey-wish.ts";

const ONE = "11111111-1111-4111-8111-111111111111";
const OTHER = "22222222-2222-4222-8222-222222222222";
const formOf = (said: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(said)) form.set(name, value);
  return form;
};

test("the order is a list of surveys", () => {
  expect(parseSurveysWish(formOf({ intent: "order", ids: `${ONE},${OTHER}` }))).toEqual({ intent: "order", ids: [ONE, OTHER] });
});

test("a copy's name fits, however long the first one's was", () => {
  expect(parseSurveysWish(formOf({ intent: "duplicate", id: ONE, newId: OTHER, name: `${"a".repeat(NAME_MAX)} (copy)` }))).toMatchObject({ name: "a".repeat(NAME_MAX) });
});

test.each([
  { intent: "order", ids: "all" }, { intent: "rest", days: "-1" }, { intent: "rest", days: "366" }, { intent: "rest", days: "1.5" }, { intent: "rest", days: "soon" },
  { intent: "change", id: ONE, to: "draft" }, { intent: "change", id: "1", to: "live" }, { intent: "forget" },
])("a form that is none of ours is refused: %j", (said) => {
  expect(() => parseSurveysWish(formOf(said))).toThrow();
});
