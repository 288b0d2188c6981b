// The smallest step that may be enough: words before money, and nothing to people who were just written to.
import { addDays, dayAt, type Day } from "../../values/day.ts";
import type { BoardRow, Step } from "./model.ts";

/** Between two messages, unless the customer said otherwise. */
export const REST_DAYS = 14;
/** A contact keeps a customer off the open board for as long as its outcome is waited for. */
export const CONTACT_DAYS = 30;

type Known = Pick<BoardRow, "stage" | "isVip" | "isLastRefunded" | "emailConsent" | "preferredChannel" | "everyDays" | "lastContact" | "stageSince">;

export function stepFor({ stage, isVip, isLastRefunded, emailConsent, preferredChannel, everyDays, lastContact, stageSince }: Known, { today, timeZone }: { today: Day; timeZone: string }): Step {
  if (preferredChannel === "none") return "leave_alone";
  const contactedOn = lastContact && dayAt(lastContact.at, timeZone);
  if (contactedOn !== null && today < addDays(contactedOn, everyDays ?? REST_DAYS)) return "wait";
  if (isLastRefunded) return "make_good";
  const isReachable = emailConsent === "SUBSCRIBED" || (preferredChannel !== null && preferredChannel !== "email");
  if (!isReachable) return isVip ? "in_person" : "ask_consent"; // what brings somebody back is marketing, however personally it is written
  if (isVip) return "personal_note"; // from a person to a person, and no discount
  const wasReminded = contactedOn !== null && contactedOn >= stageSince;
  if (stage === "lapsed") return wasReminded ? "win_back_coupon" : "small_coupon";
  return wasReminded ? "small_coupon" : "reminder";
}
