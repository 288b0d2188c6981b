// Whom a rule would choose, asked for while it is being written.
import type { Stage } from "../capabilities/profiles/model.ts";
import { ruleSchema, type ListedCustomer, type Rule } from "../capabilities/segments/model.ts";
import type { Day } from "../values/day.ts";

export const PREVIEW_PATH = "/app/segments/preview";

export type SampleRow = { id: string; name: string; stage: Stage; revenueMinor: number; lastOrderOn: Day | null };
/** Not ok: nobody can read the rule; the page says where it is wrong before it asks. */
export type RulePreview = { ok: true; customers: number; revenueMinor: number; stakeMinor: number; sample: SampleRow[] } | { ok: false; field: "rule" };

export const toSampleRow = ({ customerId, name, stage, revenueMinor, lastOrderOn }: ListedCustomer): SampleRow => ({ id: String(customerId), name, stage, revenueMinor, lastOrderOn });

/** A rule out of a form; null: nobody can read it. */
export function readRule(text: unknown): Rule | null {
  try {
    return ruleSchema.safeParse(JSON.parse(String(text))).data ?? null;
  } catch {
    return null; // not JSON
  }
}
