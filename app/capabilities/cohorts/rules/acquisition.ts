// What customers cost to win and to keep, set against what they brought.
import { ratio } from "../../../values/percent.ts";
import { monthOf, type Day, type Month } from "../../../values/day.ts";
import type { Basis, CellSums, CohortCost, Cost, PaidBack, Purpose, ValueRow, ValueTable } from "../model.ts";
import { totalOf, valueOf } from "./value.ts";

/** By month, of the channels chosen. */
export function monthlyCosts(costs: readonly Cost[], purpose: Purpose, isChosen: (channel: string) => boolean = () => true): Map<Month, number> {
  const months = new Map<Month, number>();
  for (const cost of costs) {
    if (cost.purpose === purpose && isChosen(cost.channel)) months.set(cost.month, (months.get(cost.month) ?? 0) + cost.amountMinor);
  }
  return months;
}

/** A month that is running may still bring customers and bills: its cost is not told yet. */
export const isCostTold = (cohort: Day, asOf: Day): boolean => monthOf(cohort) < monthOf(asOf);

/** Customers who ordered in each month, by cohort: who carries a month's cost to keep. */
export type Active = readonly Pick<CellSums, "cohort" | "period" | "customers">[];

/** A month's costs in equal shares to everybody of `among` who ordered in it, added up by cohort of `active`; without a cohort of which no month's are known. */
export function keepShares(costs: ReadonlyMap<Month, number>, active: Active, among: Active = active): Map<Day, number> {
  const people = new Map<Day, number>();
  for (const { period, customers } of among) people.set(period, (people.get(period) ?? 0) + customers);
  const shares = new Map<Day, number>();
  for (const { cohort, period, customers } of active) {
    const [cost, all] = [costs.get(monthOf(period)), people.get(period) ?? 0];
    if (cost !== undefined && all > 0) shares.set(cohort, (shares.get(cohort) ?? 0) + (cost * customers) / all);
  }
  return shares;
}

/** By cohort, how many months that are over its customers ordered in without anything `told` of them. */
export function keepMissing(told: ReadonlySet<Month>, active: Active, asOf: Day): Map<Day, number> {
  const missing = active.filter(({ period, customers }) => customers > 0 && isCostTold(period, asOf) && !told.has(monthOf(period)));
  return new Map([...Map.groupBy(missing, ({ cohort }) => cohort)].map(([cohort, cells]) => [cohort, cells.length]));
}

/** Money in minor units, by cohort; `paidBack` of those with a cost. */
export type Spent = { acquire: ReadonlyMap<Month, number>; keep: ReadonlyMap<Day, number>; /** months */ keepMissing: ReadonlyMap<Day, number>; paidBack: ReadonlyMap<Day, PaidBack> };

export const cohortCostsOf = ({ rows, asOf }: ValueTable, spent: Spent): CohortCost[] => rows.map((row) => costOf(row, asOf, spent));

function costOf({ cohort, size, toDate }: ValueRow, asOf: Day, { acquire, keep, keepMissing: missing, paidBack }: Spent): CohortCost {
  const acquireMinor = isCostTold(cohort, asOf) ? acquire.get(monthOf(cohort)) ?? null : null;
  const keepMinor = keep.get(cohort) ?? null;
  const left = (basis: Basis): number | null => {
    const brought = totalOf(toDate, basis);
    return brought === null || acquireMinor === null ? null : Math.round(brought - acquireMinor - (keepMinor ?? 0));
  };
  return {
    cohort, acquireMinor, perCustomerMinor: acquireMinor === null ? null : ratio(acquireMinor, size), paidBack: acquireMinor === null ? null : paidBack.get(cohort) ?? null,
    keepMinor: keepMinor === null ? null : Math.round(keepMinor), keepMissing: missing.get(cohort) ?? 0, profit: { revenue: left("revenue"), margin: left("margin") },
  };
}

/** Value ÷ cost of a customer. Null: one is not known, or nothing was spent. */
export function valueToCost(row: ValueRow, at: number, { basis, cost }: { basis: Basis; cost: CohortCost | undefined }): number | null {
  const value = valueOf(row, at, basis);
  return value === null || cost?.perCustomerMinor == null ? null : ratio(value, cost.perCustomerMinor);
}

/** What the customers of the cohorts that have come to the age, and whose value and cost are known, brought and cost each, and the one ÷ the other. */
export type BlendedTimes = { brought: number; cost: number; times: number | null; cohorts: Day[] };

/** Null: there is no such cohort. */
export function blendedValueToCost({ rows }: Pick<ValueTable, "rows">, at: number, { basis, costs }: { basis: Basis; costs: ReadonlyMap<Day, CohortCost> }): BlendedTimes | null {
  const known = rows.flatMap((row) => {
    const [value, acquireMinor] = [valueOf(row, at, basis), costs.get(row.cohort)?.acquireMinor ?? null];
    return value === null || acquireMinor === null ? [] : [{ cohort: row.cohort, size: row.size, brought: value * row.size, acquireMinor }];
  });
  const sum = (name: "size" | "brought" | "acquireMinor"): number => known.reduce((total, one) => total + one[name], 0);
  const [size, brought, cost] = [sum("size"), sum("brought"), sum("acquireMinor")];
  return size === 0 ? null : { brought: brought / size, cost: cost / size, times: ratio(brought, cost), cohorts: known.map(({ cohort }) => cohort) };
}

/** All that was spent to win the customers of cohorts whose cost is told ÷ these customers. */
export function blendedCost(rows: readonly ValueRow[], costs: ReadonlyMap<Day, CohortCost>): number | null {
  const known = rows.flatMap(({ cohort, size }) => {
    const acquireMinor = costs.get(cohort)?.acquireMinor ?? null;
    return acquireMinor === null ? [] : [{ size, acquireMinor }];
  });
  return ratio(known.reduce((sum, { acquireMinor }) => sum + acquireMinor, 0), known.reduce((sum, { size }) => sum + size, 0));
}

/** The age until which the day a cohort was paid back needs to be looked for: the first of the table's by which it had brought `minor`, of margin where that is known; otherwise all that is over. */
export function searchedUntil({ ages }: Pick<ValueTable, "ages">, { values, reach }: ValueRow, minor: number): number {
  const at = values.findIndex((sums) => sums !== null && (totalOf(sums, "margin") ?? -Infinity) >= minor);
  return ages[at] ?? reach;
}

const YEAR_DAYS = 365;
const YEAR_MONTHS = 12;

/** Age in months of a twelfth of a year, begun ones counted: day 0 is 0, day 30 is 1, day 365 is 12. */
export const toMonths = (day: number): number => Math.ceil((day * YEAR_MONTHS) / YEAR_DAYS);

