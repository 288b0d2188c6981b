import { expect, test } from "vitest";
import { slugOf } from "./slug.ts";

const id = "0a1b2c3d-0000-4000-8000-000000000000";

test.each([
  ["At risk", "at-risk"], ["  VIPs: 2026 & later!  ", "vips-2026-later"], ["Café crème", "cafe-creme"], ["ＶＩＰ", "vip"],
  ["おきゃくさま", "okyakusama"], ["コーヒー ファン", "kohi-fan"], ["きっと まっちゃ", "kitto-matcha"], ["シャンプー", "shanpu"], ["じゅんび", "junbi"], ["ﾊﾟﾝ", "pan"],
])("%s becomes %s", (name, slug) => expect(slugOf({ id, name })).toBe(slug));

test.each(["春のお客様", "常客", "Чай", "!!!", "VIP 常客"])("%s cannot be spelt, and the number stands for it", (name) => expect(slugOf({ id, name })).toBe("0a1b2c3d"));

test("a long name is cut, and never ends in a hyphen", () => {
  expect(slugOf({ id, name: `${"a".repeat(39)} b` })).toBe("a".repeat(39));
});
