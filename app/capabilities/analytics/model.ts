// What the retention pages and reports are made of. Rules and formulas: docs/retention.md.
import type { Day, DayRange, Month } from "../../values/day.ts";
import type { CustomerId, OrderId } from "../../values/ids.ts";

/** Who follows single customers: each takes notes of its own. */
export const READERS = ["segments", "loyalty", "cohorts"] as const;
export type Reader = (typeof READERS)[number];

export const KPI_NAMES = ["customers", "repeat_purchase_rate", "repurchase_retention", "revenue_per_customer", "average_order_value", "returning_revenue_share"] as const;
export type KpiName = (typeof KPI_NAMES)[number];
/** count: people; share: 0..1; money: minor units of the shop's currency */
export const KPI_UNITS = {
  customers: "count",
  repeat_purchase_rate: "share",
  repurchase_retention: "share",
  revenue_per_customer: "money",
  average_order_value: "money",
  returning_revenue_share: "share",
} as const satisfies Record<KpiName, "count" | "share" | "money">;

/** Formulas that all go by the name of retention, of the same people: docs/retention.md, "Which retention?". */
export const RETENTION_FORMULAS = ["repurchase", "classic", "returning"] as const;
export type RetentionFormula = (typeof RETENTION_FORMULAS)[number];

/** Everything that is added up for one range; every KPI is a quotient of two of these. */
export type Totals = {
  orders: number;
  revenueMinor: number;
  guestOrders: number;
  guestRevenueMinor: number;
  /** customers (not guests) with at least one order in the range */
  customers: number;
  /** of these, with at least two orders in the range; two on one day are two */
  repeatCustomers: number;
  /** customers whose first order ever lies in the range */
  newCustomers: number;
  /** revenue of customers' orders that were not their first */
  returningRevenueMinor: number;
  /** buyers of the period before; over all time, of every month that has a complete month after it */
  previousCustomers: number;
  /** of these, buyers of this range (the month after) too */
  retainedCustomers: number;
  /** who is asked by the other formulas: customers of the range, and of them those who had bought before it; over all time, of the same months after */
  askedCustomers: number;
  returningCustomers: number;
};

export type Kpi = {
  name: KpiName;
  /** of repurchase_retention: the formula the merchant chose */
  formula: RetentionFormula | null;
  /** null: there is nothing to divide by yet */
  value: number | null;
  previousValue: number | null;
  /** shares: value − previousValue; others: that ÷ previousValue; null when either is missing or would be divided by 0 */
  change: number | null;
  /** what the previous value was divided from; null: there is none */
  previousNumerator: number | null;
  previousDenominator: number | null;
  /** what the value was divided from; also shown in "How is this computed?" */
  numerator: number;
  denominator: number | null;
  /** the same figure per calendar month, oldest first, up to the range's last month; that one may be unfinished */
  sparkline: SparkPoint[];
};

export type SparkPoint = { month: Month; isComplete: boolean; value: number | null };

export type Overview = {
  range: DayRange;
  preset: RangePreset | null;
  comparison: Comparison;
  /** the range the change is measured against; null: all time has none, or none was asked for */
  comparedWith: DayRange | null;
  /** the period whose buyers repurchase retention asks about: it ends the day before the range; null (all time): each month's
   *  buyers are asked about the month after, pooled */
  retentionPeriod: DayRange | null;
  totals: Totals;
  /** of `comparedWith` */
  previousTotals: Totals | null;
  /** the period before `comparedWith` began before the first order: that retention is not compared */
  isPreviousCut: boolean;
  kpis: Kpi[];
  /** null: no order yet */
  firstOrderOn: Day | null;
  lastOrderOn: Day | null;
};

export const RANGE_PRESETS = ["this_month", "last_month", "last_3_months", "last_12_months", "all_time"] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];

/** What a range is compared with: the period before it, the same days a year earlier, nothing, or days of one's own. */
export const COMPARISONS = ["previous", "last_year", "none"] as const;
export type Comparison = (typeof COMPARISONS)[number] | DayRange;

/** One customer's purchase days, ascending, as days since 1970-01-01, and what each brought in minor units. */
export type PurchaseDays = { customerId: CustomerId; days: readonly number[]; revenueMinor: readonly number[] };

/** Which of the counted orders; `customers` are all but guests'. */
export const ORDER_KINDS = ["all", "customers", "first", "returning", "guests"] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];
export const ORDERS_PAGE = 50;

/** A counted order as a row: `customerId` null: a guest; `place` 1 is the customer's first. */
export type ListedOrder = { orderId: OrderId; name: string; day: Day; customerId: CustomerId | null; customerName: string | null; email: string | null; place: number; revenueMinor: number };
