// Every cohort by the milestones of its age, against what a customer of it cost; all together stand beside those they are made of.
import { BlockStack, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { MILESTONE_DAYS, type CohortCost, type PaidBack, type ValueRow } from "../../capabilities/cohorts/model.ts";
import { blendedCost, blendedValueToCost, toMonths, valueToCost, type BlendedTimes } from "../../capabilities/cohorts/rules/acquisition.ts";
import { blendsOf } from "../../capabilities/cohorts/rules/value.ts";
import { Facts } from "../../ui/facts.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { monthOf, type Day } from "../../values/day.ts";
import { PeopleLink } from "./people-link.tsx";
import { writeCohorts, writeValue, type ShownValue } from "./shown-value.ts";
import "./value.css";

const ROWS_MAX = 36; // that a person can read; the file has all

export function CohortCard({ shown }: { shown: ShownValue }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { table, basis, costs, hasCosts } = shown;
  const hasCost = costs !== null && hasCosts;
  const days = MILESTONE_DAYS.map((day) => t("cohorts.value.day", { days: formats.count(day) }));
  const columns = [t("cohorts.grid.cohort"), t("cohorts.grid.size"), ...days, ...(hasCost ? [t("cohorts.value.cost"), t("cohorts.value.payback")] : [])];
  const name = t("cohorts.value.byCohort", { basis: t(`cohorts.value.bases.${basis}`) });
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{name}</Text>
          {hasCost && <Text as="p" tone="subdued">{t("cohorts.value.timesBelow")}</Text>}
        </BlockStack>
        <NamedTable name={name} columns={columns} className="regulars-figures regulars-stacked value-table">
          <TogetherRow shown={shown} columns={columns} />
          {table.rows.toReversed().slice(0, ROWS_MAX).map((row) => <CohortRow key={row.cohort} row={row} shown={shown} columns={columns} />)}
        </NamedTable>
        {table.rows.length > ROWS_MAX && <Text as="p" tone="subdued">{t("cohorts.grid.newest", { count: ROWS_MAX })}</Text>}
        <MadeOf shown={shown} />
      </BlockStack>
    </Card>
  );
}

function CohortRow({ row, shown, columns }: { row: ValueRow; shown: ShownValue; columns: readonly string[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { table, basis, costs, hasCosts } = shown;
  const month = formats.month(monthOf(row.cohort));
  const open = (of: string, figure: string) => <PeopleLink shown={shown} cohorts={[row.cohort]} of={`${month}, ${of}`}>{figure}</PeopleLink>;
  const cost = costs?.get(row.cohort);
  return (
    <tr>
      <th scope="row">{month}</th>
      <td data-label={columns[1]}>{open(columns[1] ?? "", formats.count(row.size))}</td>
      {MILESTONE_DAYS.map((day, index) => {
        const at = table.ages.indexOf(day);
        const [text, times] = [writeValue(row, at, { basis, t, formats }), valueToCost(row, at, { basis, cost })];
        return <ValueCell key={day} label={columns[2 + index] ?? ""} isQuiet={row.values[at] === null} below={times === null ? null : t("cohorts.value.times", { times: formats.decimal(times) })}>{row.values[at] === null ? text : open(columns[2 + index] ?? "", text)}</ValueCell>;
      })}
      {costs !== null && hasCosts && <CostCells cost={cost} columns={columns.slice(-2)} />}
    </tr>
  );
}

function ValueCell({ label, isQuiet = false, below, children }: { label: string; isQuiet?: boolean; below: string | null; children: ReactNode }) {
  return (
    <td data-label={label}>
      <span className="value-cell">
        <Text as="span" {...(isQuiet && { tone: "subdued" as const })}>{children}</Text>
        {below !== null && <Text as="span" tone="subdued" variant="bodySm">{below}</Text>}
      </span>
    </td>
  );
}

function CostCells({ cost, columns: [costLabel, paidLabel] }: { cost: CohortCost | undefined; columns: readonly string[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const each = cost?.perCustomerMinor ?? null;
  return (
    <>
      <td data-label={costLabel}>{each === null ? <Text as="span" tone="subdued">{t("cohorts.value.noCost")}</Text> : formats.money(Math.round(each))}</td>
      <td data-label={paidLabel}>{cost?.paidBack == null ? "–" : <Paid paid={cost.paidBack} />}</td>
    </>
  );
}

function Paid({ paid: { day, basis } }: { paid: PaidBack }) {
  const { t } = useTranslation();
  if (day === null) return <Text as="span" tone="subdued">{t("cohorts.value.notYet")}</Text>;
  const months = toMonths(day);
  return (
    <span className="value-cell">
      <span>{months === 0 ? t("cohorts.value.paidAtOnce") : t("cohorts.value.paidIn", { count: months })}</span>
      {basis === "revenue" && <Text as="span" tone="subdued" variant="bodySm">{t("cohorts.value.paidByRevenue")}</Text>}
    </span>
  );
}

function TogetherRow({ shown, columns }: { shown: ShownValue; columns: readonly string[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { table, basis, blend, costs, hasCosts } = shown;
  const together = blendsOf(table, { basis, blend });
  const open = (cohorts: readonly Day[], of: string, figure: string) => <PeopleLink shown={shown} cohorts={cohorts} of={`${t("cohorts.value.together")}, ${of}`}>{figure}</PeopleLink>;
  const people = table.rows.reduce((sum, { size }) => sum + size, 0);
  const cost = costs === null ? null : blendedCost(table.rows, costs);
  const money = (minor: number): string => formats.money(Math.round(minor));
  const writeTimes = (one: BlendedTimes | null): string | null => (one?.times == null ? null : t("cohorts.value.timesOf", { value: money(one.brought), cost: money(one.cost), times: formats.decimal(one.times) }));
  return (
    <tr className="value-together">
      <th scope="row">{t("cohorts.value.together")}</th>
      <td data-label={columns[1]}>{open(table.rows.map(({ cohort }) => cohort), columns[1] ?? "", formats.count(people))}</td>
      {MILESTONE_DAYS.map((day, index) => {
        const at = table.ages.indexOf(day);
        const one = together[at] ?? null;
        const rows = table.rows.filter(({ cohort }) => one?.cohorts.includes(cohort));
        return <ValueCell key={day} label={columns[2 + index] ?? ""} isQuiet={one === null} below={costs === null ? null : writeTimes(blendedValueToCost({ rows }, at, { basis, costs }))}>{one === null ? t("cohorts.value.notYet") : open(one.cohorts, columns[2 + index] ?? "", money(one.value))}</ValueCell>;
      })}
      {costs !== null && hasCosts && <><td data-label={columns.at(-2)}>{cost === null ? "–" : formats.money(Math.round(cost))}</td><td data-label={columns.at(-1)}><PaidCount costs={costs} /></td></>}
    </tr>
  );
}

function PaidCount({ costs }: { costs: NonNullable<ShownValue["costs"]> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const asked = [...costs.values()].flatMap(({ paidBack }) => (paidBack === null ? [] : [paidBack]));
  return asked.length === 0 ? "–" : t("cohorts.value.paidCount", { paid: formats.count(asked.filter(({ day }) => day !== null).length), all: formats.count(asked.length) });
}

/** What stands in the first row, day by day. */
function MadeOf({ shown: { table, basis, blend, costs } }: { shown: ShownValue }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const together = blendsOf(table, { basis, blend });
  const facts = MILESTONE_DAYS.flatMap((day) => {
    const at = table.ages.indexOf(day);
    const one = together[at] ?? null;
    if (one === null) return [];
    const paid = costs === null ? [] : blendedValueToCost({ rows: table.rows.filter(({ cohort }) => one.cohorts.includes(cohort)) }, at, { basis, costs })?.cohorts ?? [];
    const whole = t("cohorts.value.madeOf", { customers: formats.count(one.customers), cohorts: writeCohorts(one.cohorts, { t, formats }) });
    return [[t("cohorts.value.day", { days: formats.count(day) }), paid.length === 0 || paid.length === one.cohorts.length ? whole : `${whole} ${t("cohorts.value.costsOf", { cohorts: writeCohorts(paid, { t, formats }) })}`] as const];
  });
  if (facts.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">{t("cohorts.value.madeOfTitle")}</Text>
      <Facts facts={facts} look="remarks" />
    </BlockStack>
  );
}
