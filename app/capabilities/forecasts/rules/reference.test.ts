// The published fits, found again in the published data. The data lie beside the repository; without them these tests say so and skip.
import { describe, expect, test } from "vitest";
import { CDNOW_FOLDER, hasCdnow, readCdnow, splitCdnow } from "../../../../scripts/forecasts/cdnow.ts";
import { hasOnlineRetail, ONLINE_RETAIL_FILE, readOnlineRetail } from "../../../../scripts/forecasts/online-retail.ts";
import { aucOf } from "./auc.ts";
import { fitPurchases } from "./fit.ts";
import { groupHistories } from "./histories.ts";
import { checkHorizon, fitUsable, isModelBetter, poolChecks, recencyOf, startSnapshot } from "./look-back.ts";
import { fitParetoNbd } from "./pareto-nbd.ts";
import { makeScorer } from "./scores.ts";
import { fitSpend, startSpending } from "./spend.ts";

const LAST_DAY = 545; // of CDNOW, 30 June 1998, counted from 1 January 1997

/** Each parameter and the log-likelihood as printed, to the tolerances of docs/forecasts.md. */
function expectPublished(found: { parameters: Record<string, number>; logLikelihood: number; isConverged: boolean }, published: { parameters: Record<string, number>; logLikelihood: number }): void {
  expect(found.isConverged).toBe(true);
  expect(Object.keys(found.parameters)).toEqual(Object.keys(published.parameters));
  for (const [name, value] of Object.entries(published.parameters)) expect(Math.abs((found.parameters[name] ?? NaN) - value), `${name}: ${found.parameters[name]} for ${value}`).toBeLessThanOrEqual(0.01);
  expect(Math.abs(found.logLikelihood - published.logLikelihood)).toBeLessThanOrEqual(0.05);
}

describe.skipIf(!hasCdnow())(hasCdnow() ? "CDNOW, 2,357 customers, 39 weeks" : `CDNOW is skipped: there is no sample in ${CDNOW_FOLDER}`, () => {
  const customers = hasCdnow() ? readCdnow().map(splitCdnow) : [];
  const groups = groupHistories(customers);
  const maximumLikelihood = { spread: null };

  test("the sample is the published one", () => expect(groups).toMatchObject({ customerCount: 2_357, repeaterCount: 946 }));

  test("BG/NBD: Fader, Hardie & Lee (2005)", () => {
    const fit = fitPurchases(groups, { family: "bg_nbd", ...maximumLikelihood });
    expectPublished(fit, { parameters: { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 }, logLikelihood: -9_582.429 });
    expect(fit.standardErrors).toEqual({ r: expect.closeTo(0.01256, 5), alpha: expect.closeTo(0.3782, 4), a: expect.closeTo(0.1857, 4), b: expect.closeTo(0.7054, 4) });
    expect(fit.gradientNorm).toBeLessThan(1e-3);
    expect(fit.verdict).toBe("good");
  });

  test("MBG/NBD: lifetimes", () => {
    const fit = fitPurchases(groups, { family: "mbg_nbd", ...maximumLikelihood });
    expectPublished(fit, { parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, logLikelihood: -9_582.133 });
    expect(fit.verdict).toBe("good");
  });

  test("Pareto/NBD: Fader, Hardie & Lee (2005)", () => {
    expectPublished(fitParetoNbd(groups), { parameters: { r: 0.55315, alpha: 10.57633, s: 0.60625, beta: 11.6715 }, logLikelihood: -9_594.976 });
  });

  test("Gamma-Gamma: Fader & Hardie (2013), in dollars", () => {
    const spending = startSpending();
    for (const { repeats, meanRepeatValueMinor } of customers) spending.add({ repeats, meanRepeatValueMinor: meanRepeatValueMinor === null ? null : meanRepeatValueMinor / 100 });
    const fit = fitSpend(spending.finish(), maximumLikelihood);
    expectPublished(fit, { parameters: { p: 6.25, q: 3.74, gamma: 15.44 }, logLikelihood: -4_055.9177 });
    expect(fit).toMatchObject({ repeaterCount: 946, verdict: "good", correlation: expect.closeTo(0.114, 3), population: { meanMinor: expect.closeTo(35.171, 2) } });
  });

  test("a shop this large does not feel the prior: no parameter moves by a tenth of its standard error", () => {
    const [free, steadied] = [fitPurchases(groups, maximumLikelihood), fitPurchases(groups)];
    for (const name of ["r", "alpha", "a", "b"] as const) expect(Math.abs(steadied.parameters[name] - free.parameters[name]) / (free.standardErrors?.[name] ?? 0)).toBeLessThan(0.1);
  });

  test("chances of an order rank who comes back in 39 weeks as published", () => {
    const scoreOf = makeScorer(fitPurchases(groups), null);
    const found = aucOf({ predicted: customers.map((customer) => scoreOf(customer).expectedOrders365), happened: customers.map(({ later }) => (later > 0 ? 1 : 0)) });
    expect(found?.area).toBeCloseTo(0.773, 3);
  });

  test("forecast month by month as a shop's nights do it, the model's chances are closer than recency's, and its ranking is no worse", () => {
    const shop = hasCdnow() ? readCdnow() : [];
    const snapshotOf = (cut: number) => {
      const snapshot = startSnapshot(cut);
      for (const customer of shop) snapshot.add(customer);
      return snapshot.finish();
    };
    const checks = Array.from({ length: 12 }, (_, month) => LAST_DAY - 91 - 30 * month).flatMap((cut) => checkHorizon(snapshotOf(cut), 90, { fitted: fitUsable(snapshotOf(cut).customers), recencyBefore: recencyOf(snapshotOf(cut - 90), 90) }) ?? []);
    const contest = poolChecks(checks);
    expect(contest).toMatchObject({ checks: 12, modelBrier: expect.closeTo(0.111, 3), recencyBrier: expect.closeTo(0.12, 3) });
    expect(contest && isModelBetter(contest)).toBe(true);
    const topTenth = (method: "model" | "recency") => checks.reduce((sum, check) => sum + (check.topTenth[method] ?? NaN), 0) / checks.length;
    expect([topTenth("model"), topTenth("recency")]).toEqual([expect.closeTo(0.582, 3), expect.closeTo(0.531, 3)]);
  });
});

describe.skipIf(!hasOnlineRetail())(hasOnlineRetail() ? "Online Retail, 4,338 customers" : `Online Retail is skipped: there is no ${ONLINE_RETAIL_FILE}`, () => {
  test("that customers stop cannot be seen, is said, and the model without stopping is used", { timeout: 60_000 }, async () => {
    const customers = await readOnlineRetail();
    const groups = groupHistories(customers);
    expect(groups.customerCount).toBe(4_338);
    for (const family of ["bg_nbd", "mbg_nbd"] as const) {
      for (const spread of [null, 1]) expect(fitPurchases(groups, { family, spread }).verdict).toBe("dropout_not_identifiable");
    }
    const { fit, isUsable } = fitUsable(customers);
    expect(isUsable).toBe(true);
    expect(fit).toMatchObject({ family: "nbd", verdict: "dropout_not_identifiable", isConverged: true, parameters: { a: 0, r: expect.closeTo(0.827, 3), alpha: expect.closeTo(9.866, 3) } });
    const score = makeScorer(fit, null)({ repeats: 4, recencyDays: 140, ageDays: 210, meanRepeatValueMinor: null });
    expect(score).toMatchObject({ isAliveChance: 1, expectedOrders365: expect.closeTo(((0.827 + 4) * (365 / 7)) / (9.866 + 30), 2) });
  });
});
