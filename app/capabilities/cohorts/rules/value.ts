// What a customer is worth by an age: told of a cohort once all of it has had the age, and of several only together with which they are.
import { addDays, countDays, lastDayOf, monthOf, type Day } from "../../../values/day.ts";
import type { AgeSums, Basis, Blend, CellSums, ValueRow, ValueSums, ValueTable } from "../model.ts";

const NOTHING: ValueSums = { orders: 0, revenueMinor: 0, marginMinor: 0, marginOrders: 0 };

/** Days of age that are over for the youngest of a month's cohort: who came on its last day, or today. -1: none is. */
export function reachOf(cohort: Day, asOf: Day): number {
  const last = lastDayOf(monthOf(cohort));
  return countDays({ from: last < asOf ? last : asOf, to: addDays(asOf, -1) }) - 1;
}

/** `ages` rise; `sums` by cohort and age, `cells` by cohort and month: who began, and all there is to date. */
export function valueTableOf({ ages, sums, cells, asOf }: { ages: readonly number[]; sums: readonly AgeSums[]; cells: readonly CellSums[]; asOf: Day }): ValueTable {
  const byCohort = Map.groupBy(sums, ({ cohort }) => cohort);
  const rows = [...Map.groupBy(cells, ({ cohort }) => cohort)].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([cohort, all]): ValueRow[] => {
    const size = all.find(({ period }) => period === cohort)?.customers ?? 0;
    const own = byCohort.get(cohort) ?? [];
    const reach = reachOf(cohort, asOf);
    return size === 0 ? [] : [{ cohort, size, reach, values: ages.map((age) => (age > reach ? null : added(own.filter((sum) => sum.age <= age)))), toDate: added(all) }];
  });
  return { ages, rows, asOf };
}

const added = (sums: readonly ValueSums[]): ValueSums => sums.reduce((sum, { orders, revenueMinor, marginMinor, marginOrders }) => ({
  orders: sum.orders + orders, revenueMinor: sum.revenueMinor + revenueMinor, marginMinor: sum.marginMinor + marginMinor, marginOrders: sum.marginOrders + marginOrders,
}), NOTHING);

/** In minor units. A margin is told where every order's is known. */
export function totalOf({ orders, revenueMinor, marginMinor, marginOrders }: ValueSums, basis: Basis): number | null {
  if (basis === "revenue") return revenueMinor;
  return marginOrders === orders ? marginMinor : null;
}

/** Minor units a customer, not rounded. Null: not there yet, or not known. */
export function valueOf({ values, size }: ValueRow, at: number, basis: Basis): number | null {
  const sums = values[at] ?? null;
  const total = sums === null ? null : totalOf(sums, basis);
  return total === null ? null : total / size;
}

/** `value`: minor units a customer, over all customers of `cohorts`. */
export type Blended = { value: number; customers: number; cohorts: Day[] };

/** Over the cohorts that have come to the age and whose value is known. Null: none. */
export function blendOf({ rows }: Pick<ValueTable, "rows">, at: number, basis: Basis): Blended | null {
  const known = rows.flatMap((row) => {
    const value = valueOf(row, at, basis);
    return value === null ? [] : [{ ...row, value }];
  });
  const customers = known.reduce((sum, { size }) => sum + size, 0);
  return customers === 0 ? null : { value: known.reduce((sum, { value, size }) => sum + value * size, 0) / customers, customers, cohorts: known.map(({ cohort }) => cohort) };
}

/** Per age of the table. */
export function blendsOf(table: ValueTable, { basis, blend }: { basis: Basis; blend: Blend }): (Blended | null)[] {
  if (blend === "reached") return table.ages.map((_age, at) => blendOf(table, at, basis));
  const oldest = table.ages.findLastIndex((_age, at) => blendOf(table, at, basis) !== null);
  const same = { rows: table.rows.filter((row) => valueOf(row, oldest, basis) !== null) };
  return table.ages.map((_age, at) => (at > oldest ? null : blendOf(same, at, basis)));
}

/** The oldest age anybody's value is known at, and what the newest cohorts that have come so far brought by it. Null: nobody has come to an age of `ages`. */
export function newestValue({ rows, ages }: ValueTable, basis: Basis, count: number): (Blended & { at: number; age: number }) | null {
  const at = ages.findLastIndex((_age, index) => blendOf({ rows }, index, basis) !== null);
  const blend = blendOf({ rows: rows.filter((row) => valueOf(row, at, basis) !== null).slice(-count) }, at, basis);
  return blend === null ? null : { ...blend, at, age: ages[at] ?? 0 };
}

/** Of all orders, the share whose margin is known; null: there are none. */
export function knownMarginShare({ rows }: ValueTable): number | null {
  const { orders, marginOrders } = added(rows.map(({ toDate }) => toDate));
  return orders === 0 ? null : marginOrders / orders;
}
