// What a shop aims at, what it usually sees, and what happened when. Rules: docs/targets.md.
import { z } from "zod";
import { KPI_NAMES, KPI_UNITS, RETENTION_FORMULAS, type KpiName, type RetentionFormula } from "../analytics/model.ts";
import { daySchema } from "../../values/day-schema.ts";
import { textSchema } from "../../values/id-schemas.ts";
import type { Day, Month } from "../../values/day.ts";

/** Home's six, and how many came back within the shop's own purchase cycle. */
export const MEASURES = [...KPI_NAMES, "cycle_repeat_rate"] as const;
export type MeasureName = (typeof MEASURES)[number];
export const MEASURE_UNITS = { ...KPI_UNITS, cycle_repeat_rate: "share" } as const satisfies Record<MeasureName, "count" | "share" | "money">;

/** A figure as it is aimed at. `windowMonths`: over how many months it is measured; of cycle_repeat_rate: within how many people come back. */
export type Measure = { name: MeasureName; /** of repurchase_retention */ formula: RetentionFormula | null; windowMonths: number };

/** The days over which a figure may be measured, in months; a year is the longest. */
export const WINDOWS = [1, 3, 6, 12] as const;
export type WindowMonths = (typeof WINDOWS)[number];

/** How long customers take, and over how many months coming back can be judged; null: not even over a year. */
export type Cycle = { gapCount: number; /** half of all next purchases come within so many days, nine tenths within so many */ medianDays: number; ninthDays: number; windowMonths: WindowMonths | null };

/** What is bought, of which kind, and how long until its buyers buy again; `share` of all such purchases. */
export type MixPart = { /** product type, or a product's name where it has none */ kind: string; share: number; typicalDays: number };

/** Why a target is suggested, or none is. `reached`: in so many of `of` windows the figure stood at least there. */
export type SuggestionReason =
  | { code: "quartile" | "best" | "hold" | "hold_today"; of: number; reached: number; from: Month; to: Month }
  | { code: "too_short"; have: number; need: number }
  | { code: "no_rhythm" }
  | { code: "cycle_too_long"; medianDays: number }
  | { code: "too_few_return" };
export type Suggestion = { measure: Measure; /** null: there is no figure */ current: number | null; target: number | null; dueOn: Day; reason: SuggestionReason };

export const GOAL_STATES = ["open", "reached", "missed", "ended", "changed"] as const;
export type GoalState = (typeof GOAL_STATES)[number];
export type Goal = Measure & {
  id: string;
  startValue: number;
  setOn: Day;
  target: number;
  dueOn: Day;
  state: GoalState;
  /** null: open */
  endedOn: Day | null;
  /** null: open, or there was no figure */
  endValue: number | null;
};

/** Where a goal stands: `value` on `asOf`, and where a straight line from its start to its end runs on that day. */
export type Track = { goal: Goal; value: number | null; asOf: Day; lineValue: number; /** value − lineValue */ gap: number | null; standing: "ahead" | "behind" | "level" | "reached" | "missed" | "unknown" };

/** A month beside what is usual for it. `by`: what was expected from; null: too little is known. */
export type BandPoint = { month: Month; isComplete: boolean; value: number | null; band: Band | null; side: "above" | "below" | null };
export type Band = { expected: number; low: number; high: number; by: "last_year" | "mean"; /** how many past errors it is as wide as */ errors: number };
export type UsualBand = { name: KpiName; formula: RetentionFormula | null; points: BandPoint[]; /** complete months until there is a band; 0: there is one */ monthsMissing: number };

/** Months at which history stops being asked. */
export const HISTORY_MONTHS = 61;

const side = z.enum(["above", "below"]);
const findingSchema = z.object({ name: z.enum(KPI_NAMES), formula: z.enum(RETENTION_FORMULAS).nullable(), value: z.number(), expected: z.number(), low: z.number(), high: z.number(), by: z.enum(["last_year", "mean"]), side, /** first month of those in a row beyond this side */ since: z.custom<Month>((text) => typeof text === "string" && /^\d{4}-\d{2}$/.test(text)) });
export const findingsSchema = z.array(findingSchema).min(1);
export type Finding = z.infer<typeof findingSchema>;
export type Alert = { raisedOn: Day; month: Month; findings: Finding[]; dismissedAt: Date | null };
/** Days from one alert to the next, at least. */
export const ALERT_REST_DAYS = 7;

export const ANNOTATION_KINDS = ["campaign", "price", "holiday", "other"] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];
export type Annotation = { id: string; from: Day; to: Day; kind: AnnotationKind; text: string };
export const ANNOTATION_TEXT_MAX = 100;
/** A shop keeps no more: a chart with more says nothing. */
export const ANNOTATIONS_MAX = 500;

export const annotationForm = z.object({
  id: z.uuid(), kind: z.enum(ANNOTATION_KINDS), from: daySchema, to: daySchema,
  text: textSchema.transform((text) => text.trim()).refine((text) => text.length >= 1 && text.length <= ANNOTATION_TEXT_MAX),
});

export const GOAL_YEARS_MAX = 5;
export const goalForm = z.object({ id: z.uuid(), measure: z.enum(MEASURES), target: z.number(), dueOn: daySchema });
export type GoalForm = z.infer<typeof goalForm>;
