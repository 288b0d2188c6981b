// The member's tier, how far the next one is, and which they were in before.
import { BlockStack, Card, ProgressBar, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Tiers } from "../../capabilities/loyalty/model/programme.ts";
import { nameTier } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { progressOf, type AccountView } from "./account-view.ts";

export function TierCard({ account: { tierId, tierSince, tierValue, nextTierEntry, periods }, tiers }: { account: AccountView; tiers: Tiers }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const name = (id: string | null): string => nameTier(id, tiers.levels, i18n.language) ?? t("loyalty.members.noTier");
  const write = (value: number): string => t(`loyalty.members.tier.${tiers.basis}`, { count: value, value: tiers.basis === "spend" ? formats.money(value) : formats.count(value) });
  const { next } = progressOf(tiers, { tierId, tierValue, nextTierEntry });
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.members.columns.tier")}</Text>
          <Text as="p" variant="headingLg">{name(tierId)}</Text>
          {tierId !== null && tierSince !== null && <Text as="p" tone="subdued">{t("loyalty.members.tier.since", { day: formats.day(tierSince) })}</Text>}
        </BlockStack>
        <BlockStack gap="200">
          <Text as="p">{t(`loyalty.members.tier.counts.${tiers.period}`, { what: write(tierValue) })}</Text>
          {next !== null && (
            <>
              <ProgressBar progress={next.percent} size="small" tone="primary" ariaLabelledBy="tier-progress" />
              <Text as="p" id="tier-progress">{t("loyalty.members.tier.missing", { what: write(next.missing), tier: name(next.id) })}</Text>
            </>
          )}
        </BlockStack>
        {periods.length > 1 && (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">{t("loyalty.members.tier.history")}</Text>
            <ol className="regulars-plain-list">
              {periods.map(({ from, tierId: id }) => <li key={from}><Text as="span">{t("loyalty.members.tier.from", { day: formats.day(from), tier: name(id) })}</Text></li>)}
            </ol>
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
