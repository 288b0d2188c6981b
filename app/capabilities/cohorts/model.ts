// What became of customers, by when and with what they began. Definitions: docs/retention.md, docs/cohorts.md.
import type { Day } from "../../values/day.ts";

export const GRAINS = ["week", "month", "quarter", "year"] as const;
export type Grain = (typeof GRAINS)[number];

/** What a customer's life with the shop began with; a tag is as it is today. */
export const TRAITS = ["product", "type", "code", "channel", "country", "tag"] as const;
export type TraitKind = (typeof TRAITS)[number];
/** `value`: a product's number, a type, a discount code in capitals ("": none, `ANY_CODE`: any), a sales channel or country as Shopify names it ("": unknown), a tag. */
export type Trait = { kind: TraitKind; value: string };
export const ANY_CODE = "*";
/** Who has all of these; none: everybody. */
export type Selection = readonly Trait[];

/** Ages lifetime value is told at, in days; a sum by trait knows only these, and `OLDER`. */
export const MILESTONE_DAYS = [30, 60, 90, 180, 365] as const;
export const OLDER = 32_767;

export const MEASURES = ["retention", "customers", "orders", "revenue", "revenue_per_customer", "average_order_value", "orders_per_customer", "margin", "margin_per_customer"] as const;
export type Measure = (typeof MEASURES)[number];
/** share: 0 to 1; money: minor units of the shop's currency */
export const MEASURE_UNITS = {
  retention: "share", customers: "count", orders: "count", revenue: "money", revenue_per_customer: "money", average_order_value: "money", orders_per_customer: "decimal", margin: "money", margin_per_customer: "money",
} as const satisfies Record<Measure, "share" | "count" | "money" | "decimal">;
/** in: what happened in the period; by: from the beginning to its end. */
export const VIEWS = ["in", "by"] as const;
export type View = (typeof VIEWS)[number];

/** Sums of a cohort in a period, as stored. Both are first days. */
export type CellSums = {
  cohort: Day;
  period: Day;
  /** who ordered in it */
  customers: number;
  /** who came for the first time after the period they began in */
  returned: number;
  orders: number;
  revenueMinor: number;
  marginMinor: number;
  /** orders whose margin is known */
  marginOrders: number;
};

export type Cell = Omit<CellSums, "cohort" | "period"> & { /** periods since the first */ at: number; start: Day; /** over, for all of its days */ isComplete: boolean };
export type CohortRow = { cohort: Day; size: number; /** period 0 first; one nobody bought in is zeros, those not yet begun are absent */ cells: Cell[] };
export type CohortTable = { grain: Grain; /** oldest first */ rows: CohortRow[]; /** today in the shop's zone */ asOf: Day };

/** A trait's value with how many customers began with it; `title` of a product, null where its own name is all there is. */
export type TraitChoice = Trait & { title: string | null; customers: number };

/** From which order on somebody waits for which: each is the place of the one that is awaited. */
export const STEPS = { second: 2, third: 3, fourth: 4 } as const;
export const STEP_NAMES = ["second", "third", "fourth"] as const satisfies readonly (keyof typeof STEPS)[];
export type Step = (typeof STEP_NAMES)[number];

/** How many orders came so many days after the one before of the same customer. */
export type GapCount = { days: number; orders: number };
/** Of gaps of a day or more: nine of ten are not longer than `lapseDays`; at risk from `atRiskDays` on. */
export type LapsePoint = { gapCount: number; medianDays: number; /** geometric mean */ typicalDays: number; lapseDays: number; atRiskDays: number };
