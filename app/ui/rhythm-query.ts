// Which wait a page or report of the purchase rhythm is about, as its address says: `?step=third&product=10&bucket=7`.
import { STEP_NAMES, STEPS, type Step } from "../capabilities/cohorts/model.ts";
import type { Condition, Rule } from "../capabilities/segments/model.ts";

/** `step`: the order that is awaited; `productId`: of those whose first order held it, null: of everybody. */
export type RhythmQuery = { step: Step; productId: string | null };
export const USUAL_RHYTHM: RhythmQuery = { step: "second", productId: null };

export function parseRhythmQuery(parameters: URLSearchParams): { ok: true; query: RhythmQuery } | { ok: false; field: "step" | "product" } {
  const [step, productId] = [parseStep(parameters.get("step")), parameters.get("product") || null];
  if (step === undefined) return { ok: false, field: "step" };
  if (productId !== null && !/^\d{1,18}$/.test(productId)) return { ok: false, field: "product" };
  return { ok: true, query: { step, productId } };
}

const parseStep = (said: string | null): Step | undefined => (said === null || said === "" ? USUAL_RHYTHM.step : STEP_NAMES.find((known) => known === said));

/** The way back into the address, without what goes without saying. */
export const toRhythmParameters = ({ step, productId }: RhythmQuery): [string, string][] => [...(step === USUAL_RHYTHM.step ? [] : [["step", step] satisfies [string, string]]), ...(productId === null ? [] : [["product", productId] satisfies [string, string]])];

const began = (productId: string | null): Condition[] => (productId === null ? [] : [{ field: "first_product", operator: "any_of", value: [productId] }]);

/** `to` null: and longer. */
export type Days = { from: number; to: number | null };

const within = (field: "any_gap" | "days_to_second" | "days_to_third" | "days_to_fourth" | "days_since_last_order", { from, to }: Days): Condition => (to === null ? { field, operator: "at_least", value: from } : { field, operator: "between", value: { from, to } });

const DAYS_TO = { second: "days_to_second", third: "days_to_third", fourth: "days_to_fourth" } as const;

/** Who went on from the order before within these days; null: at all. */
export function ruleOfCame({ step, productId }: RhythmQuery, days: Days | null): Rule {
  return { all: [days === null ? { field: "orders", operator: "at_least", value: STEPS[step] } : within(DAYS_TO[step], days), ...began(productId)] };
}

/** Who has placed the order before and not this one, that many days ago; null: all of them. */
export function ruleOfWaiting({ step, productId }: RhythmQuery, days: Days | null): Rule {
  const placed = STEPS[step] - 1;
  return { all: [{ field: "orders", operator: "between", value: { from: placed, to: placed } }, ...(days === null ? [] : [within("days_since_last_order", days)]), ...began(productId)] };
}

/** Who still waited on that day after the order before: whoever came then or later, and whoever has waited as long and not come. */
export function ruleOfAtRisk({ step, productId }: RhythmQuery, day: number): Rule {
  const since: Days = { from: day, to: null };
  return { all: [{ any: [within(DAYS_TO[step], since), ruleOfWaiting({ step, productId: null }, since)] }, ...began(productId)] };
}

/** Who has bought of it, and ordered nothing for so many days or more. */
export const ruleOfQuiet = (goods: { field: "product" | "product_type"; value: string }, days: number): Rule => ({ all: [{ field: goods.field, operator: "any_of", value: [goods.value] }, within("days_since_last_order", { from: days, to: null })] });

/** Who once let so many days pass between two orders. */
export const ruleOfGap = (productId: string | null, days: Days): Rule => ({ all: [within("any_gap", days), ...began(productId)] });

/** Everybody who began, with it or at all. */
export const ruleOfBegun = (productId: string | null): Rule => ({ all: [{ field: "orders", operator: "at_least", value: 1 }, ...began(productId)] });
