// What comes back, by the defaults and where nothing can.
import { expect, test } from "vitest";
import { defaultProgramme } from "./defaults.ts";
import { giveBackOf } from "./worth.ts";

const known = { averageOrderMinor: 5_000 };
const programme = defaultProgramme({ currency: "JPY", ...known });

test("about a twentieth comes back by the defaults", () => {
  expect(giveBackOf(programme, known)).toBeCloseTo(0.05);
});

test("nothing comes back where orders do not earn or nothing is offered", () => {
  expect(giveBackOf({ ...programme, order: { ...programme.order, isOn: false } }, known)).toBeNull();
  expect(giveBackOf({ ...programme, rewards: programme.rewards.map((reward) => ({ ...reward, isOn: false })) }, known)).toBeNull();
});
