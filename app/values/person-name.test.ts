// Names, by the order of their own language.
import { expect, test } from "vitest";
import { personName } from "./person-name.ts";

test.each([
  ["Mina", "Okafor", "ja", "Mina Okafor"], ["陽菜", "山本", "ja", "山本 陽菜"], ["小明", "王", "zh-CN", "王小明"], ["小明", "王", null, "王 小明"], ["ひなこ", "やまもと", "en", "やまもと ひなこ"],
  ["Mina", null, "en", "Mina"], [null, "山本", "ja", "山本"], [" ", "", "en", null], [null, null, null, null],
])("%j %j in %j is %j", (firstName, lastName, locale, name) => {
  expect(personName({ firstName, lastName }, locale)).toBe(name);
});
