// The cost of asking: how many were asked, and how many of them would rather not have been.
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { AskingCost } from "../../capabilities/surveys/model/results.ts";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

export function CostCard({ cost: { asked, answered, dismissed, rate, dismissal } }: { cost: AskingCost }) {
  const { t } = useTranslation();
  const { count, shareShort } = useFormats();
  const withShare = (people: number, share: number | undefined): string => (share === undefined ? count(people) : t("surveys.results.cost.counted", { people: count(people), share: shareShort(share) }));
  const ignored = Math.max(0, asked - answered - dismissed);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("surveys.results.cost.title")}</Text>
          <HowPopover title={t("surveys.results.cost.title")} rules={[t("surveys.results.cost.how.asked"), t("surveys.results.cost.how.closed"), t("surveys.results.cost.how.again")]} />
        </InlineStack>
        <Text as="p" tone="subdued">{t("surveys.results.cost.body")}</Text>
        <Facts look="totals" facts={[
          [t("surveys.results.time.asked"), count(asked)], [t("surveys.results.time.answered"), withShare(answered, rate?.value)], [t("surveys.results.time.dismissed"), withShare(dismissed, dismissal?.value)],
          [t("surveys.results.cost.ignored"), withShare(ignored, asked === 0 ? undefined : ignored / asked)],
        ]} />
      </BlockStack>
    </Card>
  );
}
