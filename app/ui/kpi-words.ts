// What a figure is called, and what it was divided from: retention by the formula the merchant chose.
import type { TFunction } from "i18next";
import type { KpiName, RetentionFormula } from "../capabilities/analytics/model.ts";

type Named = { name: KpiName; formula: RetentionFormula | null };

export const writeKpiName = (t: TFunction, { name, formula }: Named): string => (formula === null ? t(`analytics.kpis.${name}.title`) : writeFormula(t, formula));
export const writeFormula = (t: TFunction, formula: RetentionFormula): string => t(`analytics.formulas.${formula}.title`);

/** `below` null: it is a count, divided by nothing. */
export function writeParts(t: TFunction, { name, formula }: Named): { above: string; below: string | null } {
  if (formula !== null) return { above: t(`analytics.formulas.${formula}.numerator`), below: t(`analytics.formulas.${formula}.denominator`) };
  if (name === "customers") return { above: t("analytics.kpis.customers.numerator"), below: null };
  return { above: t(`analytics.kpis.${name}.numerator`), below: t(`analytics.kpis.${name}.denominator`) };
}
