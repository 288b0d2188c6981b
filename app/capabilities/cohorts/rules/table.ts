// Stored sums laid out: a row per cohort, a cell for every period that has begun, and every measure of a cell.
import { ratio } from "../../../values/percent.ts";
import type { Day } from "../../../values/day.ts";
import { wilson, type Interval } from "../../forecasts/rules/wilson.ts";
import type { Cell, CellSums, CohortRow, CohortTable, Grain, Measure, View } from "../model.ts";
import { lastDayOfPeriod, periodAfter, startOf } from "./periods.ts";

const NOTHING = { customers: 0, returned: 0, orders: 0, revenueMinor: 0, marginMinor: 0, marginOrders: 0 };

export function tableOf(grain: Grain, sums: readonly CellSums[], asOf: Day): CohortTable {
  const byCohort = Map.groupBy(sums, ({ cohort }) => cohort);
  const rows = [...byCohort.keys()].sort().flatMap((cohort): CohortRow[] => {
    const known = new Map((byCohort.get(cohort) ?? []).map(({ period, customers, returned, orders, revenueMinor, marginMinor, marginOrders }) => [period, { customers, returned, orders, revenueMinor, marginMinor, marginOrders }]));
    const size = known.get(cohort)?.customers ?? 0;
    if (size === 0) return [];
    const cells: Cell[] = [];
    for (let start = cohort; start <= startOf(grain, asOf); start = periodAfter(grain, start)) {
      cells.push({ ...(known.get(start) ?? NOTHING), at: cells.length, start, isComplete: lastDayOfPeriod(grain, start) < asOf });
    }
    return [{ cohort, size, cells }];
  });
  return { grain, rows, asOf };
}

/** Everybody of a table less some of them: every sum of a cell is one of customers or orders. */
export function othersOf({ grain, rows, asOf }: CohortTable, some: CohortTable): CohortTable {
  const known = new Map(some.rows.map((row) => [row.cohort, row]));
  return { grain, asOf, rows: rows.flatMap((row): CohortRow[] => {
    const less = known.get(row.cohort);
    const size = row.size - (less?.size ?? 0);
    return size <= 0 ? [] : [{ cohort: row.cohort, size, cells: row.cells.map((cell) => ({ ...cell, ...taken(cell, less?.cells[cell.at] ?? NOTHING) })) }];
  }) };
}

const taken = (cell: Sums, less: Sums): Sums => ({
  customers: cell.customers - less.customers, returned: cell.returned - less.returned, orders: cell.orders - less.orders,
  revenueMinor: cell.revenueMinor - less.revenueMinor, marginMinor: cell.marginMinor - less.marginMinor, marginOrders: cell.marginOrders - less.marginOrders,
});

/** What a measure says of a row at a period. `value` null: it says nothing there, as a margin without costs. `part` and `whole`: what it was divided from. */
export type Figure = { value: number | null; part: number; whole: number | null; isComplete: boolean; interval: Interval | null };

/** Up to this cohort size a share is shown with its interval. */
const SMALL_COHORT = 100;

/** Money in minor units, shares 0 to 1. In the view `by`, customers are those who had come back by the end of the period, of the cohort. */
export function figureOf(row: CohortRow, at: number, { measure, view, smallTo = SMALL_COHORT }: { measure: Measure; view: View; smallTo?: number }): Figure | null {
  const cell = row.cells[at];
  if (cell === undefined) return null;
  const sums = view === "in" ? cell : row.cells.slice(0, at + 1).reduce(added, { ...NOTHING });
  const { part, whole, value } = divided(measure, view, sums, row.size, at);
  const interval = measure === "retention" && at > 0 && row.size < smallTo && value !== null ? wilson({ successes: part, trials: row.size }) : null;
  return { value, part, whole, isComplete: cell.isComplete, interval };
}

type Sums = Omit<CellSums, "cohort" | "period">;
const added = (sum: Sums, cell: Sums): Sums => ({
  customers: sum.customers + cell.customers, returned: sum.returned + cell.returned, orders: sum.orders + cell.orders,
  revenueMinor: sum.revenueMinor + cell.revenueMinor, marginMinor: sum.marginMinor + cell.marginMinor, marginOrders: sum.marginOrders + cell.marginOrders,
});

function divided(measure: Measure, view: View, sums: Sums, size: number, at: number): { part: number; whole: number | null; value: number | null } {
  const over = (part: number, whole: number) => ({ part, whole, value: ratio(part, whole) });
  const plain = (part: number) => ({ part, whole: null, value: part });
  const came = at === 0 ? size : view === "in" ? sums.customers : sums.returned;
  const isMarginKnown = sums.marginOrders === sums.orders;
  switch (measure) {
    case "retention": return over(came, size);
    case "customers": return plain(came);
    case "orders": return plain(sums.orders);
    case "revenue": return plain(sums.revenueMinor);
    case "revenue_per_customer": return over(sums.revenueMinor, size);
    case "average_order_value": return over(sums.revenueMinor, sums.orders);
    case "orders_per_customer": return over(sums.orders, size);
    case "margin": return isMarginKnown ? plain(sums.marginMinor) : { part: 0, whole: null, value: null };
    case "margin_per_customer": return isMarginKnown ? over(sums.marginMinor, size) : { part: 0, whole: size, value: null };
  }
}

/** `value` of a column: what its `rows` brought, added, over all who could have; of a plain sum over the rows. Null where none can. */
export type Average = { value: number | null; part: number; whole: number; rows: CohortRow[] };

/** Per period, of the cohorts whose period is over. */
export function averagesOf({ rows }: CohortTable, how: { measure: Measure; view: View }): Average[] {
  const length = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length }, (_, at): Average => {
    const figures = rows.flatMap((row) => {
      const figure = figureOf(row, at, how);
      return figure === null || !figure.isComplete || (figure.value === null && figure.whole !== 0) ? [] : [{ row, ...figure }];
    });
    const part = figures.reduce((sum, figure) => sum + figure.part, 0);
    const whole = figures.reduce((sum, figure) => sum + (figure.whole ?? 1), 0);
    return { value: ratio(part, whole), part, whole, rows: figures.map(({ row }) => row) };
  });
}
