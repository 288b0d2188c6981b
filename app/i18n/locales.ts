// The languages we have words for.

export const LOCALES = ["en", "ja", "zh-CN"] as const;
export type Locale = (typeof LOCALES)[number];

/** `ja-JP` is ja; every Chinese is zh-CN, which its readers prefer to English; an unknown language is null. */
export function toLocale(tag: string | null): Locale | null {
  const [language] = (tag ?? "").toLowerCase().split(/[-_]/);
  return LOCALES.find((locale) => locale.split("-")[0] === language) ?? null;
}
