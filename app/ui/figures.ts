// A KPI's figures in the unit they have.
import { KPI_UNITS, type KpiName } from "../capabilities/analytics/model.ts";
import type { Formats } from "../i18n/formats.ts";

/** The value itself: 42.3%, 1,234 or $56.78. */
export const writeKpi = (name: KpiName, value: number, formats: Formats): string => formats[KPI_UNITS[name]](value);

/** On an axis, where room is short. */
export function writeKpiShort(name: KpiName, value: number, formats: Formats): string {
  const unit = KPI_UNITS[name];
  if (unit === "share") return formats.shareShort(value);
  return unit === "money" ? formats.moneyShort(value) : formats.count(value);
}

// Sums of money are divided by people or orders; everything else counts people.
const PARTS = {
  customers: ["count", "count"],
  repeat_purchase_rate: ["count", "count"],
  repurchase_retention: ["count", "count"],
  revenue_per_customer: ["money", "count"],
  average_order_value: ["money", "count"],
  returning_revenue_share: ["money", "money"],
} as const satisfies Record<KpiName, readonly ["count" | "money", "count" | "money"]>;

export const writeNumerator = (name: KpiName, value: number, formats: Formats): string => formats[PARTS[name][0]](value);
export const writeDenominator = (name: KpiName, value: number, formats: Formats): string => formats[PARTS[name][1]](value);
