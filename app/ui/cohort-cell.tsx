// A cell of the cohort table, opened: what it was made of, and whom it counts.
import { BlockStack, Box, Button, Popover, Text } from "@shopify/polaris";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CohortRow, Grain, Measure, View } from "../capabilities/cohorts/model.ts";
import { lastDayOfPeriod } from "../capabilities/cohorts/rules/periods.ts";
import { averagesOf, figureOf, type Average } from "../capabilities/cohorts/rules/table.ts";
import { addDays, type DayRange } from "../values/day.ts";
import type { OrderedIn } from "./beginning-rule.ts";
import { writeMeasure, writePeriod } from "./cohort-words.ts";
import { Facts } from "./facts.tsx";
import { OpenFigure } from "./open-figure.tsx";
import type { Rows } from "./open-rows.ts";
import { useFormats } from "./shop-formats.tsx";

/** Where those are listed to whom any of these applies; null: no rule can say it. */
export type OpenPeople = (days: readonly OrderedIn[]) => Rows | null;
export type GridLook = { measure: Measure; view: View; smallTo: number };
/** `row` null: the average. `button` is what was pressed: it has the focus again afterwards. */
export type OpenedCell = { row: CohortRow | null; at: number; button: HTMLElement };

export const daysOfCohort = (grain: Grain, { cohort }: Pick<CohortRow, "cohort">): DayRange => ({ from: cohort, to: lastDayOfPeriod(grain, cohort) });

/** When those ordered whom a cell counts. */
function daysOfCell(grain: Grain, row: CohortRow, { at, view }: { at: number; view: View }): OrderedIn {
  const first = daysOfCohort(grain, row);
  const cell = row.cells[at];
  if (at === 0 || cell === undefined) return { first, then: null };
  const to = lastDayOfPeriod(grain, cell.start);
  return { first, then: { from: view === "in" ? cell.start : addDays(first.to, 1), to } };
}

type CellProps = { row: CohortRow; at: number; button: HTMLElement; grain: Grain; look: GridLook; open: OpenPeople; onClose: () => void };

export function CellPopover({ row, at, button, grain, look, open, onClose }: CellProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const figure = figureOf(row, at, look);
  const cell = row.cells[at];
  if (figure === null || cell === undefined) return null;
  const [cohort, period] = [row.cohort, cell.start].map((start) => (grain === "week" ? t("cohorts.cell.week", { day: formats.day(start) }) : writePeriod(grain, start, { t, formats })));
  const came = figureOf(row, at, { measure: "customers", view: look.view })?.part ?? 0;
  return (
    <Opened title={t(`cohorts.cell.titles.${look.view}`, { cohort, period })} button={button} onClose={onClose}>
      <Sum figure={figure} look={look} came={{ count: came, rows: open([daysOfCell(grain, row, { at, view: look.view })]) }} asked={{ name: t("cohorts.cell.size"), count: row.size, rows: open([{ first: daysOfCohort(grain, row), then: null }]) }} />
      <Text as="p">{t(look.view === "in" ? "cohorts.how.cell" : "cohorts.how.views")}</Text>
      {figure.interval !== null && <Text as="p">{t("cohorts.cell.interval", { low: formats.shareShort(figure.interval.low), high: formats.shareShort(figure.interval.high) })}</Text>}
      {!figure.isComplete && <Text as="p">{t("cohorts.cell.unfinished")}</Text>}
    </Opened>
  );
}

type AverageProps = { averages: readonly Average[]; at: number; button: HTMLElement; grain: Grain; look: GridLook; open: OpenPeople; onClose: () => void };

const SUMS: readonly Measure[] = ["customers", "orders", "revenue", "margin"];

export function AveragePopover({ averages, at, button, grain, look, open, onClose }: AverageProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const average = averages[at];
  const [first, last] = [average?.rows[0], average?.rows.at(-1)];
  if (average === undefined || first === undefined || last === undefined) return null;
  const name = (row: CohortRow): string => writePeriod(grain, row.cohort, { t, formats });
  const came = averagesOf({ grain, rows: average.rows, asOf: first.cohort }, { measure: "customers", view: look.view })[at]?.part ?? 0;
  const size = average.rows.reduce((sum, row) => sum + row.size, 0);
  const everybody = open([{ first: { from: first.cohort, to: daysOfCohort(grain, last).to }, then: null }]);
  const cohorts = first === last ? name(first) : t("cohorts.cell.average.between", { first: name(first), last: name(last) });
  const cameRows = open(average.rows.map((row) => daysOfCell(grain, row, { at, view: look.view })));
  const isSum = SUMS.includes(look.measure);
  return (
    <Opened title={t(`cohorts.cell.average.titles.${grain}`, { at: formats.count(at) })} button={button} onClose={onClose}>
      <Text as="p">{t("cohorts.cell.average.cohorts", { count: average.rows.length, cohorts })}</Text>
      <Sum
        figure={{ ...average, ...(isSum && { by: t("cohorts.cell.average.count") }) }} look={look}
        came={{ count: came, rows: at === 0 ? everybody : cameRows }} asked={{ name: t("cohorts.cell.average.size"), count: size, rows: everybody }}
      />
      <Text as="p">{t("cohorts.how.average")}</Text>
      {at > 0 && came > 0 && cameRows === null && <Text as="p">{t("cohorts.cell.average.byRow")}</Text>}
    </Opened>
  );
}

type OpenedProps = { title: string; button: HTMLElement; onClose: () => void; children: ReactNode };

/** Beside the cell that was pressed. */
function Opened({ title, button, onClose, children }: OpenedProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = button.closest("td") ?? button;
  return (
    <Popover active activator={<span className="retention-anchor" style={{ left, top, width, height }} />} activatorWrapper="span" autofocusTarget="first-node" preventFocusOnClose onClose={onClose} fluidContent>
      <Box padding="400" maxWidth="22rem">
        <div role="dialog" aria-labelledby={titleId}>
          <BlockStack gap="300">
            <Text as="h3" variant="headingSm" id={titleId}>{title}</Text>
            {children}
            <Box><Button onClick={onClose}>{t("analytics.kpi.close")}</Button></Box>
          </BlockStack>
        </div>
      </Box>
    </Popover>
  );
}

/** `by`: what a plain sum is divided by, in words. */
type Divided = { part: number; whole: number | null; value: number | null; by?: string };
type Counted = { count: number; rows: Rows | null };
type SumProps = { figure: Divided; look: GridLook; came: Counted; asked: Counted & { name: string } };

/** 95 ÷ 781 = 12.2%, each line with its name; people lead to their list. */
function Sum({ figure: { part, whole, value, by }, look: { measure, view }, came, asked }: SumProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = (name: string, { count, rows }: Counted) => [name, <OpenFigure key={name} rows={count === 0 ? null : rows} of={name}>{formats.count(count)}</OpenFigure>] as const;
  const cameLine = people(t(`cohorts.cell.came.${view}`), came);
  const size = people(asked.name, asked);
  const total = t("cohorts.cell.equals", { measure: t(`cohorts.measures.${measure}`) });
  const last = whole === null ? [] : [[total, value === null ? t("analytics.kpi.nothingYet") : writeMeasure(measure, value, formats)] as const];
  const below = whole === null ? [] : by !== undefined ? [[`÷ ${by}`, formats.count(whole)] as const] : measure === "average_order_value" ? [[`÷ ${t("cohorts.measures.orders")}`, formats.count(whole)] as const] : [[`÷ ${size[0]}`, size[1]] as const];
  if (measure === "retention") return <Facts look="sum" facts={[cameLine, ...below, ...last]} />;
  if (measure === "customers") return <Facts look="sum" facts={[cameLine, ...below, ...last, size]} />;
  const above = PARTS[measure];
  return <Facts look="sum" facts={[[t(`cohorts.measures.${above}`), value === null && whole === null ? t("analytics.kpi.nothingYet") : writeMeasure(above, part, formats)], ...below, ...last, cameLine]} />;
}

const PARTS = {
  orders: "orders", revenue: "revenue", revenue_per_customer: "revenue", average_order_value: "revenue", orders_per_customer: "orders", margin: "margin", margin_per_customer: "margin",
} as const satisfies Partial<Record<Measure, Measure>>;
