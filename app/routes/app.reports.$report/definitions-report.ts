// Retention by each formula, and the people they are made of, for one range.
import type { Overview } from "../../capabilities/analytics/model.ts";
import { retentionsOf } from "../../capabilities/analytics/rules.ts";
import { writeShare, type Report } from "./report.ts";

export function definitionsReport({ range, retentionPeriod, totals }: Pick<Overview, "range" | "retentionPeriod" | "totals">): Report {
  const { previousCustomers, retainedCustomers, askedCustomers, returningCustomers } = totals;
  return {
    name: "retention_definitions",
    fileName: `regulars-retention-definitions-${range.from}-${range.to}`,
    about: { from: range.from, to: range.to, beforeFrom: retentionPeriod?.from ?? null, beforeTo: retentionPeriod?.to ?? null },
    columns: [{ name: "definition", type: "text" }, { name: "numerator", type: "integer" }, { name: "denominator", type: "integer" }, { name: "value", type: "decimal" }],
    rows: [
      ...Object.entries(retentionsOf(totals)).map(([formula, { numerator, denominator, value }]) => [formula, numerator, denominator, writeShare(value)]),
      ["previous_customers", previousCustomers, null, null], ["retained_customers", retainedCustomers, null, null], ["won_back_customers", returningCustomers - retainedCustomers, null, null],
      ["new_customers", askedCustomers - returningCustomers, null, null], ["customers", askedCustomers, null, null],
    ],
  };
}
