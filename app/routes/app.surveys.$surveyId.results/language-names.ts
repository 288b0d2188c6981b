// Languages of shoppers' pages, in the reader's words.
import { useTranslation } from "react-i18next";
import { LOCALES } from "../../i18n/locales.ts";

export function useLanguageNames(): (language: string) => string {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames(i18n.language, { type: "language", fallback: "code" });
  return (language) => {
    const own = LOCALES.find((locale) => locale === language);
    return own === undefined ? names.of(language) ?? language : t(`profiles.languages.${own}`);
  };
}
