// A change at one place leaves the others as they were, and finds its own after others moved.
import { expect, test } from "vitest";
import { append, items, moveAt, narrow, part, present, put, removeAt, type Slot } from "./slot.ts";

type Reward = { kind: "amount"; minor: number } | { kind: "shipping" };
type Written = { name: string; rewards: Reward[]; tiers: { days: number } | null };

function desk(written: Written): { read: () => Written; slot: () => Slot<Written> } {
  let current = written;
  return { read: () => current, slot: () => ({ at: "", value: current, change: (update) => void (current = update(current)) }) };
}

const FIRST: Written = { name: "a", rewards: [{ kind: "amount", minor: 5 }, { kind: "shipping" }], tiers: { days: 30 } };

test("a place knows its address, and two changes of one moment both stay", () => {
  const { read, slot } = desk(FIRST);
  const whole = slot();
  const [reward] = items(part(whole, "rewards"));
  const amount = reward && narrow(reward, (value) => value.kind === "amount");
  const minor = amount && part(amount, "minor");
  expect(minor?.at).toBe("rewards.0.minor");
  if (minor) put(minor, 7);
  put(part(whole, "name"), "b");
  expect(read()).toEqual({ ...FIRST, name: "b", rewards: [{ kind: "amount", minor: 7 }, { kind: "shipping" }] });
});

test("what is of another kind, or is not there, is no place", () => {
  const { slot } = desk({ ...FIRST, tiers: null });
  const [, second] = items(part(slot(), "rewards"));
  expect(second && narrow(second, (value) => value.kind === "amount")).toBeNull();
  expect(present(part(slot(), "tiers"))).toBeNull();
});

test("one more, one less", () => {
  const { read, slot } = desk(FIRST);
  append(part(slot(), "rewards"), { kind: "shipping" });
  removeAt(part(slot(), "rewards"), 0);
  expect(read().rewards).toEqual([{ kind: "shipping" }, { kind: "shipping" }]);
});

test("one up, one down, and none over the edge", () => {
  const { read, slot } = desk(FIRST);
  moveAt(part(slot(), "rewards"), 0, 1);
  expect(read().rewards).toEqual([{ kind: "shipping" }, { kind: "amount", minor: 5 }]);
  moveAt(part(slot(), "rewards"), 0, -1);
  moveAt(part(slot(), "rewards"), 1, 1);
  expect(read().rewards).toEqual([{ kind: "shipping" }, { kind: "amount", minor: 5 }]);
});
