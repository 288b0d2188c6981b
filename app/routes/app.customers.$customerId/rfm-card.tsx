// The customer's RFM scores and group, with Shopify's own beside it.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { RFM_GROUPS } from "../../capabilities/profiles/model.ts";
import { writeDaysAgo } from "../../ui/days-ago.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { Portrait } from "./customer-view.ts";

const SCORES = ["r", "f", "m"] as const;

export function RfmCard({ portrait: { scores, rfmGroup, orderCount, revenueMinor, marginMinor, daysSince }, shopifyGroup }: { portrait: Portrait; shopifyGroup: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const shopifys = RFM_GROUPS.find((known) => known === shopifyGroup);
  const facts = { r: daysSince === null ? "–" : writeDaysAgo(t, daysSince), f: t("profiles.customer.rfm.orders", { count: orderCount }), m: formats.money(revenueMinor) };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("profiles.customer.rfm.title")}</Text>
        {scores === null ? <Text as="p" tone="subdued">{t("profiles.customer.rfm.none")}</Text> : (
          <dl className="regulars-scores">
            {SCORES.map((score) => (
              <div key={score}>
                <dt>{t(`profiles.customer.rfm.${score}`)}</dt>
                <dd><Text as="span" fontWeight="semibold">{t("profiles.customer.rfm.score", { score: scores[score] })}</Text></dd>
                <dd><Text as="span" tone="subdued">{facts[score]}</Text></dd>
              </div>
            ))}
          </dl>
        )}
        <dl className="regulars-pairs">
          <div><dt>{t("profiles.customer.rfm.ours")}</dt><dd>{t(`profiles.rfmGroups.${rfmGroup}`)}</dd></div>
          <div><dt>{t("profiles.customer.rfm.shopifys")}</dt><dd>{shopifys === undefined ? t("profiles.customer.rfm.unknown") : t(`profiles.rfmGroups.${shopifys}`)}</dd></div>
          {marginMinor !== null && <div><dt>{t("profiles.customer.rfm.margin")}</dt><dd>{formats.money(marginMinor)}</dd></div>}
        </dl>
        {shopifys !== undefined && shopifys !== rfmGroup && <Text as="p" tone="subdued" variant="bodySm">{t("profiles.customer.rfm.differs")}</Text>}
      </BlockStack>
    </Card>
  );
}
