import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMinor, toDecimal } from "./money.ts";

describe("money", () => {
  test.each([
    ["12.34", "USD", 1234], ["12.3", "USD", 1230], ["1200", "JPY", 1200], ["1200.00", "JPY", 1200], ["0.125", "KWD", 125],
    ["-5.00", "EUR", -500], ["16.195", "USD", 1620], ["16.194", "USD", 1619], ["-0.005", "USD", -1], ["-0.00", "USD", 0],
  ])("%s %s is %i minor units", (amount, currency, minor) => {
    expect(parseMinor(amount, currency)).toBe(minor);
  });

  test.each(["", "12,34", "1e3", "abc", " 1", 12, null, "99999999999999999"])("%s is no amount", (amount) => {
    expect(() => parseMinor(amount, "USD")).toThrow(RangeError);
  });

  test("what is written is read back", () => {
    fc.assert(fc.property(fc.integer(), fc.constantFrom("USD", "JPY", "KWD"), (minor, currency) => {
      expect(parseMinor(toDecimal({ minor, currency }), currency)).toBe(minor);
    }));
  });
});
