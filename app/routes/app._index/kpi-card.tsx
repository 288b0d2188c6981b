// One figure: what it is now, where it comes from, whether it went up or down, and how it is computed.
import { BlockStack, Box, Card, Icon, InlineStack, Link, Text } from "@shopify/polaris";
import { ArrowDownIcon, ArrowUpIcon, MinusIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { KPI_UNITS, type Kpi, type KpiName, type Overview } from "../../capabilities/analytics/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toParameters } from "../../ui/range-choice.ts";
import { differenceSince } from "../../ui/kpi-change.ts";
import { writeKpi } from "../../ui/figures.ts";
import { writeKpiName } from "../../ui/kpi-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { Sparkline } from "../../ui/sparkline.tsx";
import { HowComputed } from "./how-computed.tsx";

export function KpiCard({ kpi, overview }: { kpi: Kpi; overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">{writeKpiName(t, kpi)}</Text>
        <Text as="p" variant="heading2xl" numeric>
          {kpi.value === null ? <Text as="span" variant="headingLg" tone="subdued">{t("analytics.kpi.nothingYet")}</Text> : writeKpi(kpi.name, kpi.value, formats)}
        </Text>
        <Change kpi={kpi} overview={overview} />
        <Sparkline points={kpi.sparkline} write={(value) => writeKpi(kpi.name, value, formats)} />
        <Box paddingBlockStart="100">
          <HowComputed kpi={kpi} overview={overview} />
        </Box>
      </BlockStack>
    </Card>
  );
}

function Change({ kpi, overview: { comparedWith, isPreviousCut, firstOrderOn } }: { kpi: Kpi; overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  if (comparedWith === null) return null;
  const range = formats.range(comparedWith);
  if (isPreviousCut && kpi.name === "repurchase_retention" && kpi.previousValue === null && firstOrderOn !== null) return <Text as="p" tone="subdued">{t("analytics.kpi.cut", { range, day: formats.day(firstOrderOn) })}</Text>;
  if (kpi.change === null || kpi.previousValue === null) return <Text as="p" tone="subdued">{t("analytics.kpi.noneBefore", { range })}</Text>;
  const direction = directionOf(kpi.change);
  const isChance = direction !== "same" && differenceSince(kpi)?.verdict === "chance";
  const writeChange = (name: KpiName, change: number) => KPI_UNITS[name] === "share" ? t("analytics.kpi.points", { points: formats.points(change) }) : formats.share(change);
  return (
    <BlockStack gap="050">
      <InlineStack gap="100" blockAlign="center" wrap={false}>
        <span aria-hidden="true"><Icon source={ICONS[direction]} tone={isChance ? "subdued" : TONES[direction]} /></span>
        <Text as="span" fontWeight="medium" numeric>{t(`analytics.kpi.${direction}`, { change: writeChange(kpi.name, Math.abs(kpi.change)) })}</Text>
        {isChance && <Text as="span" tone="subdued">{t("analytics.kpi.chance")}</Text>}
      </InlineStack>
      <Text as="p" tone="subdued"><Link monochrome url={address("/app", toParameters({ range: comparedWith }))}>{t("analytics.kpi.against", { value: writeKpi(kpi.name, kpi.previousValue, formats), range })}</Link></Text>
    </BlockStack>
  );
}

type Direction = "up" | "down" | "same";
const ICONS = { up: ArrowUpIcon, down: ArrowDownIcon, same: MinusIcon };
const TONES = { up: "success", down: "critical", same: "subdued" } as const;
const VISIBLE_CHANGE = 0.0005; // less is written as 0.0%

const directionOf = (change: number): Direction => {
  if (Math.abs(change) < VISIBLE_CHANGE) return "same";
  return change > 0 ? "up" : "down";
};
