// Why that day: the chance of the next order on each day, of whoever still waits for it.
import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { FigureChart } from "../../ui/figure-chart.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { ruleOfAtRisk, type RhythmQuery } from "../../ui/rhythm-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { ChartOrTable } from "./chart-or-table.tsx";
import { clockMarks, type RhythmFigures } from "./layout.ts";

const RULES = ["chance", "smoothed", "moment"] as const;

export function ChanceCard({ query, of, figures: { chances, clock } }: { query: RhythmQuery; of: string; figures: RhythmFigures }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const title = t(`cohorts.rhythm.chance.title.${query.step}`);
  if (clock === null) return null;
  const writeDay = (day: number | string): string => t("cohorts.rhythm.day", { day: formats.count(Number(day)) });
  return (
    <ChartOrTable
      title={title} rules={RULES.map((rule) => t(`cohorts.rhythm.chance.how.${rule}`))}
      lead={<Text as="p" tone="subdued">{t("cohorts.rhythm.chance.lead", { of })}</Text>}
      chart={(
        <FigureChart
          kind="line" series={[{ name: t("cohorts.rhythm.chance.chance"), points: chances.map(({ day, chance }) => ({ x: day, value: chance })) }]}
          marks={clockMarks(chances.map(({ day }) => day), clock).map(({ x, name, day }) => ({ x, label: t(`cohorts.rhythm.marks.${name}`, { day: formats.count(day) }) }))}
          writeX={writeDay} writeXShort={(x) => formats.count(Number(x))} write={formats.share} writeShort={formats.share} open={(day) => peopleAt(ruleOfAtRisk(query, Number(day)))}
        />
      )}
      columns={[t("cohorts.rhythm.chance.on"), t("cohorts.rhythm.chance.chance"), t("cohorts.rhythm.chance.waiting")]}
      rows={chances.map(({ day, chance, atRisk }) => ({ name: writeDay(day), cells: [formats.share(chance), formats.count(atRisk)], urls: [null, address(...peopleAt(ruleOfAtRisk(query, day)))] }))}
    />
  );
}
