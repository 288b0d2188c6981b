// What a merchant writes down about customers, from the form it is typed into to the wish the board takes.
import { CUSTOMERS_MAX, followupForm, NOTE_MAX, type EntryKind, type FollowupForm } from "../capabilities/followups/model.ts";
import type { Day } from "../values/day.ts";

/** Where every such form goes. */
export const FOLLOWUPS_PATH = "/app/followups";

export const FOLLOWUP_FIELDS = ["note", "channel", "until", "customerIds"] as const;
export type FollowupField = (typeof FOLLOWUP_FIELDS)[number];
/** `count`: customers it is new for; 0 when it was said before, or nobody of them is here any more. */
export type FollowupAnswer = { ok: true; count: number } | { ok: false; field: FollowupField };

export type FollowupTyping = { kind: EntryKind; channel: string; until: string; note: string };

export const toFollowupFields = (typed: FollowupTyping, { wishId, customerIds }: { wishId: string; customerIds: readonly string[] }): Record<string, string> => ({
  ...typed, wishId, customerIds: customerIds.join(","),
});

/** Throws for a form that is not one of ours; a person's mistake is an answer with the field's name. */
export function parseFollowup(form: FormData, today: Day): { ok: true; form: FollowupForm } | { ok: false; field: FollowupField } {
  const { customerIds, ...said } = Object.fromEntries(form);
  const answer = followupForm.safeParse({ ...said, customerIds: typeof customerIds === "string" ? customerIds.split(",") : [] });
  if (!answer.success) {
    const field = FOLLOWUP_FIELDS.find((known) => answer.error.issues.some(({ path }) => path[0] === known));
    if (field === undefined) throw answer.error;
    return { ok: false, field };
  }
  if (answer.data.kind === "snoozed" && answer.data.until <= today) return { ok: false, field: "until" };
  return { ok: true, form: answer.data };
}

/** What a field's refusal needs to be worded with. */
export const FOLLOWUP_LIMITS = { max: NOTE_MAX, customers: CUSTOMERS_MAX };
