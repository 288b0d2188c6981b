// How far behind Shopify the figures are.
import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { SyncView } from "./sync-view.ts";

export function NewsCard({ news }: { news: SyncView["news"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isBehind = news.waitingCount > 0;
  const readAt = news.collections.readAt === null ? t("sync.news.notRead") : formats.instant(news.collections.readAt);
  const facts = [
    [t("sync.news.waiting"), isBehind ? t("sync.news.deliveries", { count: news.waitingCount }) : t("sync.news.waitingNone")],
    ...(isBehind ? [[t("sync.news.oldest"), formats.duration(news.lagSeconds)]] : []),
    [t("sync.news.lastNews"), news.lastDeliveryAt === null ? t("sync.news.never") : formats.instant(news.lastDeliveryAt)],
    [t("sync.news.collections"), news.collections.isFailing ? t("sync.news.collectionsFailing", { when: readAt }) : readAt],
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("sync.news.title")}</Text>
          <Badge tone={isBehind ? "attention" : "success"}>{t(isBehind ? "sync.news.behind" : "sync.news.upToDate")}</Badge>
        </InlineStack>
        <dl className="regulars-facts">
          {facts.map(([label, fact]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      </BlockStack>
    </Card>
  );
}
