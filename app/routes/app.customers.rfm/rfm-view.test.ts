import { expect, test } from "vitest";
import { agreementOf, toGroupRows, toMap } from "./rfm-view.ts";

const cells = [{ r: 5, fm: 5, customers: 3, revenueMinor: 900 }, { r: 5, fm: 4, customers: 1, revenueMinor: 100 }, { r: 1, fm: 1, customers: 6, revenueMinor: 60 }];
const pairs = [
  { ours: "CHAMPIONS", shopifys: "CHAMPIONS", customers: 2 }, { ours: "CHAMPIONS", shopifys: "LOYAL", customers: 1 }, { ours: "CHAMPIONS", shopifys: null, customers: 1 },
  { ours: "DORMANT", shopifys: "DORMANT", customers: 6 }, { ours: "PROSPECTS", shopifys: "PROSPECTS", customers: 4 },
] as const;

test("the map has all its cells, recent buyers on top and big ones to the right", () => {
  const map = toMap(cells);
  expect(map.map((row) => row.map(({ customers }) => customers))).toEqual([[0, 0, 0, 1, 3], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [6, 0, 0, 0, 0]]);
  expect([map[0]?.[4], map[4]?.[0], map[2]?.[2]].map((cell) => cell?.group)).toEqual(["CHAMPIONS", "DORMANT", "NEEDS_ATTENTION"]);
});

test("our groups stand beside Shopify's", () => {
  const rows = toGroupRows(toMap(cells), pairs);
  expect(rows.find(({ group }) => group === "CHAMPIONS")).toEqual({ group: "CHAMPIONS", customers: 4, revenueMinor: 1_000, shopifys: 2, agreeing: 2 });
  expect(rows.find(({ group }) => group === "LOYAL")).toEqual({ group: "LOYAL", customers: 0, revenueMinor: 0, shopifys: 1, agreeing: 0 });
  expect(agreementOf(pairs)).toEqual({ agreeing: 12, known: 13 });
  expect(agreementOf([{ ours: "NEW", shopifys: null, customers: 5 }])).toBeNull();
});
