// Why a customer is where they are: what somebody behind the counter would say, in order of weight.
import { daysBetween } from "./profile.ts";
import type { Profile, Reason } from "../model.ts";

const OWN_RHYTHM_FROM = 3; // purchase days: two gaps of one's own
const SHOWN_MAX = 4;
const SLOWING_FROM = 2; // orders of the half year before; with fewer there is nothing to slow down

type Known = Pick<Profile, "asOf" | "lastOrderOn" | "purchaseDays" | "orderCount" | "typicalGapDays" | "lapseDays" | "isLastRefunded" | "recentOrders" | "earlierOrders" | "isVip" | "stage">;

export function reasonsOf(profile: Known): Reason[] {
  const { asOf, lastOrderOn, purchaseDays, typicalGapDays, lapseDays } = profile;
  if (lastOrderOn === null) return [{ code: "no_order" }];
  const days = Math.max(0, daysBetween(lastOrderOn, asOf)); // an order may be newer than the day everybody was measured
  const reasons: Reason[] = [];
  if (purchaseDays === 1) reasons.push({ code: "one_order" });
  if (typicalGapDays !== null) reasons.push({ code: purchaseDays >= OWN_RHYTHM_FROM ? "usual_gap" : "shop_gap", days: typicalGapDays });
  if (typicalGapDays !== null && days <= typicalGapDays) reasons.push({ code: "on_rhythm", days });
  else reasons.push({ code: "days_since", days });
  if (lapseDays !== null && days > lapseDays) reasons.push({ code: "past_lapse", days: lapseDays });
  if (profile.isLastRefunded) reasons.push({ code: "last_refunded" });
  if (profile.earlierOrders >= SLOWING_FROM && profile.recentOrders * 2 <= profile.earlierOrders) reasons.push({ code: "slowing", orders: profile.recentOrders, before: profile.earlierOrders });
  if (profile.isVip) reasons.push({ code: "top_spender" });
  return reasons.slice(0, SHOWN_MAX);
}

/** Days behind one's own rhythm; 0: none, or no rhythm is known. */
export const overdueDaysOf = ({ asOf, nextOrderOn }: Pick<Profile, "asOf" | "nextOrderOn">): number => (nextOrderOn === null ? 0 : Math.max(0, daysBetween(nextOrderOn, asOf)));
