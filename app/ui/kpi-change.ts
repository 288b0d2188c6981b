// Whether a share of people moved by more than chance: both periods taken as draws of different people.
import type { Kpi } from "../capabilities/analytics/model.ts";
import { differenceOf, type Difference } from "../capabilities/cohorts/rules/difference.ts";
import { isOfPeople } from "../capabilities/targets/rules/band.ts";

/** Null: it is no share of people, or one of the two is nobody. */
export function differenceSince({ name, formula, numerator, denominator, previousNumerator, previousDenominator }: Pick<Kpi, "name" | "formula" | "numerator" | "denominator" | "previousNumerator" | "previousDenominator">): Difference | null {
  if (!isOfPeople(name, formula) || denominator === null || previousNumerator === null || previousDenominator === null) return null;
  return differenceOf({ successes: previousNumerator, trials: previousDenominator }, { successes: numerator, trials: denominator });
}
