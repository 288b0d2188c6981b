import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chanceOfOrder, chancesOfMore, expectedOrders, prospectOf, type BetaGeometric, type Prospect } from "./beta-geometric.ts";
import type { History } from "./histories.ts";

const NEW_CUSTOMER: History = { repeats: 0, recency: 0, age: 0 };
/** The published fit to CDNOW with seven digits, and as printed with three: some figures in the literature were worked out from the one, some from the other. */
const PRECISE: BetaGeometric = { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 };
const PRINTED: BetaGeometric = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

/** P(exactly n orders), n from 0 to `last`. */
function orderChances(prospect: Prospect, weeks: number, last: number): number[] {
  const more = [1];
  for (const chance of chancesOfMore(prospect, weeks)) if (more.push(chance) > last + 1) break;
  return more.slice(1).map((chance, count) => (more[count] ?? 0) - chance);
}

describe("BG/NBD: figures of Fader, Hardie & Lee (2005) and of the packages that quote it", () => {
  test.each([[0.1429, 0.0078, 4], [1, 0.0532, 4], [3, 0.1506, 4], [31.8571, 1.0405, 3], [32, 1.0437, 3], [78, 1.8576, 3]])("a new customer's orders in %d weeks", (weeks, published, digits) => {
    expect(expectedOrders(prospectOf("bg_nbd", PRECISE, NEW_CUSTOMER), weeks)).toBeCloseTo(published, digits);
  });

  test.each([["precise", PRECISE], ["printed", PRINTED]])("a customer with two repeat orders, last in week 30.43 of 38.86: %s", (_, parameters) => {
    const prospect = prospectOf("bg_nbd", parameters, { repeats: 2, recency: 30.43, age: 38.86 });
    expect(expectedOrders(prospect, 39)).toBeCloseTo(1.226, 3);
    expect(prospect.aliveChance).toBeCloseTo(0.7266, 4);
  });

  test("how many orders", () => {
    const fresh = prospectOf("bg_nbd", PRINTED, NEW_CUSTOMER);
    expect(orderChances(fresh, 39, 0)[0]).toBeCloseTo(0.5737864, 7);
    expect((orderChances(fresh, 2, 10)[10] ?? 0) * 1e7).toBeCloseTo(1.07869, 5);
    const published = [0.0019995, 0.001517, 0.0011633, 0.0009003, 0.0007024, 0.0005518, 0.0004362, 0.0003467, 0.000277, 0.0002222];
    for (const [index, chance] of orderChances(fresh, 30, 20).slice(11).entries()) expect(chance).toBeCloseTo(published[index] ?? NaN, 7);
  });

  test("everybody who bought once is alive, whatever the age", () => {
    expect(prospectOf("bg_nbd", PRINTED, { repeats: 0, recency: 0, age: 500 }).aliveChance).toBe(1);
  });
});

test("MBG/NBD: who bought once is less and less likely to be still there; after ten thousand weeks nobody is", () => {
  const parameters: BetaGeometric = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
  const chances = [0, 1, 13, 39, 10_000].map((age) => prospectOf("mbg_nbd", parameters, { repeats: 0, recency: 0, age }).aliveChance);
  expect(chances).toEqual([...chances].sort((one, other) => other - one));
  expect(chances[0]).toBeCloseTo(1 / (1 + 0.891 / 1.614), 12); // of whom nothing is known, b of a + b go on after the first order
  expect(chances[3]).toBeCloseTo(0.39, 2); // the oldest of CDNOW; all 1,411 who bought once are at 0.41 on average
  expect(chances[4]).toBeLessThan(0.05);
});

const positive = (min: number, max: number) => fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
const prospects = fc.record({
  family: fc.constantFrom("nbd", "bg_nbd", "mbg_nbd"), r: positive(0.05, 20), alpha: positive(0.2, 100), a: positive(0.02, 20), b: positive(0.05, 20),
  age: fc.double({ min: 0, max: 500, noNaN: true }), share: fc.double({ min: 0, max: 1, noNaN: true }), perWeek: fc.double({ min: 0, max: 1.5, noNaN: true }),
}).map(({ family, age, share, perWeek, ...parameters }) => {
  const repeats = Math.floor(perWeek * age);
  return prospectOf(family, family === "nbd" ? { ...parameters, a: 0, b: 1 } : parameters, { repeats, recency: repeats === 0 ? 0 : share * age, age });
});

describe("three ways to the same forecast agree, for whatever parameters and histories", () => {
  const times = fc.constantFrom(30 / 7, 90 / 7, 365 / 7);

  test("expected orders are the sum of the chances of more than 0, 1, 2 and so on", () => {
    fc.assert(fc.property(prospects, times, (prospect, weeks) => {
      let sum = 0;
      for (const more of chancesOfMore(prospect, weeks)) {
        if (more < 1e-10) break; // beyond, rounding is larger
        sum += more;
      }
      expect(Math.abs(expectedOrders(prospect, weeks) - sum)).toBeLessThan(1e-5 * (sum + 1e-3));
    }), { seed: 3, numRuns: 2_000 });
  });

  test("the chance of an order is the chance of more than none; it grows with time and stays below the chance to be alive", () => {
    fc.assert(fc.property(prospects, (prospect) => {
      const chances = [30 / 7, 60 / 7, 90 / 7].map((weeks) => chanceOfOrder(prospect, weeks));
      expect(chances[0]).toBeCloseTo(chancesOfMore(prospect, 30 / 7).next().value, 9);
      expect(chances).toEqual([...chances].sort((one, other) => one - other));
      expect(chances[2]).toBeLessThanOrEqual(prospect.aliveChance);
      expect(chances[0]).toBeGreaterThanOrEqual(0);
    }), { seed: 3, numRuns: 500 });
  });

  test("a daily buyer of ten years is walked to the end without underflow", () => {
    const prospect = prospectOf("nbd", { r: 1, alpha: 1, a: 0, b: 1 }, { repeats: 3_650, recency: 521, age: 521.4 });
    let [sum, count] = [0, 0];
    for (const more of chancesOfMore(prospect, 365 / 7)) {
      if (more < 1e-10) break;
      [sum, count] = [sum + more, count + 1];
    }
    expect(sum).toBeCloseTo(expectedOrders(prospect, 365 / 7), 3);
    expect(count).toBeLessThan(600);
  });
});

test("where a is 1 the formula has a hole, and the answer has none", () => {
  const at = (a: number) => expectedOrders(prospectOf("mbg_nbd", { r: 0.7, alpha: 6, a, b: 2.5 }, { repeats: 3, recency: 20, age: 30 }), 52);
  expect(at(1)).toBeCloseTo((at(1 - 1e-4) + at(1 + 1e-4)) / 2, 5);
});

test("where nobody stops, orders go on at the rate learned", () => {
  const prospect = prospectOf("nbd", { r: 0.7, alpha: 5, a: 0, b: 1 }, { repeats: 3, recency: 5, age: 8 });
  expect(prospect.aliveChance).toBe(1);
  expect(expectedOrders(prospect, 52)).toBeCloseTo((3.7 / 13) * 52, 12);
});
