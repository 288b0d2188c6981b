// Two cohorts, or two selections, period by period: is one better, or is it chance?
import { BlockStack, Card, InlineGrid, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CohortRow, CohortTable, View } from "../../capabilities/cohorts/model.ts";
import { differenceOf, type Difference, type Share } from "../../capabilities/cohorts/rules/difference.ts";
import { figureOf } from "../../capabilities/cohorts/rules/table.ts";
import { writePeriod } from "../../ui/cohort-words.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

type Side = { name: string; /** who came, of whom, per period that is over */ shares: readonly Share[] };

const shareOf = (row: CohortRow, at: number, view: View): Share[] => {
  const figure = figureOf(row, at, { measure: "retention", view });
  return figure?.isComplete ? [{ successes: figure.part, trials: row.size }] : [];
};

/** All cohorts of a table together, each period over those for whom it is over. */
const pooled = (table: CohortTable, view: View): Share[] => Array.from({ length: Math.max(0, ...table.rows.map(({ cells }) => cells.length)) }, (_, at) => {
  const known = table.rows.flatMap((row) => shareOf(row, at, view));
  return { successes: known.reduce((sum, { successes }) => sum + successes, 0), trials: known.reduce((sum, { trials }) => sum + trials, 0) };
});

export function SelectionComparison({ tables, names, view }: { tables: readonly [CohortTable, CohortTable]; names: readonly [string, string]; view: View }) {
  const { t } = useTranslation();
  const [one, other] = tables;
  return <Comparison title={t("cohorts.compare.selections")} grain={one.grain} sides={[{ name: names[0], shares: pooled(one, view) }, { name: names[1], shares: pooled(other, view) }]} />;
}

/** The two newest whose next period is over, unless others are chosen. */
export function CohortComparison({ table, view }: { table: CohortTable; view: View }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const comparable = table.rows.filter((row) => row.cells[1]?.isComplete);
  const [chosen, setChosen] = useState<{ one?: string; other?: string }>({});
  const [last, before] = [comparable.at(-1), comparable.at(-2)];
  if (last === undefined || before === undefined) return null;
  const find = (cohort: string | undefined, otherwise: CohortRow): CohortRow => comparable.find((row) => row.cohort === cohort) ?? otherwise;
  const [one, other] = [find(chosen.one, before), find(chosen.other, last)];
  const options = comparable.toReversed().map(({ cohort }) => ({ value: cohort, label: writePeriod(table.grain, cohort, { t, formats }) }));
  const sideOf = (row: CohortRow): Side => ({ name: writePeriod(table.grain, row.cohort, { t, formats }), shares: row.cells.flatMap(({ at }) => shareOf(row, at, view)) });
  return (
    <Comparison title={t("cohorts.compare.title")} grain={table.grain} sides={[sideOf(one), sideOf(other)]}>
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        <Select label={t("cohorts.compare.one")} options={options} value={one.cohort} onChange={(value) => setChosen({ ...chosen, one: value })} />
        <Select label={t("cohorts.compare.other")} options={options} value={other.cohort} onChange={(value) => setChosen({ ...chosen, other: value })} />
      </InlineGrid>
    </Comparison>
  );
}

const PERIODS_MAX = 13; // a year of months, and more is nobody's question

function Comparison({ title, grain, sides: [one, other], children }: { title: string; grain: CohortTable["grain"]; sides: readonly [Side, Side]; children?: React.ReactNode }) {
  const { t } = useTranslation();
  const rows = Array.from({ length: Math.min(PERIODS_MAX, one.shares.length, other.shares.length) }, (_, at) => ({ at, one: one.shares[at], other: other.shares[at] })).slice(1);
  const columns = [t(`cohorts.compare.periods.${grain}`), one.name, other.name, t("cohorts.compare.difference"), t("cohorts.compare.verdict")];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={(["share", "interval", "verdict", "many"] as const).map((rule) => t(`cohorts.compare.how.${rule}`))} />
        </InlineStack>
        {children}
        {rows.length === 0 ? <Text as="p" tone="subdued">{t("cohorts.compare.tooEarly")}</Text> : (
          <NamedTable name={title} columns={columns} className="regulars-figures regulars-stacked">
            {rows.map((row) => row.one && row.other && <PeriodRow key={row.at} at={row.at} one={row.one} other={row.other} columns={columns} />)}
          </NamedTable>
        )}
      </BlockStack>
    </Card>
  );
}

function PeriodRow({ at, one, other, columns }: { at: number; one: Share; other: Share; columns: readonly string[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const difference = differenceOf(one, other);
  const write = ({ successes, trials }: Share): string => (trials === 0 ? t("analytics.kpi.nothingYet") : t("cohorts.compare.share", { share: formats.share(successes / trials), successes: formats.count(successes), trials: formats.count(trials) }));
  return (
    <tr>
      <th scope="row">{formats.count(at)}</th>
      <td data-label={columns[1]}>{write(one)}</td>
      <td data-label={columns[2]}>{write(other)}</td>
      <td data-label={columns[3]}>{difference === null ? "" : <Gap difference={difference} />}</td>
      <td data-label={columns[4]}>{difference === null ? "" : <Text as="span" fontWeight={difference.verdict === "chance" ? "regular" : "semibold"}>{t(`cohorts.compare.verdicts.${difference.verdict}`)}</Text>}</td>
    </tr>
  );
}

function Gap({ difference: { value, low, high } }: { difference: Difference }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const points = (share: number): string => `${share < 0 ? "−" : "+"}${formats.points(Math.abs(share))}`;
  return <span>{t("cohorts.compare.points", { points: points(value) })}<br /><Text as="span" tone="subdued" variant="bodySm">{t("cohorts.compare.range", { low: points(low), high: points(high) })}</Text></span>;
}
