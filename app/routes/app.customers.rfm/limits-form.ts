// The merchant's own RFM limits, from the form they are typed into to the settings, and back.
import { rfmLimitsSchema, type RfmLimits } from "../../capabilities/profiles/model.ts";
import { readNumber, type NumberFault } from "../../ui/typed-number.ts";
import { decimalsOf, toDecimal } from "../../values/money.ts";

export const MEASURES = ["r", "f", "m"] as const;
export type Measure = (typeof MEASURES)[number];
/** Scores that begin at a limit; 1 is what is left. */
export const LIMITED_SCORES = [2, 3, 4, 5] as const;
export type LimitField = `${Measure}${(typeof LIMITED_SCORES)[number]}`;
export type LimitFault = NumberFault | "must_shrink" | "must_grow";
export type LimitFaults = Partial<Record<LimitField, LimitFault>>;
export type LimitsAnswer = { ok: true; limits: RfmLimits } | { ok: false; faults: LimitFaults };

const DAYS_MAX = 36_500;
const ORDERS_MAX = 100_000;

export const fieldOf = (measure: Measure, score: (typeof LIMITED_SCORES)[number]): LimitField => `${measure}${score}`;

/** Each limit must be harder to reach than the one below it; an empty one is reached by nobody, so all above it are empty too. */
export function parseLimits(typed: (field: LimitField) => string, currency: string): LimitsAnswer {
  const faults: LimitFaults = {};
  const limits = Object.fromEntries(MEASURES.map((measure) => [measure, readMeasure(measure, typed, currency, faults)]));
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, limits: rfmLimitsSchema.parse(limits) };
}

function readMeasure(measure: Measure, typed: (field: LimitField) => string, currency: string, faults: LimitFaults): (number | null)[] {
  let below: number | null | undefined; // null: nobody reaches the score below
  return LIMITED_SCORES.map((score) => {
    const field = fieldOf(measure, score);
    if (typed(field).trim() === "") return (below = null);
    const read = readLimit(measure, typed(field), currency);
    if ("fault" in read) faults[field] = read.fault;
    else if (below === null) faults[fieldOf(measure, LIMITED_SCORES[LIMITED_SCORES.indexOf(score) - 1] ?? score)] = "missing";
    else if (below !== undefined && (measure === "r" ? read.value > below : read.value < below)) faults[field] = measure === "r" ? "must_shrink" : "must_grow";
    if ("value" in read) below = read.value;
    return "value" in read ? read.value : null;
  });
}

function readLimit(measure: Measure, text: string, currency: string): ReturnType<typeof readNumber> {
  if (measure === "m") return readNumber(text, { is: "minor", decimals: decimalsOf(currency) });
  return readNumber(text, { is: "whole" }, { max: measure === "r" ? DAYS_MAX : ORDERS_MAX });
}

export const typedLimitsOf = (limits: RfmLimits, currency: string): Record<LimitField, string> => Object.fromEntries(MEASURES.flatMap((measure) => LIMITED_SCORES.map((score, index) => {
  const limit = limits[measure][index];
  return [fieldOf(measure, score), limit === null || limit === undefined ? "" : measure === "m" ? toDecimal({ minor: limit, currency }).replace(/\.0+$/, "") : String(limit)];
}))) as Record<LimitField, string>; // every measure with every score

export type RfmWish = { intent: "automatic" } | { intent: "save"; answer: LimitsAnswer };

/** Throws for a form that is not one of ours. */
export function parseRfmWish(form: FormData, currency: string): RfmWish {
  const intent = form.get("intent");
  if (intent === "automatic") return { intent };
  if (intent !== "save") throw new RangeError("not a form of ours");
  return { intent, answer: parseLimits((field) => textIn(form, field), currency) };
}

function textIn(form: FormData, field: string): string {
  const said = form.get(field);
  return typeof said === "string" ? said : "";
}

export type RfmAnswer = { ok: true } | { ok: false; faults: LimitFaults };
