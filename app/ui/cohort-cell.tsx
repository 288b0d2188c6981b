// A cell of the cohort table, opened: what it was made of, and whom it counts.
import { BlockStack, Box, Button, Popover, Text } from "@shopify/polaris";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { CohortRow, Grain, Measure, View } from "../capabilities/cohorts/model.ts";
import { lastDayOfPeriod } from "../capabilities/cohorts/rules/periods.ts";
import { figureOf, type Figure } from "../capabilities/cohorts/rules/table.ts";
import { addDays, type DayRange } from "../values/day.ts";
import { writeMeasure, writePeriod } from "./cohort-words.ts";
import { Facts } from "./facts.tsx";
import { OpenFigure } from "./open-figure.tsx";
import type { Rows } from "./open-rows.ts";
import { useFormats } from "./shop-formats.tsx";

/** Where those are listed who first ordered on some days, and ordered on others; null: nothing can say it. */
export type OpenPeople = (days: { first: DayRange; then: DayRange | null }) => Rows | null;
export type GridLook = { measure: Measure; view: View; smallTo: number };
/** `button` is what was pressed: it has the focus again afterwards. */
export type OpenedCell = { row: CohortRow; at: number; button: HTMLElement };

export const daysOfCohort = (grain: Grain, { cohort }: Pick<CohortRow, "cohort">): DayRange => ({ from: cohort, to: lastDayOfPeriod(grain, cohort) });

/** In which days they ordered whom a cell counts; null: those of the whole cohort. */
function daysOfCell(grain: Grain, row: CohortRow, { at, view }: { at: number; view: View }): DayRange | null {
  const cell = row.cells[at];
  if (at === 0 || cell === undefined) return null;
  const to = lastDayOfPeriod(grain, cell.start);
  return { from: view === "in" ? cell.start : addDays(daysOfCohort(grain, row).to, 1), to };
}

type CellPopoverProps = { opened: OpenedCell; grain: Grain; look: GridLook; open: OpenPeople; onClose: () => void };

export function CellPopover({ opened: { row, at, button }, grain, look, open, onClose }: CellPopoverProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const titleId = useId();
  const figure = figureOf(row, at, look);
  const cell = row.cells[at];
  if (figure === null || cell === undefined) return null;
  const [cohort, period] = [row.cohort, cell.start].map((start) => (grain === "week" ? t("cohorts.cell.week", { day: formats.day(start) }) : writePeriod(grain, start, { t, formats })));
  const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = button.closest("td") ?? button;
  return (
    <Popover active activator={<span className="retention-anchor" style={{ left, top, width, height }} />} activatorWrapper="span" autofocusTarget="first-node" preventFocusOnClose onClose={onClose} fluidContent>
      <Box padding="400" maxWidth="22rem">
        <div role="dialog" aria-labelledby={titleId}>
          <BlockStack gap="300">
            <Text as="h3" variant="headingSm" id={titleId}>{t(`cohorts.cell.titles.${look.view}`, { cohort, period })}</Text>
            <Sum row={row} at={at} figure={figure} grain={grain} look={look} open={open} />
            <Text as="p">{t(look.view === "in" ? "cohorts.how.cell" : "cohorts.how.views")}</Text>
            {figure.interval !== null && <Text as="p">{t("cohorts.cell.interval", { low: formats.shareShort(figure.interval.low), high: formats.shareShort(figure.interval.high) })}</Text>}
            {!figure.isComplete && <Text as="p">{t("cohorts.cell.unfinished")}</Text>}
            <Box><Button onClick={onClose}>{t("analytics.kpi.close")}</Button></Box>
          </BlockStack>
        </div>
      </Box>
    </Popover>
  );
}

type SumProps = { row: CohortRow; at: number; figure: Figure; grain: Grain; look: GridLook; open: OpenPeople };

/** 95 ÷ 781 = 12.2%, each line with its name; people lead to their list. */
function Sum({ row, at, figure: { part, whole, value }, grain, look: { measure, view }, open }: SumProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const everybody = open({ first: daysOfCohort(grain, row), then: null });
  const then = daysOfCell(grain, row, { at, view });
  const came = figureOf(row, at, { measure: "customers", view })?.part ?? 0;
  const people = (name: string, count: number, rows: Rows | null) => [name, <OpenFigure key={name} rows={count === 0 ? null : rows} of={name}>{formats.count(count)}</OpenFigure>] as const;
  const cameLine = people(t(`cohorts.cell.came.${view}`), came, then === null ? everybody : open({ first: daysOfCohort(grain, row), then }));
  const size = people(t("cohorts.cell.size"), row.size, everybody);
  const total = t("cohorts.cell.equals", { measure: t(`cohorts.measures.${measure}`) });
  const last = whole === null ? [] : [[total, value === null ? t("analytics.kpi.nothingYet") : writeMeasure(measure, value, formats)] as const];
  const below = [`÷ ${size[0]}`, size[1]] as const;
  if (measure === "retention") return <Facts look="sum" facts={[cameLine, below, ...last]} />;
  if (measure === "customers") return <Facts look="sum" facts={[cameLine, size]} />;
  const above = PARTS[measure];
  const divided = whole === null ? [] : [measure === "average_order_value" ? [`÷ ${t("cohorts.measures.orders")}`, formats.count(whole)] as const : below];
  return <Facts look="sum" facts={[[t(`cohorts.measures.${above}`), value === null && whole === null ? t("analytics.kpi.nothingYet") : writeMeasure(above, part, formats)], ...divided, ...last, cameLine]} />;
}

const PARTS = {
  orders: "orders", revenue: "revenue", revenue_per_customer: "revenue", average_order_value: "revenue", orders_per_customer: "orders", margin: "margin", margin_per_customer: "margin",
} as const satisfies Partial<Record<Measure, Measure>>;
