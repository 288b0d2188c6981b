// What a month usually brings: the same month a year before and the usual growth since, give or take the errors this very guess has made.
import { wilson } from "../../forecasts/rules/wilson.ts";
import { KPI_UNITS, type KpiName, type RetentionFormula } from "../../analytics/model.ts";
import { quotientsOf, type MonthTotals } from "../../analytics/rules.ts";
import type { Band, BandPoint, Finding, UsualBand } from "../model.ts";

const ERRORS_MIN = 6;
const ERRORS_MAX = 24; // two years: what a shop was like before says little of today
const MEAN_MIN = 3; // months a mean is first taken of
const YEAR = 12;
const NORMAL_95 = 1.959963984540054;

/** Complete months with a figure before there is any band. */
export const MONTHS_NEEDED = MEAN_MIN + ERRORS_MIN;

/** `trials`: of whom a share is; null: it is none of people */
type Figure = { value: number | null; trials: number | null };
type Unit = (typeof KPI_UNITS)[KpiName];

/** Months in a row, oldest first. Each is measured only by what was known before it. */
export function usualBand(months: readonly MonthTotals[], name: KpiName, chosen: RetentionFormula): UsualBand {
  const formula = name === "repurchase_retention" ? chosen : null;
  const figures = months.map(({ totals }): Figure => {
    const { value, denominator } = quotientsOf(totals, chosen)[name];
    return { value, trials: isOfPeople(name, formula) ? denominator : null };
  });
  const points = months.map(({ month, isComplete }, at): BandPoint => {
    const { value } = figures[at] ?? { value: null };
    const band = isComplete ? bandAt(figures, at, { unit: KPI_UNITS[name], max: KPI_UNITS[name] === "share" && formula !== "classic" ? 1 : Infinity }) : null;
    return { month, isComplete, value, band, side: band === null || value === null ? null : sideOf(value, band) };
  });
  const known = points.filter(({ isComplete, value }) => isComplete && value !== null).length;
  return { name, formula, points, monthsMissing: Math.max(0, MONTHS_NEEDED + 1 - known) };
}

/** Shares that are people ÷ people, so that chance has a known size; classic retention may exceed one. */
export const isOfPeople = (name: KpiName, formula: RetentionFormula | null): boolean => name === "repeat_purchase_rate" || (name === "repurchase_retention" && formula !== "classic");

const sideOf = (value: number, { low, high }: Band): BandPoint["side"] => (value < low ? "below" : value > high ? "above" : null);

/** The seasonally naive guess (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 2021, 5.2), moved by the mean of its errors so far: a
 *  shop that grows is not asked to stand where it stood. Around it the interval in which one more error falls 95 times of 100, of their spread and number
 *  (Student). Never narrower than chance alone makes the figure of so few people. */
function bandAt(figures: readonly Figure[], at: number, { unit, max }: { unit: Unit; max: number }): Band | null {
  const guess = guessAt(figures, at);
  if (guess === null) return null;
  const { errors, by } = guess;
  const drift = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const variance = errors.reduce((sum, error) => sum + (error - drift) ** 2, 0) / (errors.length - 1);
  const reach = student95(errors.length - 1) * Math.sqrt(variance * (1 + 1 / errors.length));
  const expected = Math.min(max, Math.max(0, guess.value + drift));
  const chance = chanceOf(expected, unit, figures[at]?.trials ?? null);
  return { expected, by, errors: errors.length, low: Math.max(0, Math.min(expected - reach, chance.low)), high: Math.min(max, Math.max(expected + reach, chance.high)) };
}

type Guess = { value: number; errors: number[]; by: Band["by"] };

/** By last year once that guess has been tried often enough, by the mean until then. */
function guessAt(figures: readonly Figure[], at: number): Guess | null {
  for (const [by, guess] of [["last_year", lastYear], ["mean", meanBefore]] as const) {
    const here = guess(figures, at);
    const errors = figures.slice(0, at).flatMap(({ value }, then) => {
      const expectedThen = guess(figures, then);
      return value === null || expectedThen === null ? [] : [value - expectedThen];
    }).slice(-ERRORS_MAX);
    if (here !== null && errors.length >= ERRORS_MIN) return { value: here, errors, by };
  }
  return null;
}

const lastYear = (figures: readonly Figure[], at: number): number | null => figures[at - YEAR]?.value ?? null;

function meanBefore(figures: readonly Figure[], at: number): number | null {
  const known = figures.slice(0, at).flatMap(({ value }) => (value === null ? [] : [value]));
  return known.length < MEAN_MIN ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Where a figure of so few lies 95 times of 100 though nothing has changed. */
function chanceOf(expected: number, unit: Unit, trials: number | null): { low: number; high: number } {
  if (unit === "count") {
    const centre = expected + NORMAL_95 ** 2 / 2; // Rao's interval of a Poisson count: like Wilson's it has a width at 0
    const reach = NORMAL_95 * Math.sqrt(expected + NORMAL_95 ** 2 / 4);
    return { low: centre - reach, high: centre + reach };
  }
  return trials === null || trials === 0 ? { low: expected, high: expected } : wilson({ successes: Math.min(1, expected) * trials, trials });
}

/** The 97.5 % quantile of Student's t: Abramowitz & Stegun (1964), 26.7.5. */
export function student95(degrees: number): number {
  const z = NORMAL_95;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3);
}

/** What the last complete month says, if it left its band, and since which month in a row. */
export function findingOf({ name, formula, points }: UsualBand): Finding | null {
  const complete = points.filter(({ isComplete }) => isComplete);
  const last = complete.at(-1);
  if (!last?.band || last.side === null || last.value === null) return null;
  const inside = complete.findLastIndex(({ side }) => side !== last.side);
  const since = complete[inside + 1] ?? last;
  const { expected, low, high, by } = last.band;
  return { name, formula, value: last.value, expected, low, high, by, side: last.side, since: since.month };
}
