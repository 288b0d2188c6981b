// The last word wins, whatever order the words came in.
import { expect, test } from "vitest";
import { parseId, type CustomerId } from "../../values/ids.ts";
import { counts, followMerges, newestOf } from "./rules.ts";

const paid = { cancelledAt: null, isTest: false, financialStatus: "PAID" } as const;
const customer = (id: number) => parseId<CustomerId>(id);
const merge = (deleted: number, kept: number) => ({ deletedId: customer(deleted), keptId: customer(kept) });

test("an order counts once money came in, and still when some or all of it went back", () => {
  const counting = (["PENDING", "AUTHORIZED", "PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED", "VOIDED", "EXPIRED"] as const)
    .filter((financialStatus) => counts({ ...paid, financialStatus }));
  expect(counting).toEqual(["PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED"]);
});

test("an order that was called off or only tried never counts", () => {
  expect(counts({ ...paid, cancelledAt: new Date(0) })).toBe(false);
  expect(counts({ ...paid, isTest: true })).toBe(false);
});

test("the newest word about each stays, in the order of ids; of two as new, the later", () => {
  const said = (id: bigint, minute: number, word: string) => ({ id, updatedAt: new Date(minute * 60_000), word });
  expect(newestOf([said(9n, 2, "b"), said(2n, 1, "x"), said(9n, 1, "a"), said(9n, 2, "c")]).map(({ word }) => word)).toEqual(["x", "c"]);
});

test("a chain of merges leads to its last link, in whatever order it is told", () => {
  const end = [merge(1, 3), merge(2, 3)];
  expect(followMerges([merge(1, 2), merge(2, 3)])).toEqual(end);
  expect(followMerges([merge(2, 3), merge(1, 2)])).toEqual(expect.arrayContaining(end));
});

test("a circle of merges is nobody's merge", () => {
  expect(followMerges([merge(1, 2), merge(2, 1)])).toEqual([]);
});
