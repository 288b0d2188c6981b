// What an answer to a survey is called: a choice by the merchant's words, a number as it is, the rest by ours.
import type { TFunction } from "i18next";
import { ANSWERED, SILENT } from "../capabilities/surveys/model/results.ts";
import type { NameKey, Question } from "../capabilities/surveys/model/survey.ts";
import type { Locale } from "../i18n/locales.ts";
import { openTranslator } from "../i18n/translate.ts";
import { wordsIn } from "../values/words.ts";

const NAMED = ["yes", "no", "wrote", "detractor", "passive", "promoter"] as const;

/** By the key it is counted under, or of one of the groups beside them. */
export function writeAnswerKey(t: TFunction, { choices }: Pick<Question, "choices">, key: string, language: string): string {
  if (key === ANSWERED) return t("surveys.outcomes.rows.answered");
  if (key === SILENT) return t("surveys.outcomes.rows.silent");
  const choice = choices.find(({ id }) => id === key);
  if (choice) return wordsIn(choice.text, language);
  const named = NAMED.find((name) => name === key);
  return named === undefined ? key : t(`segments.answers.${named}`);
}

/** For whoever has no page. */
export async function openKeyNames(locale: Locale): Promise<NameKey> {
  const { t } = await openTranslator(locale);
  return (question, key) => writeAnswerKey(t, question, key, locale);
}
