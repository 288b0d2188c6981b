// The cohort table, a line per cohort and month: months not yet begun are absent, a month nobody bought in is zeros.
import type { CohortTable } from "../../capabilities/analytics/model.ts";
import { toDecimal } from "../../values/money.ts";
import type { Report } from "./report.ts";

export const cohortsReport = ({ rows, asOf }: CohortTable, currency: string): Report => ({
  name: "cohorts",
  fileName: `regulars-cohorts-${asOf}`,
  about: { grain: "month", asOf, currency },
  columns: [
    { name: "cohort", type: "month" },
    { name: "period", type: "integer" },
    { name: "cohort_size", type: "integer" },
    { name: "customers", type: "integer" },
    { name: "orders", type: "integer" },
    { name: "revenue", type: "decimal" },
  ],
  rows: rows.flatMap(({ cohort, cohortSize, cells }) =>
    cells.map(({ period, customers, orders, revenueMinor }) => [cohort, period, cohortSize, customers, orders, toDecimal({ minor: revenueMinor, currency })])),
});
