// The curves: a few cohorts and all of them together, as a chart or as the table it is drawn from.
import { BlockStack, Box, Button, Card, InlineStack, Select, Tag, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MILESTONE_DAYS, type Basis, type ValueTable } from "../../capabilities/cohorts/model.ts";
import { blendsOf, valueOf, type Blended } from "../../capabilities/cohorts/rules/value.ts";
import { FigureChart, type ChartSeries } from "../../ui/figure-chart.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { DRAWN_MAX, type ValueQuery } from "../../ui/value-query.ts";
import { monthOf, type Day } from "../../values/day.ts";
import { PeopleLink, rowsOfCohorts } from "./people-link.tsx";
import { writeCohorts, type ShownValue } from "./shown-value.ts";

/** For each milestone the newest cohort that has come to it: how the young do beside the old. */
function usuallyDrawn({ ages, rows }: ValueTable, basis: Basis): Day[] {
  const newest = MILESTONE_DAYS.toReversed().map((day) => rows.findLast((row) => valueOf(row, ages.indexOf(day), basis) !== null)?.cohort);
  return [...new Set(newest.filter((cohort) => cohort !== undefined))].slice(0, DRAWN_MAX);
}

type CurveProps = { shown: ShownValue; query: ValueQuery; of: string; onChange: (query: ValueQuery) => void };

export function CurveCard({ shown, query, of, onChange }: CurveProps) {
  const { table, basis, blend } = shown;
  const { t } = useTranslation();
  const formats = useFormats();
  const [isTable, setTable] = useState(false);
  const asked = query.cohorts.filter((cohort) => table.rows.some((row) => row.cohort === cohort));
  const drawn = asked.length > 0 ? asked : usuallyDrawn(table, basis);
  const together = blendsOf(table, { basis, blend });
  const series: (ChartSeries & { /** at each age */ cohorts: (readonly Day[])[] })[] = [
    { name: t("cohorts.value.together"), isDashed: true, cohorts: table.ages.map((_, at) => together[at]?.cohorts ?? []), points: table.ages.map((age, at) => ({ x: age, value: together[at]?.value ?? null })) },
    ...drawn.flatMap((cohort) => table.rows.filter((row) => row.cohort === cohort)).map((row) => ({ name: formats.month(monthOf(row.cohort)), cohorts: table.ages.map(() => [row.cohort]), points: table.ages.map((age, at) => ({ x: age, value: valueOf(row, at, basis) })) })),
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="end" gap="300">
          <Text as="h2" variant="headingMd">{t("cohorts.value.curve.title", { basis: t(`cohorts.value.bases.${basis}`), of })}</Text>
          <Button variant="plain" onClick={() => setTable(!isTable)}>{t(isTable ? "analytics.trend.chart" : "analytics.trend.table")}</Button>
        </InlineStack>
        <Drawn drawn={drawn} table={table} onChange={(cohorts) => onChange({ ...query, cohorts })} />
        {!isTable && <FigureChart kind="line" series={series} writeX={(age) => t("cohorts.value.day", { days: formats.count(Number(age)) })} writeXShort={(age) => formats.count(Number(age))} write={(value) => formats.money(Math.round(value))} writeShort={formats.moneyShort} open={(age, at) => rowsOfCohorts(shown, series[at]?.cohorts[table.ages.indexOf(Number(age))] ?? [])} />}
        <div className={isTable ? "" : "regulars-hidden"}>
          <NamedTable name={t("cohorts.value.curve.title", { basis: t(`cohorts.value.bases.${basis}`), of })} columns={[t("cohorts.value.curve.age"), ...series.map(({ name }) => name)]} className="regulars-figures">
            {table.ages.map((age, at) => (
              <tr key={age}>
                <th scope="row">{t("cohorts.value.day", { days: formats.count(age) })}</th>
                {series.map(({ name, points, cohorts }) => <td key={name}>{points[at]?.value == null ? t("cohorts.value.notYet") : <PeopleLink shown={shown} cohorts={cohorts[at] ?? []} of={`${name}, ${t("cohorts.value.day", { days: formats.count(age) })}`}>{formats.money(Math.round(points[at].value))}</PeopleLink>}</td>)}
              </tr>
            ))}
          </NamedTable>
        </div>
        {query.trait !== null && <Text as="p" tone="subdued">{t("cohorts.value.curve.uneven")}</Text>}
        <MadeOf shown={{ table, blend }} together={together} onSame={() => onChange({ ...query, blend: "same" })} />
      </BlockStack>
    </Card>
  );
}

/** Which cohorts are drawn: taken away one by one, added by name. */
function Drawn({ drawn, table, onChange }: { drawn: readonly Day[]; table: ValueTable; onChange: (cohorts: Day[]) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = (cohort: Day): string => formats.month(monthOf(cohort));
  const others = table.rows.map(({ cohort }) => cohort).filter((cohort) => !drawn.includes(cohort)).toReversed();
  return (
    <InlineStack gap="200" blockAlign="center">
      {drawn.map((cohort) => <Tag key={cohort} {...(drawn.length > 1 && { onRemove: () => onChange(drawn.filter((one) => one !== cohort)) })}>{name(cohort)}</Tag>)}
      {drawn.length < DRAWN_MAX && others.length > 0 && (
        <Box minWidth="12rem"><Select label={t("cohorts.value.curve.add")} labelHidden value="" options={[{ value: "", label: t("cohorts.value.curve.add") }, ...others.map((cohort) => ({ value: cohort, label: name(cohort) }))]} onChange={(chosen) => onChange([...drawn, ...others.filter((cohort) => cohort === chosen)])} /></Box>
      )}
    </InlineStack>
  );
}

/** A line through different people is no history of anybody: says which cohorts each end of it is made of. */
function MadeOf({ shown: { table, blend }, together, onSame }: { shown: Pick<ShownValue, "table" | "blend">; together: readonly (Blended | null)[]; onSame: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const known = together.flatMap((one, at) => (one === null ? [] : [{ ...one, age: table.ages[at] ?? 0 }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return null;
  const words = { from: formats.count(first.age), first: writeCohorts(first.cohorts, { t, formats }), to: formats.count(last.age), last: writeCohorts(last.cohorts, { t, formats }) };
  if (blend === "same" || first.cohorts.length === last.cohorts.length) return <Text as="p" tone="subdued">{t("cohorts.value.curve.same", { to: words.to, last: words.last })}</Text>;
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="p" tone="subdued">{t("cohorts.value.curve.reached", words)}</Text>
      <Button variant="plain" onClick={onSame}>{t("cohorts.value.curve.onlySame")}</Button>
    </InlineStack>
  );
}
