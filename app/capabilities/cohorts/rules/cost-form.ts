// Costs typed into a form, each with its month, purpose and channel; an empty one is known no more.
import type { Month } from "../../../values/day.ts";
import { CHANNEL_MAX, type Cost, type CostFault, type Purpose } from "../model.ts";
import { channelNames, knownAs, readAmount, readChannel, readCostMonth } from "./cost-cells.ts"; // not what reads files: it would come to the browser

/** `amountMinor` null: nothing is known of it any more. */
export type CostWish = Omit<Cost, "amountMinor"> & { amountMinor: number | null };
export type TypedCost = { month: string; purpose: Purpose; channel: string; amount: string };

/** Where a fault is, and whose amount it is. */
export const costKey = ({ month, purpose, channel }: Omit<TypedCost, "amount">): string => `${month} ${purpose} ${channel}`;

/** All of them, or what is wrong by `costKey`. */
export function readTypedCosts(typed: readonly TypedCost[], { today, currency, channels }: { today: Month; currency: string; channels: readonly string[] }): { ok: true; wishes: CostWish[] } | { ok: false; faults: Record<string, CostFault> } {
  const names = channelNames(channels);
  const faults: Record<string, CostFault> = {};
  const wishes = new Map<string, CostWish>();
  for (const one of typed) {
    const [month, channel, amount] = [readCostMonth(one.month, today), readChannel(one.channel), one.amount.trim() === "" ? { minor: null } : readAmount(one.amount, currency)];
    if ("fault" in month) faults[costKey(one)] = month.fault;
    else if ("fault" in amount) faults[costKey(one)] = amount.fault;
    else if (channel.length > CHANNEL_MAX) faults[costKey(one)] = "too_long";
    else {
      const wish = { month: month.month, purpose: one.purpose, channel: knownAs(channel, names), amountMinor: amount.minor };
      wishes.set(costKey(wish), wish);
    }
  }
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, wishes: [...wishes.values()] };
}
