// Buyers drawn from known parameters, to see whether the fits find them again.
import type { BetaGeometric } from "../../app/capabilities/forecasts/rules/beta-geometric.ts";
import type { GammaGamma } from "../../app/capabilities/forecasts/rules/gamma-gamma.ts";
import type { Purchases } from "../../app/capabilities/forecasts/rules/histories.ts";
import type { ParetoNbd } from "../../app/capabilities/forecasts/rules/pareto-nbd.ts";
import type { Chance } from "../../sandbox/shop/chance.ts";

export type Population = (BetaGeometric & { family: "nbd" | "bg_nbd" | "mbg_nbd" }) | (ParetoNbd & { family: "pareto_nbd" });

const WEEK_DAYS = 7;

/** The days a buyer orders on, counted from the first order, which is day 0; two orders of one day are one. */
export function drawOrderDays(population: Population, untilDays: number, chance: Chance): number[] {
  const gapDays = (WEEK_DAYS * population.alpha) / drawGamma(population.r, chance);
  const { lifeDays, isLast } = drawEnd(population, chance);
  const days = [0];
  if (population.family === "mbg_nbd" && isLast()) return days;
  for (let time = drawExponential(chance) * gapDays; time < Math.min(untilDays, lifeDays); time += drawExponential(chance) * gapDays) {
    if (Math.floor(time) !== days.at(-1)) days.push(Math.floor(time));
    if (isLast()) break;
  }
  return days;
}

/** After which time, or at which order, the buyer stops. */
function drawEnd(population: Population, chance: Chance): { lifeDays: number; isLast: () => boolean } {
  if (population.family === "pareto_nbd") {
    const meanLife = (WEEK_DAYS * population.beta) / drawGamma(population.s, chance);
    return { lifeDays: drawExponential(chance) * meanLife, isLast: () => false };
  }
  const stopChance = population.family === "nbd" ? 0 : chance.beta(population.a, population.b);
  return { lifeDays: Number.POSITIVE_INFINITY, isLast: () => chance.isTrue(stopChance) };
}

/** What is known of a buyer on a day. */
export function purchasesUntil(orderDays: readonly number[], ageDays: number): Purchases {
  const known = orderDays.filter((day) => day <= ageDays);
  return { repeats: known.length - 1, recencyDays: known.at(-1) ?? 0, ageDays };
}

/** What one buyer's orders are worth: on average over a long life, and the mean of so many of them. */
export type Spender = { mean: number; drawMean: (orderCount: number) => number };

export function drawSpender({ p, q, gamma }: GammaGamma, chance: Chance): Spender {
  const rate = drawGamma(q, chance) / gamma;
  return { mean: p / rate, drawMean: (orderCount) => drawGamma(p * orderCount, chance) / (rate * orderCount) };
}

const drawExponential = (chance: Chance): number => -Math.log(1 - chance.next());

/** A beta(shape, n - shape) share of a sum of n exponentials is a gamma (Johnson, Kotz & Balakrishnan, 1995, chapter 25). */
function drawGamma(shape: number, chance: Chance): number {
  const parts = Math.floor(shape) + 1;
  let sum = 0;
  for (let part = 0; part < parts; part += 1) sum += drawExponential(chance);
  return chance.beta(shape, parts - shape) * sum;
}
