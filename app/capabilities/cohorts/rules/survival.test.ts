import fc from "fast-check";
import { expect, test } from "vitest";
import { survivalOf } from "./survival.ts";

test("Kaplan and Meier's curve of Freireich's 21 patients, as textbooks print it", () => {
  // 6-mercaptopurine, weeks in remission; censored: 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35. Freireich et al., Blood 21 (1963) 699-716.
  const came = [[6, 3], [7, 1], [10, 1], [13, 1], [16, 1], [22, 1], [23, 1]].map(([days = 0, orders = 0]) => ({ days, orders }));
  const days = survivalOf({ came, waiting: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((day) => ({ days: day, customers: 1 })) });
  const seen = days.filter(({ events }) => events > 0);
  expect(seen.map(({ day, atRisk }) => [day, atRisk])).toEqual([[6, 21], [7, 17], [10, 15], [13, 12], [16, 11], [22, 7], [23, 6]]);
  expect(seen.map(({ survival }) => survival.toFixed(4))).toEqual(["0.8571", "0.8067", "0.7529", "0.6902", "0.6275", "0.5378", "0.4482"]);
  expect(seen.map(({ survival, logVariance }) => (survival * Math.sqrt(logVariance)).toFixed(4))).toEqual(["0.0764", "0.0869", "0.0963", "0.1068", "0.1141", "0.1282", "0.1346"]); // Greenwood
  expect(seen.map(({ low, high }) => [low?.toFixed(3), high?.toFixed(3)])[0]).toEqual(["0.620", "0.952"]); // log(-log)
  expect(seen.map(({ low, high }) => [low?.toFixed(3), high?.toFixed(3)]).at(-1)).toEqual(["0.188", "0.680"]);
  expect(days).toHaveLength(36);
});

test("by hand: five customers, one again the same day, one after two days, three still wait", () => {
  const days = survivalOf({ came: [{ days: 0, orders: 1 }, { days: 2, orders: 1 }], waiting: [{ days: 1, customers: 1 }, { days: 3, customers: 2 }] });
  expect(days.map(({ day, atRisk, events, survival }) => [day, atRisk, events, Number(survival.toFixed(6))])).toEqual([
    [0, 5, 1, 0.8], [1, 4, 0, 0.8], [2, 3, 1, 0.533333], [3, 2, 0, 0.533333], // 4/5, then 4/5 x 2/3
  ]);
});

test("where everybody came nobody waits, and nothing is said of nobody", () => {
  expect(survivalOf({ came: [{ days: 1, orders: 2 }], waiting: [] }).at(-1)).toMatchObject({ survival: 0, low: null, high: null });
  expect(survivalOf({ came: [], waiting: [] })).toEqual([]);
  expect(survivalOf({ came: [], waiting: [{ days: 2, customers: 1 }] }).map(({ survival, low }) => [survival, low])).toEqual([[1, null], [1, null], [1, null]]);
});

/** A customer: days until the next order (null: none), and days watched. */
const lives = fc.array(fc.record({ gap: fc.option(fc.nat(40)), watched: fc.nat(40) }), { minLength: 1, maxLength: 60 });

test("equals the product over days counted from each history by itself", () => {
  fc.assert(fc.property(lives, (people) => {
    const seen = people.map(({ gap, watched }) => (gap !== null && gap <= watched ? { until: gap, came: true } : { until: watched, came: false }));
    const days = survivalOf({ came: seen.filter(({ came }) => came).map(({ until }) => ({ days: until, orders: 1 })), waiting: seen.filter(({ came }) => !came).map(({ until }) => ({ days: until, customers: 1 })) });
    let survival = 1;
    for (const { day, atRisk, events, survival: told, low, high } of days) {
      const waiting = seen.filter(({ until }) => until >= day).length;
      const here = seen.filter(({ until, came }) => came && until === day).length;
      survival *= (waiting - here) / waiting;
      expect([atRisk, events]).toEqual([waiting, here]);
      expect(told).toBeCloseTo(survival, 10);
      if (low !== null && high !== null) expect(low <= told && told <= high && low >= 0 && high <= 1).toBe(true);
    }
    expect(days).toHaveLength(Math.max(...seen.map(({ until }) => until)) + 1);
  }));
});

test("without anybody still waiting, what is left is who came later", () => {
  fc.assert(fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 50 }), (gaps) => {
    for (const { day, survival } of survivalOf({ came: gaps.map((days) => ({ days, orders: 1 })), waiting: [] })) expect(survival).toBeCloseTo(gaps.filter((gap) => gap > day).length / gaps.length, 10);
  }));
});
