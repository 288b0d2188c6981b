// Which customers belong together: rules over what is known of them, and what becomes of those who match.
import { z } from "zod";
import { idTextSchema, textSchema } from "../../values/id-schemas.ts";
import { daySchema } from "../../values/day-schema.ts";
import type { TitledNoun } from "../orders/model.ts";
import { reasonSchema, RFM_GROUPS, STAGES, type Profile, type Reason } from "../profiles/model.ts";

/** What a condition can ask about, and of which kind the answer is. Words: `segments.fields.<name>`. */
export const FIELDS = {
  orders: "count", revenue: "money", average_order: "money", days_since_last_order: "days", days_since_first_order: "days", last_order: "date", first_order: "date", any_order: "date",
  usual_gap: "days", days_overdue: "days", days_to_next_order: "days", any_gap: "days", days_to_second: "days", days_to_third: "days", days_to_fourth: "days", last_refunded: "flag",
  chance_30: "share", chance_60: "share", chance_90: "share", expected_orders: "decimal", expected_value: "money", stake: "money",
  stage: "choice", rfm_group: "choice", shopify_rfm_group: "choice", r_score: "count", f_score: "count", m_score: "count", vip: "flag",
  country: "words", language: "words", tag: "words", email_consent: "choice", has_email: "flag", customer_since: "date", birthday_month: "choice",
  product: "ids", first_product: "ids", first_type: "words", first_collection: "collections", first_code: "words", first_discounted: "flag", first_channel: "words", first_channel_known: "flag", first_country: "words", first_country_known: "flag", product_kept: "ids", product_again: "ids", product_type: "words", vendor: "words", discount_code: "words", channel: "words", orders_in_days: "window", orders_between: "span", second_product: "ids",
  survey_answer: "marks",
} as const;
export type FieldName = keyof typeof FIELDS;
export type Kind = (typeof FIELDS)[FieldName];

/** Words: `segments.operators.<kind>.<operator>`. */
export const OPERATORS = {
  count: ["at_least", "at_most", "between"], money: ["at_least", "at_most", "between"], days: ["at_least", "at_most", "between"], share: ["at_least", "at_most", "between"], decimal: ["at_least", "at_most", "between"],
  date: ["since", "before", "between", "in_last_days", "not_in_last_days"],
  flag: ["is"], choice: ["any_of", "none_of"], words: ["any_of", "none_of"], ids: ["any_of", "none_of"], collections: ["any_of", "none_of"], marks: ["any_of", "none_of"], window: ["at_least", "at_most"], span: ["at_least", "at_most"],
} as const satisfies Record<Kind, readonly string[]>;

/** What may be chosen; birthdays by month, with the running one. */
export const CHOICES = {
  stage: STAGES,
  rfm_group: RFM_GROUPS,
  shopify_rfm_group: RFM_GROUPS,
  email_consent: ["SUBSCRIBED", "UNSUBSCRIBED", "PENDING", "NOT_SUBSCRIBED", "INVALID", "REDACTED"],
  birthday_month: ["this_month", "next_month", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
} as const satisfies Partial<Record<FieldName, readonly string[]>>;
export type ChoiceField = keyof typeof CHOICES;

const CONDITIONS_MAX = 25; // more is not understood by whoever reads it back
export const DEPTH_MAX = 4;
const WORDS_MAX = 50;
const WORD_MAX_LENGTH = 255; // of a Shopify tag
export const DAYS_MAX = 3_650;

const fieldsOf = <K extends Kind>(...kinds: K[]): [FieldName, ...FieldName[]] => {
  const [first, ...rest] = (Object.keys(FIELDS) as FieldName[]).filter((name) => (kinds as Kind[]).includes(FIELDS[name])); // its own keys
  if (first === undefined) throw new Error("a kind without a field");
  return [first, ...rest];
};
const fieldEnum = <K extends Kind>(...kinds: K[]) => z.enum(fieldsOf(...kinds));

const number = z.number().min(-1e15).max(1e15);
const words = z.array(textSchema.trim().min(1).max(WORD_MAX_LENGTH)).min(1).max(WORDS_MAX);
const ids = z.array(idTextSchema).min(1).max(WORDS_MAX);
/** What another room knows of a customer, as it calls it: `survey:<id>:<answer>`. */
const marks = z.array(z.string().regex(/^survey:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[a-z0-9][a-z0-9-]{0,39}$/)).min(1).max(WORDS_MAX);
const inOrder = <T>({ from, to }: { from: T; to: T }) => from <= to;

const condition = z.union([
  z.strictObject({ field: fieldEnum("count", "money", "days", "share", "decimal"), operator: z.enum(["at_least", "at_most"]), value: number }),
  z.strictObject({ field: fieldEnum("count", "money", "days", "share", "decimal"), operator: z.literal("between"), value: z.strictObject({ from: number, to: number }).refine(inOrder, "from must not be larger than to") }),
  z.strictObject({ field: fieldEnum("date"), operator: z.enum(["since", "before"]), value: daySchema }),
  z.strictObject({ field: fieldEnum("date"), operator: z.literal("between"), value: z.strictObject({ from: daySchema, to: daySchema }).refine(inOrder, "from must not be later than to") }),
  z.strictObject({ field: fieldEnum("date"), operator: z.enum(["in_last_days", "not_in_last_days"]), value: z.int().min(1).max(DAYS_MAX) }),
  z.strictObject({ field: fieldEnum("flag"), operator: z.literal("is"), value: z.boolean() }),
  ...(Object.keys(CHOICES) as ChoiceField[]).map((name) => z.strictObject({ field: z.literal(name), operator: z.enum(OPERATORS.choice), value: z.array(z.enum(CHOICES[name])).min(1) })), // its own keys
  z.strictObject({ field: fieldEnum("words"), operator: z.enum(OPERATORS.words), value: words }),
  z.strictObject({ field: fieldEnum("ids"), operator: z.enum(OPERATORS.ids), value: ids }),
  z.strictObject({ field: fieldEnum("collections"), operator: z.enum(OPERATORS.collections), value: ids }),
  z.strictObject({ field: fieldEnum("marks"), operator: z.enum(OPERATORS.marks), value: marks }),
  z.strictObject({ field: fieldEnum("window"), operator: z.enum(OPERATORS.window), value: z.strictObject({ count: z.int().min(0).max(1_000), days: z.int().min(1).max(DAYS_MAX) }) }),
  z.strictObject({ field: fieldEnum("span"), operator: z.enum(OPERATORS.span), value: z.strictObject({ count: z.int().min(0).max(1_000), from: daySchema, to: daySchema }).refine(inOrder, "from must not be later than to") }),
]);
export type Condition = z.output<typeof condition>;

export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | Condition;
const ruleShape: z.ZodType<Rule> = z.lazy(() => z.union([
  condition,
  z.strictObject({ all: z.array(ruleShape).min(1) }),
  z.strictObject({ any: z.array(ruleShape).min(1) }),
  z.strictObject({ not: ruleShape }),
]));

/** What the products and collections of a rule are called. */
export type RuleNames = Record<TitledNoun, { id: string; title: string }[]>;

/** Throws a ZodError, or answers a rule a person can still read. */
export const ruleSchema = ruleShape.superRefine((rule, context) => {
  if (countConditions(rule) > CONDITIONS_MAX) context.addIssue({ code: "custom", message: `at most ${CONDITIONS_MAX} conditions` });
  if (depthOf(rule) > DEPTH_MAX) context.addIssue({ code: "custom", message: `at most ${DEPTH_MAX} levels` });
});

const partsOf = (rule: Rule): Rule[] => ("all" in rule ? rule.all : "any" in rule ? rule.any : "not" in rule ? [rule.not] : []);
const countConditions = (rule: Rule): number => ("field" in rule ? 1 : partsOf(rule).reduce((sum, part) => sum + countConditions(part), 0));
const depthOf = (rule: Rule): number => 1 + Math.max(0, ...partsOf(rule).map(depthOf));

/** Names and rules of these are ours. Words: `segments.ready.<key>.name` and `.body`. */
export const READY_KEYS = ["at_risk", "vip_slipping", "due_to_reorder", "overdue", "one_and_done", "new_customers", "vip", "bright_spots", "birthday", "quiet_90", "lapsed", "unsubscribed_loyal", "likely_soon"] as const;
export type ReadyKey = (typeof READY_KEYS)[number];

export type Segment = {
  id: string;
  readyKey: ReadyKey | null;
  name: string;
  rule: Rule;
  isMirrored: boolean;
  /** with our prefix; null: never mirrored yet */
  tag: string | null;
  /** of the segment saved there; null: none yet */
  shopifySegmentId: bigint | null;
  isFlowOn: boolean;
  /** everybody has been looked at once; until then nobody counts as having entered */
  isPopulated: boolean;
  /** its rule was changed, and not everybody has been looked at since */
  isRefilling: boolean;
  memberCount: number;
  createdAt: Date;
  updatedAt: Date;
};
/** With the moves that are still to be told to Shopify, and those it refused. */
export type ToldSegment = Segment & { waitingCount: number; refusedCount: number };

export const SEGMENTS_MAX = 200; // ready-made ones too: every customer who moves is held against each

export const TAG_PREFIX = "regulars:";
const NAME_MAX = 100;

export const segmentForm = z.object({ id: z.uuid(), name: textSchema.trim().min(1).max(NAME_MAX), rule: ruleSchema });
export type SegmentForm = z.infer<typeof segmentForm>;

export type SegmentRefusal = "not_found" | "name_taken" | "ready_made" | "no_room";

/** Somebody entered or left, when, and why. */
export type Move = { id: string; segmentId: string; isEntry: boolean; movedAt: Date; reasons: MoveReason[] };
/** The customer's own reasons, or that the segment's rule was changed. */
export type MoveReason = Reason | { code: "rule_changed" } | { code: "ordered_again" };
export const moveReasonSchema = z.union([reasonSchema, z.object({ code: z.enum(["rule_changed", "ordered_again"]) })]);

/** How a list of customers is ordered; the customer's number settles ties. */
export const SORTS = ["last_order", "revenue", "stake", "chance_90", "next_order"] as const;
export type Sort = (typeof SORTS)[number];
export type Direction = "ascending" | "descending";

/** Which customers, in which order; `search` is part of a name or an address. */
export type CustomerQuery = { rule: Rule | null; segmentId: string | null; search: string; sort: Sort; direction: Direction };
export const PAGE_SIZE = 50;
/** Nobody leafs further, and counting further would cost more than it tells. */
export const COUNTED_MAX = 10_000;

export type ListedCustomer = Profile & { name: string; email: string | null; countryCode: string | null };

/** A customer query under a name; `query` is the address part of the list. */
export type CustomerView = { id: string; name: string; query: string };
export const VIEWS_MAX = 20;
export const viewForm = z.object({ id: z.uuid(), name: textSchema.trim().min(1).max(NAME_MAX), query: textSchema.max(4_000) });
