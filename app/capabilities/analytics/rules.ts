// Which days a figure covers, and the quotients behind each KPI. Definitions: docs/retention.md.
import { addDays, addMonths, countDays, countMonths, firstDayOf, isFirstOfMonth, lastDayOf, monthOf, moveMonths, type Day, type DayRange, type Month } from "../../values/day.ts";
import { ratio } from "../../values/percent.ts";
import { KPI_NAMES, KPI_UNITS, type Comparison, type Kpi, type KpiName, type RangePreset, type RetentionFormula, type SparkPoint, type Totals } from "./model.ts";

/** The days a preset means today; all time begins with the first order. */
export function rangeOf(preset: RangePreset, { today, firstOrderOn }: { today: Day; firstOrderOn: Day | null }): DayRange {
  const month = monthOf(today);
  const back = (count: number): DayRange => ({ from: firstDayOf(addMonths(month, -count)), to: today });
  switch (preset) {
    case "this_month": return back(0);
    case "last_month": return { from: firstDayOf(addMonths(month, -1)), to: lastDayOf(addMonths(month, -1)) };
    case "last_3_months": return back(2);
    case "last_12_months": return back(11);
    case "all_time": return { from: firstOrderOn !== null && firstOrderOn < today ? firstOrderOn : today, to: today };
  }
}

/** Twelve months once there are twelve more to compare them with; everything until then. */
export const presetFor = ({ today, firstOrderOn }: { today: Day; firstOrderOn: Day | null }): RangePreset =>
  firstOrderOn !== null && monthOf(firstOrderOn) <= addMonths(monthOf(today), -23) ? "last_12_months" : "all_time";

/** The period that ends the day before: whole months before a range that begins with a month, else as many days. */
export function periodBefore(range: DayRange): DayRange {
  const to = addDays(range.from, -1);
  return { from: isFirstOfMonth(range.from) ? firstDayOf(addMonths(monthOf(range.from), -monthsTouched(range))) : addDays(range.from, -countDays(range)), to };
}

/** The days a range is compared with. All time holds every other range, so it is compared with none. */
export function comparedBy(comparison: Comparison, range: DayRange, isAllTime: boolean): DayRange | null {
  if (isAllTime || comparison === "none") return null;
  if (comparison === "previous") return comparedWith(range);
  return comparison === "last_year" ? yearBefore(range) : comparison;
}

/** The same days a year earlier; a range that ends with a month ends with that month then, too. */
export const yearBefore = ({ from, to }: DayRange): DayRange =>
  ({ from: moveMonths(from, -12), to: to === lastDayOf(monthOf(to)) ? lastDayOf(addMonths(monthOf(to), -12)) : moveMonths(to, -12) });

/** Whole months of the same number count as one length. */
export const isSameLength = (one: DayRange, other: DayRange): boolean =>
  countDays(one) === countDays(other) || (isWholeMonths(one) && isWholeMonths(other) && monthsTouched(one) === monthsTouched(other));
const isWholeMonths = ({ from, to }: DayRange): boolean => isFirstOfMonth(from) && to === lastDayOf(monthOf(to));

/** Whether the buyers whom a range's retention asks for are known of a part of their period only, or of nothing. */
export const isBaseCut = (range: DayRange, firstOrderOn: Day | null): boolean => firstOrderOn !== null && periodBefore(range).from < firstOrderOn;

/** The period before, cut to as many days of its last month as the range has of its own. */
export function comparedWith(range: DayRange): DayRange {
  const before = periodBefore(range);
  if (!isFirstOfMonth(range.from) || range.to === lastDayOf(monthOf(range.to))) return before;
  const lastMonth = monthOf(before.to);
  const sameDay = `${lastMonth}${range.to.slice(7)}`;
  return { from: before.from, to: sameDay < before.to ? addDays(firstDayOf(lastMonth), Number(range.to.slice(8)) - 1) : before.to };
}

const monthsTouched = (range: DayRange): number => countMonths({ from: monthOf(range.from), to: monthOf(range.to) }) + 1;

export type Quotient = { numerator: number; denominator: number | null; value: number | null };
const over = (numerator: number, denominator: number): Quotient => ({ numerator, denominator, value: ratio(numerator, denominator) });

/** The same people by each formula. */
export const retentionsOf = ({ previousCustomers, retainedCustomers, askedCustomers, returningCustomers }: Totals): Record<RetentionFormula, Quotient> => ({
  repurchase: over(retainedCustomers, previousCustomers),
  classic: over(returningCustomers, previousCustomers),
  returning: over(returningCustomers, askedCustomers),
});

/** Each KPI from its two sums. Revenue per customer leaves guests out, as nobody knows who they are. */
export function quotientsOf(totals: Totals, formula: RetentionFormula): Record<KpiName, Quotient> {
  return {
    customers: { numerator: totals.customers, denominator: null, value: totals.customers },
    repeat_purchase_rate: over(totals.repeatCustomers, totals.customers),
    repurchase_retention: retentionsOf(totals)[formula],
    revenue_per_customer: over(totals.revenueMinor - totals.guestRevenueMinor, totals.customers),
    average_order_value: over(totals.revenueMinor, totals.orders),
    returning_revenue_share: over(totals.returningRevenueMinor, totals.revenueMinor),
  };
}

export type MonthTotals = { month: Month; isComplete: boolean; totals: Totals };

/** `isPreviousCut`: whom the compared range's retention asks for is not known whole, so that it is not told. */
export function kpisOf(now: { totals: Totals; previous: Totals | null; months: MonthTotals[]; isPreviousCut?: boolean }, formula: RetentionFormula = "repurchase"): Kpi[] {
  const current = quotientsOf(now.totals, formula);
  const whole = now.previous ? quotientsOf(now.previous, formula) : null;
  return KPI_NAMES.map((name) => {
    const previous = now.isPreviousCut === true && name === "repurchase_retention" && formula !== "returning" ? null : whole;
    const previousValue = previous?.[name].value ?? null;
    return { name, formula: name === "repurchase_retention" ? formula : null, ...current[name], previousValue, previousNumerator: previous?.[name].numerator ?? null, previousDenominator: previous?.[name].denominator ?? null, change: changeOf(name, current[name].value, previousValue), sparkline: now.months.map((month): SparkPoint => ({ month: month.month, isComplete: month.isComplete, value: quotientsOf(month.totals, formula)[name].value })) };
  });
}

/** A share changes by points, since "up 16 %" of a percentage could mean either. */
export function changeOf(name: KpiName, value: number | null, previous: number | null): number | null {
  if (value === null || previous === null) return null;
  if (KPI_UNITS[name] === "share") return value - previous;
  return ratio(value - previous, previous);
}

/** Month to month, pooled over every month whose next month is over. */
export function poolRetention(months: MonthTotals[]): Pick<Totals, "previousCustomers" | "retainedCustomers" | "askedCustomers" | "returningCustomers"> {
  const complete = months.filter((month) => month.isComplete);
  const sum = (name: keyof Totals): number => complete.reduce((total, { totals }) => total + totals[name], 0);
  return { previousCustomers: sum("previousCustomers"), retainedCustomers: sum("retainedCustomers"), askedCustomers: sum("askedCustomers"), returningCustomers: sum("returningCustomers") };
}
