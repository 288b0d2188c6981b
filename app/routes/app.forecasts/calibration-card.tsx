// Predicted against happened, by tenths: of those told 30%, did three of ten order?
import { BlockStack, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HORIZONS, type CheckResult, type Horizon } from "../../capabilities/forecasts/model.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { CalibrationChart } from "./calibration-chart.tsx";
import type { ShownCheck } from "./forecast-view.ts";
import "./forecasts.css";

type CalibrationCardProps = { checks: readonly ShownCheck[]; horizon: Horizon; onHorizon: (horizon: Horizon) => void; hasChecks: boolean };

export function CalibrationCard({ checks, horizon, onHorizon, hasChecks }: CalibrationCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [place, setPlace] = useState(0);
  const check = checks[place] ?? checks[0];
  const write = ({ cutOn, isKept }: ShownCheck): string => t(isKept ? "forecasts.calibration.kept" : "forecasts.calibration.lookedBack", { day: formats.day(cutOn) });
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("forecasts.calibration.title")}</Text>
        <Text as="p" tone="subdued">{t("forecasts.calibration.body")}</Text>
        {hasChecks && (
          <InlineStack gap="300">
            <Select label={t("forecasts.calibration.horizon")} options={HORIZONS.map((days) => ({ value: String(days), label: t("forecasts.calibration.days", { count: days }) }))} value={String(horizon)} onChange={(value) => onHorizon(HORIZONS.find((days) => String(days) === value) ?? horizon)} />
            {check && <Select label={t("forecasts.calibration.check")} options={checks.map((one, index) => ({ value: String(index), label: write(one) }))} value={String(checks.indexOf(check))} onChange={(value) => setPlace(Number(value))} />}
          </InlineStack>
        )}
        {check === undefined ? <Text as="p">{t("forecasts.calibration.none")}</Text> : <Checked result={check.result} />}
      </BlockStack>
    </Card>
  );
}

function Checked({ result }: { result: CheckResult }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className="calibration">
      <div>
        <CalibrationChart groups={result.calibration} />
        <Text as="p" tone="subdued">{t("forecasts.calibration.legend")}</Text>
      </div>
      <NamedTable name={t("forecasts.calibration.caption")} className="regulars-figures" columns={[t("forecasts.calibration.tenth"), t("segments.page.members"), t("forecasts.calibration.predicted"), t("forecasts.calibration.happened"), t("forecasts.calibration.interval")]}>
        {result.calibration.map((group, index) => (
          <tr key={index}>
            <th scope="row">{index + 1}</th>
            <td>{formats.count(group.customerCount)}</td>
            <td>{formats.share(group.predictedMean)}</td>
            <td>{formats.share(group.happenedShare)}</td>
            <td>{t("forecasts.calibration.fromTo", { low: formats.share(group.low), high: formats.share(group.high) })}</td>
          </tr>
        ))}
      </NamedTable>
    </div>
  );
}
