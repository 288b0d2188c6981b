// Home's figures and the sums they are made of, for one range.
import { KPI_UNITS, type Kpi, type Overview, type Totals } from "../../capabilities/analytics/model.ts";
import { retentionsOf } from "../../capabilities/analytics/rules.ts";
import { toDecimal } from "../../values/money.ts";
import { writeShare, type Report, type Row } from "./report.ts";

export function overviewReport({ range, comparedWith, totals, kpis }: Overview, currency: string): Report {
  return {
    name: "overview",
    fileName: `regulars-overview-${range.from}-${range.to}`,
    about: { from: range.from, to: range.to, comparedFrom: comparedWith?.from ?? null, comparedTo: comparedWith?.to ?? null, currency },
    columns: [{ name: "metric", type: "text" }, { name: "value", type: "decimal" }],
    rows: [...kpis.map((kpi) => writeRow(kpi, totals, currency)), ...totalRows(totals, currency)],
  };
}

/** Under its name stands what docs/reports.md says, whatever the merchant calls retention. */
function writeRow(kpi: Kpi, totals: Totals, currency: string): Row {
  const value = kpi.name === "repurchase_retention" ? retentionsOf(totals).repurchase.value : kpi.value;
  return [kpi.name, value === null ? null : writeValue(kpi, value, currency)];
}

function writeValue({ name }: Kpi, value: number, currency: string): string | number | null {
  const unit = KPI_UNITS[name];
  if (unit === "share") return writeShare(value);
  return unit === "money" ? writeMoney(value, currency) : value;
}

/** An average falls between two minor units; it is rounded to the nearer. */
const writeMoney = (minor: number, currency: string): string => toDecimal({ minor: Math.round(minor), currency });

const totalRows = (totals: Totals, currency: string): [string, string | number][] => [
  ["orders", totals.orders],
  ["revenue", writeMoney(totals.revenueMinor, currency)],
  ["new_customers", totals.newCustomers],
  ["repeat_customers", totals.repeatCustomers],
  ["returning_revenue", writeMoney(totals.returningRevenueMinor, currency)],
  ["guest_orders", totals.guestOrders],
  ["guest_revenue", writeMoney(totals.guestRevenueMinor, currency)],
  ["previous_customers", totals.previousCustomers],
  ["retained_customers", totals.retainedCustomers],
];
