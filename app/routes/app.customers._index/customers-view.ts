// The list in the shape its page shows it.
import { daysBetween } from "../../capabilities/profiles/rules/profile.ts";
import type { ReadyKey, Segment, ListedCustomer } from "../../capabilities/segments/model.ts";

export type CustomerRow = ReturnType<typeof toCustomerRow>;

export const toCustomerRow = ({ customerId, asOf, name, email, stage, isVip, orderCount, revenueMinor, lastOrderOn, chance90, nextOrderOn, stakeMinor }: ListedCustomer) => ({
  id: String(customerId), name, email, stage, isVip, orderCount, revenueMinor, lastOrderOn, daysSince: lastOrderOn && Math.max(0, daysBetween(lastOrderOn, asOf)), chance90, nextOrderOn, stakeMinor,
  isLate: nextOrderOn !== null && nextOrderOn < asOf,
});

export type SegmentChoice = { id: string; readyKey: ReadyKey | null; name: string };

export const toSegmentChoices = (segments: readonly Segment[]): SegmentChoice[] => segments.map(({ id, readyKey, name }) => ({ id, readyKey, name }));
