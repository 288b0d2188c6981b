// How this reader hears rules.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { toLocale } from "../../i18n/locales.ts";
import type { RuleVoice } from "../../ui/rule-sentence.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { DraftProduct } from "./draft.ts";

export function useRuleVoice(products: readonly DraftProduct[]): RuleVoice {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const locale = toLocale(i18n.language) ?? "en";
  return useMemo(() => ({ t, formats, locale, productTitles: new Map(products.map(({ id, title }) => [id, title])) }), [t, formats, locale, products]);
}
