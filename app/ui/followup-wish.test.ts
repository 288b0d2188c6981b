import { expect, test } from "vitest";
import { parseDay } from "../values/day.ts";
import { parseFollowup, toFollowupFields, type FollowupTyping } from "./followup-wish.ts";

const TODAY = parseDay("2026-11-22");
const WISH = { wishId: "0b0c7c6e-6b1f-4a53-9a2c-0d6f3a2f9b11", customerIds: ["7", "8"] };
const TYPED: FollowupTyping = { kind: "contacted", channel: "email", until: "2026-12-06", note: "" };

function parse(typed: Partial<FollowupTyping>, wish: Partial<typeof WISH> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(toFollowupFields({ ...TYPED, ...typed }, { ...WISH, ...wish }))) form.set(name, value);
  return parseFollowup(form, TODAY);
}

test("a contact, a snooze and a note carry what belongs to them", () => {
  expect(parse({ note: " rang twice " })).toEqual({ ok: true, form: { kind: "contacted", ...WISH, note: "rang twice", channel: "email" } });
  expect(parse({ kind: "snoozed" })).toEqual({ ok: true, form: { kind: "snoozed", ...WISH, note: "", until: "2026-12-06" } });
  expect(parse({ kind: "note", note: "likes oolong" })).toEqual({ ok: true, form: { kind: "note", ...WISH, note: "likes oolong" } });
});

test.each([
  ["note", { kind: "note" }], ["note", { note: "x".repeat(2_001) }], ["channel", { channel: "" }], ["until", { kind: "snoozed", until: "" }], ["until", { kind: "snoozed", until: TODAY }],
] as const)("a mistake in %s is named", (field, typed) => expect(parse(typed)).toEqual({ ok: false, field }));

test("nobody chosen, or too many at once, is named", () => {
  expect(parse({}, { customerIds: [] })).toEqual({ ok: false, field: "customerIds" });
  expect(parse({}, { customerIds: Array.from({ length: 251 }, (_, index) => String(index + 1)) })).toEqual({ ok: false, field: "customerIds" });
});

test("a form of somebody else's throws", () => {
  expect(() => parse({}, { wishId: "1" })).toThrow();
});
