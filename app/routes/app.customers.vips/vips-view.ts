// VIPs in the shape their page shows them.
import { daysBetween } from "../../capabilities/profiles/rules/profile.ts";
import type { Profile } from "../../capabilities/profiles/model.ts";

export type VipRow = ReturnType<typeof toVipRow>;

export const toVipRow = ({ customerId, asOf, name, email, stage, marginMinor, revenueMinor, orderCount, lastOrderOn, stakeMinor }: Profile & { name: string; email: string | null }) => ({
  id: String(customerId), name, email, stage, marginMinor, revenueMinor, orderCount, lastOrderOn, daysSince: lastOrderOn && Math.max(0, daysBetween(lastOrderOn, asOf)), stakeMinor,
});
