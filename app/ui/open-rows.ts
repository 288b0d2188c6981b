// Where a figure opens to the people or orders it counts.
import type { Kpi, OrderKind, Overview, RetentionFormula } from "../capabilities/analytics/model.ts";
import type { Rule } from "../capabilities/segments/model.ts";
import { periodBefore } from "../capabilities/analytics/rules.ts";
import type { Measure } from "../capabilities/targets/model.ts";
import { cohortsCounted } from "../capabilities/targets/rules/cycle-rate.ts";
import { windowEnding } from "../capabilities/targets/rules/windows.ts";
import { addMonths, firstDayOf, lastDayOf, type Day, type DayRange, type Month } from "../values/day.ts";
import { ruleOfOrdering } from "./beginning-rule.ts";
import { toOrderParameters } from "./order-query.ts";

/** For `useAddress()`. */
export type Rows = [path: string, parameters: Record<string, string>];

/** The list of whom a rule matches, from which they can be kept as a segment. */
export const peopleAt = (rule: Rule): Rows => ["/app/customers", { rule: JSON.stringify(rule) }];

export const ordersAt = (range: DayRange, kind: OrderKind = "all"): Rows => ["/app/orders", toOrderParameters({ range, kind })];

const orderedIn = (days: DayRange): Rule => ({ field: "any_order", operator: "between", value: days });
const began = (days: DayRange): Rule => ({ field: "first_order", operator: "between", value: days });

export const newCustomersAt = (range: DayRange): Rows => peopleAt(began(range));

/** What a KPI was divided from, above and below; null: it is a sum of months, or no rule says it. */
export function rowsOfKpi({ name, formula }: Pick<Kpi, "name" | "formula">, { range, retentionPeriod }: Pick<Overview, "range" | "retentionPeriod">): { above: Rows | null; below: Rows | null } {
  const customers = peopleAt(orderedIn(range));
  switch (name) {
    case "customers": return { above: customers, below: null };
    case "repeat_purchase_rate": return { above: peopleAt({ field: "orders_between", operator: "at_least", value: { count: 2, ...range } }), below: customers };
    case "revenue_per_customer": return { above: ordersAt(range, "customers"), below: customers };
    case "average_order_value": return { above: ordersAt(range), below: ordersAt(range) };
    case "returning_revenue_share": return { above: ordersAt(range, "returning"), below: ordersAt(range) };
    case "repurchase_retention": return retentionPeriod === null ? { above: null, below: null } : rowsOfRetention(formula ?? "repurchase", { range, before: retentionPeriod });
  }
}

/** What a target's figure counts, above where it is a quotient, in its window that ends that day; null: no rule says it. */
export function rowsOfMeasure({ name, formula, windowMonths }: Measure, asOf: Day): Rows | null {
  if (name === "cycle_repeat_rate") {
    const rule = ruleOfOrdering(cohortsCounted({ months: windowMonths, asOf }).map((cohort) => ({ first: daysOf(cohort, cohort), then: daysOf(addMonths(cohort, 1), addMonths(cohort, windowMonths)) })), []);
    return rule && peopleAt(rule);
  }
  const range = windowEnding(asOf, windowMonths);
  return rowsOfKpi({ name, formula }, { range, retentionPeriod: periodBefore(range) }).above;
}

const daysOf = (first: Month, last: Month): DayRange => ({ from: firstDayOf(first), to: lastDayOf(last) });

export function rowsOfRetention(formula: RetentionFormula, { range, before }: { range: DayRange; before: DayRange }): { above: Rows; below: Rows } {
  const people = retentionPeople({ range, before });
  if (formula === "repurchase") return { above: people.kept, below: people.before };
  return { above: people.returning, below: formula === "classic" ? people.before : people.asked };
}

/** The people all three formulas are made of: buyers of the period before, those who came again, those won back, those new, and all of the range. */
export function retentionPeople({ range, before }: { range: DayRange; before: DayRange }) {
  const known: Rule = { field: "first_order", operator: "before", value: range.from };
  return {
    before: peopleAt(orderedIn(before)),
    kept: peopleAt({ all: [orderedIn(before), orderedIn(range)] }),
    wonBack: peopleAt({ all: [known, orderedIn(range), { not: orderedIn(before) }] }),
    returning: peopleAt({ all: [known, orderedIn(range)] }),
    fresh: peopleAt(began(range)),
    asked: peopleAt(orderedIn(range)),
  };
}
