import { describe, expect, test } from "vitest";
import { addDays, addMonths, countDays, countMonths, dayAt, lastDayOf, lastSecondOf, parseDay, parseMonth } from "./day.ts";

describe("days", () => {
  test("a day belongs to the shop's own zone", () => {
    const instant = new Date("2026-03-01T15:30:00Z");
    expect(dayAt(instant, "Asia/Tokyo")).toBe("2026-03-02");
    expect(dayAt(instant, "America/Los_Angeles")).toBe("2026-03-01");
  });

  test.each([
    ["Asia/Tokyo", "2026-03-01T14:59:59Z"], ["America/Los_Angeles", "2026-03-02T07:59:59Z"], ["Pacific/Kiritimati", "2026-03-01T09:59:59Z"], ["Etc/GMT+12", "2026-03-02T11:59:59Z"],
  ])("a day ends a second before the next begins: %s", (zone, instant) => {
    expect(lastSecondOf(parseDay("2026-03-01"), zone)).toEqual(new Date(instant));
  });

  test("also where clocks change on it, at midnight even", () => {
    expect(lastSecondOf(parseDay("2026-03-08"), "America/New_York")).toEqual(new Date("2026-03-09T03:59:59Z"));
    expect(lastSecondOf(parseDay("2026-09-05"), "America/Santiago")).toEqual(new Date("2026-09-06T03:59:59Z"));
  });

  test.each(["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "today", "2026-01-01T00:00"])("%s is no day", (text) => {
    expect(() => parseDay(text)).toThrow(RangeError);
  });

  test("days and months are counted over year ends and leap days", () => {
    expect(addDays(parseDay("2024-02-28"), 1)).toBe("2024-02-29");
    expect(countDays({ from: parseDay("2025-12-31"), to: parseDay("2026-01-01") })).toBe(2);
    expect(addMonths(parseMonth("2026-01"), -1)).toBe("2025-12");
    expect(countMonths({ from: parseMonth("2025-11"), to: parseMonth("2026-02") })).toBe(3);
    expect(lastDayOf(parseMonth("2024-02"))).toBe("2024-02-29");
  });
});
