// What each figure could reach, and why: from the shop's own past.
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Suggestion, Track } from "../../capabilities/targets/model.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { OpenFigure } from "../../ui/open-figure.tsx";
import { rowsOfMeasure } from "../../ui/open-rows.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { GoalModal } from "../../ui/targets/goal-modal.tsx";
import { writeReason } from "../../ui/targets/reason-words.ts";
import { writeMeasure, writeValue } from "../../ui/targets/target-words.ts";
import { writeKpiName } from "../../ui/kpi-words.ts";
import { addDays, type Day } from "../../values/day.ts";

type SuggestionsProps = { suggestions: readonly Suggestion[]; tracks: readonly Track[]; today: Day; currency: { code: string; decimals: number } };

export function SuggestionsCard({ suggestions, tracks, today, currency }: SuggestionsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [opened, setOpened] = useState<Suggestion | null>(null);
  const columns = [t("analytics.trend.figure"), t("targets.suggested.now"), t("targets.suggested.target"), t("targets.suggested.why"), t("targets.suggested.goal")];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("targets.suggested.title")}</Text>
          <HowPopover title={t("targets.suggested.title")} rules={(["quartile", "window", "cycle", "others"] as const).map((rule) => t(`targets.suggested.how.${rule}`))} />
        </InlineStack>
        <NamedTable name={t("targets.suggested.title")} columns={columns} className="regulars-stacked">
          {suggestions.map((suggestion) => {
            const { measure, current, target } = suggestion;
            const write = (value: number | null): string => (value === null ? "–" : writeValue(measure.name, value, formats));
            const hasGoal = tracks.some(({ goal }) => goal.name === measure.name);
            const name = current === null && measure.name !== "cycle_repeat_rate" ? writeKpiName(t, { name: measure.name, formula: measure.formula }) : writeMeasure(t, measure);
            return (
              <tr key={measure.name}>
                <th scope="row">{name}</th>
                <td data-label={columns[1]}><OpenFigure rows={current === null ? null : rowsOfMeasure(measure, addDays(today, -1))} of={`${name}, ${columns[1] ?? ""}`}>{write(current)}</OpenFigure></td>
                <td data-label={columns[2]}>{write(target)}</td>
                <td data-label={columns[3]}><span className="regulars-reason">{writeReason(t, suggestion, formats)}</span></td>
                <td data-label={columns[4]}>{hasGoal ? t("targets.suggested.isSet") : current !== null && <Button size="slim" accessibilityLabel={t("targets.goal.setOf", { name })} onClick={() => setOpened(suggestion)}>{t("targets.goal.set")}</Button>}</td>
              </tr>
            );
          })}
        </NamedTable>
      </BlockStack>
      {opened && <GoalModal suggestion={opened} previous={null} today={today} currency={currency} onClose={() => setOpened(null)} />}
    </Card>
  );
}
