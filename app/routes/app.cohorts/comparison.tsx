// Two cohorts, or two selections, period by period: is one better, or is it chance?
import { BlockStack, Card, InlineGrid, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CohortRow, CohortTable, View } from "../../capabilities/cohorts/model.ts";
import { differenceOf, weighed, type Difference, type Share } from "../../capabilities/cohorts/rules/difference.ts";
import { strictnessOf } from "../../capabilities/cohorts/rules/ratio.ts";
import { figureOf } from "../../capabilities/cohorts/rules/table.ts";
import { writePeriod } from "../../ui/cohort-words.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

/** Who came of whom at a period that is over; `people`: who are behind `other`, where they were weighed. */
type Pair = { at: number; one: Share; other: Share; people: number | null };

const shareOf = (row: CohortRow, at: number, view: View): Share | null => {
  const figure = figureOf(row, at, { measure: "retention", view });
  return figure?.isComplete ? { successes: figure.part, trials: row.size } : null;
};

const PERIODS_MAX = 12; // a year of months, and more is nobody's question

/** The second's first periods weighed as the first's: those who came for the first time at Christmas are set beside others of that Christmas. */
function pairsOf(one: readonly CohortRow[], other: readonly CohortRow[], view: View): Pair[] {
  const strata = (at: number) => one.flatMap((row) => {
    const counterpart = other.find(({ cohort }) => cohort === row.cohort);
    const [a, b] = [shareOf(row, at, view), counterpart === undefined ? null : shareOf(counterpart, at, view)];
    return a === null || b === null ? [] : [{ one: a, other: b }];
  });
  return periods.map((at) => ({ at, ...weighed(strata(at)), people: strata(at).reduce((sum, { other: { trials } }) => sum + trials, 0) })).filter((pair) => pair.one.trials > 0);
}
const periods = Array.from({ length: PERIODS_MAX }, (_, index) => index + 1);

export function SelectionComparison({ tables: [one, other], names, view }: { tables: readonly [CohortTable, CohortTable]; names: readonly [string, string]; view: View }) {
  const { t } = useTranslation();
  return <Comparison title={t("cohorts.compare.selections")} grain={one.grain} names={names} pairs={pairsOf(one.rows, other.rows, view)} isWeighed />;
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
  const nameOf = ({ cohort }: CohortRow): string => writePeriod(table.grain, cohort, { t, formats });
  const options = comparable.toReversed().map((row) => ({ value: row.cohort, label: nameOf(row) }));
  const pairs = periods.flatMap((at): Pair[] => {
    const [a, b] = [shareOf(one, at, view), shareOf(other, at, view)];
    return a === null || b === null ? [] : [{ at, one: a, other: b, people: null }];
  });
  return (
    <Comparison title={t("cohorts.compare.title")} grain={table.grain} names={[nameOf(one), nameOf(other)]} pairs={pairs}>
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        <Select label={t("cohorts.compare.one")} options={options} value={one.cohort} onChange={(value) => setChosen({ ...chosen, one: value })} />
        <Select label={t("cohorts.compare.other")} options={options} value={other.cohort} onChange={(value) => setChosen({ ...chosen, other: value })} />
      </InlineGrid>
    </Comparison>
  );
}

type ComparisonProps = { title: string; grain: CohortTable["grain"]; names: readonly [string, string]; pairs: readonly Pair[]; isWeighed?: boolean; children?: React.ReactNode };
type Row = Pair & { difference: Difference | null };

function Comparison({ title, grain, names: [one, other], pairs, isWeighed = false, children }: ComparisonProps) {
  const { t } = useTranslation();
  const strictness = strictnessOf(pairs.length);
  const rows = pairs.map((pair): Row => ({ ...pair, difference: differenceOf(pair.one, pair.other, strictness) }));
  const columns = [t(`cohorts.compare.periods.${grain}`), one, other, t("cohorts.compare.difference"), t("cohorts.compare.verdictOf", { name: other })];
  const rules = (["share", ...(isWeighed ? ["weighed"] as const : []), "interval", "verdict"] as const).map((rule) => t(`cohorts.compare.how.${rule}`));
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={rules} />
        </InlineStack>
        {children}
        {rows.length === 0 ? <Text as="p" tone="subdued">{t("cohorts.compare.tooEarly")}</Text> : (
          <>
            <Summary rows={rows} grain={grain} names={[one, other]} />
            <Text as="p" tone="subdued">{t("cohorts.compare.ofShares")}</Text>
            <NamedTable name={title} columns={columns} className="regulars-figures regulars-stacked">{rows.map((row) => <PeriodRow key={row.at} row={row} grain={grain} columns={columns} />)}</NamedTable>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

/** What all periods say together, with the surest of them. */
function Summary({ rows, grain, names: [one, other] }: { rows: readonly Row[] } & Pick<ComparisonProps, "grain" | "names">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const sure = rows.flatMap(({ at, difference }) => (difference === null || difference.verdict === "chance" ? [] : [{ at, ...difference }]));
  const [surest] = sure.toSorted((a, b) => Math.min(Math.abs(b.low), Math.abs(b.high)) - Math.min(Math.abs(a.low), Math.abs(a.high)));
  if (surest === undefined) return <Told>{t("cohorts.compare.summary.chance", { one, other })}</Told>;
  if (sure.some(({ verdict }) => verdict !== surest.verdict)) return <Told>{t("cohorts.compare.summary.mixed", { one, other })}</Told>;
  const verdict = surest.verdict === "higher" ? "higher" : "lower";
  return <Told>{t(`cohorts.compare.summary.${verdict}`, { one, other, points: formats.points(Math.abs(surest.value)), after: t(`cohorts.compare.after.${grain}`, { at: formats.count(surest.at) }), count: sure.length, all: formats.count(rows.length) })}</Told>;
}

const Told = ({ children }: { children: string }) => <Text as="p" fontWeight="semibold">{children}</Text>;

function PeriodRow({ row: { at, one, other, people, difference }, grain, columns }: { row: Row; grain: CohortTable["grain"]; columns: readonly string[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nothing = t("analytics.kpi.nothingYet");
  const write = ({ successes, trials }: Share): string => (trials === 0 ? nothing : t("cohorts.compare.share", { share: formats.share(successes / trials), successes: formats.count(successes), trials: formats.count(trials) }));
  const writeWeighed = ({ successes, trials }: Share, of: number): string => (trials === 0 ? nothing : t("cohorts.compare.weighed", { share: formats.share(successes / trials), trials: formats.count(of) }));
  return (
    <tr>
      <th scope="row">{t(`cohorts.compare.after.${grain}`, { at: formats.count(at) })}</th>
      <td data-label={columns[1]}>{write(one)}</td>
      <td data-label={columns[2]}>{people === null ? write(other) : writeWeighed(other, people)}</td>
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
