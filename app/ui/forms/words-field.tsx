// A name in up to three languages: the merchant's own first, the others where they are asked for.
import { BlockStack, Button, InlineStack, TextField } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LOCALES, toLocale, type Locale } from "../../i18n/locales.ts";
import type { Words } from "../../values/words.ts";
import type { Slot } from "./slot.ts";
import { useFault, useHasFault } from "./writing.tsx";

type WordsFieldProps = { slot: Slot<Words | null>; label: string; /** what stands above it says it already */ isLabelHidden?: boolean; help?: string; /** what it is if nothing is said */ usual?: string; /** beside the way to other languages */ action?: ReactNode };

export function WordsField({ slot, label, isLabelHidden = false, help, usual, action }: WordsFieldProps) {
  const { t, i18n } = useTranslation();
  const own = toLocale(i18n.language) ?? "en";
  const others = LOCALES.filter((locale) => locale !== own);
  const [isOpen, setOpen] = useState(false);
  const isFaulty = useHasFault(slot.at);
  const fault = useFault(slot.at);
  const isShown = isOpen || isFaulty;
  const field = (locale: Locale) => <InLanguage key={locale} slot={slot} locale={locale} wholeFault={locale === own ? fault : undefined} isLabelHidden={locale === own && isLabelHidden} label={locale === own ? label : t("frame.form.inLanguage", { name: label, language: t(`profiles.languages.${locale}`) })} placeholder={locale === own ? usual : undefined} />;
  return (
    <BlockStack gap="200">
      {field(own)}
      {help !== undefined && <p className="regulars-help">{help}</p>}
      {isShown && others.map(field)}
      {(!isShown || Boolean(action)) && (
        <InlineStack gap="400">
          {!isShown && <Button variant="plain" onClick={() => setOpen(true)}>{t("frame.form.otherLanguages")}</Button>}
          {action}
        </InlineStack>
      )}
    </BlockStack>
  );
}

type InLanguageProps = { slot: Slot<Words | null>; locale: Locale; label: string; isLabelHidden: boolean; placeholder: string | undefined; /** of all of them together */ wholeFault: string | undefined };

function InLanguage({ slot: { at, value, change }, locale, label, isLabelHidden, placeholder, wholeFault }: InLanguageProps) {
  const fault = useFault(`${at}.${locale}`) ?? wholeFault;
  const write = (text: string): void => change((before) => {
    const { [locale]: _before, ...rest } = before ?? {};
    return text === "" ? rest : { ...rest, [locale]: text };
  });
  return <TextField label={label} labelHidden={isLabelHidden} autoComplete="off" value={value?.[locale] ?? ""} onChange={write} {...(placeholder !== undefined && { placeholder })} {...(fault !== undefined && { error: fault })} />;
}

/** For words there must be: none are empty. */
export const orEmpty = ({ at, value, change }: Slot<Words>): Slot<Words | null> => ({ at, value, change: (update) => change((before) => update(before) ?? {}) });

/** For a name one can do without: no words at all are null. */
export const orNone = (slot: Slot<Words | null>): Slot<Words | null> => ({ ...slot, change: (update) => slot.change((before) => {
  const next = update(before);
  return next === null || Object.keys(next).length === 0 ? null : next;
}) });
