// No survey yet: what one is for, and three questions to begin with.
import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ReadyKey } from "../../capabilities/surveys/rules/library.ts";
import { useAddress } from "../../ui/address.ts";
import { ReadyList } from "../../ui/surveys/ready-list.tsx";

export const FIRST_KEYS = ["why_bought", "recommend", "what_value"] as const satisfies ReadyKey[];

export function NoSurveys({ freshIds }: { freshIds: readonly string[] }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("surveys.list.empty.heading")}</Text>
          <Text as="p" tone="subdued">{t("surveys.list.empty.body")}</Text>
        </BlockStack>
        <ReadyList choices={FIRST_KEYS.map((ready, index) => ({ ready, id: freshIds[index] ?? "" }))} />
        <div><Button variant="plain" url={address("/app/surveys/new")}>{t("surveys.list.empty.more")}</Button></div>
      </BlockStack>
    </Card>
  );
}
