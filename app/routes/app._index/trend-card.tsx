// One figure over the months, as a chart or as the table the chart is drawn from.
import { BlockStack, Box, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { KPI_NAMES, type Kpi, type KpiName } from "../../capabilities/analytics/model.ts";
import { writeKpi, writeKpiShort } from "../../ui/figures.ts";
import { writeKpiName } from "../../ui/kpi-words.ts";
import { MonthChart } from "../../ui/month-chart.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

export function TrendCard({ kpis }: { kpis: Kpi[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [name, setName] = useState<KpiName>("customers");
  const [isTable, setTable] = useState(false);
  const kpi = kpis.find((candidate) => candidate.name === name);
  if (!kpi) return null;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="end" gap="300">
          <Text as="h2" variant="headingSm">{t("analytics.trend.title")}</Text>
          <Button variant="plain" onClick={() => setTable(!isTable)}>{t(isTable ? "analytics.trend.chart" : "analytics.trend.table")}</Button>
        </InlineStack>
        <Box maxWidth="20rem">
          <Select
            label={t("analytics.trend.figure")}
            options={kpis.map((each) => ({ value: each.name, label: writeKpiName(t, each) }))}
            value={name}
            onChange={(chosen) => setName(KPI_NAMES.find((known) => known === chosen) ?? name)}
          />
        </Box>
        {!isTable && (
          <MonthChart
            name={writeKpiName(t, kpi)}
            points={kpi.sparkline}
            write={(value) => writeKpi(name, value, formats)}
            writeShort={(value) => writeKpiShort(name, value, formats)}
          />
        )}
        <MonthTable kpi={kpi} isShown={isTable} />
      </BlockStack>
    </Card>
  );
}

/** Always in the page: a screen reader reads the table whether or not the eye sees the chart. */
function MonthTable({ kpi, isShown }: { kpi: Kpi; isShown: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = writeKpiName(t, kpi);
  return (
    <table className={isShown ? "regulars-table" : "regulars-hidden"}>
      <caption className="regulars-hidden">{t("analytics.trend.caption", { name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("analytics.trend.month")}</th>
          <th scope="col">{name}</th>
        </tr>
      </thead>
      <tbody>
        {kpi.sparkline.map(({ month, isComplete, value }) => (
          <tr key={month}>
            <th scope="row">{isComplete ? formats.month(month) : t("analytics.trend.unfinished", { month: formats.month(month) })}</th>
            <td>{value === null ? "–" : writeKpi(kpi.name, value, formats)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
