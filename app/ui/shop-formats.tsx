// The shop's currency and time zone, for everything below that writes a figure.
import { createContext, useContext, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatsFor, type Formats } from "../i18n/formats.ts";
import { toLocale, type Locale } from "../i18n/locales.ts";

const FormatsContext = createContext<Formats | null>(null);

/** Without a shop (a failed frame) figures are written in no zone's favour. */
export function ShopFormats({ currency = "USD", timeZone = "UTC", children }: { currency?: string | undefined; timeZone?: string | undefined; children: ReactNode }) {
  const locale = useLocale();
  const formats = useMemo(() => formatsFor(locale, { currency, timeZone }), [locale, currency, timeZone]);
  return <FormatsContext.Provider value={formats}>{children}</FormatsContext.Provider>;
}

export function useFormats(): Formats {
  const formats = useContext(FormatsContext);
  if (!formats) throw new Error("figures are written inside ShopFormats");
  return formats;
}

function useLocale(): Locale {
  const { i18n } = useTranslation();
  return toLocale(i18n.language) ?? "en";
}
