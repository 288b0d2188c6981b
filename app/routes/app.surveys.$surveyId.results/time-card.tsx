// Asked and answered over the days or weeks, as columns or as the table they are drawn from.
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Period } from "../../capabilities/surveys/model/results.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

export function TimeCard({ periods }: { periods: readonly Period[] }) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("surveys.results.time.title")}</Text>
          <Button variant="plain" onClick={() => setTable(!isTable)}>{t(isTable ? "analytics.trend.chart" : "analytics.trend.table")}</Button>
        </InlineStack>
        {!isTable && <Columns periods={periods} />}
        <div className={isTable ? "" : "regulars-hidden"}><PeriodTable periods={periods} /></div>
      </BlockStack>
    </Card>
  );
}

const GAP = 0.2; // of a column's place

/** Answered stands inside asked. */
function Columns({ periods }: { periods: readonly Period[] }) {
  const { t } = useTranslation();
  const { count, day } = useFormats();
  const most = Math.max(1, ...periods.map(({ asked, answered }) => Math.max(asked, answered)));
  const [first, last] = [periods[0], periods.at(-1)];
  const column = (part: "asked" | "answered") => periods.map((period, index) => {
    const height = (period[part] / most) * 100;
    return height === 0 ? "" : `M${index + GAP / 2} 100V${100 - height}H${index + 1 - GAP / 2}V100Z`;
  }).join("");
  return (
    <div aria-hidden="true">
      <ul className="results-legend">
        <li className="is-asked">{t("surveys.results.time.asked")}</li>
        <li className="is-answered">{t("surveys.results.time.answered")}</li>
      </ul>
      <div className="results-columns">
        <span>{count(most)}</span>
        <svg viewBox={`0 0 ${periods.length} 100`} preserveAspectRatio="none">
          <path className="is-asked" d={column("asked")} />
          <path className="is-answered" d={column("answered")} />
        </svg>
      </div>
      <div className="results-axis"><span>{first && day(first.from)}</span>{last !== first && <span>{last && day(last.from)}</span>}</div>
    </div>
  );
}

function PeriodTable({ periods }: { periods: readonly Period[] }) {
  const { t } = useTranslation();
  const { count, day, range } = useFormats();
  const isDaily = periods.every(({ from, to }) => from === to);
  const columns = [t(isDaily ? "surveys.results.time.day" : "surveys.results.time.week"), t("surveys.results.time.asked"), t("surveys.results.time.answered"), t("surveys.results.time.dismissed")];
  const [, asked = "", answered = "", dismissed = ""] = columns;
  return (
    <NamedTable name={t("surveys.results.time.caption")} className="regulars-figures regulars-stacked" columns={columns}>
      {periods.map((period) => (
        <tr key={period.from}>
          <th scope="row">{isDaily ? day(period.from) : range(period)}</th>
          <td data-label={asked}>{count(period.asked)}</td>
          <td data-label={answered}>{count(period.answered)}</td>
          <td data-label={dismissed}>{count(period.dismissed)}</td>
        </tr>
      ))}
    </NamedTable>
  );
}
