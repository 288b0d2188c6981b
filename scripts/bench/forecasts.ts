// Fitting a large shop and scoring a larger one: against the time they may take, and against smaller shops in the same run.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { StoredFit } from "../../app/capabilities/forecasts/model.ts";
import { makeForecaster } from "../../app/capabilities/forecasts/rules/forecast.ts";
import type { Purchases } from "../../app/capabilities/forecasts/rules/histories.ts";
import { fitUsable } from "../../app/capabilities/forecasts/rules/look-back.ts";
import { fitSpend, startSpending, type Spending } from "../../app/capabilities/forecasts/rules/spend.ts";
import type { Facts } from "../../app/capabilities/profiles/model.ts";
import { addDays, parseDay } from "../../app/values/day.ts";
import { parseId, type CustomerId } from "../../app/values/ids.ts";
import { createChance } from "../../sandbox/shop/chance.ts";
import { drawOrderDays, drawSpender, purchasesUntil } from "../forecasts/simulate-buyers.ts";
import { medianMs, perSecond, type Ratio } from "./measure.ts";

const FIT_SECONDS = 2;
const SCORE_SECONDS = 5;
const RUNS = 5;
const GROWTH_MAX = 1.5; // a large shop's kinds of customers lie farther apart in memory
const MEMORY_MAX = 1.2;
const SMALLER = 10;
const SCORES_MIN = 100_000; // with fewer, V8 sees no reason to collect anything
const YEARS_DAYS = 3 * 365;
const TODAY = parseDay("2026-11-10");
const BUYERS = { family: "mbg_nbd", r: 0.9, alpha: 6, a: 0.8, b: 2.5 } as const;
const SPENDERS = { p: 6, q: 4, gamma: 1_500 };

type Buyer = Purchases & Spending;

export async function benchForecasts({ fitCount, scoreCount }: { fitCount: number; scoreCount: number }): Promise<Ratio[]> {
  const buyers = drawBuyers(fitCount);
  const few = buyers.slice(0, fitCount / SMALLER);
  const fit = fitAll(buyers);
  const [largeMs, smallMs] = [await medianMs(RUNS, () => Promise.resolve(fitAll(buyers))), await medianMs(RUNS, () => Promise.resolve(fitAll(few)))];
  const facts = buyers.map(factsOf);
  const fewer = Math.max(SCORES_MIN, scoreCount / SMALLER);
  const [smaller, large] = [score(fit, facts, fewer), score(fit, facts, scoreCount)];
  const count = (customers: number) => `${customers.toLocaleString("en")} customers`;
  const allowed = (name: string, { seconds, customers, limit }: { seconds: number; customers: number; limit: number }): Ratio =>
    ({ name, ours: `${seconds.toFixed(2)} s (${perSecond(customers, seconds)})`, other: `${limit} s allowed`, ratio: seconds / limit, aim: "within 1 times", isMet: seconds <= limit });
  const growth = largeMs / smallMs / SMALLER;
  const peaks = large.peakBytes / smaller.peakBytes;
  return [
    allowed(`Forecasts: fit to ${count(fitCount)}`, { seconds: largeMs / 1_000, customers: fitCount, limit: FIT_SECONDS }),
    { name: "Forecasts: fit per customer, large shop against small", ours: microseconds(largeMs, fitCount), other: `${microseconds(smallMs, few.length)} small`, ratio: growth, aim: `within ${GROWTH_MAX} times`, isMet: growth <= GROWTH_MAX },
    allowed(`Forecasts: scores of ${count(scoreCount)}`, { seconds: large.seconds, customers: scoreCount, limit: SCORE_SECONDS }),
    { name: `Forecasts: memory for ${count(scoreCount)}`, ours: megabytes(large.peakBytes), other: `${megabytes(smaller.peakBytes)} for ${count(fewer)}`, ratio: peaks, aim: `within ${MEMORY_MAX} times`, isMet: peaks <= MEMORY_MAX },
  ];
}

const microseconds = (ms: number, customers: number): string => `${((ms * 1_000) / customers).toFixed(2)} µs`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Three years of a shop, the same in every run. */
function drawBuyers(count: number): Buyer[] {
  const chance = createChance(1);
  return Array.from({ length: count }, () => {
    const ageDays = chance.whole(0, YEARS_DAYS);
    const known = purchasesUntil(drawOrderDays(BUYERS, ageDays + 1, chance), ageDays);
    return { ...known, meanRepeatValueMinor: known.repeats === 0 ? null : Math.round(drawSpender(SPENDERS, chance).drawMean(known.repeats)) };
  });
}

/** What each night does with them: kinds counted, the model with and without stopping, values. */
function fitAll(buyers: readonly Buyer[]): StoredFit {
  const spending = startSpending();
  for (const buyer of buyers) spending.add(buyer);
  const { fit, isUsable } = fitUsable(buyers);
  const spend = fitSpend(spending.finish());
  if (!isUsable || spend.verdict !== "good") throw new Error(`the fit is of no use: ${fit.verdict}, ${spend.verdict}`);
  return { purchases: fit, spend, recency: { 30: null, 60: null, 90: null }, contest: null };
}

function factsOf({ repeats, recencyDays, ageDays, meanRepeatValueMinor }: Buyer, index: number): Facts {
  const firstOrderOn = addDays(TODAY, -ageDays);
  const firstDayRevenueMinor = 3_000;
  return {
    customerId: parseId<CustomerId>(BigInt(index + 1)), orderCount: repeats + 1, purchaseDays: repeats + 1, firstDayRevenueMinor, revenueMinor: firstDayRevenueMinor + repeats * (meanRepeatValueMinor ?? 0), gapLogSum: 0,
    firstOrderOn, lastOrderOn: addDays(firstOrderOn, recencyDays), lastOrderAt: null, isLastRefunded: false, recentOrders: 0, earlierOrders: 0, productGapDays: null, productLapseDays: null, marginMinor: null, search: "",
  };
}

const PAGE = 5_000;

/** Page by page, as profiles are kept: what is forecast is let go before the next page. */
function score(fit: StoredFit, facts: readonly Facts[], count: number): { seconds: number; peakBytes: number } {
  collectGarbage();
  const heldBefore = process.memoryUsage().heapUsed;
  const { forecastOf } = makeForecaster("model", fit);
  let [peakBytes, expected] = [0, 0];
  const startedAt = performance.now();
  for (let done = 0; done < count; done += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, count - done) }, (_, index) => forecastOf(facts[(done + index) % facts.length] ?? unreachable(), TODAY));
    expected += page.reduce((sum, { expectedOrders365 }) => sum + (expectedOrders365 ?? Number.NaN), 0);
    peakBytes = Math.max(peakBytes, process.memoryUsage().heapUsed - heldBefore);
  }
  if (!Number.isFinite(expected)) throw new Error("somebody's expected orders are no number");
  return { seconds: (performance.now() - startedAt) / 1_000, peakBytes };
}

function unreachable(): never {
  throw new Error("there are no customers to score");
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void; // what the flag exposes, in contexts made after it
