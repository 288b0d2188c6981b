// A note in the languages it was written in, or none.
import { expect, test } from "vitest";
import { NOTE_MAX } from "../../capabilities/surveys/model/survey.ts";
import { parseNote } from "./results-wish.ts";

const formOf = (words: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, text] of Object.entries({ en: "", ja: "", "zh-CN": "", ...words })) data.set(name, text);
  return data;
};

test("languages without words are left out; no words at all are no note", () => {
  expect(parseNote(formOf({ en: " Thank you. ", ja: "  " }))).toEqual({ en: "Thank you." });
  expect(parseNote(formOf({}))).toBeNull();
});

test("what our page would not send is refused", () => {
  expect(() => parseNote(formOf({ en: "x".repeat(NOTE_MAX + 1) }))).toThrow();
  expect(() => parseNote(new FormData())).toThrow();
});
