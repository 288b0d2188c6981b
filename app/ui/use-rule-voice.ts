// How this reader hears rules.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { toLocale } from "../i18n/locales.ts";
import type { RuleVoice } from "./rule-sentence.ts";
import { useFormats } from "./shop-formats.tsx";
import { toSurveyAnswers, type AskedQuestion, type SurveyAnswers } from "./survey-answers.ts";

export function useRuleVoice(products: readonly { id: string; title: string }[], surveys: readonly SurveyAnswers[]): RuleVoice {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const locale = toLocale(i18n.language) ?? "en";
  return useMemo(() => ({ t, formats, locale, productTitles: new Map(products.map(({ id, title }) => [id, title])), surveys }), [t, formats, locale, products, surveys]);
}

/** Surveys with their answers as this reader calls them. */
export function useSurveyAnswers(surveys: readonly AskedQuestion[]): SurveyAnswers[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => toSurveyAnswers(t, surveys, i18n.language), [t, surveys, i18n.language]);
}
