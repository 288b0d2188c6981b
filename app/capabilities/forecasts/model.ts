// Forecasts of a shop's customers, and how well such forecasts did. Models and sources: docs/forecasts.md.
import { z } from "zod";
import type { Day } from "../../values/day.ts";
import type { AucComparison } from "./rules/auc.ts";
import type { CalibrationGroup } from "./rules/calibration.ts";
import type { Fit } from "./rules/fit.ts";
import type { RecencyFit } from "./rules/recency.ts";
import type { SpendFit } from "./rules/spend.ts";

/** model: chances from the fit · recency: from days since the last order alone, as the model did no better here · none: too little is known. */
export const METHODS = ["model", "recency", "none"] as const;
export type Method = (typeof METHODS)[number];

/** Days ahead that chances are given for, and checked. */
export const HORIZONS = [30, 60, 90] as const;
export type Horizon = (typeof HORIZONS)[number];

/** What the night found: enough to forecast anybody with. */
export type StoredFit = {
  purchases: Fit;
  spend: SpendFit | null;
  /** of a day a horizon ago; null where the shop was not there yet */
  recency: Record<Horizon, RecencyFit | null>;
  /** the decision between the two, pooled over the checks; null: nothing to check yet */
  contest: Contest | null;
};

/** Model against recency over all checks of the longest horizon; Brier scores: mean squared distance between chance and truth. */
export type Contest = { checks: number; customers: number; modelBrier: number; recencyBrier: number; aucDifference: number; aucStandardError: number };

export type ShopForecast = { asOf: Day; fittedAt: Date; method: Method; fit: StoredFit };

/** How a forecast of a past day came out. `expected` and `ordered` count customers. */
export type CheckResult = {
  customers: number;
  ordered: number;
  /** what the model expected; null where it could not be fitted then */
  expected: number | null;
  modelBrier: number | null;
  recencyBrier: number | null;
  comparison: AucComparison | null;
  /** of the tenth it called most likely, the share that ordered */
  topTenth: { model: number | null; recency: number };
  /** the shown forecast's, by tenths of what was predicted */
  calibration: readonly CalibrationGroup[];
};

/** `isKept`: written down on the day itself; otherwise computed afterwards from what was known on it. */
export type Check = { cutOn: Day; horizon: Horizon; isKept: boolean; checkedAt: Date; result: CheckResult };

// What is read back was written by this room; shapes are checked where a decision hangs on them.
const share = z.number();
const auc = z.object({ area: share, standardError: z.number(), orderedCount: z.int(), otherCount: z.int() });
export const checkResultSchema: z.ZodType<CheckResult> = z.object({
  customers: z.int(), ordered: z.int(), expected: z.number().nullable(), modelBrier: z.number().nullable(), recencyBrier: z.number().nullable(),
  comparison: z.object({ model: auc, baseline: auc, difference: z.number(), standardError: z.number(), isBetter: z.boolean() }).nullable(),
  topTenth: z.object({ model: share.nullable(), recency: share }),
  calibration: z.array(z.object({ customerCount: z.int(), predictedMean: share, happenedShare: share, low: share, high: share })),
});

const four = z.object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() });
const three = z.object({ p: z.number(), q: z.number(), gamma: z.number() });
const found = { logLikelihood: z.number(), gradientNorm: z.number(), isConverged: z.boolean(), iterationCount: z.int() };
const recencyFit = z.array(z.object({ fromDays: z.int(), toDays: z.int(), customerCount: z.int(), orderedCount: z.int(), chance: share })).nullable();
export const storedFitSchema: z.ZodType<StoredFit> = z.object({
  purchases: z.object({
    ...found, family: z.enum(["nbd", "bg_nbd", "mbg_nbd"]), parameters: four, standardErrors: four.nullable(), customerCount: z.int(), repeaterCount: z.int(),
    verdict: z.enum(["good", "too_few_customers", "too_few_repeaters", "not_converged", "too_short", "dropout_not_identifiable"]),
  }),
  spend: z.object({
    ...found, parameters: three, standardErrors: three.nullable(), repeaterCount: z.int(), population: z.object({ meanMinor: z.number(), lowMinor: z.number(), highMinor: z.number() }).nullable(),
    correlation: z.number(), verdict: z.enum(["good", "too_few_repeaters", "not_converged", "mean_not_identifiable"]),
  }).nullable(),
  recency: z.object({ 30: recencyFit, 60: recencyFit, 90: recencyFit }),
  contest: z.object({ checks: z.int(), customers: z.int(), modelBrier: z.number(), recencyBrier: z.number(), aucDifference: z.number(), aucStandardError: z.number() }).nullable(),
});
