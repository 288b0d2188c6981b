// Which method is in use, why, and in which figures that shows.
import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ShopForecast } from "../../capabilities/forecasts/model.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { methodReasonOf } from "./forecast-view.ts";
import { useDecimals } from "./use-decimals.ts";

export type ShownForecast = Omit<ShopForecast, "fittedAt"> & { fittedAt: string };

const RULES = ["contest", "closeness", "ranking", "nightly", "recency"] as const;
const SURE_Z = 1.959963984540054; // 95 of 100

export function MethodCard({ forecast }: { forecast: ShownForecast }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { method, fit, asOf } = forecast;
  const reason = methodReasonOf(forecast);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">{t("forecasts.method.title")}</Text>
            <Badge tone={TONES[method]}>{t(`forecasts.method.names.${method}`)}</Badge>
          </InlineStack>
          <HowPopover title={t("forecasts.title")} rules={RULES.map((rule) => t(`forecasts.how.${rule}`))} />
        </InlineStack>
        <BlockStack gap="200">
          <Text as="p">{t(`forecasts.method.reasons.${reason}`)}</Text>
          {fit.purchases.verdict !== "good" && (reason === "model_unusable" || reason === "too_little" || fit.purchases.verdict === "dropout_not_identifiable") && <Text as="p">{t(`forecasts.verdicts.${fit.purchases.verdict}`)}</Text>}
        </BlockStack>
        <dl className="regulars-facts">
          <Fact label={t("forecasts.method.asOf")} value={formats.day(asOf)} />
          <Fact label={t("forecasts.method.customers")} value={formats.count(fit.purchases.customerCount)} />
          <Fact label={t("forecasts.method.repeaters")} value={formats.count(fit.purchases.repeaterCount)} />
        </dl>
        {fit.contest && <Contest contest={fit.contest} />}
      </BlockStack>
    </Card>
  );
}

const TONES = { model: "success", recency: "info", none: "attention" } as const;

const Fact = ({ label, value }: { label: string; value: string }) => <div><dt>{label}</dt><dd>{value}</dd></div>;

function Contest({ contest: { checks, customers, modelBrier, recencyBrier, aucDifference, aucStandardError } }: { contest: NonNullable<ShopForecast["fit"]["contest"]> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const decimals = useDecimals();
  const points = (value: number) => `${value > 0 ? "+" : ""}${formats.points(value)}`;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">{t("forecasts.contest.title")}</Text>
      <Text as="p" tone="subdued">{t("forecasts.contest.body", { checks: formats.count(checks), customers: formats.count(customers) })}</Text>
      <dl className="regulars-facts">
        <Fact label={t("forecasts.contest.modelBrier")} value={decimals(modelBrier, 4)} />
        <Fact label={t("forecasts.contest.recencyBrier")} value={decimals(recencyBrier, 4)} />
        <Fact label={t("forecasts.contest.ranking")} value={t("forecasts.contest.rankingValue", { difference: points(aucDifference), low: points(aucDifference - SURE_Z * aucStandardError), high: points(aucDifference + SURE_Z * aucStandardError) })} />
      </dl>
    </BlockStack>
  );
}
