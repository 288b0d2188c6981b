// Whether a wish for a reward can be granted, what it costs, and the code it will have.
import { createHash } from "node:crypto";
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

export const stepsMaxOf = (reward: Reward): number => ("maxSteps" in reward ? reward.maxSteps : 1);

const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; // none that are taken for another
const CODE_LENGTH = 12; // 60 bits: nobody guesses one

/** Always the same for a wish, so that one that was made before the answer got lost is recognised; nobody can guess it who does not know the wish's id. */
export function codeFor(shopId: bigint, redemptionId: string): string {
  return lettersOf(createHash("sha256").update(`${shopId}/${redemptionId}`).digest().subarray(0, CODE_LENGTH));
}

const lettersOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");

/** For friends, to be said aloud: 40 bits, made by chance. */
export const newCode = (): string => lettersOf(crypto.getRandomValues(new Uint8Array(FRIENDS_CODE_LENGTH)));
const FRIENDS_CODE_LENGTH = 8;
