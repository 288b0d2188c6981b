// Three languages say the same things: no key missing, no variable lost, no English left over.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LOCALES, type Locale } from "../../app/i18n/locales.ts";

type Words = { [key: string]: string | Words };

const PLURAL = /_(zero|one|two|few|many|other)$/;
const NAMES = /Regulars|Shopify|CSV|LINE|RFM|VIP|NPS/g; // the same in every language

const flat = (words: Words, prefix = ""): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === "string" ? [[prefix + key, value]] satisfies [string, string][] : flat(value, `${prefix}${key}.`)));
const wordsOf = (locale: Locale) => flat(JSON.parse(readFileSync(`app/i18n/${locale}.json`, "utf8")));
const baseOf = (key: string) => key.replace(PLURAL, "");
const keysOf = (words: [string, string][]) => [...new Set(words.map(([key]) => baseOf(key)))].sort();
const variablesOf = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1]))].sort();

const english = wordsOf("en");

test.each(LOCALES)("%s has every key, and no key of its own", (locale) => {
  expect(keysOf(wordsOf(locale))).toEqual(keysOf(english));
});

test.each(LOCALES)("%s has each plural form its language has, and no other", (locale) => {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
  const words = wordsOf(locale);
  const counted = new Set(words.flatMap(([key]) => (PLURAL.test(key) ? [baseOf(key)] : [])));
  expect(counted.size).toBeGreaterThan(0);
  for (const base of counted) {
    expect(words.flatMap(([key]) => (baseOf(key) === base ? [key.slice(base.length + 1)] : [])).sort(), base).toEqual(forms);
  }
});

test.each(LOCALES)("%s says nothing empty, and uses the variables English uses", (locale) => {
  const variables = new Map(english.map(([key, text]) => [baseOf(key), variablesOf(text)]));
  for (const [key, text] of wordsOf(locale)) {
    expect(text.trim(), key).not.toBe("");
    expect(variablesOf(text), key).toEqual(variables.get(baseOf(key)));
  }
});

test.each(["ja", "zh-CN"] as const)("%s has no Latin words but names", (locale) => {
  const latin = wordsOf(locale).filter(([, text]) => /[A-Za-z]{2,}/.test(text.replace(/\{\{.*?\}\}/g, "").replace(NAMES, "")));
  expect(latin).toEqual([]);
});

test("zh-CN calls a segment what Shopify's own admin calls it", () => {
  expect(wordsOf("zh-CN").filter(([, text]) => /客户群|客群|分群/.test(text))).toEqual([]);
});

test("every key is said somewhere", () => {
  const sources = globSync("app/**/*.{ts,tsx}").filter((file) => !file.includes(".test.")).map((file) => readFileSync(file, "utf8"));
  // "a.b.c", or `a.${name}.c`, which stands for any one part
  const said = sources.flatMap((source) => [...source.matchAll(/["`]((?:frame|analytics|sync|profiles|forecasts|segments|followups|loyalty|surveys|cohorts|targets|privacy)\.[^"`]+)["`]/g)].map(([, key = ""]) => new RegExp(`^${key.replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, "[^.]+")}$`)));
  const silent = keysOf(english).filter((key) => !said.some((pattern) => pattern.test(key)));
  expect(silent).toEqual([]);
});
