import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, parseDay, type Day } from "../../../values/day.ts";
import type { ProgrammeVersion } from "../model/programme.ts";
import { defaultProgramme } from "./defaults.ts";
import { Past, type Counted } from "./past.ts";
import { TierWalk } from "./tiers.ts";

const START = parseDay("2025-01-01");
const programme = defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 });
const versions: { on: Day; version: ProgrammeVersion }[] = [{ on: START, version: { version: 1, effectiveAt: new Date("2024-12-31"), keptUntil: null, programme } }];
const order = fc.record({ day: fc.nat(500), minor: fc.integer({ min: 1_000, max: 90_000 }), backAfter: fc.option(fc.nat(120), { nil: null }) });

const countedOf = ({ day, minor, backAfter }: { day: number; minor: number; backAfter: number | null }): Counted => {
  const [happenedOn, backOn] = [addDays(START, day), backAfter === null ? null : addDays(START, day + backAfter)];
  return { happenedOn, revisedOn: backOn === null ? [] : [backOn], on: (as) => (backOn !== null && backOn <= as ? null : { on: happenedOn, spendMinor: minor, points: minor, orders: 1 }) };
};

/** The tier at each order as `past` tells it; null: told anew for each. */
function levelsOf(history: readonly Counted[], past: Past | null): (string | null)[] {
  const walk = new TierWalk(versions);
  const known = past ?? new Past(versions);
  return history.map((counted, at) => {
    walk.advanceTo(counted.happenedOn);
    const fresh = new Past(versions);
    for (const before of history.slice(0, at)) fresh.add(before);
    const level = (past === null ? fresh : known).levelOn(counted.happenedOn, walk);
    const qualifying = counted.on(parseDay("9999-12-31"));
    if (qualifying !== null) walk.add(qualifying);
    known.add(counted);
    return level?.id ?? null;
  });
}

test("going on from what was told is the same as telling it anew at every order", () => {
  let tiers = 0;
  fc.assert(fc.property(fc.array(order, { maxLength: 25 }), (orders) => {
    const history = orders.toSorted((one, other) => one.day - other.day).map(countedOf);
    const levels = levelsOf(history, new Past(versions));
    tiers += levels.filter((level) => level !== null).length;
    expect(levels).toEqual(levelsOf(history, null));
  }), { numRuns: 400, seed: 20_261_127 });
  expect(tiers).toBeGreaterThan(500); // it was about something
});
