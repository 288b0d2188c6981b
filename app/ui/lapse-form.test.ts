import { expect, test } from "vitest";
import { parseLapseWish } from "./lapse-form.ts";

const parse = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return parseLapseWish(form);
};

test.each([["90", 90], [" 1,095 ", 1_095], ["３６５", 365]])("%j days are taken", (days, value) => expect(parse({ intent: "save", days })).toEqual({ intent: "save", days: value }));

test.each([["", "missing"], ["soon", "not_a_number"], ["30.5", "not_whole"], ["0", "out_of_range"], ["-3", "out_of_range"], ["4000", "out_of_range"]])("%j is refused: %s", (days, fault) => {
  expect(parse({ intent: "save", days })).toEqual({ intent: "refused", fault });
});

test("automatic takes no days, and a form that is not ours is refused", () => {
  expect(parse({ intent: "automatic" })).toEqual({ intent: "automatic" });
  expect(() => parse({})).toThrow();
  expect(() => parse({ intent: "save" })).toThrow();
});
