import { expect, test } from "vitest";
import { parseSegmentWish } from "./segment-wish.ts";

const id = "0a1b2c3d-0000-4000-8000-000000000000";
const rule = JSON.stringify({ field: "vip", operator: "is", value: true });
const parse = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return parseSegmentWish(form);
};

test("a segment to save comes with its name trimmed and its rule read", () => {
  expect(parse({ intent: "save", id, name: "  Tea lovers ", rule })).toEqual({ ok: true, wish: { intent: "save", form: { id, name: "Tea lovers", rule: JSON.parse(rule) } } });
});

test("a mistake is named by its field", () => {
  expect(parse({ intent: "save", id, name: " ", rule })).toEqual({ ok: false, field: "name", reason: "missing" });
  expect(parse({ intent: "save", id, name: "a".repeat(101), rule })).toEqual({ ok: false, field: "name", reason: "too_long" });
  for (const bad of ["", "{", "{}", JSON.stringify({ field: "vip", operator: "is", value: 3 })]) expect(parse({ intent: "save", id, name: "A", rule: bad })).toEqual({ ok: false, field: "rule", reason: "unreadable" });
});

test("what Shopify is told is asked for one thing at a time", () => {
  expect(parse({ intent: "tell", isFlowOn: "true" })).toEqual({ ok: true, wish: { intent: "tell", isFlowOn: true } });
  expect(parse({ intent: "tell", isMirrored: "false" })).toEqual({ ok: true, wish: { intent: "tell", isMirrored: false } });
});

test("a form that is not ours is refused", () => {
  for (const form of [{}, { intent: "burn" }, { intent: "save", id: "7", name: "A", rule }, { intent: "tell", isFlowOn: "maybe" }]) expect(() => parse(form)).toThrow();
});
