// One figure over the months with what is usual for it, its goal and what happened, as a chart or as the table the chart is drawn from.
import { BlockStack, Box, Button, Card, InlineStack, Link, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { KPI_NAMES, type Kpi, type KpiName } from "../../capabilities/analytics/model.ts";
import { periodBefore } from "../../capabilities/analytics/rules.ts";
import type { Annotation, BandPoint, Track, UsualBand } from "../../capabilities/targets/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toParameters } from "../../ui/range-choice.ts";
import { marksOf } from "../../capabilities/targets/rules/annotations.ts";
import { FigureChart, type ChartSeries } from "../../ui/figure-chart.tsx";
import { writeKpi, writeKpiShort } from "../../ui/figures.ts";
import { writeKpiName } from "../../ui/kpi-words.ts";
import { rowsOfKpi, type Rows } from "../../ui/open-rows.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { NoteList } from "../../ui/targets/note-list.tsx";
import { firstDayOf, lastDayOf, parseMonth, type Day, type DayRange, type Month } from "../../values/day.ts";

export type MonthNotes = { month: Month; annotations: Annotation[] };
type TrendCardProps = { kpis: Kpi[]; bands: readonly UsualBand[]; tracks: readonly Track[]; notes: readonly MonthNotes[]; today: Day; /** of the last month */ until: Day };

const NOTES_SHOWN = 4;

export function TrendCard({ kpis, bands, tracks, notes, today, until }: TrendCardProps) {
  const { t } = useTranslation();
  const [name, setName] = useState<KpiName>("customers");
  const [isTable, setTable] = useState(false);
  const kpi = kpis.find((candidate) => candidate.name === name);
  const band = bands.find((candidate) => candidate.name === name);
  if (!kpi || !band) return null;
  const goal = tracks.find((track) => track.goal.name === name && track.goal.windowMonths === 1)?.goal.target ?? null; // measured over more, it is another figure than a month's
  const listed = [...new Map(notes.flatMap(({ annotations }) => annotations).map((note) => [note.id, note])).values()].toReversed();
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
        {!isTable && <TrendChart kpi={kpi} band={band} goal={goal} notes={notes} until={until} />}
        <MonthTable kpi={kpi} band={band} goal={goal} notes={notes} until={until} isShown={isTable} />
        <Text as="p" tone="subdued">{band.monthsMissing > 0 ? t("targets.band.missing", { count: band.monthsMissing }) : t("targets.band.how")}</Text>
        <NoteList notes={listed} today={today} max={NOTES_SHOWN} />
      </BlockStack>
    </Card>
  );
}

type TrendProps = { kpi: Kpi; band: UsualBand; goal: number | null; notes: readonly MonthNotes[]; until: Day };

function TrendChart({ kpi, band, goal, notes, until }: TrendProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const writeX = (month: number | string): string => formats.month(parseMonth(String(month)));
  const months = kpi.sparkline.map(({ month }) => month);
  const edge = (side: "low" | "high") => months.map((month) => ({ x: month, value: pointAt(band, month)?.band?.[side] ?? null }));
  const series: ChartSeries[] = [
    { name: writeKpiName(t, kpi), points: kpi.sparkline.map(({ month, value }) => ({ x: month, value })) },
    ...(band.points.some((point) => point.band !== null) ? [{ name: t("targets.band.low"), points: edge("low"), isDashed: true, isQuiet: true }, { name: t("targets.band.high"), points: edge("high"), isDashed: true, isQuiet: true }] : []),
    ...(goal === null ? [] : [{ name: t("targets.goal.line"), points: months.map((month) => ({ x: month, value: goal })), isDashed: true }]),
  ];
  const rowsOfMonth = (month: Month): Rows | null => {
    const range = daysOf(month, until);
    return rowsOfKpi(kpi, { range, retentionPeriod: periodBefore(range) }).above;
  };
  return (
    <FigureChart
      kind="line" series={series} writeX={writeX} write={(value) => writeKpi(kpi.name, value, formats)} writeShort={(value) => writeKpiShort(kpi.name, value, formats)}
      marks={marksOf(notes, t("targets.note.between"))} open={(month, at) => (at === 0 ? rowsOfMonth(parseMonth(String(month))) : null)}
    />
  );
}

const daysOf = (month: Month, until: Day): DayRange => ({ from: firstDayOf(month), to: lastDayOf(month) < until ? lastDayOf(month) : until });

const pointAt = ({ points }: UsualBand, month: Month): BandPoint | undefined => points.find((point) => point.month === month);

/** Always in the page: a screen reader reads the table whether or not the eye sees the chart. */
function MonthTable({ kpi, band, goal, notes, until, isShown }: TrendProps & { isShown: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const name = writeKpiName(t, kpi);
  const homeOf = (month: Month): string => address("/app", toParameters({ range: daysOf(month, until) }));
  const write = (value: number): string => writeKpi(kpi.name, value, formats);
  return (
    <div className={isShown ? "regulars-scroll" : "regulars-hidden"}>
      <table className="regulars-table regulars-stacked">
        <caption className="regulars-hidden">{t("analytics.trend.caption", { name })}</caption>
        <thead>
          <tr>{[t("analytics.trend.month"), name, t("targets.band.usual"), ...(goal === null ? [] : [t("targets.goal.line")]), t("targets.note.column")].map((column) => <th key={column} scope="col">{column}</th>)}</tr>
        </thead>
        <tbody>
          {kpi.sparkline.map(({ month, isComplete, value }) => {
            const point = pointAt(band, month);
            const usual = point?.band ? t(point.side === null ? "targets.band.range" : `targets.band.${point.side}`, { low: write(point.band.low), high: write(point.band.high) }) : "–";
            return (
              <tr key={month}>
                <th scope="row"><Link url={homeOf(month)} accessibilityLabel={t("analytics.trend.home", { month: formats.month(month) })} removeUnderline>{isComplete ? formats.month(month) : t("analytics.trend.unfinished", { month: formats.month(month) })}</Link></th>
                <td data-label={name}>{value === null ? "–" : write(value)}</td>
                <td data-label={t("targets.band.usual")}>{usual}</td>
                {goal !== null && <td data-label={t("targets.goal.line")}>{write(goal)}</td>}
                <td data-label={t("targets.note.column")} ><span className="regulars-reason">{notes.find((one) => one.month === month)?.annotations.map(({ text }) => text).join(t("targets.note.between")) ?? "–"}</span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
