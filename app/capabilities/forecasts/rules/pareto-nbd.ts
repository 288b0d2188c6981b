// The Pareto/NBD of Schmittlein, Morrison & Colombo (1987): the model the others are measured against; forecasts do not use it.
import gammaln from "@stdlib/math-base-special-gammaln";
import hyp2f1 from "@stdlib/math-base-special-hyp2f1";
import { byDifferences, estimate, type Estimate } from "./estimates.ts";
import { toHistory, toWeeks, type History, type HistoryGroups } from "./histories.ts";

/** Orders per week vary between customers by a gamma distribution (r, alpha), and the rates at which they stop by another (s, beta). */
export type ParetoNbd = { r: number; alpha: number; s: number; beta: number };

const NAMES = ["r", "alpha", "s", "beta"] as const;
const CYCLE_DAYS = 60; // where the climb starts when nobody has come back yet

/** By maximum likelihood. */
export function fitParetoNbd(groups: HistoryGroups): Estimate<keyof ParetoNbd> {
  const histories = Array.from(groups.repeats, (repeats, index) => ({
    ...toHistory({ repeats, recencyDays: groups.recencyDays[index] ?? 0, ageDays: groups.ageDays[index] ?? 0 }), count: groups.counts[index] ?? 0,
  }));
  const cycle = toWeeks(groups.medianGapDays ?? CYCLE_DAYS);
  const valueOf = (parameters: ParetoNbd): number => histories.reduce((sum, history) => sum + history.count * paretoLikelihood(parameters, history), 0);
  return estimate({ names: NAMES, surfaceAt: byDifferences(NAMES, valueOf), typical: { r: 1, alpha: cycle, s: 1, beta: cycle }, spread: null });
}

/** What a history makes of the parameters: gamma rates stay gamma rates when orders and survived time are learned. */
export type ParetoProspect = ParetoNbd & { aliveChance: number };

/** P(alive): Fader & Hardie (2005), "A Note on Deriving the Pareto/NBD Model and Related Expressions", eq. 36 and 37. */
export function paretoProspectOf(parameters: ParetoNbd, history: History): ParetoProspect {
  const { r, alpha, s, beta } = parameters;
  const { repeats, age } = history;
  const aliveChance = 1 / (1 + Math.exp(lnStopped(parameters, history) - lnAlive(parameters, history)));
  return { aliveChance, r: r + repeats, alpha: alpha + age, s, beta: beta + age };
}

/** ln L, ibid., eq. 18. */
function paretoLikelihood(parameters: ParetoNbd, history: History): number {
  const { r, alpha, s, beta } = parameters;
  const [alive, stopped] = [lnAlive(parameters, history), lnStopped(parameters, history)];
  return gammaln(r + history.repeats) - gammaln(r) + r * Math.log(alpha) + s * Math.log(beta) + Math.max(alive, stopped) + Math.log1p(Math.exp(-Math.abs(alive - stopped)));
}

const lnAlive = ({ r, alpha, s, beta }: ParetoNbd, { repeats, age }: History): number => -(r + repeats) * Math.log(alpha + age) - s * Math.log(beta + age);

/** ln(s / (r+s+x) A_0), ibid., eq. 19 and 20: the larger of alpha and beta is divided by, so that the series converges. */
function lnStopped({ r, alpha, s, beta }: ParetoNbd, { repeats, recency, age }: History): number {
  const k = r + s + repeats;
  const { larger, seriesAt } = seriesOf({ r: r + repeats, alpha, s, beta }, k + 1);
  const share = ((larger + recency) / (larger + age)) ** k;
  return Math.log(s / k) - k * Math.log(larger + recency) + Math.log(seriesAt(k, recency) - share * seriesAt(k, age));
}

/** 2F1(k, .; c; |alpha - beta| / (larger + t)), in which the second place is s + 1 or r, whichever belongs to the smaller of alpha and beta. */
function seriesOf({ r, alpha, s, beta }: ParetoNbd, c: number): { larger: number; seriesAt: (k: number, time: number) => number } {
  const larger = Math.max(alpha, beta);
  const second = alpha >= beta ? s + 1 : r;
  return { larger, seriesAt: (k, time) => hyp2f1(k, second, c, Math.abs(alpha - beta) / (larger + time)) };
}

/** Ibid., eq. 41; for a new customer eq. 27. */
export function paretoExpectedOrders({ aliveChance, r, alpha, s, beta }: ParetoProspect, weeks: number): number {
  const logarithm = Math.log1p(weeks / beta);
  const lasting = s === 1 ? logarithm : -Math.expm1((1 - s) * logarithm) / (s - 1);
  return ((aliveChance * r * beta) / alpha) * lasting;
}
