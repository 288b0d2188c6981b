// What VIPs are to the shop together.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

type VipSumsCardProps = { sums: { vips: number; revenueMinor: number; allRevenueMinor: number; marginMinor: number; marginCount: number; leavingCount: number; leavingStakeMinor: number } };

export function VipSumsCard({ sums }: VipSumsCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const figures: [string, string][] = [
    [t("profiles.vips.figures.revenue"), formats.money(sums.revenueMinor)],
    [t("profiles.vips.figures.all"), formats.money(sums.allRevenueMinor)],
    ...(sums.marginCount === 0 ? [] : [[t("profiles.vips.figures.margin"), formats.money(sums.marginMinor)] satisfies [string, string]]),
    [t("profiles.vips.figures.leaving"), formats.count(sums.leavingCount)],
    [t("profiles.vips.figures.stake"), formats.money(sums.leavingStakeMinor)],
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingLg">{t("profiles.vips.sum", { count: sums.vips, share: sums.allRevenueMinor <= 0 ? "–" : formats.shareShort(sums.revenueMinor / sums.allRevenueMinor) })}</Text>
        <Facts look="totals" facts={figures} />
        {sums.leavingCount > 0 && <Text as="p"><Link url={address("/app/at-risk", { vip: "1" })}>{t("profiles.vips.seeLeaving")}</Link></Text>}
      </BlockStack>
    </Card>
  );
}
