import { expect, test } from "vitest";
import { readyDefinition } from "./library.ts";
import { missingIn } from "./missing.ts";

const ready = readyDefinition("easy_to_find");

test("a language is missing where any part of what is asked is not written in it", () => {
  const followUp = { text: { en: "What were you looking for?", ja: "何をお探しでしたか？" }, after: null };
  expect(missingIn({ ...ready, question: { ...ready.question, text: { ja: "見つかりましたか？" } }, followUp })).toEqual([
    { language: "en", parts: ["question"] }, { language: "zh-CN", parts: ["question", "follow_up"] },
  ]);
});

test("only the audience's languages are missed", () => {
  expect(missingIn({ ...ready, question: { ...ready.question, text: { ja: "見つかりましたか？" } }, audience: { ...ready.audience, languages: ["ja"] } })).toEqual([]);
});

test("what is left to the extension's own words is not missed, and half a choice is", () => {
  expect(missingIn({ ...ready, thanks: null })).toEqual([]);
  expect(missingIn({ ...ready, thanks: {} })).toEqual([]);
  expect(missingIn({ ...ready, question: { ...ready.question, choices: [{ id: "a", text: { en: "A", ja: "エー" }, imageUrl: null }] } })).toEqual([{ language: "zh-CN", parts: ["choices"] }]);
});
