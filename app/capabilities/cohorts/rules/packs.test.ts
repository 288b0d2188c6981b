import fc from "fast-check";
import { expect, test } from "vitest";
import { packOf, scalePacks } from "./packs.ts";

test.each([
  ["Pack of 6", "piece", 6], ["6-pack", "piece", 6], ["6 Pack", "piece", 6], ["6pk", "piece", 6], ["Box of 1,000", "piece", 1_000], ["20 ct", "piece", 20], ["12 Capsules", "piece", 12], ["Blue / Set of 3", "piece", 3], ["x 4", "piece", 4], ["2 bags", "piece", 2],
  ["12個入り", "piece", 12], ["１２個入り", "piece", 12], ["6本", "piece", 6], ["3袋セット", "piece", 3], ["30包", "piece", 30], ["5枚入", "piece", 5], ["12 支装", "piece", 12], ["6瓶装", "piece", 6], ["10片", "piece", 10], ["2盒", "piece", 2],
  ["500 g", "gram", 500], ["1 kg", "gram", 1_000], ["1kg / Whole beans", "gram", 1_000], ["1,5 kg", "gram", 1_500], ["0.5kg", "gram", 500], ["1,000 g", "gram", 1_000], ["100グラム", "gram", 100], ["2キロ", "gram", 2_000], ["250克", "gram", 250], ["1公斤", "gram", 1_000], ["2斤", "gram", 1_000],
  ["750 ml", "millilitre", 750], ["1 L", "millilitre", 1_000], ["75cl", "millilitre", 750], ["500毫升", "millilitre", 500], ["2リットル", "millilitre", 2_000],
  ["6 x 250 g", "gram", 1_500], ["500ml×24本", "millilitre", 12_000], ["250 g / Pack of 4", "gram", 1_000], ["100g × 3袋", "gram", 300], ["24 x 330ml", "millilitre", 7_920], ["250 g x 2", "gram", 500], ["250g x2", "gram", 500], ["Red / x6", "piece", 6],
] as const)("%s holds so many of %s: %d", (name, kind, amount) => {
  expect(packOf(name)).toEqual({ kind, amount });
});

test("pounds and ounces are weights, fluid ounces are not", () => {
  expect(packOf("1 lb")?.amount).toBeCloseTo(453.59, 2);
  expect(packOf("12 oz")).toMatchObject({ kind: "gram", amount: expect.closeTo(340.19, 2) });
  expect(packOf("12 fl oz")).toMatchObject({ kind: "millilitre", amount: expect.closeTo(354.88, 2) });
});

test.each(["Default Title", "Medium", "Size 6", "No. 5", "18", "Model X5", "5 gold stars", "2 lamps", "iPhone 15", "", "0 g", "x1.5", "XL", "100% cotton"])("of %j nothing is read", (name) => {
  expect(packOf(name)).toBeNull();
});

test("variants of a product are measured in its smallest, and in nothing where they cannot be compared", () => {
  expect(scalePacks(["1 kg", "250 g", "500 g"])).toEqual([4, 1, 2]);
  expect(scalePacks(["Single", "6-pack"])).toEqual([1, 6]);
  expect(scalePacks(["6本", "12本", "24本"])).toEqual([1, 2, 4]);
  expect(scalePacks(["250 g", "Gift box"])).toEqual([1, 1]);
  expect(scalePacks(["500 g", "500 ml"])).toEqual([1, 1]);
  expect(scalePacks(["Red", "Blue"])).toEqual([1, 1]);
  expect(scalePacks([])).toEqual([]);
});

test("whatever a variant is called, its pack is a number above nothing", () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constantFrom(" g", "kg", "本", " pack", "ml x 3")).map(([number, unit]) => `${number}${unit}`)), { minLength: 1, maxLength: 5 }), (names) => {
    const scales = scalePacks(names);
    expect(scales.every((scale) => Number.isFinite(scale) && scale >= 1)).toBe(true);
    expect(scales).toContain(1);
  }));
});
