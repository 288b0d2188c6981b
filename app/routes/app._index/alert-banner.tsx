// Figures that left their usual band: which, by how much, since when, and where to look next.
import { Banner, BlockStack, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { KpiName } from "../../capabilities/analytics/model.ts";
import type { Alert } from "../../capabilities/targets/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toParameters } from "../../ui/range-choice.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { writeFinding } from "../../ui/targets/finding-words.ts";
import { useTargetWish } from "../../ui/targets/use-target-wish.ts";
import { firstDayOf, lastDayOf } from "../../values/day.ts";

export function AlertBanner({ alert: { raisedOn, month, findings } }: { alert: Omit<Alert, "dismissedAt"> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const { send } = useTargetWish();
  const days = { from: firstDayOf(month), to: lastDayOf(month) };
  const comparison = findings.some(({ by }) => by === "last_year") ? "last_year" : "previous"; // what was expected from
  const first = findings[0]?.name ?? "customers";
  return (
    <Banner
      tone={findings.some(({ side }) => side === "below") ? "warning" : "info"}
      title={t("targets.alert.title", { count: findings.length, month: formats.month(month) })}
      action={{ content: t(`targets.alert.compare.${comparison}`, { month: formats.month(month) }), url: address("/app", toParameters({ range: days, comparison })) }}
      secondaryAction={{ content: t(`targets.alert.next.${NEXT[first].words}`), url: address(NEXT[first].path) }}
      onDismiss={() => send({ intent: "dismiss", raisedOn })}
    >
      <BlockStack gap="200">
        <List>{findings.map((finding) => <List.Item key={finding.name}>{writeFinding(t, finding, { month, formats })}</List.Item>)}</List>
        <Text as="p" tone="subdued">{t("targets.alert.chance")}</Text>
      </BlockStack>
    </Banner>
  );
}

/** Where the people behind a figure are to be seen. */
const NEXT = {
  customers: { words: "stages", path: "/app/customers/stages" },
  repeat_purchase_rate: { words: "cohorts", path: "/app/cohorts" },
  repurchase_retention: { words: "leaving", path: "/app/at-risk" },
  revenue_per_customer: { words: "vips", path: "/app/customers/vips" },
  average_order_value: { words: "vips", path: "/app/customers/vips" },
  returning_revenue_share: { words: "leaving", path: "/app/at-risk" },
} as const satisfies Record<KpiName, { words: string; path: string }>;
