import { expect, test } from "vitest";
import type { History } from "./histories.ts";
import { paretoExpectedOrders, paretoProspectOf, type ParetoNbd } from "./pareto-nbd.ts";

const FITTED: ParetoNbd = { r: 0.55315, alpha: 10.57633, s: 0.60625, beta: 11.6715 };
const BTYD: ParetoNbd = { r: 0.55, alpha: 10.56, s: 0.61, beta: 11.64 }; // as rounded in the R package's manual

test("a new customer's orders in 1 to 9 weeks: the R package BTYD", () => {
  const fresh = paretoProspectOf(BTYD, { repeats: 0, recency: 0, age: 0 });
  const published = [0.05077821, 0.09916088, 0.14542507, 0.1897993, 0.23247466, 0.27361274, 0.31335159, 0.35181024, 0.38909211];
  for (const [index, orders] of published.entries()) expect(paretoExpectedOrders(fresh, index + 1)).toBeCloseTo(orders, 8);
});

test("a weekly buyer's orders in a year: lifetimes and BTYD, at the fit", () => {
  expect(paretoExpectedOrders(paretoProspectOf(FITTED, { repeats: 26, recency: 30.86, age: 31 }), 52)).toBeCloseTo(25.46, 2);
});

test("the two forms of the likelihood, for alpha above beta and below, meet where they are equal", () => {
  const aliveAt = (alpha: number) => paretoProspectOf({ ...BTYD, alpha, beta: 11 }, { repeats: 3, recency: 20, age: 38 }).aliveChance;
  expect(aliveAt(11)).toBeCloseTo((aliveAt(11 - 1e-4) + aliveAt(11 + 1e-4)) / 2, 8);
  expect(aliveAt(11 + 1e-9)).toBeCloseTo(aliveAt(11 - 1e-9), 7);
});

test("where s is 1 the mean life is a logarithm", () => {
  const at = (s: number) => paretoExpectedOrders(paretoProspectOf({ ...BTYD, s }, { repeats: 0, recency: 0, age: 0 }), 39);
  expect(at(1)).toBeCloseTo((at(1 - 1e-5) + at(1 + 1e-5)) / 2, 8);
});

/** The odds that the customer has stopped, by adding up the moments at which they could have. */
function oddsStopped({ r, alpha, s, beta }: ParetoNbd, { repeats, recency, age }: History): number {
  const slices = 20_000;
  const width = (age - recency) / slices;
  let sum = 0;
  for (let slice = 0; slice < slices; slice += 1) {
    const time = recency + (slice + 0.5) * width;
    sum += (s * width * ((alpha + age) / (alpha + time)) ** (r + repeats) * ((beta + age) / (beta + time)) ** s) / (beta + time);
  }
  return sum;
}

test.each([BTYD, { ...BTYD, alpha: 3 }, { ...BTYD, alpha: 40, s: 2 }])("the series gives what the integral it stands for gives, at %o", (parameters) => {
  const histories = [{ repeats: 0, recency: 0, age: 39 }, { repeats: 3, recency: 20, age: 38 }, { repeats: 10, recency: 30, age: 60 }, { repeats: 26, recency: 30.86, age: 31 }];
  for (const history of histories) expect(paretoProspectOf(parameters, history).aliveChance).toBeCloseTo(1 / (1 + oddsStopped(parameters, history)), 6);
});
