import gammaln from "@stdlib/math-base-special-gammaln";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaGeometricLikelihood } from "./beta-geometric-likelihood.ts";
import type { BetaGeometric } from "./beta-geometric.ts";
import { byDifferences, inLogarithms } from "./estimates.ts";
import { groupHistories, toHistory, type History, type Purchases } from "./histories.ts";

const lnBeta = (a: number, b: number) => gammaln(a) + gammaln(b) - gammaln(a + b);

/** As the papers print it, one customer at a time. */
const TEXTBOOK = {
  nbd: ({ r, alpha }: BetaGeometric, { repeats: x, age }: History) => gammaln(r + x) - gammaln(r) + r * Math.log(alpha) - (r + x) * Math.log(alpha + age),
  bg_nbd: ({ r, alpha, a, b }: BetaGeometric, { repeats: x, recency, age }: History) => gammaln(r + x) - gammaln(r) + r * Math.log(alpha) + Math.log(
    Math.exp(lnBeta(a, b + x) - lnBeta(a, b)) * (alpha + age) ** -(r + x) + (x > 0 ? Math.exp(lnBeta(a + 1, b + x - 1) - lnBeta(a, b)) * (alpha + recency) ** -(r + x) : 0)),
  mbg_nbd: ({ r, alpha, a, b }: BetaGeometric, { repeats: x, recency, age }: History) => gammaln(r + x) - gammaln(r) + r * Math.log(alpha) + Math.log(
    Math.exp(lnBeta(a, b + x + 1) - lnBeta(a, b)) * (alpha + age) ** -(r + x) + Math.exp(lnBeta(a + 1, b + x) - lnBeta(a, b)) * (alpha + recency) ** -(r + x)),
};

const positive = fc.double({ min: -2, max: 2.5, noNaN: true }).map(Math.exp);
const parameters = fc.record({ r: positive, alpha: positive, a: positive, b: positive });
const customers = fc.array(fc.tuple(fc.nat(40), fc.nat(300), fc.nat(300)).map(([times, active, silent]): Purchases => {
  const repeats = Math.min(times, active);
  const recencyDays = repeats === 0 ? 0 : active;
  return { repeats, recencyDays, ageDays: recencyDays + silent };
}), { minLength: 1, maxLength: 30 });

describe.each(["nbd", "bg_nbd", "mbg_nbd"] as const)("%s", (family) => {
  const names = family === "nbd" ? (["r", "alpha"] as const) : (["r", "alpha", "a", "b"] as const);

  test("is the textbook's sum over customers", () => {
    fc.assert(fc.property(parameters, customers, (place, shop) => {
      const one = shop.reduce((sum, customer) => sum + TEXTBOOK[family](place, toHistory(customer)), 0);
      const { value } = betaGeometricLikelihood(family, groupHistories(shop))(place);
      expect(Math.abs(value - one)).toBeLessThan(1e-8 * (1 + Math.abs(one)));
    }), { seed: 5, numRuns: 300 });
  });

  test("has the slopes and curves that small steps show", () => {
    fc.assert(fc.property(parameters, customers, (at, shop) => {
      const surfaceOf = betaGeometricLikelihood(family, groupHistories(shop));
      const full = (some: Partial<BetaGeometric>) => surfaceOf({ ...at, ...some });
      const place = names.map((name) => Math.log(at[name]));
      const exact = inLogarithms<keyof BetaGeometric>(names, full)(place);
      const stepped = byDifferences<keyof BetaGeometric>(names, (some) => full(some).value)(place);
      const scale = 1 + Math.abs(exact.value) + shop.reduce((sum, { repeats }) => sum + repeats, 0);
      for (const [i] of names.entries()) {
        expect(Math.abs((exact.gradient[i] ?? NaN) - (stepped.gradient[i] ?? NaN)) / scale).toBeLessThan(1e-5);
        for (const [j] of names.entries()) expect(Math.abs((exact.hessian[i]?.[j] ?? NaN) - (stepped.hessian[i]?.[j] ?? NaN)) / scale).toBeLessThan(1e-5);
      }
    }), { seed: 5, numRuns: 200 });
  });
});
