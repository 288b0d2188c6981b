// Forecasts that mark their own homework: fitted each night, tried on the past from the first day, kept once a month and checked when time has told.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { addDays, addMonths, firstDayOf, monthOf, toDate, type Day } from "../../values/day.ts";
import type { ShopId } from "../../values/ids.ts";
import { purchaseDayPages } from "../analytics/analytics.server.ts";
import { HORIZONS, type Check, type Horizon, type Method, type ShopForecast, type StoredFit } from "./model.ts";
import { makeForecaster, type Forecaster } from "./rules/forecast.ts";
import { asOf, checkHorizon, fitUsable, isModelBetter, markOf, poolChecks, recencyOf, startSnapshot, type Snapshot } from "./rules/look-back.ts";
import type { Purchases } from "./rules/histories.ts";
import { fitSpend, startSpending, type SpendFit } from "./rules/spend.ts";
import * as store from "./store.server.ts";

export type { Forecaster } from "./rules/forecast.ts";
export { erasePerson, eraseShop, readPerson as exportPerson } from "./store.server.ts";

const LONGEST: Horizon = 90;
const LOOK_BACK_MONTHS = 12;
const CHECK_TIMEOUT_MS = 300_000;

/** Fits the shop's customers as of today, and checks every forecast whose days are over. `builtAt`: checks of older sums are made anew. */
export async function fitShop(shopId: ShopId, { today, builtAt }: { today: Day; builtAt: Date }): Promise<void> {
  await checkKept(shopId, today);
  await lookBack(shopId, { today, builtAt });
  const [{ fit, isUsable }, spend] = await fitToday(shopId, today);
  const recency = await readRecency(shopId, today);
  const contest = poolChecks((await store.listChecks(db(), shopId)).filter(({ horizon }) => horizon === LONGEST).map(({ result }) => result));
  const stored: StoredFit = { purchases: fit, spend, recency, contest };
  const hasRecency = recency[LONGEST] !== null;
  const method: Method = isUsable && (contest === null || isModelBetter(contest)) ? "model" : hasRecency && fit.verdict !== "too_few_customers" ? "recency" : "none";
  await inTransaction(async (tx) => {
    await store.saveFit(tx, shopId, { asOf: today, fittedAt: now(), method, fit: stored });
    await store.thinFits(tx, shopId, today);
  });
}

async function fitToday(shopId: ShopId, today: Day): Promise<[ReturnType<typeof fitUsable>, SpendFit | null]> {
  const spending = startSpending();
  const customers: Purchases[] = [];
  for await (const page of purchaseDayPages(shopId)) {
    for (const customer of page) {
      const found = asOf(customer, numberOf(today));
      if (found === null) continue;
      const { repeats } = found.purchases;
      customers.push(found.purchases);
      spending.add({ repeats, meanRepeatValueMinor: repeats === 0 ? null : customer.revenueMinor.slice(1, repeats + 1).reduce((sum, value) => sum + value, 0) / repeats });
    }
  }
  return [fitUsable(customers), customers.length === 0 ? null : fitSpend(spending.finish())];
}

/** What recency says, learned on the day whose horizon ended yesterday. */
async function readRecency(shopId: ShopId, today: Day): Promise<StoredFit["recency"]> {
  const [after30, after60, after90] = await snapshotsOf(shopId, [addDays(today, -31), addDays(today, -61), addDays(today, -91)]);
  return { 30: recencyOf(after30, 30), 60: recencyOf(after60, 60), 90: recencyOf(after90, 90) };
}

/** The ends of the last months whose longest horizon is over: each is forecast with what was known then. */
async function lookBack(shopId: ShopId, { today, builtAt }: { today: Day; builtAt: Date }): Promise<void> {
  const done = await store.listLookedBack(db(), shopId, builtAt);
  const ends = Array.from({ length: LOOK_BACK_MONTHS }, (_, index) => addDays(firstDayOf(addMonths(monthOf(addDays(today, -LONGEST)), -index)), -1));
  for (const cutOn of ends.filter((end) => !done.has(end))) {
    const [snapshot, before30, before60, before90] = await snapshotsOf(shopId, [cutOn, addDays(cutOn, -30), addDays(cutOn, -60), addDays(cutOn, -90)]);
    const fitted = fitUsable(snapshot.customers);
    const before = { 30: before30, 60: before60, 90: before90 };
    const results = HORIZONS.map((horizon) => ({ horizon, result: checkHorizon(snapshot, horizon, { fitted, recencyBefore: recencyOf(before[horizon], horizon) }) }));
    await inTransaction(async (tx) => {
      for (const { horizon, result } of results) await store.saveCheck(tx, shopId, { cutOn, horizon, isKept: false, checkedAt: now(), result });
    });
  }
}

/** The shop as it was on each of these days, in one reading. */
async function snapshotsOf<Days extends readonly Day[]>(shopId: ShopId, cuts: readonly [...Days]): Promise<{ [Place in keyof Days]: Snapshot }> {
  const snapshots = cuts.map((cutOn) => startSnapshot(numberOf(cutOn)));
  for await (const page of purchaseDayPages(shopId)) for (const customer of page) for (const snapshot of snapshots) snapshot.add(customer);
  return snapshots.map((snapshot) => snapshot.finish()) as { [Place in keyof Days]: Snapshot }; // one for each day
}

const DAY_MS = 86_400_000;
const numberOf = (day: Day): number => toDate(day).getTime() / DAY_MS;

async function checkKept(shopId: ShopId, today: Day): Promise<void> {
  for (const due of await store.listKeptToCheck(db(), shopId, today)) {
    await inTransaction(async (tx) => {
      const kinds = await store.readKept(tx, shopId, due);
      const spread = kinds.flatMap(({ customers, ...kind }) => Array<typeof kind>(customers).fill(kind));
      const happened = Uint8Array.from(spread, ({ ordered }) => (ordered ? 1 : 0));
      const chances = Float64Array.from(spread, ({ chance }) => chance / 1_000_000);
      const [model, recency] = due.method === "recency" ? [null, chances] : [chances, null];
      const result = markOf({ happened, model, recency, away: Float64Array.from(spread, ({ away }) => away) });
      await store.saveCheck(tx, shopId, { cutOn: due.cutOn, horizon: due.horizon, isKept: true, checkedAt: now(), result: spread.length === 0 ? null : result });
      await store.dropKept(tx, shopId, due.cutOn);
    }, { timeoutMs: CHECK_TIMEOUT_MS });
  }
}

/** Once a month, when everybody has a profile of today. */
export const keepForecasts = (tx: Tx, shopId: ShopId, today: Day): Promise<void> => store.keepForecasts(tx, shopId, today, LONGEST);

export async function readForecaster(shopId: ShopId): Promise<Forecaster> {
  const found = await store.findFit(db(), shopId);
  return makeForecaster(found?.method ?? "none", found?.fit ?? null);
}

export const findForecast = (shopId: ShopId): Promise<ShopForecast | null> => store.findFit(db(), shopId);
export const listChecks = (shopId: ShopId): Promise<Check[]> => store.listChecks(db(), shopId);
export const findNextCheckOn = (shopId: ShopId): Promise<Day | null> => store.findNextCheckOn(db(), shopId);
