// Who began with something, as a segment's rule: so that a row of cohorts opens to its people, and can be kept.
import { ANY_CODE, type Selection, type Trait } from "../capabilities/cohorts/model.ts";
import { ruleSchema, type Condition, type Rule } from "../capabilities/segments/model.ts";
import type { DayRange } from "../values/day.ts";

/** Days of somebody's first order, and days in which they ordered; null: whenever. */
export type OrderedIn = { first: DayRange; then: DayRange | null };

/** To whom any of these applies, of those who began so. `isOthers`: of those who did not. Null where no rule says it, or it would be too long. */
export function ruleOfOrdering(days: readonly OrderedIn[], selection: Selection, isOthers = false): Rule | null {
  const began = selection.map(conditionOf);
  if (!began.every((condition) => condition !== null)) return null;
  const ordered = days.map(({ first, then }): Condition[] => [
    { field: "first_order", operator: "between", value: first },
    ...(then === null ? [] : [{ field: "any_order", operator: "between", value: then } as const]),
  ]);
  const [only = [], ...more] = ordered;
  const rule: Rule = { all: [...(more.length === 0 ? only : [{ any: ordered.map((all) => ({ all })) }]), ...(isOthers ? [{ not: { all: began } }] : began)] };
  return ruleSchema.safeParse(rule).success ? rule : null;
}

function conditionOf({ kind, value }: Trait): Condition | null {
  if (kind === "code" && (value === "" || value === ANY_CODE)) return { field: "first_discounted", operator: "is", value: value === ANY_CODE };
  if (value === "") return kind === "channel" || kind === "country" ? { field: `first_${kind}_known`, operator: "is", value: false } : null;
  const fields = { product: "first_product", type: "first_type", collection: "first_collection", code: "first_code", channel: "first_channel", country: "first_country", tag: "tag" } as const;
  return { field: fields[kind], operator: "any_of", value: [value] };
}
