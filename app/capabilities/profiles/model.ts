// Who a customer is to the shop: rhythm, chances, scores, stage, and why. Rules: docs/profiles.md.
import { z } from "zod";
import { daySchema } from "../../values/day-schema.ts";
import type { Day, Month } from "../../values/day.ts";
import type { CustomerId } from "../../values/ids.ts";
import { LANGUAGES } from "../../values/words.ts";

/** `one_time` and `new` are those who bought once, kept apart: what holds for regulars does not hold for them. */
export const STAGES = ["prospect", "new", "one_time", "active", "regular", "vip", "slipping", "at_risk", "lapsed", "lost"] as const;
export type Stage = (typeof STAGES)[number];
/** Stages in which somebody is on their way out, and may still be kept. */
export const LEAVING_STAGES = ["slipping", "at_risk", "lapsed"] as const satisfies readonly Stage[];

/** Shopify's eleven groups, by its own names (Admin API, CustomerRfmGroup). */
export const RFM_GROUPS = ["CHAMPIONS", "LOYAL", "ACTIVE", "NEW", "PROMISING", "NEEDS_ATTENTION", "ALMOST_LOST", "AT_RISK", "PREVIOUSLY_LOYAL", "DORMANT", "PROSPECTS"] as const;
export type RfmGroup = (typeof RFM_GROUPS)[number];

const score = z.int().min(0);
/** What a score of 2, 3, 4 and 5 begins at: at most so many days since the last order, at least so many orders, at least so much spent
 *  (minor units). null: nobody reaches it. */
const limits = z.tuple([score.nullable(), score.nullable(), score.nullable(), score.nullable()]);
export const rfmLimitsSchema = z.object({ r: limits, f: limits, m: limits });
export type RfmLimits = z.infer<typeof rfmLimitsSchema>;
export type Scores = { r: number; f: number; m: number };

/** How long it takes from one purchase day to the next. Days are whole; `typical` is a geometric mean. */
const rhythmSchema = z.object({ gapCount: z.int(), typicalDays: z.number().positive(), medianDays: z.number().positive(), lapseDays: z.number().positive() });
export type Rhythm = z.infer<typeof rhythmSchema>;

/** From an order with a product of the type to the buyer's next; nine of ten are within `lapseDays`. */
const typeRhythmSchema = z.object({ productType: z.string(), gapCount: z.int(), typicalDays: z.number().positive(), lapseDays: z.number().positive() });
export type TypeRhythm = z.infer<typeof typeRhythmSchema>;

/** What all customers say of how the shop's customers buy; each is then measured against it. */
export const basisSchema = z.object({
  asOf: daySchema,
  /** with at least one order */
  customerCount: z.int(),
  rfm: rfmLimitsSchema,
  /** of everybody who came again; null: fewer than thirty gaps */
  rhythm: rhythmSchema.nullable(),
  /** from the first purchase to the second */
  secondOrder: rhythmSchema.nullable(),
  /** how much longer than usual, for themselves, the longest tenth of regulars' gaps is */
  ownLapseRatio: z.number().positive().nullable(),
  /** product types with thirty gaps or more; absent: measured before these were */
  types: z.array(typeRhythmSchema).optional(),
  /** a VIP has spent at least this; null: nobody came again yet */
  vipFromMinor: z.int().nullable(),
  /** unit costs are kept at Shopify, for some products at least */
  knowsCosts: z.boolean(),
});
export type Basis = z.infer<typeof basisSchema>;

const VIP_SHARE = 0.1;
export const LAPSE_DAYS_MAX = 3_650;

/** What the merchant decides instead; null leaves it to the numbers. */
export const settingsSchema = z.object({
  rfm: rfmLimitsSchema.nullable(),
  lapseDays: z.int().min(1).max(LAPSE_DAYS_MAX).nullable(),
  vipShare: z.number().min(0.01).max(0.5),
});
export type Settings = z.infer<typeof settingsSchema>;
export const DEFAULT_SETTINGS: Settings = { rfm: null, lapseDays: null, vipShare: VIP_SHARE };

/** What is known of a customer before anything is concluded from it. */
export type Facts = {
  customerId: CustomerId;
  orderCount: number;
  purchaseDays: number;
  revenueMinor: number;
  firstDayRevenueMinor: number;
  gapLogSum: number;
  firstOrderOn: Day | null;
  lastOrderOn: Day | null;
  lastOrderAt: Date | null;
  isLastRefunded: boolean;
  recentOrders: number;
  earlierOrders: number;
  /** typical days to the next order after what was bought last, and the longest tenth's; null: too seldom bought */
  productGapDays: number | null;
  productLapseDays: number | null;
  /** what was paid for goods less their costs; null: a cost is not known */
  marginMinor: number | null;
  search: string;
};

/** Chances and expectations, for whoever makes them (app/capabilities/forecasts); null where the shop's past does not allow any. */
export type Forecast = {
  /** of an order within so many days */
  chance30: number | null;
  chance60: number | null;
  chance90: number | null;
  expectedOrders365: number | null;
  ordersLow365: number | null;
  ordersHigh365: number | null;
  expectedValue365Minor: number | null;
  valueLow365Minor: number | null;
  valueHigh365Minor: number | null;
  /** what twelve months would bring if they stay, less what is expected */
  stakeMinor: number;
};

export type Profile = Omit<Facts, "lastOrderAt" | "firstDayRevenueMinor" | "gapLogSum" | "productGapDays" | "productLapseDays"> & Forecast & {
  asOf: Day;
  averageOrderMinor: number | null;
  typicalGapDays: number | null;
  lapseDays: number | null;
  nextOrderOn: Day | null;
  scores: Scores | null;
  rfmGroup: RfmGroup;
  stage: Stage;
  stageSince: Day;
  isVip: boolean;
};

/** Why, in numbers; the words are `profiles.reasons.<code>`. */
export const REASON_CODES = ["usual_gap", "shop_gap", "days_since", "past_lapse", "slowing", "last_refunded", "one_order", "top_spender", "on_rhythm", "no_order"] as const;
export type ReasonCode = (typeof REASON_CODES)[number];
export type Reason = { code: ReasonCode; days?: number | undefined; orders?: number | undefined; before?: number | undefined };
export const reasonSchema = z.object({ code: z.enum(REASON_CODES), days: z.int().optional(), orders: z.int().optional(), before: z.int().optional() });

/** Customers who were in one stage at the end of the month before `month`, and in another at its end; `prospect`: no customers yet. */
export type Flow = { month: Month; from: Stage; to: Stage; customers: number };

export const CHANNELS = ["email", "line", "sms", "phone", "none"] as const;
export type Channel = (typeof CHANNELS)[number];

/** How a person likes to be met, as the merchant noted it; null: nothing was said. */
export const preferenceSchema = z.object({
  channel: z.enum(CHANNELS).nullable(),
  language: z.enum(LANGUAGES).nullable(),
  everyDays: z.int().min(1).max(365).nullable(),
  birthOn: daySchema.nullable(),
});
export type Preference = z.infer<typeof preferenceSchema>;
export const NO_PREFERENCE: Preference = { channel: null, language: null, everyDays: null, birthOn: null };
