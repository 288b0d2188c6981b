// One customer's forecast, by whichever method the shop's past speaks for.
import { countDays, parseDay, type Day } from "../../../values/day.ts";
import type { Facts, Forecast } from "../../profiles/model.ts";
import type { Method, StoredFit } from "../model.ts";
import type { Purchases } from "./histories.ts";
import { recencyChance } from "./recency.ts";
import { makeScorer, type Score } from "./scores.ts";
import type { Spending } from "./spend.ts";

export type Forecaster = { method: Method; forecastOf: (facts: Facts, today: Day) => Forecast };

const NOTHING: Forecast = {
  chance30: null, chance60: null, chance90: null, expectedOrders365: null, ordersLow365: null, ordersHigh365: null,
  expectedValue365Minor: null, valueLow365Minor: null, valueHigh365Minor: null, stakeMinor: 0,
};

export function makeForecaster(method: Method, fit: StoredFit | null): Forecaster {
  const withHistory = makeHistorian();
  if (method === "model" && fit !== null) {
    const scoreOf = makeScorer(fit.purchases, fit.spend);
    return { method, forecastOf: (facts, today) => withHistory(facts, today, (history) => fromScore(scoreOf(history), facts)) };
  }
  if (method === "recency" && fit !== null) return { method, forecastOf: (facts, today) => withHistory(facts, today, (history) => fromRecency(fit, history, facts)) };
  return { method: "none", forecastOf: (facts, today) => withHistory(facts, today, (history) => ({ ...NOTHING, stakeMinor: stakeByRhythm(facts, history, null) })) };
}

type WithHistory = (facts: Facts, today: Day, forecastOf: (history: Purchases & Spending) => Forecast) => Forecast;

/** A million customers have some thousand days between them: each is read once. */
function makeHistorian(): WithHistory {
  const numbers = new Map<Day, number>();
  const numberOf = (day: Day): number => {
    const known = numbers.get(day);
    if (known !== undefined) return known;
    const number = countDays({ from: EPOCH, to: day });
    numbers.set(day, number);
    return number;
  };
  return ({ firstOrderOn, lastOrderOn, purchaseDays, revenueMinor, firstDayRevenueMinor }, today, forecastOf) => {
    if (firstOrderOn === null || lastOrderOn === null || purchaseDays === 0) return NOTHING;
    const recencyDays = numberOf(lastOrderOn) - numberOf(firstOrderOn);
    const repeats = purchaseDays - 1;
    return forecastOf({
      repeats, recencyDays, ageDays: Math.max(recencyDays, numberOf(today) - numberOf(firstOrderOn)), // an order may bear tomorrow's date
      meanRepeatValueMinor: repeats === 0 ? null : (revenueMinor - firstDayRevenueMinor) / repeats,
    });
  };
}
const EPOCH = parseDay("1970-01-01");

function fromScore(score: Readonly<Score>, facts: Facts): Forecast {
  const worth = score.expectedValuePerOrderMinor ?? usualValueOf(facts);
  const money = (orders: number) => Math.round(orders * worth);
  const expectedValue = score.expectedOrders365 * worth;
  return {
    chance30: score.chance30, chance60: score.chance60, chance90: score.chance90,
    expectedOrders365: score.expectedOrders365, ordersLow365: score.ordersLow365, ordersHigh365: score.ordersHigh365,
    expectedValue365Minor: money(score.expectedOrders365), valueLow365Minor: money(score.ordersLow365), valueHigh365Minor: money(score.ordersHigh365),
    stakeMinor: score.isAliveChance < SMALLEST_CHANCE ? 0 : Math.max(0, Math.round(expectedValue / score.isAliveChance - expectedValue)),
  };
}
const SMALLEST_CHANCE = 1e-6; // below, the quotient is noise

/** Recency knows chances of coming back and nothing else: what is not known is left out. */
function fromRecency({ recency }: StoredFit, history: Purchases, facts: Facts): Forecast {
  const chanceOf = (horizon: 30 | 60 | 90) => {
    const fit = recency[horizon];
    return fit && recencyChance(fit, history.ageDays - history.recencyDays);
  };
  const chance90 = chanceOf(90);
  return { ...NOTHING, chance30: chanceOf(30), chance60: chanceOf(60), chance90, stakeMinor: stakeByRhythm(facts, history, chance90) };
}

const YEAR_DAYS = 365;

/** Without a model: a year at one's own pace so far and one's usual order, times the chance of losing it; one-time buyers have no pace. */
function stakeByRhythm(facts: Facts, { repeats, recencyDays }: Purchases, chance: number | null): number {
  if (repeats === 0 || recencyDays === 0) return 0;
  const yearlyOrders = Math.min(YEAR_DAYS, (repeats * YEAR_DAYS) / recencyDays);
  return Math.max(0, Math.round(yearlyOrders * usualValueOf(facts) * (1 - (chance ?? 0))));
}

/** Orders of one day are one here, as they are in everything forecast. */
const usualValueOf = ({ revenueMinor, purchaseDays }: Facts): number => revenueMinor / purchaseDays;
