// Points in money, by the rewards a shopper could choose.
import { expect, test } from "vitest";
import { defaultProgramme } from "./defaults.ts";
import { giveBackOf, worthOf } from "./worth.ts";

const programme = defaultProgramme({ currency: "JPY", averageOrderMinor: 5_000 });

test("a point is worth what it buys where it buys most", () => {
  expect(worthOf(programme)).toBe(5); // 100 points are 500 yen
  expect(worthOf({ rewards: programme.rewards.map((reward) => ("amountMinor" in reward && reward.kind === "store_credit" ? { ...reward, isOn: true, cost: 50 } : reward)) })).toBe(10);
});

test("what only a tier may have, or what is off, counts for nobody", () => {
  expect(worthOf({ rewards: programme.rewards.map((reward) => ({ ...reward, tierIds: ["gold"] })) })).toBeNull();
  expect(worthOf({ rewards: programme.rewards.map((reward) => ({ ...reward, isOn: false })) })).toBeNull();
});

test("about a twentieth comes back by the defaults, and nothing where orders do not earn", () => {
  expect(giveBackOf(programme)).toBeCloseTo(0.05);
  expect(giveBackOf({ ...programme, order: { ...programme.order, isOn: false } })).toBeNull();
});
