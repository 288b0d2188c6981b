// Where a figure opens to the people it counts.
import type { Rule } from "../capabilities/segments/model.ts";

/** For `useAddress()`: the list of whom a rule matches, from which they can be kept as a segment. */
export const peopleAt = (rule: Rule): [string, Record<string, string>] => ["/app/customers", { rule: JSON.stringify(rule) }];
