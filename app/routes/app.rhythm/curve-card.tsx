// How many have placed the next order by each day: the Kaplan-Meier curve, turned so that it rises.
import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { FigureChart } from "../../ui/figure-chart.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { ruleOfAtRisk, ruleOfCame, type RhythmQuery } from "../../ui/rhythm-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { ChartOrTable } from "./chart-or-table.tsx";
import { clockMarks, type CurvePoint, type RhythmFigures } from "./layout.ts";

const RULES = ["curve", "waiting", "band", "sameDay", "end", "people"] as const;

export function CurveCard({ query, of, figures: { curve, milestones, clock, customers } }: { query: RhythmQuery; of: string; figures: RhythmFigures }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const title = t(`cohorts.rhythm.curve.title.${query.step}`);
  const range = ({ low, high }: CurvePoint): string => (low === null || high === null ? "–" : t("cohorts.rhythm.range", { low: formats.share(low), high: formats.share(high) }));
  return (
    <ChartOrTable
      title={title} rules={RULES.map((rule) => t(`cohorts.rhythm.curve.how.${rule}`))}
      lead={<Text as="p" tone="subdued">{t("cohorts.rhythm.curve.lead", { of, customers: formats.count(customers) })}</Text>}
      chart={(
        <FigureChart
          kind="line"
          series={[
            { name: t("cohorts.rhythm.curve.came"), points: curve.map(({ day, came }) => ({ x: day, value: came })) },
            { name: t("cohorts.rhythm.curve.high"), isDashed: true, points: curve.map(({ day, high }) => ({ x: day, value: high })) },
            { name: t("cohorts.rhythm.curve.low"), isDashed: true, points: curve.map(({ day, low }) => ({ x: day, value: low })) },
          ]}
          marks={clock === null ? [] : clockMarks(curve.map(({ day }) => day), clock).map(({ x, name, day }) => ({ x, label: t(`cohorts.rhythm.marks.${name}`, { day: formats.count(day) }) }))}
          writeX={(x) => t("cohorts.rhythm.day", { day: formats.count(Number(x)) })} writeXShort={(x) => formats.count(Number(x))} write={formats.share} writeShort={formats.shareShort}
          open={(day, at) => (at === 0 ? peopleAt(ruleOfCame(query, { from: 0, to: Number(day) })) : null)}
        />
      )}
      columns={[t("cohorts.rhythm.curve.by"), t("cohorts.rhythm.curve.orders"), t("cohorts.rhythm.curve.came"), t("cohorts.rhythm.curve.interval"), t("cohorts.rhythm.curve.atRisk")]}
      rows={milestones.map((point) => ({
        name: t("cohorts.rhythm.day", { day: formats.count(point.day) }), urls: [address(...peopleAt(ruleOfCame(query, { from: 0, to: point.day }))), null, null, address(...peopleAt(ruleOfAtRisk(query, point.day)))],
        cells: [formats.count(point.orders), formats.share(point.came), range(point), formats.count(point.atRisk)],
      }))}
    />
  );
}
