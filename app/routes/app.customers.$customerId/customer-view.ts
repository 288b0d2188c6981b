// One customer in the shape their page shows them.
import type { Method } from "../../capabilities/forecasts/model.ts";
import type { CustomerOrder, CustomerRecord } from "../../capabilities/orders/model.ts";
import type { Preference, Profile } from "../../capabilities/profiles/model.ts";
import { daysBetween } from "../../capabilities/profiles/rules/profile.ts";
import { overdueDaysOf, reasonsOf } from "../../capabilities/profiles/rules/reasons.ts";
import { dayAt, type Day } from "../../values/day.ts";
import { personName } from "../../values/person-name.ts";

export type CustomerView = ReturnType<typeof toCustomerView>;
export type Portrait = ReturnType<typeof toPortrait>;

/** What is known of them whether or not they have been looked at. */
export const toCustomerView = ({ id, firstName, lastName, email, emailConsent, shopifyRfmGroup, birthOn, locale, tags }: CustomerRecord, preference: Preference) => ({
  id: String(id), name: personName({ firstName, lastName }, locale) ?? email, email, emailConsent, shopifyRfmGroup, shopifyBirthOn: birthOn, shopifyLocale: locale, tags, preference,
});

/** What follows from what they did. `purchaseDays` reach as far back as the orders at hand. */
export function toPortrait(profile: Profile, { orders, method, timeZone }: { orders: readonly CustomerOrder[]; method: Method; timeZone: string }) {
  const { customerId: _id, search: _search, ...known } = profile;
  return {
    ...known, method, reasons: reasonsOf(profile), overdueDays: overdueDaysOf(profile), daysSince: profile.lastOrderOn && Math.max(0, daysBetween(profile.lastOrderOn, profile.asOf)),
    purchaseDays: purchaseDaysOf(orders, timeZone),
  };
}

/** Ascending; two orders on one day are one. */
const purchaseDaysOf = (orders: readonly CustomerOrder[], timeZone: string): Day[] => [...new Set(orders.filter(({ isCounted }) => isCounted).map(({ placedAt }) => dayAt(placedAt, timeZone)))].toSorted();
