// All points members have, in money: what can be spent, what comes, and apart from both what is owed.
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { toMoney } from "../../capabilities/loyalty/rules/liability.ts";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { writeReward } from "../../ui/loyalty/reward-words.ts";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { LiabilityView } from "./liability-view.ts";

const PARTS = ["available", "pending", "waiting"] as const;
const SAMPLE = 100; // points, as one point is often worth less than the smallest coin

export function OutstandingCard({ view: { outstanding, value, forgivenAfterMonths } }: { view: LiabilityView }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const money = (points: number): string | null => value && formats.money(toMoney(points, { ...value, rewardId: value.reward.id }));
  const total = outstanding.available + outstanding.pending + outstanding.waiting;
  const write = (points: number) => (
    <>
      {money(points) ?? writePoints(points, { t, formats })}
      {value !== null && <Text as="span" tone="subdued" variant="bodySm" fontWeight="regular"><br />{writePoints(points, { t, formats })}</Text>}
    </>
  );
  const rules = [
    ...(value === null ? [t("loyalty.liability.value.none")] : [
      t("loyalty.liability.value.rule", { reward: writeReward(value.reward, { t, formats, language: i18n.language }), points: writePoints(value.reward.cost, { t, formats }) }),
      t("loyalty.liability.value.sample", { points: writePoints(SAMPLE, { t, formats }), money: money(SAMPLE) ?? "" }),
    ]),
    t("loyalty.liability.value.leftOut"), t("loyalty.liability.value.most"),
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start" gap="200">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">{t("loyalty.liability.outstanding.title")}</Text>
            <Text as="p" variant="headingXl">{money(total) ?? writePoints(total, { t, formats })}</Text>
            <Text as="p" tone="subdued">{t("loyalty.liability.outstanding.members", { count: outstanding.members, points: writePoints(total, { t, formats }) })}</Text>
          </BlockStack>
          <HowPopover title={t("loyalty.liability.outstanding.title")} rules={rules} />
        </InlineStack>
        <Facts facts={PARTS.map((part) => [t(`loyalty.liability.outstanding.${part}`), write(outstanding[part])] as const)} />
        {outstanding.owed > 0 && (
          <BlockStack gap="050">
            <Text as="h3" variant="headingSm">{t("loyalty.liability.debt.title")}</Text>
            <Text as="p">{t("loyalty.liability.debt.body", { count: outstanding.debtors, points: writePoints(outstanding.owed, { t, formats }), money: money(outstanding.owed) ?? "–" })}</Text>
            <Text as="p" tone="subdued">{forgivenAfterMonths === null ? t("loyalty.liability.debt.kept") : t("loyalty.liability.debt.forgiven", { count: forgivenAfterMonths })}</Text>
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
