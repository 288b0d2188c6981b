// How this reader hears rules.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RuleNames } from "../capabilities/segments/model.ts";
import { toLocale } from "../i18n/locales.ts";
import type { RuleVoice } from "./rule-sentence.ts";
import { useFormats } from "./shop-formats.tsx";
import { toSurveyAnswers, type AskedQuestion, type SurveyAnswers } from "./survey-answers.ts";

export function useRuleVoice(names: RuleNames, surveys: readonly SurveyAnswers[]): RuleVoice {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const locale = toLocale(i18n.language) ?? "en";
  return useMemo(() => ({ t, formats, locale, productTitles: titlesOf(names.products), collectionTitles: titlesOf(names.collections), surveys }), [t, formats, locale, names, surveys]);
}

const titlesOf = (named: readonly { id: string; title: string }[]): ReadonlyMap<string, string> => new Map(named.map(({ id, title }) => [id, title]));

/** Surveys with their answers as this reader calls them. */
export function useSurveyAnswers(surveys: readonly AskedQuestion[]): SurveyAnswers[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => toSurveyAnswers(t, surveys, i18n.language), [t, surveys, i18n.language]);
}
