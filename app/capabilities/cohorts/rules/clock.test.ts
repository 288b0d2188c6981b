import fc from "fast-check";
import { expect, test } from "vitest";
import { clockOf, type Waiters } from "./clock.ts";

/** So many orders after so many days each, and customers who wait since `days`; all watched for `watched` days. */
function waitersOf(came: readonly (readonly [days: number, orders: number])[], waiting: readonly (readonly [days: number, customers: number])[], watched = 400): Waiters {
  const [came_, waiting_] = [came.map(([days, orders]) => ({ days, orders })), waiting.map(([days, customers]) => ({ days, customers }))];
  const left = came_.reduce((sum, { orders }) => sum + orders, 0);
  return { came: came_, waiting: waiting_, followed: [{ days: watched, customers: left }, ...waiting_] };
}
const evenly = (from: number, to: number, orders: number): [number, number][] => Array.from({ length: to - from + 1 }, (_, at) => [from + at, orders]);

test("thirty orders on a later day make a clock; twenty-nine, or those of the same day, do not", () => {
  expect(clockOf(waitersOf([[0, 500], [10, 29]], [[400, 100]]))).toBeNull();
  expect(clockOf(waitersOf([[0, 500], [10, 30]], [[400, 100]]))?.half).toEqual({ day: 10, low: 10, high: 10 });
});

test("half is half of what comes, whoever still waits: 40 on day 10 and 40 on day 50, of 200", () => {
  const clock = clockOf(waitersOf([[10, 41], [50, 40]], [[400, 119]]));
  expect(clock).toMatchObject({ horizonDays: 400, half: { day: 10 } });
  expect(clock?.share).toBeCloseTo(81 / 200, 12);
  expect(clockOf(waitersOf([[10, 40], [50, 41]], [[400, 119]]))?.half.day).toBe(50);
});

test("orders of the same day move neither the half nor the moment", () => {
  const later = [...evenly(1, 20, 9), ...evenly(21, 60, 2)];
  const [without, having] = [clockOf(waitersOf(later, [[400, 300]])), clockOf(waitersOf([[0, 5_000], ...later], [[400, 300]]))];
  expect(having?.half).toEqual(without?.half);
  expect(having?.moment?.day).toBe(without?.moment?.day);
  expect(having?.share).toBeCloseTo(without?.share ?? 0, 10);
});

test("who joined late does not pull the half forward: the censored are weighed, the seen alone would say sooner", () => {
  // 400 were watched 100 days: 100 came on day 10, 100 on day 80. 400 were watched 40 days: 100 came on day 10.
  const waiters: Waiters = { came: [{ days: 10, orders: 200 }, { days: 80, orders: 100 }], waiting: [{ days: 100, customers: 200 }, { days: 40, customers: 300 }], followed: [{ days: 100, customers: 400 }, { days: 40, customers: 400 }] };
  const clock = clockOf(waiters);
  expect(clock?.share).toBeCloseTo(1 - 0.75 * (2 / 3), 10); // day 10: 200 of 800; day 80: 100 of 300
  expect(clock?.half.day).toBe(10); // .25 of .5 is half of it; seen were 200 of 300
  expect(clockOf({ ...waiters, came: [{ days: 10, orders: 199 }, { days: 80, orders: 100 }], waiting: [{ days: 100, customers: 200 }, { days: 40, customers: 301 }] })?.half.day).toBe(80);
});

test("it looks as far as a quarter of the customers have been followed", () => {
  const waiters: Waiters = { came: evenly(1, 60, 3).map(([days, orders]) => ({ days, orders })), waiting: [{ days: 300, customers: 24 }, { days: 90, customers: 76 }], followed: [{ days: 300, customers: 24 }, { days: 90, customers: 256 }] };
  expect(clockOf(waiters)?.horizonDays).toBe(90);
  expect(clockOf({ ...waiters, followed: [{ days: 300, customers: 70 }, { days: 90, customers: 210 }] })?.horizonDays).toBe(300);
});

test("the moment is the first day after the peak with half its chance: a chance of 4 in 100 for 30 days, then of 1 in 100", () => {
  let waiting = 100_000;
  const came = Array.from({ length: 90 }, (_, at): [number, number] => {
    const orders = Math.round(waiting * (at < 30 ? 0.04 : 0.01));
    waiting -= orders;
    return [at + 1, orders];
  });
  const clock = clockOf(waitersOf(came, [[400, waiting]]));
  const moment = clock?.moment;
  expect(moment?.peakChance).toBeCloseTo(0.04, 3);
  expect(moment?.day).toBe(32); // averaged over a week: of days 29 to 35 two have 4 in 100 and five 1, 1.9 together; a day before it is 2.4
  expect(moment?.stillWaiting).toBeCloseTo(0.96 ** 30 * 0.99 ** ((moment?.day ?? 0) - 31), 2);
  expect(moment?.remaining).toBeCloseTo(1 - (1 - (clock?.share ?? 0)) / (moment?.stillWaiting ?? 1), 10);
});

test("a chance that does not fall has no moment", () => {
  let waiting = 20_000;
  const came = evenly(1, 100, 0).map(([day]): [number, number] => {
    const orders = Math.round(waiting * 0.02);
    waiting -= orders;
    return [day, orders];
  });
  expect(clockOf(waitersOf(came, [[100, waiting]], 100))?.moment).toBeNull();
});

const shop = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 200 }), watched: fc.integer({ min: 1, max: 300 }) }), { minLength: 60, maxLength: 300 });

test("days keep their order, whatever customers do", () => {
  fc.assert(fc.property(shop, (people) => {
    const came = people.filter(({ gap, watched }) => gap <= watched && gap < 150);
    const clock = clockOf({ came: came.map(({ gap }) => ({ days: gap, orders: 1 })), waiting: people.filter((one) => !came.includes(one)).map(({ watched }) => ({ days: watched, customers: 1 })), followed: people.map(({ watched }) => ({ days: watched, customers: 1 })) });
    if (clock === null) return;
    const { half, moment, horizonDays, share, chances } = clock;
    expect(half.low <= half.day && half.day <= half.high && half.high <= horizonDays && half.low >= 1).toBe(true);
    expect(share > 0 && share <= 1).toBe(true);
    expect(chances).toHaveLength(horizonDays);
    if (moment) expect(moment.peakDay < moment.day && moment.low <= moment.day && moment.day <= moment.high && moment.high <= horizonDays && moment.chance <= moment.peakChance / 2 && moment.remaining >= 0 && moment.stillWaiting <= 1).toBe(true);
  }));
});

test("without censoring the range of the half is that of a share of half of those who came", () => {
  // n orders on n days of their own: ranks within half of n give or take 1.96 times the root of n by 2
  const n = 400;
  const { half } = clockOf(waitersOf(evenly(1, n, 1), [[n, 600]], n)) ?? { half: { day: 0, low: 0, high: 0 } };
  expect(half.day).toBe(n / 2);
  expect(Math.abs(half.low - (n / 2 - 1.96 * Math.sqrt(n) / 2))).toBeLessThanOrEqual(1.5);
  expect(Math.abs(half.high - (n / 2 + 1.96 * Math.sqrt(n) / 2))).toBeLessThanOrEqual(1.5);
});

/** A seeded generator of numbers from 0 to 1 (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Of `customers` who joined evenly over two years, four of ten order again after a gap of this shape. */
function simulated(customers: number, gapOf: (chance: () => number) => number, seed: number): Waiters {
  const chance = chanceFrom(seed);
  const people = Array.from({ length: customers }, () => ({ watched: Math.floor(chance() * 730), gap: chance() < 0.4 ? gapOf(chance) : Infinity }));
  const one = (days: number) => ({ days, orders: 1, customers: 1 });
  return { came: people.filter(({ gap, watched }) => gap <= watched).map(({ gap }) => one(gap)), waiting: people.filter(({ gap, watched }) => gap > watched).map(({ watched }) => one(watched)), followed: people.map(({ watched }) => one(watched)) };
}
const normal = (chance: () => number): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
const middle = (values: number[]): number => values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

test.each([
  ["a hump", (chance: () => number) => Math.max(1, Math.round(30 * Math.exp(0.6 * normal(chance))))],
  ["a steady fall", (chance: () => number) => 1 + Math.floor(-60 * Math.log(1 - chance()))],
  ["a long tail", (chance: () => number) => Math.max(1, Math.round(55 * Math.exp(1.4 * normal(chance))))],
  ["a calendar", (chance: () => number) => Math.max(1, Math.round(28 + 6 * normal(chance)))],
])("in simulated shops of 400 customers the day to write is that of 200,000, give or take a sixth, and its range holds it: %s", (_shape, gapOf) => {
  const truth = clockOf(simulated(200_000, gapOf, 1));
  const found = Array.from({ length: 60 }, (_, at) => clockOf(simulated(400, gapOf, at + 2)));
  const day = truth?.moment?.day ?? NaN;
  expect(Math.abs(middle(found.map((clock) => clock?.moment?.day ?? Infinity)) - day)).toBeLessThanOrEqual(day / 6);
  expect(found.filter((clock) => clock?.moment && clock.moment.low <= day && day <= clock.moment.high).length).toBeGreaterThanOrEqual(51);
  expect(found.filter((clock) => clock && truth && clock.half.low <= truth.half.day && truth.half.day <= clock.half.high).length).toBeGreaterThanOrEqual(51);
});
