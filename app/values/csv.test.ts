import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toCell, toCsv } from "./csv.ts";

test.each(["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "-", "＝1", "-12.3.4", "-1e5"])("%j cannot become a formula", (text) => {
  expect(toCell(text)).toBe(`'${text}`);
});

test.each([[-12, "-12"], ["-12.34", "-12.34"], [0.5, "0.5"], ["0.488756", "0.488756"], [null, ""], ["2010-12", "2010-12"], ["Mina = Okafor", "Mina = Okafor"]])("%j is written as it is", (value, cell) => {
  expect(toCell(value)).toBe(cell);
});

test("any text comes back from the file as it went in, or disarmed", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
      const back = parse(toCsv([["one", "two"], ...rows]));
      expect(back).toEqual([["one", "two"], ...rows.map((row) => row.map(toCell))]);
    }),
  );
});
