// What became of customers, by when and with what they began. Definitions: docs/retention.md, docs/cohorts.md.
import type { Day, Month } from "../../values/day.ts";

export const GRAINS = ["week", "month", "quarter", "year"] as const;
export type Grain = (typeof GRAINS)[number];

/** What a customer's life with the shop began with; types, collections and tags are as they are today. */
export const TRAITS = ["product", "type", "collection", "code", "channel", "country", "tag"] as const;
export type TraitKind = (typeof TRAITS)[number];
/** `value`: a product's number, a type, a collection's number, a discount code in capitals ("": none, `ANY_CODE`: any), a sales channel or country as Shopify names it ("": unknown), a tag. */
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

/** A trait's value with how many customers began with it; `title` of a product or collection, null where its own name is all there is. */
export type TraitChoice = Trait & { title: string | null; customers: number };

/** What values that are numbers are called, by kind and number. */
export type TraitTitles = Readonly<Record<"product" | "collection", Readonly<Record<string, string>>>>;

/** From which order on somebody waits for which: each is the place of the one that is awaited. */
export const STEPS = { second: 2, third: 3, fourth: 4 } as const;
export const STEP_NAMES = ["second", "third", "fourth"] as const satisfies readonly (keyof typeof STEPS)[];
export type Step = (typeof STEP_NAMES)[number];

/** How many orders came so many days after the one before of the same customer. */
export type GapCount = { days: number; orders: number };
/** Of gaps of a day or more: nine of ten are not longer than `lapseDays`; at risk from `atRiskDays` on. */
export type LapsePoint = { gapCount: number; medianDays: number; /** geometric mean */ typicalDays: number; lapseDays: number; atRiskDays: number };

/** What a customer's value is told in. */
export const BASES = ["revenue", "margin"] as const;
export type Basis = (typeof BASES)[number];

/** Sums from the first order to the end of a day of age; money in minor units. */
export type ValueSums = { orders: number; revenueMinor: number; marginMinor: number; /** orders whose margin is known */ marginOrders: number };
/** `cohort`: first day of the first order's month; `age`: one of the ages asked for, and all since the one before. */
export type AgeSums = ValueSums & { cohort: Day; age: number };

export type ValueRow = {
  cohort: Day;
  /** customers */
  size: number;
  /** days of age that are over for everybody in it; -1: not even the day of the first order */
  reach: number;
  /** per age of the table: from the first order until its end; null: not all have come so far */
  values: (ValueSums | null)[];
  /** all there is, whatever the age */
  toDate: ValueSums;
};
/** Oldest cohort first. `ages` in days, rising. */
export type ValueTable = { ages: readonly number[]; rows: ValueRow[]; /** today in the shop's zone */ asOf: Day };

/** reached: at each age all cohorts that have come so far · same: at each age those that have come to the oldest age anybody has. */
export const BLENDS = ["reached", "same"] as const;
export type Blend = (typeof BLENDS)[number];

/** acquire: to win new customers; keep: for those one has. */
export const PURPOSES = ["acquire", "keep"] as const;
export type Purpose = (typeof PURPOSES)[number];
/** `channel`: a sales channel as Shopify names it, any other name, "" where it is not divided. */
export type Cost = { month: Month; purpose: Purpose; channel: string; amountMinor: number };

export type PaidBack = { basis: Basis; /** age of the cohort when it had brought what it cost; null: not yet */ day: number | null };
/** What a cohort cost and left. Money in minor units; null: not known. */
export type CohortCost = {
  cohort: Day;
  acquireMinor: number | null;
  /** `acquireMinor` ÷ its customers */
  perCustomerMinor: number | null;
  paidBack: PaidBack | null;
  /** its share of what was spent to keep customers, of the months entered; null: none is */
  keepMinor: number | null;
  /** months over, with orders of it, whose cost to keep is not entered: `profit` is then at most what is left */
  keepMissing: number;
  /** revenue, or margin, to date − cost to acquire − share of cost to keep known */
  profit: Record<Basis, number | null>;
};

export const CHANNEL_MAX = 100; // characters
export const COST_LINES_MAX = 10_000;
export const COST_FILE_MAX_BYTES = 1_000_000;
export const COST_MAX_MAJOR = 1_000_000_000; // of the currency's units; beyond it is a slip
export const COST_FIRST_YEAR = 2000;

export const COST_FIELDS = ["month", "channel", "cost", "purpose"] as const;
export type CostField = (typeof COST_FIELDS)[number];
/** unclear: 1.234 may be a thousand or one and a bit · too_exact: more digits than the currency has · other_currency */
export type AmountFault = "missing" | "not_a_number" | "unclear" | "too_exact" | "negative" | "too_large" | "other_currency";
/** a_number: no name, as where a comma in an amount is not quoted · double: another line has the same month, channel and purpose · too_many_cells: likewise */
export type CostFault = AmountFault | "not_a_month" | "in_future" | "too_early" | "too_long" | "a_number" | "not_a_purpose" | "double" | "too_many_cells";
/** `line` as an editor counts them, the header's is 1; `field` null: the line as a whole; `otherLine` where a double came first. */
export type CostLineError = { line: number; field: CostField | null; fault: CostFault; text: string; otherLine?: number };
/** unreadable: no table · columns: month or cost is not there · unknown_column, double_column: `column` · empty: a header alone · too_long */
export type CostFileFault = { fault: "unreadable" | "columns" | "empty" | "too_long" } | { fault: "unknown_column" | "double_column"; column: string };
export type CostFile = { ok: true; costs: Cost[] } | { ok: false; lines: CostLineError[] } | ({ ok: false; lines: null } & CostFileFault);
