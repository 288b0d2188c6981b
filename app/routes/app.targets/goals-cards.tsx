// Each open goal: its track in words, as a chart and as a table, with the ways to change or end it.
import { BlockStack, Button, Card, InlineStack, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MEASURE_UNITS, type Annotation, type Goal, type MeasureName, type Suggestion, type Track } from "../../capabilities/targets/model.ts";
import { annotationsByMonth, marksOf } from "../../capabilities/targets/rules/annotations.ts";
import { lineOn } from "../../capabilities/targets/rules/track.ts";
import type { WindowValue } from "../../capabilities/targets/rules/suggestion.ts";
import { FigureChart } from "../../ui/figure-chart.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { rowsOfMeasure } from "../../ui/open-rows.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { GoalModal } from "../../ui/targets/goal-modal.tsx";
import { TrackLine } from "../../ui/targets/track-line.tsx";
import { writeMeasure, writeValue } from "../../ui/targets/target-words.ts";
import { useTargetWish } from "../../ui/targets/use-target-wish.ts";
import { addMonths, countMonths, lastDayOf, monthOf, parseMonth, type Day, type Month } from "../../values/day.ts";

type GoalsProps = { tracks: readonly Track[]; windows: readonly { goalId: string; values: WindowValue[] }[]; suggestions: readonly Suggestion[]; notes: readonly Annotation[]; today: Day; currency: { code: string; decimals: number } };

export function GoalsCards({ tracks, windows, suggestions, notes, today, currency }: GoalsProps) {
  const { t } = useTranslation();
  if (tracks.length === 0) {
    return (
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">{t("targets.track.title")}</Text>
          <Text as="p" tone="subdued">{t("targets.track.none")}</Text>
        </BlockStack>
      </Card>
    );
  }
  return tracks.map((track) => (
    <GoalCard key={track.goal.id} track={track} values={windows.find(({ goalId }) => goalId === track.goal.id)?.values ?? []} suggestion={suggestions.find(({ measure }) => measure.name === track.goal.name)} notes={notes} today={today} currency={currency} />
  ));
}

type GoalCardProps = { track: Track; values: readonly WindowValue[]; suggestion: Suggestion | undefined; notes: GoalsProps["notes"]; today: Day; currency: GoalsProps["currency"] };

function GoalCard({ track, values, suggestion, notes, today, currency }: GoalCardProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<"change" | "end" | null>(null);
  const [isTable, setTable] = useState(false);
  const { goal } = track;
  const points = pointsOf(track, values);
  const name = writeMeasure(t, goal);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("targets.track.one")}</Text>
          <HowPopover title={name} rules={(["line", "window", "day"] as const).map((rule) => t(`targets.track.how.${rule}`))} />
        </InlineStack>
        <TrackLine track={track} />
        <InlineStack align="end"><Button variant="plain" onClick={() => setTable(!isTable)}>{t(isTable ? "analytics.trend.chart" : "analytics.trend.table")}</Button></InlineStack>
        {!isTable && <GoalChart goal={goal} asOf={track.asOf} points={points} notes={notes} />}
        <div className={isTable ? "" : "regulars-hidden"}><GoalTable goal={goal} points={points} /></div>
        <InlineStack gap="200">
          {suggestion && <Button accessibilityLabel={t("targets.goal.changeOf", { name })} onClick={() => setOpened("change")}>{t("targets.goal.change")}</Button>}
          <Button accessibilityLabel={t("targets.goal.endOf", { name })} onClick={() => setOpened("end")}>{t("targets.goal.end")}</Button>
        </InlineStack>
      </BlockStack>
      {opened === "change" && suggestion && <GoalModal suggestion={suggestion} previous={goal} today={today} currency={currency} onClose={() => setOpened(null)} />}
      {opened === "end" && <EndModal goal={goal} onClose={() => setOpened(null)} />}
    </Card>
  );
}

/** `value` at the month's end, today's in the running month; `line`: from the month the goal was set in to the one it is due in. */
type GoalPoint = { month: Month; value: number | null; line: number | null };

function pointsOf({ goal, value, asOf }: Track, values: readonly WindowValue[]): GoalPoint[] {
  const known = new Map(values.map((one) => [one.month, one.value]));
  if (!known.has(monthOf(asOf))) known.set(monthOf(asOf), value);
  const first = [...known.keys(), monthOf(goal.setOn)].reduce((one, other) => (one < other ? one : other));
  return Array.from({ length: countMonths({ from: first, to: monthOf(goal.dueOn) }) + 1 }, (_, index) => {
    const month = addMonths(first, index);
    return { month, value: known.get(month) ?? null, line: month < monthOf(goal.setOn) ? null : lineOn(goal, month === monthOf(goal.setOn) ? goal.setOn : lastDayOf(month)) };
  });
}

function GoalChart({ goal, asOf, points, notes }: { goal: Goal; asOf: Day; points: readonly GoalPoint[]; notes: GoalsProps["notes"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const series = [
    { name: writeMeasure(t, goal), points: points.map(({ month, value }) => ({ x: month, value })) },
    { name: t("targets.track.line"), points: points.map(({ month, line }) => ({ x: month, value: line })), isDashed: true },
  ];
  const endOf = (month: Month): Day => (month === monthOf(asOf) ? asOf : lastDayOf(month));
  const marks = marksOf(annotationsByMonth(notes, points.map(({ month }) => month)), t("targets.note.between"));
  return <FigureChart kind="line" series={series} marks={marks} writeX={(month) => formats.month(parseMonth(String(month)))} write={(value) => writeValue(goal.name, value, formats)} writeShort={shortWriter(goal.name, formats)} open={(month, at) => (at === 0 ? rowsOfMeasure(goal, endOf(parseMonth(String(month)))) : null)} />;
}

const shortWriter = (name: MeasureName, formats: ReturnType<typeof useFormats>) => (value: number): string => {
  const unit = MEASURE_UNITS[name];
  if (unit === "share") return formats.shareShort(value);
  return unit === "money" ? formats.moneyShort(value) : formats.count(value);
};

function GoalTable({ goal, points }: { goal: Goal; points: readonly GoalPoint[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = writeMeasure(t, goal);
  const write = (value: number | null): string => (value === null ? "–" : writeValue(goal.name, value, formats));
  return (
    <NamedTable name={t("analytics.trend.caption", { name })} columns={[t("analytics.trend.month"), name, t("targets.track.line")]}>
      {points.map(({ month, value, line }) => <tr key={month}><th scope="row">{formats.month(month)}</th><td>{write(value)}</td><td>{write(line)}</td></tr>)}
    </NamedTable>
  );
}

function EndModal({ goal, onClose }: { goal: Goal; onClose: () => void }) {
  const { t } = useTranslation();
  const { send, isSending } = useTargetWish(onClose);
  return (
    <Modal
      open title={t("targets.goal.endTitle", { name: writeMeasure(t, goal) })} onClose={onClose}
      primaryAction={{ content: t("targets.goal.end"), destructive: true, loading: isSending, onAction: () => send({ intent: "end", id: goal.id }) }} secondaryActions={[{ content: t("targets.cancel"), onAction: onClose }]}
    >
      <Modal.Section><Text as="p">{t("targets.goal.endBody")}</Text></Modal.Section>
    </Modal>
  );
}
