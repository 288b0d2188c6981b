import gammaln from "@stdlib/math-base-special-gammaln";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createChance } from "../../../../sandbox/shop/chance.ts";
import { drawSpender } from "../../../../scripts/forecasts/simulate-buyers.ts";
import { byDifferences, inLogarithms } from "./estimates.ts";
import { gammaGammaLikelihood, type GammaGamma } from "./gamma-gamma.ts";
import { fitSpend, startSpending, valueOf, type Spending } from "./spend.ts";

const NAMES = ["p", "q", "gamma"] as const;
const columnsOf = (customers: readonly Spending[]) => {
  const spending = startSpending();
  for (const customer of customers) spending.add(customer);
  return spending.finish();
};

describe("Gamma-Gamma: figures of Fader & Hardie (2013) and of lifetimes", () => {
  const FITTED: GammaGamma = { p: 6.2488, q: 3.7446, gamma: 15.4477 };
  const PRINTED: GammaGamma = { p: 6.25, q: 3.74, gamma: 15.44 };

  test.each([[2, 22.35, 24.66, 24.66], [1, 11.77, 18.91, 18.92], [7, 73.74, 71.46, 71.47], [0, null, 35.17, 35.22]])("%d repeat orders of %d on average", (repeats, meanRepeatValueMinor, fitted, printed) => {
    expect(valueOf(FITTED, { repeats, meanRepeatValueMinor }).meanMinor).toBeCloseTo(fitted, 2);
    expect(valueOf(PRINTED, { repeats, meanRepeatValueMinor }).meanMinor).toBeCloseTo(printed, 2);
  });

  test("the likelihood is the textbook's sum, with the slopes and curves that small steps show", () => {
    const positive = fc.double({ min: -1, max: 2, noNaN: true }).map(Math.exp);
    const customers = fc.array(fc.record({ repeats: fc.integer({ min: 1, max: 30 }), meanRepeatValueMinor: fc.double({ min: 0.01, max: 50, noNaN: true }) }), { minLength: 1, maxLength: 20 });
    fc.assert(fc.property(fc.record({ p: positive, q: positive, gamma: positive }), customers, (at, shop) => {
      const { p, q, gamma } = at;
      const one = shop.reduce((sum, { repeats: x, meanRepeatValueMinor: m }) => sum + gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * Math.log(gamma) + (p * x - 1) * Math.log(m) + p * x * Math.log(x) - (p * x + q) * Math.log(gamma + m * x), 0);
      const surfaceOf = gammaGammaLikelihood(columnsOf(shop));
      const place = NAMES.map((name) => Math.log(at[name]));
      const [exact, stepped] = [inLogarithms(NAMES, surfaceOf)(place), byDifferences(NAMES, (some) => surfaceOf(some).value)(place)];
      const scale = 1 + shop.reduce((sum, { repeats }) => sum + repeats * (p + q) * 5, 0);
      expect(Math.abs(exact.value - one) / scale).toBeLessThan(1e-8);
      for (const [i] of NAMES.entries()) {
        expect(Math.abs((exact.gradient[i] ?? NaN) - (stepped.gradient[i] ?? NaN)) / scale).toBeLessThan(1e-5);
        for (const [j] of NAMES.entries()) expect(Math.abs((exact.hessian[i]?.[j] ?? NaN) - (stepped.hessian[i]?.[j] ?? NaN)) / scale).toBeLessThan(1e-5);
      }
    }), { seed: 7, numRuns: 200 });
  });
});

/** Repeaters with one to six orders, and one in four who came once. */
function drawShop(parameters: GammaGamma, count: number, seed: number): Spending[] {
  const chance = createChance(seed);
  return Array.from({ length: count }, (_, index) => {
    const repeats = index % 4 === 0 ? 0 : chance.whole(1, 6);
    return { repeats, meanRepeatValueMinor: repeats === 0 ? null : drawSpender(parameters, chance).drawMean(repeats) };
  });
}

const TRUTH: GammaGamma = { p: 6.25, q: 3.74, gamma: 1_544 };

test("parameters are found again within two standard errors in at least 90 of 100 shops", () => {
  const hits = { p: 0, q: 0, gamma: 0 };
  let populationHits = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const { parameters, standardErrors, population, isConverged } = fitSpend(columnsOf(drawShop(TRUTH, 1_500, seed)), { spread: null });
    expect(isConverged).toBe(true);
    for (const name of NAMES) if (Math.abs(parameters[name] - TRUTH[name]) <= 2 * (standardErrors?.[name] ?? 0)) hits[name] += 1;
    const mean = (TRUTH.p * TRUTH.gamma) / (TRUTH.q - 1);
    if (population && population.lowMinor <= mean && mean <= population.highMinor) populationHits += 1;
  }
  for (const name of NAMES) expect(hits[name], name).toBeGreaterThanOrEqual(90);
  expect(populationHits).toBeGreaterThanOrEqual(70); // eight of ten are promised
  expect(populationHits).toBeLessThanOrEqual(90);
});

test("a customer's own mean lies in its interval eight times of ten", () => {
  const chance = createChance(11);
  let hits = 0;
  for (let index = 0; index < 4_000; index += 1) {
    const [repeats, { mean, drawMean }] = [chance.whole(0, 8), drawSpender(TRUTH, chance)];
    const { lowMinor, highMinor } = valueOf(TRUTH, { repeats, meanRepeatValueMinor: repeats === 0 ? null : drawMean(repeats) });
    if (lowMinor <= mean && mean <= highMinor) hits += 1;
  }
  expect(hits / 4_000).toBeGreaterThan(0.78);
  expect(hits / 4_000).toBeLessThan(0.82);
});

describe("what cannot be known is said", () => {
  test("nobody came back, or too few", () => {
    expect(fitSpend(columnsOf([])).verdict).toBe("too_few_repeaters");
    expect(fitSpend(columnsOf(drawShop(TRUTH, 12, 1)))).toMatchObject({ verdict: "too_few_repeaters", repeaterCount: 9 });
  });

  test("values so unequal that they have no mean", () => {
    const shopOf = (growth: number) => columnsOf(Array.from({ length: 40 }, (_, index) => ({ repeats: 1 + (index % 3), meanRepeatValueMinor: Math.exp(index * growth) })));
    expect(fitSpend(shopOf(0.5), { spread: null }).verdict).toBe("mean_not_identifiable"); // known within a factor of five
    expect(fitSpend(shopOf(2), { spread: null })).toMatchObject({ verdict: "not_converged", isConverged: false, standardErrors: null, population: null }); // q and gamma run away together
  });

  test("free orders say nothing, and the unit money is counted in changes nothing but the unit", () => {
    const shop = drawShop(TRUTH, 400, 5);
    const free: Spending[] = Array.from({ length: 50 }, () => ({ repeats: 2, meanRepeatValueMinor: 0 }));
    const [one, other] = [fitSpend(columnsOf([...shop, ...free])), fitSpend(columnsOf(shop.map((customer) => ({ ...customer, meanRepeatValueMinor: customer.meanRepeatValueMinor && customer.meanRepeatValueMinor / 100 }))))];
    expect(one.repeaterCount).toBe(300);
    expect(one.parameters.p).toBeCloseTo(other.parameters.p, 6);
    expect(one.parameters.q).toBeCloseTo(other.parameters.q, 6);
    expect(one.parameters.gamma).toBeCloseTo(other.parameters.gamma * 100, 3);
    expect(one.verdict).toBe("good");
  });

  test("thirty repeaters lean on what shops are like, and the mean stays near their own", () => {
    const { population, verdict, standardErrors } = fitSpend(columnsOf(drawShop(TRUTH, 40, 9)));
    expect(verdict).toBe("good");
    expect(population?.meanMinor).toBeGreaterThan(2_500);
    expect(population?.meanMinor).toBeLessThan(4_900);
    expect(standardErrors?.q).toBeLessThan(4);
  });
});

test("how often and how much are compared, as the model takes them as unrelated", () => {
  const related = Array.from({ length: 60 }, (_, index) => ({ repeats: 1 + (index % 6), meanRepeatValueMinor: 1_000 * (1 + (index % 6)) + index }));
  expect(fitSpend(columnsOf(related)).correlation).toBeGreaterThan(0.99);
  expect(Math.abs(fitSpend(columnsOf(drawShop(TRUTH, 2_000, 3))).correlation)).toBeLessThan(0.06);
  expect(fitSpend(columnsOf(related.map((customer) => ({ ...customer, meanRepeatValueMinor: 500 })))).correlation).toBe(0);
});
