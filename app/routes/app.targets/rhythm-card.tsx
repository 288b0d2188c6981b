// The shop's own rhythm, and what it means for how coming back can be judged.
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Cycle, MixPart } from "../../capabilities/targets/model.ts";
import { cycleMonths, slowParts } from "../../capabilities/targets/rules/windows.ts";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

export function RhythmCard({ cycle, mix }: { cycle: Cycle | null; mix: readonly MixPart[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const days = (count: number): string => t("targets.rhythm.days", { count: Math.round(count) });
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("targets.rhythm.title")}</Text>
          <HowPopover title={t("targets.rhythm.title")} rules={(["gaps", "window", "kinds"] as const).map((rule) => t(`targets.rhythm.how.${rule}`))} />
        </InlineStack>
        {cycle === null ? <Text as="p">{t("targets.reasons.no_rhythm")}</Text> : (
          <>
            <Text as="p">{cycle.windowMonths === null ? t("targets.rhythm.noWindow", { count: cycleMonths(cycle) }) : t("targets.rhythm.window", { count: cycle.windowMonths })}</Text>
            <Facts facts={[[t("targets.rhythm.median"), days(cycle.medianDays)], [t("targets.rhythm.ninth"), days(cycle.ninthDays)], [t("targets.rhythm.count"), formats.count(cycle.gapCount)]]} />
          </>
        )}
        {mix.length > 0 && (
          <BlockStack gap="200">
            <Text as="h3" variant="headingSm">{t("targets.rhythm.mix")}</Text>
            <Facts facts={mix.map(({ kind, share, typicalDays }) => [kind, t("targets.rhythm.part", { share: formats.shareShort(share), days: days(typicalDays) })] as const)} />
          </BlockStack>
        )}
        {cycle?.windowMonths != null && slowParts(mix, cycle.windowMonths).map(({ kind, typicalDays }) => (
          <Text as="p" key={kind}>{t("targets.rhythm.slow", { kind, days: days(typicalDays), count: cycle.windowMonths ?? 1 })} <Link url={address("/app/cohorts")}>{t("targets.alert.next.cohorts")}</Link></Text>
        ))}
      </BlockStack>
    </Card>
  );
}
