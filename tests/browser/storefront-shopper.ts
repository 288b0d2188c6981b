// A shopper in the storefront, by mouse or by keyboard alone: what their hands do, and what the panel says in their language.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Locale } from "../../app/i18n/locales.ts";
import { listAccessFaults, listLatinWords, listOverflows } from "../support/browser.ts";

const LOCALES_FOLDER = path.join(import.meta.dirname, "../../extensions/regulars-theme/locales");
const TABS_MAX = 60; // further away than that nobody finds it

export type Hand = {
  press(target: Locator): Promise<void>;
  /** as somebody does who is not sure that the first press counted */
  pressTwice(target: Locator): Promise<void>;
  choose(select: Locator, value: string): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
  paste(field: Locator): Promise<void>;
};

export const mouseOn = (page: Page): Hand => ({
  press: (target) => target.click(),
  pressTwice: (target) => target.dblclick(),
  choose: async (select, value) => void (await select.selectOption(value)),
  write: (field, text) => field.fill(text),
  paste: async (field) => {
    await field.click();
    await page.keyboard.press("ControlOrMeta+V");
  },
});

/** Nothing but keys; whatever is reached by Tab has to show that it was. */
export function keyboardOn(page: Page): Hand {
  const { keyboard } = page;
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor();
    const isThere = () => target.evaluate((element) => document.activeElement === element);
    for (let pressed = 0; pressed < TABS_MAX && !(await isThere()); pressed += 1) await keyboard.press("Tab");
    const [isSeen, focused] = await target.evaluate((element) => [element.matches(":focus-visible"), document.activeElement?.outerHTML.slice(0, 200)] as const);
    expect(isSeen, `the focus is on ${focused}`).toBe(true);
  };
  return {
    press: async (target) => {
      await reach(target);
      await keyboard.press("Enter");
    },
    pressTwice: async (target) => {
      await reach(target);
      await keyboard.press("Enter");
      await keyboard.press("Enter");
    },
    choose: async (select, value) => {
      await reach(select);
      for (let pressed = 0; pressed < TABS_MAX && (await select.inputValue()) !== value; pressed += 1) await keyboard.press("ArrowDown");
    },
    write: async (field, text) => {
      await reach(field);
      await keyboard.press("ControlOrMeta+A");
      await keyboard.type(text);
    },
    paste: async (field) => {
      await reach(field);
      await keyboard.press("ControlOrMeta+V");
    },
  };
}

type Room = "guest" | "panel" | "rewards" | "product" | "cart" | "say" | "survey";
type Words = Record<Room, Record<string, string>> & { points: { amount: { one?: string; other: string } }; history: { line: string; kinds: Record<string, string>; parts: Record<string, string> } };

/** The extension's own words, filled in as Shopify does. */
export function wordsOf(locale: Locale) {
  const file = path.join(LOCALES_FOLDER, locale === "en" ? "en.default.json" : `${locale}.json`);
  const words = JSON.parse(readFileSync(file, "utf8")) as Words; // tests/house/theme.test.ts knows that the keys are there
  const fill = (text: string | undefined, values: Record<string, string> = {}): string => (text ?? "").replace(/\{\{ (\w+) \}\}/g, (_blank, name: string) => values[name] ?? "");
  const { amount } = words.points;
  return { words, fill, points: (n: number) => fill((locale === "en" && n === 1 ? amount.one : undefined) ?? amount.other, { amount: n.toLocaleString(locale) }) };
}

export const inPanel = (page: Page, selector: string): Locator => page.locator(`regulars-loyalty ${selector}`);

/** What may be read in the panel just now, line by line. */
export const readPanel = async (page: Page): Promise<string> => (await inPanel(page, ".rgl-panel").innerText()).replace(/\s*\n\s*/g, "\n");

/** What holds for every state of the panel: no obstacle, all within reach, no word of another language but the names given. */
export async function expectWellShown(page: Page, locale: Locale, names: readonly string[]): Promise<void> {
  await expectReadable(page, locale, names);
  expect(await listAccessFaults(page)).toEqual([]);
}

/** The same without axe, which waits for ever where a page may run no script. */
export async function expectReadable(page: Page, locale: Locale, names: readonly string[]): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
  expect(await listOverflows(page)).toEqual([]);
  expect(await inPanel(page, ".rgl-panel").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
  if (locale !== "en") expect(await listLatinWords(page, names, "regulars-loyalty")).toEqual([]);
}
