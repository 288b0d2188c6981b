// What the page says about a shop's forecasts, worked out before it is put into words.
import type { Check, CheckResult, Horizon, ShopForecast } from "../../capabilities/forecasts/model.ts";

/** Why the method in use is in use. */
export type MethodReason = "model_better" | "model_unchecked" | "recency_better" | "model_unusable" | "too_little";

export function methodReasonOf({ method, fit }: Pick<ShopForecast, "method" | "fit">): MethodReason {
  if (method === "none") return "too_little";
  if (method === "model") return fit.contest === null ? "model_unchecked" : "model_better";
  return isUsable(fit.purchases.verdict) ? "recency_better" : "model_unusable";
}

/** Where nobody can be seen to stop, the model without stopping is used: that is a word of its own, and no fault. */
const isUsable = (verdict: ShopForecast["fit"]["purchases"]["verdict"]): boolean => verdict === "good" || verdict === "dropout_not_identifiable";

export type ShownCheck = Pick<Check, "cutOn" | "horizon" | "isKept"> & { result: CheckResult };

/** Newest first; where a day's forecast was kept, what was computed of that day afterwards says nothing more. */
export const checksOf = (checks: readonly ShownCheck[], horizon: Horizon): ShownCheck[] =>
  checks.filter((check) => check.horizon === horizon && (check.isKept || !checks.some((other) => other.isKept && other.horizon === horizon && other.cutOn === check.cutOn)));

/** Where a chart's axis ends: the next tenth above everything on it. */
export function axisEndOf(shares: readonly number[]): number {
  const end = Math.ceil(Math.max(0, ...shares) * 10 - 1e-9) / 10;
  return Math.min(1, Math.max(0.1, end));
}

/** Lines of an axis from 0 to its end, five or fewer steps. */
export function ticksOf(end: number): number[] {
  const tenths = Math.round(end * 10);
  const step = [1, 2, 5].find((size) => tenths / size <= 5) ?? 5;
  return Array.from({ length: Math.floor(tenths / step) + 1 }, (_, index) => (index * step) / 10);
}
