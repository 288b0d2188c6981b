import { expect, test } from "vitest";
import { openTranslator } from "../i18n/translate.ts";
import { writeTask } from "./task-words.ts";

const inEveryLanguage = async (answer: Parameters<typeof writeTask>[1]["answer"]) =>
  Promise.all((["en", "ja", "zh-CN"] as const).map(async (locale) => writeTask((await openTranslator(locale)).t, { survey: "Delivery", answer }, locale)));

test.each([
  [{ en: "2" }, "Answered “2” to “Delivery”", "「Delivery」に「2」と回答", "对“Delivery”回答“2”"],
  [{ en: "Too slow", ja: "遅い" }, "Answered “Too slow” to “Delivery”", "「Delivery」に「遅い」と回答", "对“Delivery”回答“Too slow”"],
  [null, "Wrote to “Delivery”", "「Delivery」に記入", "在“Delivery”中留言"],
])("%o", async (answer, ...words) => expect(await inEveryLanguage(answer)).toEqual(words));
