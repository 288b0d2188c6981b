// Products beside each other, in words: what one is called, how many days something takes, whether a difference is one.
import { Badge } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Verdict } from "../capabilities/cohorts/rules/difference.ts";
import type { Formats } from "../i18n/formats.ts";

/** One that is no longer in the shop has only its number. */
export const writeProduct = (t: TFunction, { productId, title }: { productId: string; title: string | null }): string => title ?? t("segments.sentence.unknownProduct", { id: productId });

const EXACT_BELOW = 10;
const PERCENT = 100;

/** Of a few days a tenth matters. */
export function writeDays(t: TFunction, formats: Formats, days: number): string {
  const count = Math.round(days);
  return t("cohorts.replenishment.days", { count, days: days < EXACT_BELOW && count !== days ? formats.points(days / PERCENT) : formats.count(count) });
}

const TONES = { higher: "success", lower: "warning" } as const;

export function VerdictBadge({ verdict }: { verdict: Verdict | "few" }) {
  const { t } = useTranslation();
  if (verdict === "few") return <Badge>{t("cohorts.products.few")}</Badge>;
  return <Badge {...(verdict !== "chance" && { tone: TONES[verdict] })}>{t(`cohorts.compare.verdicts.${verdict}`)}</Badge>;
}
