// Our words in another language than the reader's: for what shoppers will see.
import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Locale } from "../i18n/locales.ts";
import { openTranslator } from "../i18n/translate.ts";

/** The reader's own words until the others have come. */
export function useWordsIn(language: Locale): TFunction {
  const { t, i18n } = useTranslation();
  const [known, setKnown] = useState<{ language: Locale; t: TFunction } | null>(null);
  useEffect(() => {
    let isWanted = true;
    if (language !== i18n.language) void openTranslator(language).then((translator) => isWanted && setKnown({ language, t: translator.getFixedT(language) }));
    return () => void (isWanted = false);
  }, [language, i18n.language]);
  return known?.language === language ? known.t : t;
}
