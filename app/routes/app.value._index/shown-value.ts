// Lifetime value as the cards of its page show it, and how they write it.
import type { TFunction } from "i18next";
import type { Basis, Blend, CohortCost, ValueRow, ValueTable } from "../../capabilities/cohorts/model.ts";
import { totalOf } from "../../capabilities/cohorts/rules/value.ts";
import type { Formats } from "../../i18n/formats.ts";
import type { Rows } from "../../ui/open-rows.ts";
import { monthOf, type Day } from "../../values/day.ts";

export type ShownValue = {
  table: ValueTable;
  basis: Basis;
  blend: Blend;
  /** null: what is spent on whom is shown nobody knows */
  costs: ReadonlyMap<Day, CohortCost> | null;
  hasCosts: boolean;
  /** where the customers of the cohorts from one to another are listed; null: no rule says who they are */
  peopleOf: (first: Day, last: Day) => Rows | null;
};

type Voice = { t: TFunction; formats: Formats };

/** `notYet`: the cohort is too young; `unknown`: a cost of its orders is missing. */
export function writeValue({ values, size }: ValueRow, at: number, { basis, t, formats }: Voice & { basis: Basis }): string {
  const sums = values[at] ?? null;
  if (sums === null) return t("cohorts.value.notYet");
  const total = totalOf(sums, basis);
  return total === null ? t("cohorts.value.unknown") : formats.money(Math.round(total / size));
}

/** "Dec 2025 – Mar 2026", or the one there is. */
export function writeCohorts(cohorts: readonly Day[], { t, formats }: Voice): string {
  const [first, last] = [cohorts[0], cohorts.at(-1)];
  if (first === undefined || last === undefined) return "";
  const [from, to] = [formats.month(monthOf(first)), formats.month(monthOf(last))];
  return cohorts.length === 1 ? from : t("cohorts.value.fromTo", { count: cohorts.length, from, to });
}
