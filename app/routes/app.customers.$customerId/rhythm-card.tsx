// How regularly the customer buys.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { RhythmChart } from "../../ui/rhythm-chart.tsx";
import type { Day } from "../../values/day.ts";
import type { Portrait } from "./customer-view.ts";

export function RhythmCard({ portrait: { purchaseDays, typicalGapDays, lapseDays }, today }: { portrait: Portrait; today: Day }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("profiles.customer.rhythm.title")}</Text>
          <Text as="p" tone="subdued">{purchaseDays.length === 0 ? t("profiles.customer.rhythm.none") : t("profiles.customer.rhythm.body")}</Text>
        </BlockStack>
        <RhythmChart facts={{ purchaseDays, today, usualDays: typicalGapDays, lapseDays }} />
      </BlockStack>
    </Card>
  );
}
