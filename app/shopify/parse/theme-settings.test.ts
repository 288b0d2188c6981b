// On, off and unreadable, as themes write it.
import { expect, test } from "vitest";
import { isEmbedOn } from "./theme-settings.ts";

const ours = { handle: "regulars", block: "loyalty" };
const settings = (blocks: object) => `/*\n * written by Shopify\n */\n${JSON.stringify({ current: { blocks, colors: {} } })}`;
const block = (type: string, disabled?: boolean) => ({ "17": { type, ...(disabled !== undefined && { disabled }), settings: {} } });

test.each([
  ["our block", settings(block("shopify://apps/regulars/blocks/loyalty/0199", false)), true],
  ["our block, which says nothing of being off", settings(block("shopify://apps/regulars/blocks/loyalty/0199")), true],
  ["our block switched off", settings(block("shopify://apps/regulars/blocks/loyalty/0199", true)), false],
  ["another app's block of that name", settings(block("shopify://apps/others/blocks/loyalty/0199")), false],
  ["another block of ours", settings(block("shopify://apps/regulars/blocks/loyalty-card/0199")), false],
  ["a theme without blocks", JSON.stringify({ current: {} }), false],
  ["a preset", JSON.stringify({ current: "Default" }), false],
  ["no JSON", "{", null],
  ["another shape", "[]", null],
])("%s", (_name, text, expected) => {
  expect(isEmbedOn(text, ours)).toBe(expected);
});
