// What a programme begins with is one a shopkeeper could have written, in any currency and at any price.
import fc from "fast-check";
import { expect, test } from "vitest";
import { programmeSchema } from "../model/programme.ts";
import { wordsIn } from "../../../values/words.ts";
import { defaultProgramme } from "./defaults.ts";

test("is valid, and gives back about a twentieth", () => {
  fc.assert(fc.property(fc.constantFrom("USD", "JPY", "CNY", "KWD"), fc.option(fc.integer({ min: 1, max: 5_000_000 })), (currency, averageOrderMinor) => {
    const programme = programmeSchema.parse(defaultProgramme({ currency, averageOrderMinor }));
    const reward = programme.rewards.find(({ kind }) => kind === "amount_off");
    if (reward?.kind !== "amount_off") throw new Error("there is an amount off");
    const spentMinor = (reward.cost / programme.order.points) * programme.order.perMinor;
    expect(reward.amountMinor).toBeCloseTo(spentMinor * 0.05, spentMinor > 100 ? 6 : -1);
  }));
});

test("a usual order brings enough points to be worth counting, and reaches no tier alone", () => {
  const { order, tiers } = defaultProgramme({ currency: "JPY", averageOrderMinor: 8_000 });
  expect(Math.floor(8_000 / order.perMinor)).toBe(80);
  expect(tiers?.levels.map(({ entry }) => entry)).toEqual([20_000, 50_000]);
});

test("words are the reader's, else the first there are", () => {
  const words = { en: "Gold", ja: "ゴールド" };
  expect([wordsIn(words, "ja-JP"), wordsIn(words, "zh-CN"), wordsIn({ "zh-CN": "金卡" }, "en")]).toEqual(["ゴールド", "Gold", "金卡"]);
});
