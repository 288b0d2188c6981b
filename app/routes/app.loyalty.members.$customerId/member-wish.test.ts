import { expect, test } from "vitest";
import { ADJUST_REPEATED_FROM } from "../../capabilities/loyalty/model/books.ts";
import { balanceAfter, parseMemberWish } from "./member-wish.ts";

const ID = "6f1c2b1e-2222-4333-8444-555566667777";
function parse(typed: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ intent: "adjust", id: ID, direction: "give", points: "50", note: "Sorry", repeated: "", ...typed })) form.set(name, value);
  return parseMemberWish(form);
}

test("points are given or taken, with a note", () => {
  expect(parse({})).toEqual({ ok: true, wish: { intent: "adjust", id: ID, points: 50, note: "Sorry" } });
  expect(parse({ direction: "take", note: "  Mistake " })).toMatchObject({ wish: { points: -50, note: "Mistake" } });
});

test.each([["points", { points: "" }], ["points", { points: "2.5" }], ["points", { points: "0" }], ["points", { points: "-5" }], ["points", { points: "1000001" }], ["note", { note: "  " }], ["note", { note: "x".repeat(501) }]] as const)("a wrong %s is named", (field, typed) => {
  expect(parse(typed)).toEqual({ ok: false, field });
});

test("many points are to be said twice, and the same", () => {
  const points = String(ADJUST_REPEATED_FROM + 1);
  expect(parse({ points: String(ADJUST_REPEATED_FROM) }).ok).toBe(true);
  expect(parse({ points })).toEqual({ ok: false, field: "repeated" });
  expect(parse({ points, repeated: "1000" })).toEqual({ ok: false, field: "repeated" });
  expect(parse({ points, repeated: "1,001" })).toMatchObject({ ok: true, wish: { points: 1_001 } });
});

test("a perk is handed over by its id; any other form is none of ours", () => {
  const form = new FormData();
  form.set("intent", "handOver");
  expect(() => parseMemberWish(form)).toThrow();
  form.set("redemptionId", ID);
  expect(parseMemberWish(form)).toEqual({ ok: true, wish: { intent: "handOver", redemptionId: ID } });
});

test("the balance after is told as soon as there is a number, debt below zero", () => {
  expect(balanceAfter(7_953, { direction: "take", points: "12,000" })).toBe(-4_047);
  expect(balanceAfter(-50, { direction: "give", points: "80" })).toBe(30);
  expect(balanceAfter(5, { direction: "take", points: "many" })).toBeNull();
});
