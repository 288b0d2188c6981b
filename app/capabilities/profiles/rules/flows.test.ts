// Movement between stages, against asking for each customer and month anew.
import fc from "fast-check";
import { expect, test } from "vitest";
import { addMonths, lastDayOf, monthOf, parseDay, toDate, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId } from "../../../values/ids.ts";
import { DEFAULT_SETTINGS, type Basis, type Stage } from "../model.ts";
import { FLOW_MONTHS, startFlows } from "./flows.ts";
import { profileOf } from "./profile.ts";

const today = parseDay("2026-11-26");
const basis: Basis = { asOf: today, customerCount: 9, rfm: { r: [null, null, null, null], f: [null, null, null, null], m: [null, null, null, null] }, rhythm: { gapCount: 99, typicalDays: 30, medianDays: 30, lapseDays: 90 }, secondOrder: null, ownLapseRatio: 2, vipFromMinor: 5_000, knowsCosts: false };
const DAY_MS = 86_400_000;
const numberOf = (day: Day) => toDate(day).getTime() / DAY_MS;
const dayOf = (number: number): Day => parseDay(new Date(number * DAY_MS).toISOString().slice(0, 10));

type History = { day: number; revenueMinor: number }[];
const history: fc.Arbitrary<History> = fc.uniqueArray(fc.record({ day: fc.integer({ min: numberOf(today) - 600, max: numberOf(today) }), revenueMinor: fc.nat(3_000) }), { selector: ({ day }) => day, minLength: 1, maxLength: 8 })
  .map((purchases) => purchases.toSorted((one, other) => one.day - other.day));

/** As a profile of that day would have said. */
function stageOn(purchases: History, day: Day): Stage {
  const known = purchases.filter((purchase) => purchase.day <= numberOf(day));
  const gaps = known.slice(1).map((purchase, index) => purchase.day - (known[index]?.day ?? 0));
  const [first, last] = [known[0], known.at(-1)];
  return profileOf({
    customerId: parseId<CustomerId>(1), orderCount: known.length, purchaseDays: known.length, revenueMinor: known.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0), firstDayRevenueMinor: 0, gapLogSum: gaps.reduce((sum, gap) => sum + Math.log(gap), 0),
    firstOrderOn: first ? dayOf(first.day) : null, lastOrderOn: last ? dayOf(last.day) : null, lastOrderAt: null, isLastRefunded: false, recentOrders: 0, earlierOrders: 0, productGapDays: null, productLapseDays: null, marginMinor: null, search: "",
  }, { chance30: null, chance60: null, chance90: null, expectedOrders365: null, ordersLow365: null, ordersHigh365: null, expectedValue365Minor: null, valueLow365Minor: null, valueHigh365Minor: null, stakeMinor: 0 }, { today: day, basis, settings: DEFAULT_SETTINGS }).stage;
}

test("each month's movement is what profiles of both its ends would say", () => {
  fc.assert(fc.property(fc.array(history, { maxLength: 12 }), (customers) => {
    const counting = startFlows({ today, basis, settings: DEFAULT_SETTINGS });
    for (const purchases of customers) counting.add({ customerId: parseId<CustomerId>(1), days: purchases.map(({ day }) => day), revenueMinor: purchases.map(({ revenueMinor }) => revenueMinor) });
    const flows = counting.finish();
    for (let back = 0; back < FLOW_MONTHS; back += 1) {
      const month = addMonths(monthOf(today), -back);
      const end = back === 0 ? today : lastDayOf(month);
      const expected: Record<string, number> = {};
      for (const purchases of customers) {
        const [from, to] = [stageOn(purchases, lastDayOf(addMonths(month, -1))), stageOn(purchases, end)];
        if (to !== "prospect") expected[`${from} ${to}`] = (expected[`${from} ${to}`] ?? 0) + 1;
      }
      expect(Object.fromEntries(flows.filter((flow) => flow.month === month).map(({ from, to, customers: count }) => [`${from} ${to}`, count]))).toEqual(expected);
    }
  }), { numRuns: 60 });
});
