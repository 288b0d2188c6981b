// Why the customer is in this stage, in words.
import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { writeReason } from "../../ui/reason-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { Portrait } from "./customer-view.ts";

export function WhyCard({ portrait: { stage, stageSince, reasons, lapseDays, lastOrderOn } }: { portrait: Portrait }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("profiles.customer.why.title")}</Text>
        <Text as="p">{lastOrderOn === null ? t(`profiles.stages.${stage}.body`) : t("profiles.customer.why.since", { stage: t(`profiles.stages.${stage}.name`), day: formats.day(stageSince), body: t(`profiles.stages.${stage}.body`) })}</Text>
        <List>{reasons.map((reason) => <List.Item key={reason.code}>{writeReason(t, reason)}</List.Item>)}</List>
        {lapseDays !== null && <Text as="p" tone="subdued">{t("profiles.customer.why.lapse", { count: lapseDays })}</Text>}
      </BlockStack>
    </Card>
  );
}
