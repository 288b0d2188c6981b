import { expect, test } from "vitest";
import { NO_PREFERENCE } from "../../capabilities/profiles/model.ts";
import { parseDay } from "../../values/day.ts";
import { parsePreference, toTyping, type PreferenceTyping } from "./preference-wish.ts";

const EMPTY: PreferenceTyping = { channel: "", language: "", everyDays: "", birthOn: "" };

function parse(typed: Partial<PreferenceTyping>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...EMPTY, ...typed })) form.set(name, value);
  return parsePreference(form, parseDay("2026-11-22"));
}

test("what is left empty was not said", () => {
  expect(parse({})).toEqual({ ok: true, preference: NO_PREFERENCE });
  expect(toTyping(NO_PREFERENCE)).toEqual(EMPTY);
});

test("what is said comes back as it was", () => {
  const typed = { channel: "line", language: "ja", everyDays: "30", birthOn: "1984-02-29" };
  const answer = parse(typed);
  expect(answer.ok && toTyping(answer.preference)).toEqual(typed);
});

test.each([
  ["channel", "pigeon"], ["language", "fr"], ["everyDays", "0"], ["everyDays", "2.5"], ["everyDays", "weekly"], ["everyDays", "366"],
  ["birthOn", "1985-02-29"], ["birthOn", "29.02.1984"], ["birthOn", "2026-11-23"], ["birthOn", "1750-01-01"],
] as const)("a %s of %s is refused by its name", (field, value) => expect(parse({ [field]: value })).toEqual({ ok: false, field }));
