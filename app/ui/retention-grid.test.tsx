import { readFileSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { expect, test } from "vitest";
import type { CellSums, Measure } from "../capabilities/cohorts/model.ts";
import { tableOf } from "../capabilities/cohorts/rules/table.ts";
import { openTranslator } from "../i18n/translate.ts";
import type { Locale } from "../i18n/locales.ts";
import { addMonths, parseDay, parseMonth } from "../values/day.ts";
import { HEAT_LEVELS, RetentionGrid } from "./retention-grid.tsx";
import { ShopFormats } from "./shop-formats.tsx";

const cell = (cohort: string, period: string, customers: number): CellSums => ({ cohort: parseDay(`${cohort}-01`), period: parseDay(`${period}-01`), customers, returned: customers, orders: customers, revenueMinor: 1, marginMinor: 0, marginOrders: 0 });
const table = tableOf("month", [cell("2026-09", "2026-09", 200), cell("2026-09", "2026-11", 30), cell("2026-10", "2026-10", 100), cell("2026-10", "2026-11", 25)], parseDay("2026-11-22"));

async function draw(measure: Measure, locale: Locale = "en", shown = table): Promise<string> {
  return renderToStaticMarkup(
    <I18nextProvider i18n={await openTranslator(locale)}>
      <ShopFormats currency="USD" timeZone="UTC"><RetentionGrid table={shown} look={{ measure, view: "in", smallTo: 100 }} of={locale === "en" ? "All customers" : "すべての顧客"} /></ShopFormats>
    </I18nextProvider>,
  );
}

const rowOf = (html: string, heading: string): string[] => {
  const row = html.split("<tr").find((part) => part.includes(`>${heading}</th>`)) ?? "";
  return [...row.matchAll(/<td[^>]*?(?:\/>|>(.*?)<\/td>)/g)].map((match) => (match[1] ?? "").replace(/<[^>]+>/g, ""));
};

test("a month nobody bought in is zero, a month that has not begun is empty, the running month says so", async () => {
  const html = await draw("retention");
  expect(rowOf(html, "Sep 2026")).toEqual(["200", "100.0%", "0.0%", "15.0% (not over yet)"]);
  expect(rowOf(html, "Oct 2026")).toEqual(["100", "100.0%", "25.0% (not over yet)", ""]);
  expect(rowOf(await draw("customers"), "Sep 2026")).toEqual(["200", "200", "0", "30 (not over yet)"]);
});

test("the average weighs months by their size and leaves the running month out", async () => {
  expect(rowOf(await draw("retention"), "Weighted average")).toEqual(["300", "100.0%", "0.0%", ""]);
});

test("it is a table to a screen reader: caption, column and row headers, a named region the keyboard can scroll", async () => {
  const html = await draw("retention");
  expect(html).toContain("<caption");
  expect(html.match(/<th scope="row"/g)).toHaveLength(3);
  expect(html.match(/<th scope="col"/g)).toHaveLength(2 + 3);
  expect(html).toMatch(/role="region" aria-label="[^"]+" tabindex="0"/);
});

test("one customer who always comes back does not pale a whole table", async () => {
  const crowd = Array.from({ length: 30 }, (_, index) => addMonths(parseMonth("2024-01"), index)).flatMap((cohort) => [cell(cohort, cohort, 100), cell(cohort, addMonths(cohort, 1), 20)]);
  const html = await draw("retention", "en", tableOf("month", [cell("2023-12", "2023-12", 1), cell("2023-12", "2024-01", 1), ...crowd], parseDay("2026-11-22")));
  expect(html).toContain(`<td class="heat-${HEAT_LEVELS}">20.0%</td>`);
});

test("a small cohort says how sure its share is, a large one needs not", async () => {
  const html = await draw("retention", "en", tableOf("month", [cell("2026-09", "2026-09", 10), cell("2026-09", "2026-10", 4)], parseDay("2026-11-22")));
  expect(rowOf(html, "Sep 2026")).toEqual(["10", "100.0%", "40.0%17% to 69%", "0.0%0% to 28% (not over yet)"]); // Wilson's
});

test("the reader's language names the months and everything else", async () => {
  const html = await draw("retention", "ja");
  expect(html).toContain("2026年9月");
  expect(html.replace(/<[^>]*>/g, " ")).not.toMatch(/[A-Za-z]{2,}/);
});

test("each colour keeps its figure readable, striped or not", () => {
  const css = readFileSync(new URL("retention-grid.css", import.meta.url), "utf8");
  const colours = [...css.matchAll(/\.(heat-\d|retention-first) \{ background: (#\w{6}); color: (#\w{6})/g)];
  expect(colours).toHaveLength(HEAT_LEVELS + 2);
  for (const [, name, background = "", text = ""] of colours) {
    expect(contrast(channels(background), channels(text)), name).toBeGreaterThanOrEqual(4.5);
    expect(contrast(channels(background).map((channel) => channel * (1 - STRIPE_ALPHA)), channels(text)), `${name}, striped`).toBeGreaterThanOrEqual(4.5);
  }
});

const STRIPE_ALPHA = 0.12; // as in retention-grid.css

// WCAG 2.2, contrast ratio
const channels = (hex: string): number[] => [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16) / 255);
const luminance = (rgb: number[]): number => rgb.map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)).reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
const contrast = (one: number[], other: number[]): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
