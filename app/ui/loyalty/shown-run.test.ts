// Who rises and who falls.
import { expect, test } from "vitest";
import { countMoves } from "./shown-run.ts";

const levels = { now: ["silver", "gold"], then: ["silver", "gold"] };
const sums = (moves: { from: string | null; to: string | null; customers: number }[]) => ({ customers: 0, now: { points: 0, earners: 0 }, then: { points: 0, earners: 0 }, gaining: 0, losing: 0, moves: moves.map((move) => ({ ...move, firstIds: [] })) });

test("up and down are told by the tiers' places, and who stays is in neither", () => {
  const moves = [{ from: null, to: "silver", customers: 3 }, { from: "silver", to: "gold", customers: 2 }, { from: "gold", to: "silver", customers: 4 }, { from: "silver", to: null, customers: 1 }, { from: "gold", to: "gold", customers: 9 }];
  expect(countMoves(sums(moves), levels)).toEqual({ up: 5, down: 5, gone: 0 });
});

test("a tier that is gone cannot be kept, one that is there can", () => {
  expect(countMoves(sums([{ from: "gold", to: "silver", customers: 4 }, { from: "silver", to: null, customers: 2 }]), { now: ["silver", "gold"], then: ["silver"] })).toEqual({ up: 0, down: 6, gone: 4 });
});

test("without tiers everybody who had one falls", () => {
  expect(countMoves(sums([{ from: "silver", to: null, customers: 7 }]), { now: ["silver"], then: [] })).toEqual({ up: 0, down: 7, gone: 7 });
});
