import { expect, test } from "vitest";
import { parseDay, parseMonth } from "../values/day.ts";
import { formatsFor } from "./formats.ts";
import { openTranslator } from "./translate.ts";

const range = { from: parseDay("2025-12-01"), to: parseDay("2026-11-22") };

test("money is the shop's, its writing the reader's", () => {
  expect(formatsFor("en", { currency: "USD", timeZone: "UTC" }).money(123_456)).toBe("$1,234.56");
  expect(formatsFor("ja", { currency: "JPY", timeZone: "UTC" }).money(1_234)).toBe("￥1,234");
  expect(formatsFor("zh-CN", { currency: "KWD", timeZone: "UTC" }).money(1_234)).toMatch(/1\.234/);
});

test("instants are the shop's own, days are nobody's zone", () => {
  const tokyo = formatsFor("ja", { currency: "JPY", timeZone: "Asia/Tokyo" });
  expect(tokyo.instant("2026-11-22T20:00:00Z")).toBe("2026/11/23 5:00");
  expect(tokyo.range(range)).toBe("2025/12/01～2026/11/22");
  expect(formatsFor("zh-CN", { currency: "CNY", timeZone: "America/Los_Angeles" }).month(parseMonth("2026-11"))).toBe("2026年11月");
});

test("no thin spaces, which Node and browsers disagree about", () => {
  const english = formatsFor("en", { currency: "USD", timeZone: "UTC" });
  expect(`${english.range(range)} ${english.instant("2026-11-22T20:00:00Z")}`).toMatch(/^[\x20-\x7e–]+$/u);
});

test("time left is rounded up to one unit", () => {
  const english = formatsFor("en", { currency: "USD", timeZone: "UTC" });
  expect([0, 59, 61, 3_600, 90_000].map(english.duration)).toEqual(["1 second", "59 seconds", "2 minutes", "1 hour", "2 days"]);
});

test("plural forms follow the language", async () => {
  const english = await openTranslator("en");
  const japanese = await openTranslator("ja");
  expect([1, 1_200].map((count) => english.t("sync.progress.orders", { count }))).toEqual(["1 order counted", "1,200 orders counted"]);
  expect([1, 1_200].map((count) => japanese.t("sync.progress.orders", { count }))).toEqual(["1件の注文を集計しました", "1,200件の注文を集計しました"]);
});
