// Whether a wish for a reward can be granted, and what it costs.
import type { Programme, ProgrammeState, Reward } from "../model/programme.ts";
import type { Refusal } from "../model/redemption.ts";
import type { Standing } from "./settlement.ts";

export type Taken = { byCustomer: number; byAll: number };
export type Decision = { ok: true; reward: Reward; points: number } | { ok: false; reason: Refusal };

/** `taken`: redemptions of this reward that were not given back. */
export function decideRedemption({ rewardId, steps }: { rewardId: string; steps: number }, { state, programme, standing, isMember, taken }: {
  state: ProgrammeState; programme: Programme; standing: Pick<Standing, "balance" | "tierId">; isMember: boolean; taken: Taken;
}): Decision {
  const reward = programme.rewards.find(({ id, isOn }) => id === rewardId && isOn);
  if (state !== "live") return no("not_live");
  if (!isMember) return no("not_member");
  if (reward === undefined) return no("unknown_reward");
  if (reward.tierIds.length > 0 && !isWithinTiers(reward.tierIds, standing.tierId)) return no("tier_only");
  if (steps > stepsMaxOf(reward)) return no("bad_steps");
  if (reward.total !== null && taken.byAll >= reward.total) return no("sold_out");
  if (reward.perCustomer !== null && taken.byCustomer >= reward.perCustomer) return no("already_taken");
  const points = reward.cost * steps;
  return standing.balance < points ? no("not_enough_points") : { ok: true, reward, points };
}

const no = (reason: Refusal): Decision => ({ ok: false, reason });

const isWithinTiers = (tierIds: readonly string[], tierId: string | null): boolean => tierId !== null && tierIds.includes(tierId);

const stepsMaxOf = (reward: Reward): number => ("maxSteps" in reward ? reward.maxSteps : 1);
