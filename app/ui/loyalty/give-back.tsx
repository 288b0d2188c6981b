// What customers get back of what they spend, in a sentence.
import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { valueOfPoint } from "../../capabilities/loyalty/rules/liability.ts";
import { giveBackOf } from "../../capabilities/loyalty/rules/worth.ts";
import { useFormats } from "../shop-formats.tsx";

const EXAMPLE_POINTS = 100;

export function GiveBack({ programme, averageOrderMinor }: { programme: Programme; averageOrderMinor: number | null }) {
  const { t } = useTranslation();
  const { count, money, share, shareShort } = useFormats();
  const value = valueOfPoint(programme, { averageOrderMinor });
  const rate = giveBackOf(programme, { averageOrderMinor });
  if (value === null) return <Text as="p">{t("loyalty.giveBack.nothing")}</Text>;
  const worth = { points: count(EXAMPLE_POINTS), amount: money(Math.round(value.minorPerPoint * EXAMPLE_POINTS)) };
  return <Text as="p">{rate === null ? t("loyalty.giveBack.worth", worth) : t("loyalty.giveBack.rate", { ...worth, share: isWhole(rate) ? shareShort(rate) : share(rate) })}</Text>;
}

const isWhole = (rate: number): boolean => Math.abs(rate * 100 - Math.round(rate * 100)) < 0.05; // 5%, not 5.0%
