// Whether the books add up: what the nightly comparison of balances with their lines found.
import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { LiabilityView } from "./liability-view.ts";

export function CheckCard({ check }: { check: LiabilityView["check"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isWell = check?.brokenCount === 0;
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("loyalty.liability.check.title")}</Text>
          {check !== null && <Badge tone={isWell ? "success" : "critical"}>{t(isWell ? "loyalty.liability.check.right" : "loyalty.liability.check.wrong")}</Badge>}
        </InlineStack>
        <Text as="p">{check === null ? t("loyalty.liability.check.never") : isWell ? t("loyalty.liability.check.rightBody") : t("loyalty.liability.check.wrongBody", { count: check.brokenCount })}</Text>
        {check !== null && <Text as="p" tone="subdued">{t("loyalty.liability.check.at", { time: formats.instant(check.checkedAt) })}</Text>}
      </BlockStack>
    </Card>
  );
}
