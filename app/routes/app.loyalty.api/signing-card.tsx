// How another system signs, with an example to copy, and what it may be answered.
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ToldRefusal } from "../../capabilities/loyalty/model/actions.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import "./api.css";

const REFUSALS = ["not_signed", "unknown_customer", "unknown_action", "already_given", "other_action", "not_live", "too_many_requests"] as const satisfies ToldRefusal[];

export function SigningCard({ example }: { example: string }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("loyalty.api.signing.title")}</Text>
        <Text as="p">{t("loyalty.api.signing.body")}</Text>
        <ScrollRegion label={t("loyalty.api.signing.example")} className="regulars-code"><pre lang="en">{example}</pre></ScrollRegion>
        <InlineStack><CopyButton text={example} label={t("loyalty.api.signing.copy")} /></InlineStack>
        <Text as="h3" variant="headingSm">{t("loyalty.api.signing.answers")}</Text>
        <Facts look="remarks" facts={REFUSALS.map((reason) => [reason, t(`loyalty.api.refused.${reason}`)] as const)} />
      </BlockStack>
    </Card>
  );
}
