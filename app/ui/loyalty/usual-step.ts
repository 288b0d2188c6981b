// The usual amount of money of a reward here, for rewards one begins to write.
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";

/** Of the programme that suits the shop. */
export const usualStep = ({ rewards }: Pick<Programme, "rewards">): number => rewards.flatMap((reward) => ("amountMinor" in reward ? [reward.amountMinor] : []))[0] ?? 1;
