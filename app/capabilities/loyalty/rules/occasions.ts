// Points for what is no order: whether an occasion counts now, and the name under which it counts once.
import { addDays, countDays, type Day } from "../../../values/day.ts";
import type { CustomerId } from "../../../values/ids.ts";
import type { EventKind } from "../model/facts.ts";
import type { Programme } from "../model/programme.ts";

export type Occasion =
  | { kind: "sign_up" | "birthday" }
  | { kind: "review"; sourceId: string }
  | { kind: "survey"; sourceId: string }
  | { kind: "follow" | "share"; linkId: string }
  | { kind: "custom" | "flow"; ruleId: string; sourceId: string; note?: string | null };

/** `ruleId` names the rule where there are many of a kind; `limit`: at most `count` in the last `days`, null: ever. */
export type Worth = { points: number; ruleId: string | null; limit: { count: number; days: number | null } | null };

const YEAR_DAYS = 365;

/** Null: nothing is given for it. */
export function worthOf(occasion: Occasion, programme: Programme): Worth | null {
  const once = { count: 1, days: null };
  switch (occasion.kind) {
    case "sign_up": return programme.signUp.isOn ? { points: programme.signUp.points, ruleId: null, limit: once } : null;
    case "birthday": return programme.birthday.isOn ? { points: programme.birthday.points, ruleId: null, limit: { count: 1, days: YEAR_DAYS - 1 } } : null; // the 29th of February comes a day early
    case "review": return programme.review.isOn ? { points: programme.review.points, ruleId: null, limit: { count: programme.review.perYear, days: YEAR_DAYS } } : null;
    case "survey": return programme.survey.isOn ? { points: programme.survey.points, ruleId: occasion.sourceId, limit: once } : null;
    case "follow":
    case "share": {
      const link = programme.links.find(({ id, kind, isOn }) => id === occasion.linkId && kind === occasion.kind && isOn);
      return link ? { points: link.points, ruleId: link.id, limit: once } : null;
    }
    case "custom":
    case "flow": {
      const rule = programme.custom.find(({ id, isOn }) => id === occasion.ruleId && isOn);
      return rule ? { points: rule.points, ruleId: rule.id, limit: rule.limit } : null;
    }
  }
}

const REVIEW_ACTION = "review";

/** Review apps tell of a review under this name, unless the programme has an action of its own called so. */
export const asReview = (occasion: Occasion, { custom }: Pick<Programme, "custom">): Occasion =>
  (occasion.kind === "custom" || occasion.kind === "flow") && occasion.ruleId === REVIEW_ACTION && !custom.some(({ id }) => id === REVIEW_ACTION) ? { kind: "review", sourceId: occasion.sourceId } : occasion;

/** A rule's limit counts what it gave, whoever told of it. */
export const countedWith = (kind: Occasion["kind"]): readonly EventKind[] => (kind === "custom" || kind === "flow" ? ["custom", "flow"] : [kind]);

/** Another system's own id names one thing that happened, whoever it happened to; everything else is one of the customer's. */
export function nameOf(occasion: Occasion, customerId: CustomerId, today: Day): string {
  switch (occasion.kind) {
    case "custom":
    case "flow": return `${occasion.kind}:${occasion.sourceId}`;
    case "review":
    case "survey": return `${occasion.kind}:${customerId}:${occasion.sourceId}`;
    case "follow":
    case "share": return `${occasion.kind}:${customerId}:${occasion.linkId}`;
    case "birthday": return `birthday:${customerId}:${today.slice(0, 4)}`;
    case "sign_up": return `sign_up:${customerId}:once`;
  }
}

/** The first day that counts for a limit. */
export const sinceOf = (limit: { days: number | null }, today: Day): Day | null => (limit.days === null ? null : addDays(today, 1 - limit.days));

const MADE_UP_DAYS = 7; // later, a birthday is no surprise any more

/** Days nobody celebrated, as the worker was away, a week of them at most; the last one again, as who had a birthday may have become known since. */
export function daysToCelebrate(celebratedOn: Day | null, today: Day): Day[] {
  const weekAgo = addDays(today, -MADE_UP_DAYS);
  const from = celebratedOn === null || celebratedOn > today ? today : celebratedOn > weekAgo ? celebratedOn : weekAgo;
  return Array.from({ length: countDays({ from, to: today }) }, (_, at) => addDays(from, at));
}

/** Month and day that are celebrated on a day: on the 28th of February, where there is no 29th, both. */
export function birthdaysOn(today: Day): string[] {
  const monthDay = today.slice(5);
  return monthDay === "02-28" && addDays(today, 1).endsWith("03-01") ? [monthDay, "02-29"] : [monthDay];
}

