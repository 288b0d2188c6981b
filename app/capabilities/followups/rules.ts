// The smallest step that may be enough, words before money; and how long people are left in peace.
import { addDays, dayAt, parseDay, type Day } from "../../values/day.ts";
import { LEAVING_STAGES, type Channel, type Profile } from "../profiles/model.ts";
import type { BoardRow, Step } from "./model.ts";

/** Between two messages, unless the customer said otherwise. */
export const REST_DAYS = 14;
/** A contact keeps a customer off the open board for as long as its outcome is waited for. */
export const CONTACT_DAYS = 30;

type Known = Pick<BoardRow, "isVip" | "emailConsent" | "preferredChannel" | "everyDays" | "lastContact"> & { /** something is open that they said */ hasTask: boolean; profile: Pick<Profile, "stage" | "isLastRefunded" | "stageSince"> | null };

export function stepFor({ hasTask, profile, isVip, emailConsent, preferredChannel, everyDays, lastContact }: Known, { today, timeZone }: { today: Day; timeZone: string }): Step {
  if (preferredChannel === "none") return "leave_alone";
  if (hasTask) return "make_good"; // they spoke first: no rest is broken by an answer
  const contactedOn = lastContact && dayAt(lastContact.at, timeZone);
  const isResting = contactedOn !== null && today < addDays(contactedOn, everyDays ?? REST_DAYS);
  if (isResting || profile === null || !isLeaving(profile)) return "wait"; // of those who are not leaving nothing more is wanted
  if (profile.isLastRefunded) return "make_good";
  const isReachable = emailConsent === "SUBSCRIBED" || (preferredChannel !== null && preferredChannel !== "email");
  if (!isReachable) return isVip ? "in_person" : "ask_consent"; // what brings somebody back is marketing, however personally it is written
  if (isVip) return "personal_note"; // from a person to a person, and no discount
  const wasReminded = contactedOn !== null && contactedOn >= profile.stageSince;
  if (profile.stage === "lapsed") return wasReminded ? "win_back_coupon" : "small_coupon";
  return wasReminded ? "small_coupon" : "reminder";
}

const isLeaving = ({ stage }: Pick<Profile, "stage">): boolean => LEAVING_STAGES.some((leaving) => leaving === stage);

/** Later than any message. */
export const NEVER = parseDay("9999-12-31");

const DAY_MS = 86_400_000;

export type Peace = { /** when anything last reached them; null: never */ lastAt: Date | null; channel: Channel | null; everyDays: number | null };

/** The first day on which a message is allowed again; null: now; NEVER: they want none. */
export function quietUntilOf({ lastAt, channel, everyDays }: Peace, { restDays, at, timeZone }: { restDays: number; at: Date; timeZone: string }): Day | null {
  if (channel === "none") return NEVER;
  if (lastAt === null) return null;
  const endsAt = new Date(lastAt.getTime() + Math.max(restDays, everyDays ?? 0) * DAY_MS);
  return endsAt <= at ? null : dayAt(endsAt, timeZone);
}
