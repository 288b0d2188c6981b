// What a line of the ledger is for, in a shopkeeper's words.
import type { TFunction } from "i18next";
import type { Formats } from "../../i18n/formats.ts";
import { writeReward } from "../../ui/loyalty/reward-words.ts";
import { nameTier, type TierName } from "../../ui/point-words.ts";
import type { AccountView } from "./account-view.ts";
import { wholeOf } from "./redemptions-card.tsx";

export type LedgerLine = AccountView["entries"][number];
export type LedgerVoice = { t: TFunction; formats: Formats; language: string; tiers: readonly TierName[]; redemptions: AccountView["redemptions"] };

export function writeLine({ kind, order, grantOrder, detail }: LedgerLine, voice: LedgerVoice): string {
  const { t, formats } = voice;
  switch (kind) {
    case "order":
    case "first_order": return t(`loyalty.ledger.kinds.${kind}`, { order: order?.name ?? "" });
    case "nth_order": return t("loyalty.ledger.kinds.nth_order", { order: order?.name ?? "", number: formats.count(detail.number ?? 0) });
    case "tier_gift": return t("loyalty.ledger.kinds.tier_gift", { tier: nameTier(detail.tierId ?? null, voice.tiers, voice.language) ?? "" });
    case "event": return t(`loyalty.ledger.events.${detail.event ?? "custom"}`);
    case "take_back": return t("loyalty.ledger.kinds.take_back", { what: grantOrder?.name ?? order?.name ?? (detail.event === undefined ? "" : t(`loyalty.ledger.events.${detail.event}`)) });
    case "redeem":
    case "give_back": return t(`loyalty.ledger.kinds.${kind}`, { reward: nameReward(detail.redemptionId, voice) });
    case "expire":
    case "forgive":
    case "close": return t(`loyalty.ledger.kinds.${kind}`);
  }
}

function nameReward(redemptionId: string | undefined, { t, formats, language, redemptions }: LedgerVoice): string {
  const redemption = redemptions.find(({ id }) => id === redemptionId);
  return redemption === undefined ? t("loyalty.ledger.aReward") : writeReward(wholeOf(redemption), { t, formats, language });
}
