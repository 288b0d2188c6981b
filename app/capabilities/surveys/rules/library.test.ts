import { expect, test } from "vitest";
import { LANGUAGES, type Words } from "../../../values/words.ts";
import { definitionSchema } from "../model/survey.ts";
import { asksOn, keysOf } from "./answers.ts";
import { READY_KEYS, readyDefinition } from "./library.ts";
import { missingIn } from "./missing.ts";

test.each(READY_KEYS)("%s can be saved as it is, and is named in the merchant's language", (key) => {
  for (const language of LANGUAGES) expect(definitionSchema.parse(readyDefinition(key, language))).toEqual(readyDefinition(key, language));
  expect(new Set(LANGUAGES.map((language) => readyDefinition(key, language).name)).size).toBe(LANGUAGES.length);
});

test.each(READY_KEYS)("%s is written in every language, each its own", (key) => {
  const definition = readyDefinition(key);
  expect(missingIn(definition)).toEqual([]);
  const { question, followUp, thanks } = definition;
  const said = [question.text, question.lowLabel, question.highLabel, followUp?.text ?? null, thanks, ...question.choices.map(({ text }) => text)].filter((one): one is Words => one !== null);
  for (const one of said) expect(new Set(LANGUAGES.map((language) => one[language])).size, JSON.stringify(one)).toBe(LANGUAGES.length);
});

test.each(READY_KEYS)("%s follows only answers that can be given", (key) => {
  const { question, followUp, steps } = readyDefinition(key);
  const keys = keysOf(question);
  expect(keys).toEqual(expect.arrayContaining([...(followUp?.after ?? []), ...steps.map((step) => step.key)]));
  if (followUp !== null) expect(question.kind === "nps" || keys.some((one) => asksOn({ question, followUp }, [one]))).toBe(true);
});
