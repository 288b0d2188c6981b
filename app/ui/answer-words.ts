// What an answer to a survey is called: a choice by the merchant's words, a number as it is, the rest by ours.
import type { TFunction } from "i18next";
import type { Question } from "../capabilities/surveys/model/survey.ts";
import { wordsIn } from "../values/words.ts";

const NAMED = ["yes", "no", "wrote", "detractor", "passive", "promoter"] as const;

/** By the key it is counted under. */
export function writeAnswerKey(t: TFunction, { choices }: Pick<Question, "choices">, key: string, language: string): string {
  const choice = choices.find(({ id }) => id === key);
  if (choice) return wordsIn(choice.text, language);
  const named = NAMED.find((name) => name === key);
  return named === undefined ? key : t(`segments.answers.${named}`);
}
