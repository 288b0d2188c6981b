// What points are worth in money, by what they buy.
import type { Programme, Reward } from "../model/programme.ts";

/** Minor units a point brings where it is spent best, among rewards that are on and everybody's; null: none of them is money. */
export function worthOf({ rewards }: Pick<Programme, "rewards">): number | null {
  const worths = rewards.filter(({ isOn, tierIds }) => isOn && tierIds.length === 0).map(worthOfReward).filter((worth) => worth !== null);
  return worths.length === 0 ? null : Math.max(...worths);
}

/** 0.05: a customer gets back about a twentieth of what they spend; null where orders earn nothing or points buy no money. */
export function giveBackOf(programme: Pick<Programme, "rewards" | "order">): number | null {
  const worth = worthOf(programme);
  return worth === null || !programme.order.isOn ? null : (programme.order.points / programme.order.perMinor) * worth;
}

/** A percentage or a perk depends on the order it is used for. */
function worthOfReward(reward: Reward): number | null {
  if ("amountMinor" in reward) return reward.amountMinor / reward.cost;
  return reward.kind === "free_product" ? reward.priceMinor / reward.cost : null;
}
