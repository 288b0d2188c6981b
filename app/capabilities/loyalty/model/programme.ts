// The programme as the merchant writes it: one document, saved in versions, none of which changes once it has counted for an order.
import { z } from "zod";
import type { Day } from "../../../values/day.ts";
import { daySchema } from "../../../values/day-schema.ts";
import { idTextSchema, textSchema } from "../../../values/id-schemas.ts";
import { wordsUpTo } from "../../../values/words.ts";

export const PERCENT_USUAL = 100; // rates and multipliers are whole percent of the usual points
const POINTS_MAX = 1_000_000; // in one line; beyond it is a slip of the finger
const MINOR_MAX = 100_000_000; // of money in one rule
const LIST_MAX = 250; // as many as one question to Shopify may name
const RULES_MAX = 50; // of one kind; a page still shows them
const LEVELS_MAX = 10;
const TITLE_MAX = 60;
const MONTHS_MAX = 60;

const points = z.int().min(1).max(POINTS_MAX);
const minor = z.int().min(1).max(MINOR_MAX);
const months = z.int().min(1).max(MONTHS_MAX);
const ruleId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and hyphens only");
const line = textSchema.pipe(z.string().trim().min(1).max(TITLE_MAX));

/** In the shopper's language, else in the first there is. */
const wordsSchema = wordsUpTo(TITLE_MAX);

/** Products by any of these; nothing named matches nothing. */
export const filterSchema = z.object({
  productIds: z.array(idTextSchema).max(LIST_MAX),
  collectionIds: z.array(idTextSchema).max(RULES_MAX),
  productTypes: z.array(line).max(RULES_MAX),
  tags: z.array(line).max(RULES_MAX),
});
export type ProductFilter = z.infer<typeof filterSchema>;

const orderRuleSchema = z.object({
  isOn: z.boolean(),
  /** `points` for each `perMinor` spent */
  points,
  perMinor: minor,
  includesTax: z.boolean(),
  includesShipping: z.boolean(),
  /** what the goods cost before codes and sales */
  isBeforeDiscounts: z.boolean(),
  /** only these earn; null: everything */
  only: filterSchema.nullable(),
  excluded: filterSchema.nullable(),
  /** another rate for some products: the first that names a product counts */
  rates: z.array(z.object({ id: ruleId, title: line, filter: filterSchema, percent: z.int().min(0).max(2_000) })).max(RULES_MAX),
});

const LIMIT_COUNT_MAX = 1_000;
/** At most `count` times in so many days; `days` null: ever. */
const limitSchema = z.object({ count: z.int().min(1).max(LIMIT_COUNT_MAX), days: z.int().min(1).max(3_650).nullable() });

const actionSchema = z.object({ isOn: z.boolean(), points });

/** A page to follow or share; it counts once for each member. */
const linkSchema = z.object({ id: ruleId, isOn: z.boolean(), kind: z.enum(["follow", "share"]), title: line, url: z.url({ protocol: /^https$/ }).max(500), points });

/** Something another system tells us of, through the API or a Shopify Flow: `id` is what it calls it. */
const customSchema = z.object({ id: ruleId, isOn: z.boolean(), title: line, points, limit: limitSchema.nullable() });

const windowSchema = z.object({ id: ruleId, title: line, from: daySchema, to: daySchema, percent: z.int().min(PERCENT_USUAL).max(2_000) })
  .refine(({ from, to }) => from <= to, { message: "must not end before it begins", path: ["to"] });
export type BonusWindow = z.infer<typeof windowSchema>;

/** How a tier's multiplier and those of bonus windows meet: 150 and 200 make 250 added, 300 multiplied, 200 as the highest alone. */
export const STACKINGS = ["added", "multiplied", "highest"] as const;
export type Stacking = (typeof STACKINGS)[number];

const expirySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("never") }),
  /** so many months after they became spendable, each grant on its own day */
  z.object({ kind: z.literal("per_grant"), months }),
  /** all of them, after so many months without earning or spending */
  z.object({ kind: z.literal("inactivity"), months }),
]);

const rewardBase = {
  id: ruleId,
  isOn: z.boolean(),
  /** null: what it is says it, in every language */
  title: wordsSchema.nullable(),
  /** points; of a reward in steps, for each step */
  cost: points,
  minOrderMinor: minor.nullable(),
  validDays: z.int().min(1).max(3_650).nullable(),
  perCustomer: z.int().min(1).max(LIMIT_COUNT_MAX).nullable(),
  total: z.int().min(1).max(POINTS_MAX).nullable(),
  /** none named: everybody's */
  tierIds: z.array(ruleId).max(LEVELS_MAX),
};
/** `maxSteps` 1: a fixed amount; more: the shopper says how much, as in "100 points = ¥100". */
const amount = { ...rewardBase, amountMinor: minor, maxSteps: z.int().min(1).max(10_000) };

export const rewardSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("amount_off"), ...amount }),
  z.object({ kind: z.literal("store_credit"), ...amount }),
  z.object({ kind: z.literal("gift_card"), ...amount }),
  z.object({ kind: z.literal("percentage"), ...rewardBase, percent: z.int().min(1).max(100) }),
  z.object({ kind: z.literal("free_shipping"), ...rewardBase }),
  z.object({ kind: z.literal("free_product"), ...rewardBase, productId: idTextSchema, variantId: idTextSchema, productTitle: line, priceMinor: minor }),
  z.object({ kind: z.literal("early_access"), ...rewardBase, tag: line }),
  z.object({ kind: z.literal("custom"), ...rewardBase, title: wordsSchema }),
]);

export type Reward = z.infer<typeof rewardSchema>;

const threshold = z.int().min(0).max(1_000_000_000);
const levelSchema = z.object({
  id: ruleId,
  title: wordsSchema,
  entry: threshold,
  /** to stay; at most `entry` */
  keep: threshold,
  /** for who had it and lost it; null: as `entry` */
  reenter: threshold.nullable(),
  percent: z.int().min(PERCENT_USUAL).max(1_000),
  hasFreeShipping: z.boolean(),
  percentOff: z.int().min(0).max(90),
  giftPoints: z.int().min(0).max(POINTS_MAX),
}).refine(({ entry, keep }) => keep <= entry, { message: "cannot be above what entering takes", path: ["keep"] });
export type TierLevel = z.infer<typeof levelSchema>;

const TIER_BASES = ["spend", "points", "orders"] as const;
const TIER_PERIODS = ["rolling", "calendar", "lifetime"] as const;
const tiersSchema = z.object({
  basis: z.enum(TIER_BASES),
  /** over the last 12 months, the calendar year, or since ever */
  period: z.enum(TIER_PERIODS),
  graceDays: z.int().min(0).max(366),
  /** lowest first */
  levels: z.array(levelSchema).min(1).max(LEVELS_MAX).refine((levels) => levels.every(({ entry }, at) => entry > (levels[at - 1]?.entry ?? -1)), "each tier must take more than the one before"),
});
export type Tiers = z.infer<typeof tiersSchema>;

const friendSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("amount_off"), amountMinor: minor }),
  z.object({ kind: z.literal("percentage"), percent: z.int().min(1).max(100) }),
  z.object({ kind: z.literal("free_shipping") }),
]);
const referralSchema = z.object({
  friend: friendSchema,
  minOrderMinor: minor.nullable(),
  advocatePoints: points,
  /** for a friend of the same household: allowed, for less; 0: nothing */
  householdPoints: z.int().min(0).max(POINTS_MAX),
  /** friends in 30 days who count without a look */
  monthlyMax: z.int().min(1).max(LIMIT_COUNT_MAX),
});

const uniqueIds = (rules: readonly { id: string }[]): boolean => new Set(rules.map(({ id }) => id)).size === rules.length;
const named = <T extends { id: string }>(schema: z.ZodType<T>, max = RULES_MAX) => z.array(schema).max(max).refine(uniqueIds, "each must have its own id");

export const programmeSchema = z.object({
  /** everyone: whoever buys has points; joiners: points wait until the shopper joins */
  enrolment: z.enum(["everyone", "joiners"]),
  /** what a point is called; null: points, ポイント, 积分 */
  pointName: wordsSchema.nullable(),
  order: orderRuleSchema,
  signUp: actionSchema,
  /** `leadDays`: a birthday counts if it was told so long before; once in 365 days */
  birthday: actionSchema.extend({ leadDays: z.int().min(0).max(365) }),
  review: actionSchema.extend({ perYear: z.int().min(1).max(100) }),
  survey: actionSchema,
  firstOrder: actionSchema,
  nthOrders: z.array(z.object({ number: z.int().min(2).max(1_000), points })).max(RULES_MAX).refine((rules) => new Set(rules.map(({ number }) => number)).size === rules.length, "each order only once"),
  links: named(linkSchema),
  custom: named(customSchema),
  windows: named(windowSchema),
  stacking: z.enum(STACKINGS),
  /** days until points of an order can be spent: its return window */
  pendingDays: z.int().min(0).max(180),
  expiry: expirySchema,
  /** what a shopper owes is forgiven after so many months; null: never */
  forgivenAfterMonths: months.nullable(),
  /** points of a used code come back when the order it was used for is wholly refunded */
  returnsOnRefund: z.boolean(),
  rewards: named(rewardSchema),
  tiers: tiersSchema.nullable(),
  referral: referralSchema.nullable(),
});
export type Programme = z.infer<typeof programmeSchema>;

/** Paused: nothing new is earned or redeemed, and nothing is lost. */
export type ProgrammeState = "draft" | "live" | "paused";

/** `version` counts from 1; in force from `effectiveAt` until the next one. `keptUntil`: tiers held when it came are kept so long, whoever would lose them. */
export type ProgrammeVersion = { version: number; effectiveAt: Date; keptUntil: Day | null; programme: Programme };
