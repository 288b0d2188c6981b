// What can be chosen in a segment's rule, in words: stages, groups, months, countries, languages.
import type { TFunction } from "i18next";
import { CHOICES, type ChoiceField } from "../capabilities/segments/model.ts";
import { RFM_GROUPS, STAGES } from "../capabilities/profiles/model.ts";
import type { Locale } from "../i18n/locales.ts";

const known = <Name extends string>(names: readonly Name[], name: string): Name | undefined => names.find((one) => one === name);

/** A choice nobody offers any more is shown as it is kept. */
export function writeChoice(field: ChoiceField, value: string, { t, locale }: { t: TFunction; locale: Locale }): string {
  switch (field) {
    case "stage": {
      const stage = known(STAGES, value);
      return stage === undefined ? value : t(`profiles.stages.${stage}.name`);
    }
    case "rfm_group":
    case "shopify_rfm_group": {
      const group = known(RFM_GROUPS, value);
      return group === undefined ? value : t(`profiles.rfmGroups.${group}`);
    }
    case "email_consent": {
      const consent = known(CHOICES.email_consent, value);
      return consent === undefined ? value : t(`segments.choices.email_consent.${consent}`);
    }
    case "birthday_month": return value === "this_month" || value === "next_month" ? t(`segments.choices.birthday_month.${value}`) : writeMonth(Number(value), locale);
  }
}

const YEAR = 2_000; // any

const writeMonth = (month: number, locale: Locale): string => new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(YEAR, month - 1, 1)));

/** `JP` is Japan; what is no code stays as it was typed. */
export const writeCountry = (code: string, locale: Locale): string => named(code.toUpperCase(), new Intl.DisplayNames(locale, { type: "region", fallback: "code" }));
export const writeLanguage = (code: string, locale: Locale): string => named(code, new Intl.DisplayNames(locale, { type: "language", fallback: "code" }));

function named(code: string, names: Intl.DisplayNames): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code; // RangeError: not a code at all
  }
}
