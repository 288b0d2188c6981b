// A forecast made on a past day with what was known then, marked with what happened since.
import type { PurchaseDays } from "../../analytics/model.ts";
import { type CheckResult, type Contest, type Horizon } from "../model.ts";
import { compareAucs, rank } from "./auc.ts";
import { brierOf, calibrationOf } from "./calibration.ts";
import { fitPurchases, type Fit } from "./fit.ts";
import { startGrouping, type Purchases } from "./histories.ts";
import { recencyChance, startRecency, type RecencyFit } from "./recency.ts";
import { makeScorer } from "./scores.ts";

/** Days as numbers since 1970. */
export type Cut = number;

/** Customers as they were at the end of the day of the cut, with the days until their next order; who came later is left out. */
export type Snapshot = { customers: Purchases[]; nextAfterDays: Float64Array };

/** One customer as of a day; null: no order yet. */
export function asOf({ days }: Pick<PurchaseDays, "days">, cut: Cut): { purchases: Purchases; nextAfterDays: number } | null {
  let count = 0;
  while (count < days.length && (days[count] ?? 0) <= cut) count += 1;
  const [first, last] = [days[0], days[count - 1]];
  if (count === 0 || first === undefined || last === undefined) return null;
  const next = days[count];
  return { purchases: { repeats: count - 1, recencyDays: last - first, ageDays: cut - first }, nextAfterDays: next === undefined ? Infinity : next - cut };
}

/** Collects the customers of one day out of all of history. */
export function startSnapshot(cut: Cut): { add(customer: Pick<PurchaseDays, "days">): void; finish(): Snapshot } {
  const customers: Purchases[] = [];
  const nextAfterDays: number[] = [];
  return {
    add: (customer) => {
      const found = asOf(customer, cut);
      if (found === null) return;
      customers.push(found.purchases);
      nextAfterDays.push(found.nextAfterDays);
    },
    finish: () => ({ customers, nextAfterDays: Float64Array.from(nextAfterDays) }),
  };
}

/** The fit that may be used: where nobody can be seen to stop, the model without stopping. Its verdict says so. */
export function fitUsable(customers: Iterable<Purchases>): { fit: Fit; isUsable: boolean } {
  const grouping = startGrouping();
  for (const customer of customers) grouping.add(customer);
  const groups = grouping.finish();
  const fit = fitPurchases(groups);
  if (fit.verdict !== "dropout_not_identifiable") return { fit, isUsable: fit.verdict === "good" };
  const withoutStops = fitPurchases(groups, { family: "nbd" });
  return { fit: { ...withoutStops, verdict: withoutStops.verdict === "good" ? "dropout_not_identifiable" : withoutStops.verdict }, isUsable: withoutStops.verdict === "good" };
}

const BUYERS_MIN = 10; // who ordered, and who did not: with fewer neither ranking nor shares say anything

/** What may be forecast with: fitted once for all horizons of a day. */
export type Fitted = ReturnType<typeof fitUsable>;

/** `recencyBefore` was learned on an earlier day, as it would have been. null: too few ordered, or too few did not, to check anything. */
export function checkHorizon({ customers, nextAfterDays }: Snapshot, horizon: Horizon, { fitted, recencyBefore }: { fitted: Fitted; recencyBefore: RecencyFit | null }): CheckResult | null {
  const happened = Uint8Array.from(nextAfterDays, (days) => (days <= horizon ? 1 : 0));
  const ordered = happened.reduce((sum, one) => sum + one, 0);
  if (ordered < BUYERS_MIN || happened.length - ordered < BUYERS_MIN) return null;
  const model = fitted.isUsable ? chancesOf(customers, fitted.fit, horizon) : null;
  const away = Float64Array.from(customers, awayDaysOf);
  return markOf({ happened, model, away, recency: recencyBefore && away.map((days) => recencyChance(recencyBefore, days) ?? 0) });
}

const awayDaysOf = ({ ageDays, recencyDays }: Purchases): number => ageDays - recencyDays;

function chancesOf(customers: readonly Purchases[], fit: Fit, horizon: Horizon): Float64Array {
  const scoreOf = makeScorer(fit, null);
  const pick = { 30: "chance30", 60: "chance60", 90: "chance90" } as const;
  return Float64Array.from(customers, (customer) => scoreOf({ ...customer, meanRepeatValueMinor: null })[pick[horizon]]);
}

/** Forecasts against truth, customer by customer in the same order; `away` are days since the last order, `model` and `recency` chances by either. */
export function markOf({ happened, model, recency, away }: { happened: Uint8Array; model: Float64Array | null; recency: Float64Array | null; away: Float64Array }): CheckResult {
  const nearest = away.map((days) => -days);
  const shown = model ?? recency;
  return {
    customers: happened.length,
    ordered: happened.reduce((sum, one) => sum + one, 0),
    expected: model?.reduce((sum, chance) => sum + chance, 0) ?? null,
    modelBrier: model && brierOf({ predicted: model, happened }),
    recencyBrier: recency && brierOf({ predicted: recency, happened }),
    comparison: model && compareAucs({ model, baseline: nearest, happened }),
    topTenth: { model: model && topTenthOf(model, happened), recency: topTenthOf(nearest, happened) },
    calibration: shown ? calibrationOf({ predicted: shown, happened }) : [],
  };
}

/** Of equals at the edge as many belong to it as there is room for, and nobody says which: they count by the share of them who ordered. */
function topTenthOf(predicted: Float64Array, happened: Uint8Array): number {
  const ascending = rank(predicted);
  const count = Math.max(1, Math.floor(predicted.length / 10));
  const least = predicted[ascending[ascending.length - count] ?? 0] ?? 0;
  let [above, orderedAbove, equal, orderedEqual] = [0, 0, 0, 0];
  for (const [index, chance] of predicted.entries()) {
    if (chance > least) [above, orderedAbove] = [above + 1, orderedAbove + (happened[index] ?? 0)];
    else if (chance === least) [equal, orderedEqual] = [equal + 1, orderedEqual + (happened[index] ?? 0)];
  }
  return (orderedAbove + ((count - above) * orderedEqual) / equal) / count;
}

/** What recency would have said from that day on. */
export function recencyOf({ customers, nextAfterDays }: Snapshot, horizon: Horizon): RecencyFit | null {
  const recency = startRecency();
  for (const [index, customer] of customers.entries()) recency.add({ daysSinceLast: awayDaysOf(customer), hasOrdered: (nextAfterDays[index] ?? Infinity) <= horizon });
  const fit = recency.finish();
  return fit.length > 0 ? fit : null;
}

const OVERLAP = 3; // checks are a month apart and look three months ahead: what happens on one day is seen by three of them

/** All checks of the longest horizon together, each customer counting once per check; differences of areas by the inverse of their variance, as sure as a third of the checks would be. */
export function poolChecks(results: readonly CheckResult[]): Contest | null {
  const both = results.flatMap(({ customers, modelBrier, recencyBrier, comparison }) =>
    modelBrier !== null && recencyBrier !== null && comparison !== null && comparison.standardError > 0 ? [{ customers, modelBrier, recencyBrier, comparison }] : []);
  const customers = both.reduce((sum, check) => sum + check.customers, 0);
  if (customers === 0) return null;
  const meanOf = (pick: (check: (typeof both)[number]) => number) => both.reduce((sum, check) => sum + pick(check) * check.customers, 0) / customers;
  const weight = both.reduce((sum, { comparison }) => sum + comparison.standardError ** -2, 0);
  return {
    checks: both.length, customers,
    modelBrier: meanOf((check) => check.modelBrier), recencyBrier: meanOf((check) => check.recencyBrier),
    aucDifference: both.reduce((sum, { comparison }) => sum + comparison.difference * comparison.standardError ** -2, 0) / weight,
    aucStandardError: Math.sqrt(Math.min(both.length, OVERLAP) / weight),
  };
}

const RANKS_WORSE_Z = 1.645; // a ranking that is worse by more than chance, once in twenty

/** Chances are shown, so they have to be the closer ones; and the order they put customers in must not be the worse one. */
export const isModelBetter = ({ modelBrier, recencyBrier, aucDifference, aucStandardError }: Contest): boolean =>
  modelBrier < recencyBrier && aucDifference > -RANKS_WORSE_Z * aucStandardError;
