// Who is slipping away or was let down, on the first page a merchant sees.
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

/** Nobody has seen to them yet: the same people the board lists. */
export type Leaving = { customers: number; stakeMinor: number; vips: number; vipStakeMinor: number; /** of each, those who answered a survey */ answered: number; vipsAnswered: number };

export function LeavingCard({ leaving: { customers, stakeMinor, vips, vipStakeMinor, answered, vipsAnswered } }: { leaving: Leaving }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  if (customers === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">{t("followups.home.title")}</Text>
        <BlockStack gap="050">
          <Text as="p" variant={vips === 0 ? "bodyMd" : "headingLg"}>{vips === 0 ? t("followups.home.calm") : t(vipsAnswered > 0 ? "followups.home.vipsWaiting" : "followups.home.vips", { count: vips })}</Text>
          {vips > 0 && <Text as="p">{t("followups.home.vipStake", { money: formats.money(vipStakeMinor) })}</Text>}
        </BlockStack>
        {answered > 0 && <Text as="p">{t("followups.home.answered", { count: answered })}</Text>}
        <Text as="p" tone="subdued">{t(answered > 0 ? "followups.home.allOpen" : "followups.home.all", { count: customers, money: formats.money(stakeMinor) })}</Text>
        <InlineStack gap="200">
          {vips > 0 && <Button variant="primary" url={address("/app/at-risk", { vip: "1" })}>{t("followups.home.seeVips")}</Button>}
          {answered > 0 && <Button url={address("/app/at-risk", { task: "1" })}>{t("followups.home.seeAnswered")}</Button>}
          <Button url={address("/app/at-risk")}>{t("followups.home.seeAll")}</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
