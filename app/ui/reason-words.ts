// Why, in words a shopkeeper uses; on a page, in a tag's reason, in Shopify Flow.
import type { TFunction } from "i18next";
import type { MoveReason } from "../capabilities/segments/model.ts";

export const writeReason = (t: TFunction, reason: MoveReason): string => {
  if (reason.code === "rule_changed" || reason.code === "ordered_again") return t(`segments.reasons.${reason.code}`);
  return t(`profiles.reasons.${reason.code}`, { count: reason.days ?? reason.orders ?? 0, before: reason.before ?? 0 });
};

/** One line: "Usually orders every 34 days; 71 days since the last order; last order was refunded". */
export const writeReasons = (t: TFunction, reasons: readonly MoveReason[]): string =>
  reasons.map((reason, index) => (index === 0 ? writeReason(t, reason) : withSmallStart(writeReason(t, reason)))).join(t("profiles.separator"));

const withSmallStart = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
