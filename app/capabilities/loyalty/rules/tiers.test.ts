// Tiers day by day: entering, staying, grace, falling, coming back, and rules that change on the way.
import { expect, test } from "vitest";
import { parseDay, toDate, type Day } from "../../../values/day.ts";
import type { TierPeriod } from "../model/ledger.ts";
import type { ProgrammeVersion, Tiers } from "../model/programme.ts";
import { defaultProgramme } from "./defaults.ts";
import { addMonthsToDay, TierWalk } from "./tiers.ts";

const day = parseDay;
const level = { percent: 100, hasFreeShipping: false, percentOff: 0, giftPoints: 0, reenter: null };
const tiers: Tiers = { basis: "spend", period: "rolling", graceDays: 0, levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 100, keep: 80 }, { ...level, id: "gold", title: { en: "Gold" }, entry: 300, keep: 200 }] };
const versionOf = (on: string, changed: Partial<Tiers> = {}, keptUntil: Day | null = null) => ({
  on: day(on), version: { version: 1, effectiveAt: toDate(day(on)), keptUntil, programme: { ...defaultProgramme({ currency: "USD", averageOrderMinor: null }), tiers: { ...tiers, ...changed } } } satisfies ProgrammeVersion,
});

function walk(spent: [string, number][], until: string, versions = [versionOf("2024-01-01")]): [string | null, string][] {
  const tierWalk = new TierWalk(versions);
  for (const [on, spendMinor] of spent) {
    tierWalk.advanceTo(day(on));
    tierWalk.add({ on: day(on), spendMinor, points: 0, orders: 1 });
  }
  tierWalk.advanceTo(day(until));
  return tierWalk.periods.map(({ tierId, from }: TierPeriod) => [tierId, from]);
}

test("is entered the day the threshold is met, and left the day the orders leave the window", () => {
  expect(walk([["2024-01-10", 60], ["2024-03-01", 40]], "2025-06-01")).toEqual([["silver", "2024-03-01"], [null, "2025-01-10"]]);
});

test("falls to what is still kept, not to nothing", () => {
  expect(walk([["2024-01-10", 220], ["2024-03-01", 90]], "2025-02-01")).toEqual([["silver", "2024-01-10"], ["gold", "2024-03-01"], ["silver", "2025-01-10"]]);
});

test("is kept through days of grace, and for good if these bring enough", () => {
  const grace = [versionOf("2024-01-01", { graceDays: 30 })];
  expect(walk([["2024-01-10", 100]], "2025-06-01", grace)).toEqual([["silver", "2024-01-10"], [null, "2025-02-09"]]);
  expect(walk([["2024-01-10", 100], ["2025-01-20", 80]], "2025-06-01", grace)).toEqual([["silver", "2024-01-10"]]);
});

test("who lost it needs what coming back takes", () => {
  const harder = [versionOf("2024-01-01", { levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 100, keep: 80, reenter: 150 }] })];
  expect(walk([["2024-01-10", 100], ["2025-03-01", 120]], "2025-04-01", harder)).toEqual([["silver", "2024-01-10"], [null, "2025-01-10"]]);
  expect(walk([["2024-01-10", 100], ["2025-03-01", 150]], "2025-04-01", harder)).toEqual([["silver", "2024-01-10"], [null, "2025-01-10"], ["silver", "2025-03-01"]]);
});

test("nobody comes back for less than staying takes, however little the rules ask", () => {
  const easier = (on: string) => versionOf(on, { levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 100, keep: 80, reenter: 10 }] });
  expect(walk([["2024-01-10", 100], ["2024-06-01", 20]], "2025-05-01", [easier("2024-01-01"), easier("2025-03-01")])).toEqual([["silver", "2024-01-10"], [null, "2025-01-10"]]);
});

test("in calendar years lasts until the year after is weighed", () => {
  const yearly = [versionOf("2024-01-01", { period: "calendar" })];
  expect(walk([["2024-11-10", 100]], "2026-06-01", yearly)).toEqual([["silver", "2024-11-10"], [null, "2026-01-01"]]);
});

test("for life stays", () => {
  expect(walk([["2024-01-10", 100]], "2034-06-01", [versionOf("2024-01-01", { period: "lifetime" })])).toEqual([["silver", "2024-01-10"]]);
});

test("new rules move nobody down before the day they promised", () => {
  const dearer = { levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 500, keep: 400 }] };
  expect(walk([["2024-01-10", 100]], "2024-12-01", [versionOf("2024-01-01"), versionOf("2024-06-01", dearer)])).toEqual([["silver", "2024-01-10"], [null, "2024-06-01"]]);
  expect(walk([["2024-01-10", 100]], "2024-12-01", [versionOf("2024-01-01"), versionOf("2024-06-01", dearer, day("2024-09-01"))])).toEqual([["silver", "2024-01-10"], [null, "2024-09-01"]]);
});

test("what one version promised the next does not take back, and neither does a pause", () => {
  const dearer = { levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 500, keep: 400 }] };
  const promised = versionOf("2024-06-01", dearer, day("2024-09-01"));
  expect(walk([["2024-01-10", 100]], "2024-12-01", [versionOf("2024-01-01"), promised, versionOf("2024-07-01", dearer)])).toEqual([["silver", "2024-01-10"], [null, "2024-09-01"]]);
  expect(walk([["2024-01-10", 100]], "2024-12-01", [versionOf("2024-01-01"), promised, versionOf("2024-07-01", dearer, day("2024-08-01"))])).toEqual([["silver", "2024-01-10"], [null, "2024-09-01"]]);
});

test("days of grace go on through rules by which staying takes the same, and begin anew where it takes something else", () => {
  const grace = { graceDays: 30 };
  expect(walk([["2024-01-10", 100]], "2025-06-01", [versionOf("2024-01-01", grace), versionOf("2025-02-01", grace)])).toEqual([["silver", "2024-01-10"], [null, "2025-02-09"]]);
  const otherKeep = { ...grace, levels: tiers.levels.map((one) => ({ ...one, keep: one.keep - 1 })) };
  expect(walk([["2024-01-10", 100]], "2025-06-01", [versionOf("2024-01-01", grace), versionOf("2025-02-01", otherKeep)])).toEqual([["silver", "2024-01-10"], [null, "2025-03-03"]]);
});

test("each tier on the way down has its own days of grace, and without any there is no stop", () => {
  expect(walk([["2024-01-10", 300]], "2025-06-01", [versionOf("2024-01-01", { graceDays: 30 })])).toEqual([["gold", "2024-01-10"], ["silver", "2025-02-09"], [null, "2025-03-11"]]);
  expect(walk([["2024-01-10", 300], ["2025-02-20", 80]], "2025-06-01", [versionOf("2024-01-01", { graceDays: 30 })])).toEqual([["gold", "2024-01-10"], ["silver", "2025-02-09"]]);
  expect(walk([["2024-01-10", 300]], "2025-06-01")).toEqual([["gold", "2024-01-10"], [null, "2025-01-10"]]);
});

test("orders from before the programme count on its first day", () => {
  expect(walk([["2023-12-20", 120]], "2024-02-01")).toEqual([["silver", "2024-01-01"]]);
});

test("a month later is the same day, or the last there is", () => {
  expect([addMonthsToDay(day("2024-01-31"), 1), addMonthsToDay(day("2024-02-29"), 12), addMonthsToDay(day("2024-03-15"), -1)]).toEqual(["2024-02-29", "2025-02-28", "2024-02-15"]);
});

test("where orders count, what brings points alone does not", () => {
  const walk = new TierWalk([versionOf("2024-01-01", { basis: "orders", levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 1, keep: 1 }] })]);
  expect(walk.add({ on: day("2024-02-01"), spendMinor: 0, points: 50, orders: 0 })).toBe(null);
  expect(walk.add({ on: day("2024-03-01"), spendMinor: 10, points: 1, orders: 1 })).toBe("silver");
});

function standing(spent: [string, number][], today: string, version = versionOf("2024-01-01")) {
  const tierWalk = new TierWalk([version]);
  for (const [on, spendMinor] of spent) {
    tierWalk.advanceTo(day(on));
    tierWalk.add({ on: day(on), spendMinor, points: 0, orders: 1 });
  }
  return [tierWalk.advanceTo(day(today)), tierWalk.nextEntry(), tierWalk.keptUntil()];
}

test("what lies ahead begins at the tier they have, and what came before counts", () => {
  const harder = versionOf("2024-01-01", { levels: [{ ...level, id: "silver", title: { en: "Silver" }, entry: 100, keep: 80, reenter: 150 }] });
  expect(standing([], "2024-02-01")).toEqual([null, 100, null]);
  expect(standing([["2024-01-10", 60], ["2024-03-01", 50]], "2025-01-15", versionOf("2024-01-01", { graceDays: 30 }))).toEqual(["silver", 300, "2025-02-08"]); // in grace, up to the day before they fall
  expect(standing([["2024-01-10", 310], ["2024-03-01", 250]], "2025-01-15")).toEqual(["gold", null, null]); // less than entering takes, enough to stay
  expect(standing([["2024-01-10", 100]], "2025-02-01", harder)).toEqual([null, 150, null]);
  expect(standing([["2024-11-10", 100]], "2025-03-01", versionOf("2024-01-01", { period: "calendar" }))).toEqual(["silver", 300, "2025-12-31"]);
  expect(standing([["2024-11-10", 100], ["2025-02-01", 80]], "2025-03-01", versionOf("2024-01-01", { period: "calendar" }))).toEqual(["silver", 300, null]);
});
