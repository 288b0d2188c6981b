// Movement between stages in one month, as a flow chart or as a table.
import { BlockStack, Box, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Flow } from "../../capabilities/profiles/model.ts";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { addMonths, parseMonth, type Month } from "../../values/day.ts";
import { FlowChart } from "./flow-chart.tsx";
import { CHANGES, changeOf, countChanges, listMovements, type Movement } from "./flow-layout.ts";

export function FlowCard({ flows, thisMonth }: { flows: readonly Flow[]; thisMonth: Month }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const months = [...new Set(flows.map(({ month }) => month))].sort().reverse();
  const [chosen, setChosen] = useState<Month | null>(null);
  const [isTable, setTable] = useState(false);
  const month = chosen !== null && months.includes(chosen) ? chosen : (months.find((one) => one < thisMonth) ?? months[0]); // the last one that is over
  if (month === undefined) return null;
  const movements = flows.filter((flow) => flow.month === month);
  const write = (one: Month): string => (one === thisMonth ? t("analytics.trend.unfinished", { month: formats.month(one) }) : formats.month(one));
  const [before, after] = [formats.month(addMonths(month, -1)), formats.month(month)];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="end" gap="300">
          <Text as="h2" variant="headingMd">{t("profiles.flow.movement")}</Text>
          <InlineStack gap="200" blockAlign="end">
            <Select label={t("profiles.flow.month")} labelInline options={months.map((one) => ({ value: one, label: write(one) }))} value={month} onChange={(value) => setChosen(parseMonth(value))} />
            <Button onClick={() => setTable(!isTable)}>{t(isTable ? "analytics.trend.chart" : "analytics.trend.table")}</Button>
          </InlineStack>
        </InlineStack>
        <Text as="p" tone="subdued">{t("profiles.flow.movementBody", { before, after })}</Text>
        <Changes movements={movements} />
        {isTable ? <FlowTable movements={movements} before={before} after={after} /> : <FlowChart movements={movements} before={before} after={after} />}
      </BlockStack>
    </Card>
  );
}

/** The month in four figures, which are also the colours of the chart. */
function Changes({ movements }: { movements: readonly Movement[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const counts = countChanges(movements);
  return (
    <dl className="flow-changes">
      {CHANGES.map((change) => (
        <div key={change}>
          <dt><span className={`flow-swatch flow-${change}`} aria-hidden="true" />{t(`profiles.flow.changes.${change}`)}</dt>
          <dd>{formats.count(counts[change])}</dd>
        </div>
      ))}
    </dl>
  );
}

function FlowTable({ movements, before, after }: { movements: readonly Movement[]; before: string; after: string }) {
  const { t } = useTranslation();
  const { together, apart } = listMovements(movements);
  return (
    <Box>
      <ScrollRegion label={t("profiles.flow.movement")}>
        <table className="regulars-table flow-table">
          <caption className="regulars-hidden">{t("profiles.flow.movementBody", { before, after })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("profiles.flow.endOf", { month: before })}</th>
              <th scope="col">{t("profiles.flow.endOf", { month: after })}</th>
              <th scope="col">{t("profiles.flow.change")}</th>
              <th scope="col">{t("segments.page.members")}</th>
            </tr>
          </thead>
          <tbody>{together.map((movement) => <MovementRow key={`${movement.from} ${movement.to}`} movement={movement} />)}</tbody>
          {apart.length > 0 && (
            <tbody>
              <tr><th scope="rowgroup" colSpan={4} className="flow-apart">{t("profiles.flow.apart")}</th></tr>
              {apart.map((movement) => <MovementRow key={`${movement.from} ${movement.to}`} movement={movement} />)}
            </tbody>
          )}
        </table>
      </ScrollRegion>
    </Box>
  );
}

function MovementRow({ movement }: { movement: Movement }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">{t(`profiles.stages.${movement.from}.name`)}</th>
      <td>{t(`profiles.stages.${movement.to}.name`)}</td>
      <td>{t(`profiles.flow.changes.${changeOf(movement)}`)}</td>
      <td>{formats.count(movement.customers)}</td>
    </tr>
  );
}
