// Where a figure opens to the people it counts.
import type { Rule } from "../capabilities/segments/model.ts";

/** For `useAddress()`: the page that lists whom a rule matches, and keeps them as a segment. */
export const peopleAt = (rule: Rule): [string, Record<string, string>] => ["/app/people", { rule: JSON.stringify(rule) }];
