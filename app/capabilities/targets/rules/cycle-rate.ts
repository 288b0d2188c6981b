// How many customers came back within the shop's own purchase cycle: the figure for shops whose customers take their time.
import { addMonths, firstDayOf, lastDayOf, monthOf, type Day, type Month } from "../../../values/day.ts";
import { ratio } from "../../../values/percent.ts";
import type { CohortTable } from "../../cohorts/model.ts";
import type { WindowValue } from "./suggestion.ts";

const COHORTS = 12; // a year of beginnings, so that the season of one does not decide

/** The twelve months' cohorts, the oldest first. */
export function cohortsCounted({ months, asOf }: { months: number; asOf: Day }): Month[] {
  const over = asOf === lastDayOf(monthOf(asOf)) ? monthOf(asOf) : addMonths(monthOf(asOf), -1);
  return Array.from({ length: COHORTS }, (_, index) => addMonths(over, 1 + index - months - COHORTS));
}

/** Of the customers of twelve months' cohorts, the newest whose `months` after the first were over on `asOf`: how many had come back in a later month by
 *  then. `table` by months. Null: nobody's months are over. */
export function cycleRateOn(table: CohortTable, { months, asOf }: { months: number; asOf: Day }): number | null {
  const cohorts = cohortsCounted({ months, asOf }).map(firstDayOf);
  const rows = table.rows.filter(({ cohort }) => cohorts.includes(cohort));
  const cameBack = rows.reduce((sum, { cells }) => sum + cells.slice(1, months + 1).reduce((inRow, { returned }) => inRow + returned, 0), 0);
  return ratio(cameBack, rows.reduce((sum, { size }) => sum + size, 0));
}

/** At the end of each of these months; only those for which a whole year of cohorts had its time, or what the shop's history has of it from three on. */
export function cycleRates(table: CohortTable, { months, ends, firstMonth }: { months: number; ends: readonly Month[]; firstMonth: Month }): WindowValue[] {
  const since = addMonths(firstMonth, months + COHORTS_MIN - 1);
  return ends.filter((month) => month >= since).map((month) => ({ month, value: cycleRateOn(table, { months, asOf: lastDayOf(month) }) }));
}

const COHORTS_MIN = 3;
