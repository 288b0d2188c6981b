// The figures goals, suggestions and bands are made of: read from sums, never from orders.
import type { Day, DayRange } from "../../../values/day.ts";
import { addDays, addMonths, lastDayOf, monthOf } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { invariant } from "../../../values/invariant.ts";
import { findFirstOrderOn, readFormula, readMonthlyTotals, readTotalsOf } from "../../analytics/analytics.server.ts";
import { KPI_NAMES, type RetentionFormula, type Totals } from "../../analytics/model.ts";
import { periodBefore, quotientsOf } from "../../analytics/rules.ts";
import { readCohorts } from "../../cohorts/cohorts.server.ts";
import type { CohortTable } from "../../cohorts/model.ts";
import { findMeasures, listKindRhythms } from "../../profiles/profiles.server.ts";
import type { Shop } from "../../shops/model.ts";
import { HISTORY_MONTHS, WINDOWS, type Cycle, type Measure, type MixPart, type Suggestion, type UsualBand } from "../model.ts";
import { usualBand } from "../rules/band.ts";
import { cycleRateOn, cycleRates } from "../rules/cycle-rate.ts";
import { suggestTarget, WINDOWS_ASKED, type WindowValue } from "../rules/suggestion.ts";
import { asksForReturn, cycleMonths, cycleOf, holdsMedian, mixOf, windowEnding } from "../rules/windows.ts";

/** What is known of a shop before anything is suggested to it. */
export type Situation = { formula: RetentionFormula; firstOrderOn: Day | null; cycle: Cycle | null; mix: MixPart[]; /** the last day that is over */ yesterday: Day };

export async function readSituation(shop: Shop, today: Day): Promise<Situation> {
  const yesterday = addDays(today, -1);
  const [formula, firstOrderOn, measures, kinds, latest] = await Promise.all([
    readFormula(shop.id), findFirstOrderOn(shop.id), findMeasures(shop.id), listKindRhythms(shop.id),
    readTotalsOf(shop.id, WINDOWS.map((months) => windowEnding(yesterday, months))),
  ]);
  const kept = (index: number): number => latest[index]?.retainedCustomers ?? 0;
  return { formula, firstOrderOn, yesterday, mix: mixOf(kinds), cycle: cycleOf(measures?.basis.rhythm ?? null, { 1: kept(0), 3: kept(1), 6: kept(2), 12: kept(3) }) };
}

/** Each measure as this shop can be judged by it, or why it cannot. */
export type Judged = { measure: Measure; refusal: Extract<Suggestion["reason"], { code: "no_rhythm" | "cycle_too_long" | "too_few_return" }> | null };

export function judgedMeasures({ formula, cycle }: Situation): Judged[] {
  const kpis = KPI_NAMES.map((name): Judged => {
    const measure = (windowMonths: number): Measure => ({ name, windowMonths, formula: name === "repurchase_retention" ? formula : null });
    if (!asksForReturn(name)) return { measure: measure(1), refusal: null };
    return cycle?.windowMonths ? { measure: measure(cycle.windowMonths), refusal: null } : { measure: measure(1), refusal: whyNot(cycle) };
  });
  const within: Judged = { measure: { name: "cycle_repeat_rate", formula: null, windowMonths: cycle === null ? 1 : cycleMonths(cycle) }, refusal: cycle === null ? { code: "no_rhythm" } : null };
  return [...kpis, within];
}

function whyNot(cycle: Cycle | null): Judged["refusal"] {
  if (cycle === null) return { code: "no_rhythm" };
  return WINDOWS.some((months) => holdsMedian(months, cycle.medianDays)) ? { code: "too_few_return" } : { code: "cycle_too_long", medianDays: cycle.medianDays };
}

/** Each measure on a day that is over; null: there is nothing to divide by. */
export async function readFigures(shopId: ShopId, wanted: readonly { measure: Measure; asOf: Day }[], today: Day): Promise<(number | null)[]> {
  const ranged = wanted.filter(({ measure }) => measure.name !== "cycle_repeat_rate");
  const [totals, table] = await Promise.all([
    ranged.length === 0 ? [] : readTotalsOf(shopId, ranged.map(({ measure, asOf }) => windowEnding(asOf, measure.windowMonths))),
    ranged.length === wanted.length ? null : readMonths(shopId, today),
  ]);
  return wanted.map((one) => {
    if (one.measure.name === "cycle_repeat_rate") return table && cycleRateOn(table, { months: one.measure.windowMonths, asOf: one.asOf });
    return valueOf(one.measure, totals[ranged.indexOf(one)]);
  });
}

const readMonths = (shopId: ShopId, today: Day): Promise<CohortTable> => readCohorts({ id: shopId }, { grain: "month", selection: [], today });

function valueOf({ name, formula }: Measure, totals: Totals | undefined): number | null {
  invariant(totals && name !== "cycle_repeat_rate");
  return quotientsOf(totals, formula ?? "repurchase")[name].value;
}

/** Each measure at the ends of the last twelve months that are over, where the shop's history holds its whole window. */
export async function readWindows(shopId: ShopId, measures: readonly Measure[], { firstOrderOn, today }: { firstOrderOn: Day | null; today: Day }): Promise<Map<Measure, WindowValue[]>> {
  const last = addMonths(monthOf(today), -1);
  const ends = Array.from({ length: WINDOWS_ASKED }, (_, index) => addMonths(last, index + 1 - WINDOWS_ASKED));
  const months = [...new Set(measures.flatMap(({ name, windowMonths }) => (name === "cycle_repeat_rate" ? [] : [windowMonths])))];
  const ranges = months.flatMap((windowMonths) => ends.map((end) => ({ windowMonths, end, range: windowEnding(lastDayOf(end), windowMonths) })));
  const [totals, table] = await Promise.all([
    readTotalsOf(shopId, ranges.map(({ range }) => range)),
    measures.some(({ name }) => name === "cycle_repeat_rate") ? readMonths(shopId, today) : null,
  ]);
  return new Map(measures.map((measure) => {
    if (measure.name === "cycle_repeat_rate") return [measure, table?.rows[0] ? cycleRates(table, { months: measure.windowMonths, ends, firstMonth: monthOf(table.rows[0].cohort) }) : []];
    const here = ranges.flatMap(({ windowMonths, end, range }, index) => (windowMonths === measure.windowMonths && isWhole(range, measure, firstOrderOn) ? [{ month: end, value: valueOf(measure, totals[index]) }] : []));
    return [measure, here];
  }));
}

/** Retention also asks about the period before. */
const isWhole = (range: DayRange, { name }: Measure, firstOrderOn: Day | null): boolean => firstOrderOn !== null && firstOrderOn <= (name === "repurchase_retention" ? periodBefore(range) : range).from;

/** What this shop can aim at, measure by measure. */
export async function suggest(shop: Shop, situation: Situation, today: Day): Promise<{ suggestions: Suggestion[]; windows: Map<Measure, WindowValue[]> }> {
  const judged = judgedMeasures(situation);
  const measures = judged.map(({ measure }) => measure);
  const [current, windows] = await Promise.all([
    readFigures(shop.id, measures.map((measure) => ({ measure, asOf: situation.yesterday })), today),
    readWindows(shop.id, measures, { firstOrderOn: situation.firstOrderOn, today }),
  ]);
  const suggestions = judged.map(({ measure, refusal }, index) => {
    const suggestion = suggestTarget(measure, windows.get(measure) ?? [], { current: current[index] ?? null, today });
    return refusal === null ? suggestion : { ...suggestion, current: null, target: null, reason: refusal };
  });
  return { suggestions, windows };
}

/** What is usual, of each of Home's figures, month by month. */
export async function readBands(shopId: ShopId, today: Day): Promise<UsualBand[]> {
  const [months, formula] = await Promise.all([readMonthlyTotals(shopId, today, HISTORY_MONTHS), readFormula(shopId)]);
  return KPI_NAMES.map((name) => usualBand(months, name, formula));
}
