// The segments the customer is in, each leading to its own page.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ReadyKey } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

export function SegmentsCard({ segments }: { segments: { id: string; readyKey: ReadyKey | null; name: string; since: string }[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("profiles.customer.segments.title")}</Text>
        {segments.length === 0 && <Text as="p" tone="subdued">{t("profiles.customer.segments.none")}</Text>}
        {segments.map(({ id, readyKey, name, since }) => (
          <BlockStack key={id} gap="050">
            <Link url={address(`/app/segments/${id}`)}>{readyKey === null ? name : t(`segments.ready.${readyKey}.name`)}</Link>
            <Text as="span" tone="subdued" variant="bodySm">{t("profiles.customer.segments.since", { time: formats.instant(since) })}</Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
