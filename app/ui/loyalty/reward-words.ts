// Rewards and tiers in a shopkeeper's words, or a shopper's.
import type { TFunction } from "i18next";
import type { Reward, TierLevel, Tiers } from "../../capabilities/loyalty/model/programme.ts";
import { wordsIn } from "../../values/words.ts";
import type { Formats } from "../../i18n/formats.ts";

type Voice = { t: TFunction; formats: Pick<Formats, "count" | "money">; language: string };

/** What it is, without what it costs: its own name, or "$5.00 off". */
export function writeReward(reward: Reward, { t, formats, language }: Voice): string {
  if (reward.title !== null) return wordsIn(reward.title, language);
  switch (reward.kind) {
    case "amount_off": case "store_credit": case "gift_card": return t(`loyalty.rewards.${reward.kind}`, { amount: formats.money(reward.amountMinor) });
    case "percentage": return t("loyalty.rewards.percentage", { percent: formats.count(reward.percent) });
    case "free_product": return t("loyalty.rewards.free_product", { product: reward.productTitle });
    case "free_shipping": case "early_access": return t(`loyalty.rewards.${reward.kind}`);
    case "custom": return "";
  }
}

/** "100 points", or "each 100 points" where the shopper says how many times. `name`: what the shop calls its points; null: the usual word. */
export const writeCost = (reward: Reward, { t, formats }: Omit<Voice, "language">, name: string | null = null): string => {
  const isInSteps = "maxSteps" in reward && reward.maxSteps > 1;
  if (name !== null) return t(isInSteps ? "loyalty.rewards.costEachNamed" : "loyalty.rewards.costNamed", { points: formats.count(reward.cost), name });
  return t(isInSteps ? "loyalty.rewards.costEach" : "loyalty.rewards.cost", { count: reward.cost, points: formats.count(reward.cost) });
};

/** "From $500.00 in 12 months". */
export const writeEntry = ({ entry }: Pick<TierLevel, "entry">, { basis, period }: Pick<Tiers, "basis" | "period">, { t, formats }: Omit<Voice, "language">): string =>
  t(`loyalty.tiers.entry.${period}`, { what: t(`loyalty.tiers.what.${basis}`, { count: entry, amount: basis === "spend" ? formats.money(entry) : formats.count(entry) }) });
