// The languages of the sandbox's own pages, and which of them a visitor wants.

import type { Request } from "express";

export const locales = ["en", "ja", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

export const localeNames: Record<Locale, string> = { en: "English", ja: "日本語", "zh-CN": "简体中文" };

export const localeCookie = "sandbox_locale";
export const oneYearMs = 365 * 24 * 60 * 60 * 1000;

/** every sentence in the order of `locales` */
export type WordTable = Record<string, readonly [string, string, string]>;
export type Translate<Table extends WordTable> = (key: keyof Table & string, values?: Record<string, string | number>) => string;

/** a word function for one language; `{name}` in a sentence is replaced by the value of that name */
export function translatorOf<Table extends WordTable>(table: Table, locale: Locale): Translate<Table> {
  const column = locales.indexOf(locale);
  return (key, values = {}) =>
    (table[key]?.[column] ?? key).replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

export function findLocale(text: unknown): Locale | null {
  return locales.find((locale) => locale === text) ?? null;
}

/** what was chosen with the picker, else what the browser prefers */
export function readLocale(request: Request): Locale {
  const accepted = request.acceptsLanguages("en", "ja", "zh-CN", "zh");
  return findLocale(readCookie(request, localeCookie)) ?? findLocale(accepted === "zh" ? "zh-CN" : accepted) ?? "en";
}

export function readCookie(request: Request, name: string): string | null {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = pair.trim().split("=");
    // Our own cookies hold nothing that needs escapes; one that has any was not written here.
    if (key === name && value !== undefined) return value.includes("%") ? null : value;
  }
  return null;
}
