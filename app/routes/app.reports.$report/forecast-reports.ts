// The forecasts themselves: what was fitted, and how such forecasts came out.
import type { Check, ShopForecast } from "../../capabilities/forecasts/model.ts";
import { writeShare, type Report, type Row } from "./report.ts";

/** A line per parameter; weeks are the unit of time, the shop's currency that of money. */
export function modelReport(forecast: ShopForecast | null): Report {
  const rows: Row[] = [];
  if (forecast !== null) {
    const { purchases, spend } = forecast.fit;
    rows.push(...rowsOf(purchases.family, purchases.parameters, { ...purchases, customers: purchases.customerCount }, forecast));
    if (spend !== null) rows.push(...rowsOf("gamma_gamma", spend.parameters, { ...spend, customers: spend.repeaterCount }, forecast));
  }
  return {
    name: "model",
    fileName: `regulars-model${forecast === null ? "" : `-${forecast.asOf}`}`,
    about: { asOf: forecast?.asOf ?? null, method: forecast?.method ?? "none" },
    columns: [
      { name: "model", type: "text" }, { name: "parameter", type: "text" }, { name: "value", type: "decimal" }, { name: "standard_error", type: "decimal" }, { name: "log_likelihood", type: "decimal" },
      { name: "customers", type: "integer" }, { name: "fitted_at", type: "text" }, { name: "verdict", type: "text" },
    ],
    rows,
  };
}

type Found = { standardErrors: object | null; logLikelihood: number; customers: number; verdict: string };
const DIGITS = 6;

function rowsOf(model: string, parameters: Record<string, number>, { standardErrors, logLikelihood, customers, verdict }: Found, { fittedAt }: ShopForecast): Row[] {
  const errors = new Map(Object.entries(standardErrors ?? {}).map(([name, error]) => [name, Number(error)]));
  return Object.entries(parameters).map(([name, value]) => [model, name, value.toFixed(DIGITS), errors.get(name)?.toFixed(DIGITS) ?? null, logLikelihood.toFixed(DIGITS), customers, fittedAt.toISOString(), verdict]);
}

/** A line per check and tenth of the customers, by what was predicted of them. */
export const calibrationReport = (checks: readonly Check[]): Report => ({
  name: "calibration",
  fileName: "regulars-calibration",
  about: {},
  columns: [
    { name: "cut_on", type: "day" }, { name: "horizon_days", type: "integer" }, { name: "is_kept", type: "integer" }, { name: "group", type: "integer" }, { name: "customers", type: "integer" },
    { name: "predicted", type: "decimal" }, { name: "happened", type: "decimal" }, { name: "low", type: "decimal" }, { name: "high", type: "decimal" },
  ],
  rows: checks.flatMap(({ cutOn, horizon, isKept, result }) => result.calibration.map((group, index) => [
    cutOn, horizon, Number(isKept), index + 1, group.customerCount, writeShare(group.predictedMean), writeShare(group.happenedShare), writeShare(group.low), writeShare(group.high),
  ])),
});
