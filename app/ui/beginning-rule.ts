// Who began with something, as a segment's rule: so that a row of cohorts opens to its people, and can be kept.
import { ANY_CODE, type Selection, type Trait } from "../capabilities/cohorts/model.ts";
import type { Condition, Rule } from "../capabilities/segments/model.ts";
import type { DayRange } from "../values/day.ts";

/** `first`: days of the first order; null: any. `then`: days in which they ordered; null: whenever. Null where a rule cannot say it: an unknown channel or country. */
export function ruleOfBeginning(first: DayRange | null, selection: Selection, then: DayRange | null = null): Rule | null {
  const conditions = selection.map(conditionOf);
  if (!conditions.every((condition) => condition !== null)) return null;
  const since: Condition = first === null ? { field: "orders", operator: "at_least", value: 1 } : { field: "first_order", operator: "between", value: first };
  return { all: [since, ...(then === null ? [] : [{ field: "any_order", operator: "between", value: then } as const]), ...conditions] };
}

/** All who did not begin so. */
export function ruleOfOthers(first: DayRange, selection: Selection, then: DayRange | null): Rule | null {
  const [everybody, some] = [ruleOfBeginning(first, [], then), ruleOfBeginning(null, selection)];
  return everybody && some && { all: [everybody, { not: some }] };
}

function conditionOf({ kind, value }: Trait): Condition | null {
  if (kind === "code" && (value === "" || value === ANY_CODE)) return { field: "first_discounted", operator: "is", value: value === ANY_CODE };
  if (value === "") return null;
  const fields = { product: "first_product", type: "first_type", code: "first_code", channel: "first_channel", country: "first_country", tag: "tag" } as const;
  return { field: fields[kind], operator: "any_of", value: [value] };
}
