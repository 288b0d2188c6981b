// What became of earlier goals, and what has left its usual band so far.
import { Badge, BlockStack, Card, InlineStack, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Alert, Goal } from "../../capabilities/targets/model.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { writeFinding } from "../../ui/targets/finding-words.ts";
import { writeMeasure, writeValue } from "../../ui/targets/target-words.ts";

export function AlertsCard({ alerts, monthsMissing }: { alerts: readonly Omit<Alert, "dismissedAt">[]; monthsMissing: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("targets.alert.past")}</Text>
          <HowPopover title={t("targets.alert.past")} rules={(["band", "few", "week", "chance"] as const).map((rule) => t(`targets.alert.how.${rule}`))} />
        </InlineStack>
        {alerts.length === 0 && <Text as="p" tone="subdued">{monthsMissing > 0 ? t("targets.band.missing", { count: monthsMissing }) : t("targets.alert.none")}</Text>}
        {alerts.map(({ raisedOn, month, findings }) => (
          <BlockStack gap="100" key={raisedOn}>
            <Text as="h3" variant="headingSm">{t("targets.alert.on", { day: formats.day(raisedOn) })}</Text>
            <List>{findings.map((finding) => <List.Item key={finding.name}>{writeFinding(t, finding, { month, formats })}</List.Item>)}</List>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

const TONES = { reached: "success", missed: "critical", ended: "info", changed: "info", open: "info" } as const;

export function EndedCard({ goals }: { goals: readonly Goal[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (goals.length === 0) return null;
  const columns = [t("analytics.trend.figure"), t("targets.ended.time"), t("targets.ended.start"), t("targets.ended.target"), t("targets.ended.end"), t("targets.ended.state")];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("targets.ended.title")}</Text>
        <NamedTable name={t("targets.ended.title")} columns={columns} className="regulars-stacked">
          {goals.map((goal) => {
            const write = (value: number | null): string => (value === null ? "–" : writeValue(goal.name, value, formats));
            return (
              <tr key={goal.id}>
                <th scope="row">{writeMeasure(t, goal)}</th>
                <td data-label={columns[1]}>{formats.range({ from: goal.setOn, to: goal.endedOn ?? goal.dueOn })}</td>
                <td data-label={columns[2]}>{write(goal.startValue)}</td>
                <td data-label={columns[3]}>{t("targets.ended.by", { target: write(goal.target), day: formats.day(goal.dueOn) })}</td>
                <td data-label={columns[4]}>{write(goal.endValue)}</td>
                <td data-label={columns[5]}><Badge tone={TONES[goal.state]}>{t(`targets.states.${goal.state}`)}</Badge></td>
              </tr>
            );
          })}
        </NamedTable>
      </BlockStack>
    </Card>
  );
}
