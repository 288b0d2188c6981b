// "How is this computed?": the rule in words, with this period's own numbers in it.
import { BlockStack, Box, Button, Link, Popover, Text } from "@shopify/polaris";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Kpi, Overview } from "../../capabilities/analytics/model.ts";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { writeDenominator, writeKpi, writeNumerator } from "../../ui/figures.ts";
import { writeKpiName, writeParts } from "../../ui/kpi-words.ts";
import { OpenFigure } from "../../ui/open-figure.tsx";
import { rowsOfKpi } from "../../ui/open-rows.ts";
import { differenceSince } from "../../ui/kpi-change.ts";
import { choiceOf, toParameters } from "../../ui/range-choice.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

export function HowComputed({ kpi, overview }: { kpi: Kpi; overview: Overview }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const address = useAddress();
  const name = writeKpiName(t, kpi);
  const activator = (
    <Button variant="plain" disclosure={isOpen ? "up" : "down"} accessibilityLabel={t("analytics.kpi.howOf", { name })} onClick={() => setOpen(!isOpen)}>
      {t("analytics.kpi.how")}
    </Button>
  );
  return (
    <Popover active={isOpen} activator={activator} onClose={() => setOpen(false)} autofocusTarget="container" ariaHaspopup="dialog" preferredAlignment="left" fluidContent>
      <Box padding="400" maxWidth="22rem">
        <div role="dialog" aria-labelledby={titleId}>
          <BlockStack gap="300">
            <Text as="h3" variant="headingSm" id={titleId}>{name}</Text>
            <Rule kpi={kpi} overview={overview} />
            <Sum kpi={kpi} overview={overview} />
            <Remarks kpi={kpi} overview={overview} />
            {kpi.formula !== null && <Link url={address("/app/definitions", toParameters(choiceOf(overview)))}>{t("analytics.formulas.link")}</Link>}
            <Box><Button onClick={() => setOpen(false)}>{t("analytics.kpi.close")}</Button></Box>
          </BlockStack>
        </div>
      </Box>
    </Popover>
  );
}

function Rule({ kpi, overview }: { kpi: Kpi; overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (kpi.formula !== null && kpi.formula !== "repurchase") return <Text as="p">{t(`analytics.formulas.${kpi.formula}.rule`)}</Text>;
  if (kpi.name !== "repurchase_retention") return <Text as="p">{t(`analytics.kpis.${kpi.name}.rule`)}</Text>;
  const { retentionPeriod } = overview;
  const rule = retentionPeriod === null ? t("analytics.kpis.repurchase_retention.ruleAllTime") : t("analytics.kpis.repurchase_retention.rule", { period: formats.range(retentionPeriod) });
  return <Text as="p">{rule}</Text>;
}

/** 1,152 ÷ 2,357 = 48.9%, each with its name. */
function Sum({ kpi, overview }: { kpi: Kpi; overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { above, below } = writeParts(t, kpi);
  const rows = rowsOfKpi(kpi, overview);
  const lines: [string, ReactNode][] = [[above, <OpenFigure key="above" rows={rows.above} of={above}>{writeNumerator(kpi.name, kpi.numerator, formats)}</OpenFigure>]];
  if (below !== null && kpi.denominator !== null) {
    lines.push([`÷ ${below}`, <OpenFigure key="below" rows={rows.below} of={below}>{writeDenominator(kpi.name, kpi.denominator, formats)}</OpenFigure>]);
    lines.push([`= ${writeKpiName(t, kpi)}`, kpi.value === null ? t("analytics.kpi.nothingYet") : writeKpi(kpi.name, kpi.value, formats)]);
  }
  return <Facts look="sum" facts={lines} />;
}

function Remarks({ kpi, overview }: { kpi: Kpi; overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { comparedWith, preset, isPreviousCut, firstOrderOn } = overview;
  const difference = differenceSince(kpi);
  const points = (share: number): string => `${share < 0 ? "−" : "+"}${formats.points(Math.abs(share))}`;
  const isCut = isPreviousCut && kpi.name === "repurchase_retention" && kpi.previousValue === null && firstOrderOn !== null;
  const previous = kpi.previousValue === null ? t("analytics.kpi.nothingYet") : writeKpi(kpi.name, kpi.previousValue, formats);
  const remarks: [string, string][] = [
    [t("analytics.kpi.period"), formats.range(overview.range)],
    [t("analytics.kpi.compared"), comparedWith === null ? t(preset === "all_time" ? "analytics.kpi.comparedWithNothing" : "analytics.comparisons.none") : isCut ? t("analytics.kpi.cut", { range: formats.range(comparedWith), day: formats.day(firstOrderOn) }) : t("analytics.kpi.comparedBody", { range: formats.range(comparedWith), value: previous })],
    ...(difference === null ? [] : [[t("analytics.kpi.certainty"), t(`analytics.kpi.certainties.${difference.verdict}`, { low: points(difference.low), high: points(difference.high) })] satisfies [string, string]]),
    [t("analytics.kpi.excluded"), t("analytics.kpi.excludedBody")],
    [t("analytics.kpi.guests"), t(`analytics.kpis.${kpi.name}.guests`)],
  ];
  return <Facts look="remarks" facts={remarks} />;
}
