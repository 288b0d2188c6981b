// Who began with something, as a segment's rule: so that a row of cohorts opens to its people, and can be kept.
import { ANY_CODE, type Selection, type Trait } from "../capabilities/cohorts/model.ts";
import { ruleSchema, type Condition, type Rule } from "../capabilities/segments/model.ts";
import type { DayRange } from "../values/day.ts";
import type { OrderedIn } from "./cohort-cell.tsx";

/** `first`: days of the first order; null: any. Null where a rule cannot say it: an unknown channel or country. */
export function ruleOfBeginning(first: DayRange | null, selection: Selection): Rule | null {
  const conditions = selection.map(conditionOf);
  if (!conditions.every((condition) => condition !== null)) return null;
  const since: Condition = first === null ? { field: "orders", operator: "at_least", value: 1 } : { field: "first_order", operator: "between", value: first };
  return { all: [since, ...conditions] };
}

/** Whose first order and a later one fell on any of these days. `isOthers`: who did not begin so. Null where a rule cannot say it, or would be too long. */
export function ruleOfOrdering(days: readonly OrderedIn[], selection: Selection, isOthers: boolean): Rule | null {
  const beginnings = ruleOfBeginning(null, selection);
  if (beginnings === null) return null;
  const ordered = days.map(({ first, then }): Rule => {
    const began: Condition = { field: "first_order", operator: "between", value: first };
    return then === null ? began : { all: [began, { field: "any_order", operator: "between", value: then }] };
  });
  const conditions: Rule[] = isOthers ? [{ not: beginnings }] : selection.flatMap((trait) => conditionOf(trait) ?? []);
  const [only] = ordered;
  const rule: Rule = ordered.length === 1 && only !== undefined ? { all: ["all" in only ? only.all : [only], conditions].flat() } : { all: [{ any: ordered }, ...conditions] };
  return ruleSchema.safeParse(rule).success ? rule : null;
}

function conditionOf({ kind, value }: Trait): Condition | null {
  if (kind === "code" && (value === "" || value === ANY_CODE)) return { field: "first_discounted", operator: "is", value: value === ANY_CODE };
  if (value === "") return kind === "channel" || kind === "country" ? { field: `first_${kind}_known`, operator: "is", value: false } : null;
  const fields = { product: "first_product", type: "first_type", collection: "first_collection", code: "first_code", channel: "first_channel", country: "first_country", tag: "tag" } as const;
  return { field: fields[kind], operator: "any_of", value: [value] };
}
