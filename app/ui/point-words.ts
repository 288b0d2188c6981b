// What somebody has in points, in words: debt is said, and never a number below zero.
import type { TFunction } from "i18next";
import type { TierLevel } from "../capabilities/loyalty/model/programme.ts";
import { wordsIn } from "../values/words.ts";
import type { Formats } from "../i18n/formats.ts";

type Voice = { t: TFunction; formats: Pick<Formats, "count"> };

export const writePoints = (points: number, { t, formats }: Voice): string => t("loyalty.members.points", { count: points, points: formats.count(points) });

/** "120 points", or "owes 30 points". */
export const writeBalance = (balance: number, voice: Voice): string => (balance < 0 ? voice.t("loyalty.members.owes", { points: writePoints(-balance, voice) }) : writePoints(balance, voice));

/** A movement: "+120" or "−30", the sign a minus and no hyphen. */
export const writeMove = (points: number, { formats }: Pick<Voice, "formats">): string => (points > 0 ? `+${formats.count(points)}` : points < 0 ? `−${formats.count(-points)}` : formats.count(0));

export type TierName = Pick<TierLevel, "id" | "title">;

/** Of a tier that is not among the rules any more, its id. */
export function nameTier(tierId: string | null, tiers: readonly TierName[], language: string): string | null {
  const tier = tiers.find(({ id }) => id === tierId);
  return tier === undefined ? tierId : wordsIn(tier.title, language);
}
