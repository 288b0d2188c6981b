// Words in the reader's language, on the server and in the browser, with the plural forms Intl knows.
import { createInstance, type i18n } from "i18next";
import type { Locale } from "./locales.ts";

/** Ours are in the default namespace; Polaris' own strings ride along as "polaris". */
export type Translator = i18n;

const opened = new Map<Locale, Promise<Translator>>();

/** One translator per language for the life of the process: a language never changes its words. */
export function openTranslator(locale: Locale): Promise<Translator> {
  const known = opened.get(locale) ?? loadTranslator(locale);
  opened.set(locale, known);
  return known;
}

async function loadTranslator(locale: Locale): Promise<Translator> {
  const [own, polaris] = await loaders[locale]();
  const translator = createInstance();
  await translator.init({
    lng: locale,
    fallbackLng: false,
    initAsync: false,
    resources: { [locale]: { translation: own.default, polaris: polaris.default } },
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
  });
  return translator;
}

/** A browser fetches only its own language. */
const loaders = {
  en: () => Promise.all([import("./en.json", { with: { type: "json" } }), import("@shopify/polaris/locales/en.json", { with: { type: "json" } })]),
  ja: () => Promise.all([import("./ja.json", { with: { type: "json" } }), import("@shopify/polaris/locales/ja.json", { with: { type: "json" } })]),
  "zh-CN": () => Promise.all([import("./zh-CN.json", { with: { type: "json" } }), import("@shopify/polaris/locales/zh-CN.json", { with: { type: "json" } })]),
} satisfies Record<Locale, unknown>;
