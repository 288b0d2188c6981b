// The cohort table: a real table first, coloured second. What has not happened yet is empty, never zero.
import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CohortRow, CohortTable } from "../capabilities/cohorts/model.ts";
import { averagesOf, figureOf, type Average, type Figure } from "../capabilities/cohorts/rules/table.ts";
import { useArrowKeys } from "./arrow-keys.ts";
import { useAddress } from "./address.ts";
import { AveragePopover, CellPopover, daysOfCohort, type GridLook, type OpenedCell, type OpenPeople } from "./cohort-cell.tsx";
import { writeMeasure, writePeriod } from "./cohort-words.ts";
import { OpenFigure } from "./open-figure.tsx";
import { ScrollRegion } from "./scroll-region.tsx";
import { useFormats } from "./shop-formats.tsx";
import "./retention-grid.css";

type GridProps = { table: CohortTable; look: GridLook; /** who is in it, in words */ of: string; open?: OpenPeople };

/** Cohorts, and periods of each, that a person can read and a browser draw; the file has all. */
const SHOWN_MAX = { week: 26, month: 36, quarter: 20, year: 20 } as const satisfies Record<CohortTable["grain"], number>;

export function RetentionGrid({ table, look, of, open }: GridProps) {
  const { t } = useTranslation();
  const arrowKeys = useArrowKeys();
  const [opened, setOpened] = useState<OpenedCell | null>(null);
  const close = (): void => {
    opened?.button.focus();
    setOpened(null);
  };
  const averages = averagesOf(table, look).slice(0, SHOWN_MAX[table.grain]);
  const scale = scaleOf(table, look);
  return (
    <ScrollRegion label={t("cohorts.grid.region", { of })} className="retention-region">
      <table ref={arrowKeys} className="retention-grid">
        <caption className="regulars-hidden">{t("cohorts.grid.caption", { measure: t(`cohorts.measures.${look.measure}`), of })}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className="retention-cohort">{t("cohorts.grid.cohort")}</th>
            <th scope="col" rowSpan={2}>{t("cohorts.grid.size")}</th>
            <th scope="colgroup" colSpan={averages.length} className="retention-periods">{t(`cohorts.grid.periods.${table.grain}`)}</th>
          </tr>
          <tr>{averages.map((_, at) => <th key={at} scope="col">{at}</th>)}</tr>
        </thead>
        <tbody>
          <AverageRow table={table} look={look} averages={averages} scale={scale} open={open} onOpen={setOpened} />
        </tbody>
        <tbody>
          {table.rows.slice(-SHOWN_MAX[table.grain]).map((row) => <Row key={row.cohort} row={row} table={table} look={look} scale={scale} length={averages.length} open={open} onOpen={setOpened} />)}
        </tbody>
      </table>
      {opened !== null && open !== undefined && (opened.row === null
        ? <AveragePopover key={opened.at} averages={averages} at={opened.at} button={opened.button} grain={table.grain} look={look} open={open} onClose={close} />
        : <CellPopover key={`${opened.row.cohort} ${opened.at}`} row={opened.row} at={opened.at} button={opened.button} grain={table.grain} look={look} open={open} onClose={close} />)}
    </ScrollRegion>
  );
}

type AverageRowProps = { table: CohortTable; look: GridLook; averages: readonly Average[]; scale: number; open: OpenPeople | undefined; onOpen: (cell: OpenedCell) => void };

function AverageRow({ table: { grain, rows }, look, averages, scale, open, onOpen }: AverageRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = rows.reduce((sum, row) => sum + row.size, 0);
  const [first, last] = [rows[0], rows.at(-1)];
  const everybody = first && last && open?.([{ first: { from: first.cohort, to: daysOfCohort(grain, last).to }, then: null }]);
  return (
    <tr className="retention-average">
      <th scope="row" className="retention-cohort">{t("cohorts.grid.average")}</th>
      <td><OpenFigure rows={everybody ?? null} of={t("cohorts.grid.size")}>{formats.count(people)}</OpenFigure></td>
      {averages.map(({ value }, at) => (
        <td key={at} className={value === null ? "" : heatOf(value, { at, look, scale })}>
          {value === null ? "" : <Opening onOpen={open && ((button) => onOpen({ row: null, at, button }))}>{writeMeasure(look.measure, value, formats)}</Opening>}
        </td>
      ))}
    </tr>
  );
}

type RowProps = { row: CohortRow; table: CohortTable; look: GridLook; scale: number; length: number; open: OpenPeople | undefined; onOpen: (cell: OpenedCell) => void };

function Row({ row, table, look, scale, length, open, onOpen }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = writePeriod(table.grain, row.cohort, { t, formats });
  const address = useAddress();
  const everybody = open?.([{ first: daysOfCohort(table.grain, row), then: null }]) ?? null;
  const missing = Array.from({ length: Math.max(0, length - row.cells.length) }, (_, index) => row.cells.length + index);
  return (
    <tr>
      <th scope="row" className="retention-cohort">{everybody === null ? name : <Link to={address(...everybody)} aria-label={t("cohorts.grid.people", { cohort: name })}>{name}</Link>}</th>
      <td>{formats.count(row.size)}</td>
      {row.cells.slice(0, length).map(({ at }) => <Cell key={at} figure={figureOf(row, at, look)} at={at} look={look} scale={scale} onOpen={open === undefined ? undefined : (button) => onOpen({ row, at, button })} />)}
      {missing.map((at) => <td key={at} className="retention-later" />)}
    </tr>
  );
}

type CellProps = { figure: Figure | null; at: number; look: GridLook; scale: number; onOpen: ((button: HTMLElement) => void) | undefined };

function Cell({ figure, at, look, scale, onOpen }: CellProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (figure === null) return <td className="retention-later" />;
  const { value, interval, isComplete } = figure;
  const heat = value === null ? "heat-0" : heatOf(value, { at, look, scale });
  return (
    <td className={isComplete ? heat : `${heat} retention-unfinished`}>
      {value === null ? <span><span aria-hidden="true">–</span><span className="regulars-hidden">{t("cohorts.grid.nothing")}</span></span> : <Opening onOpen={onOpen}>{writeMeasure(look.measure, value, formats)}</Opening>}
      {interval !== null && <span className="retention-interval">{t("cohorts.grid.interval", { low: formats.shareShort(interval.low), high: formats.shareShort(interval.high) })}</span>}
      {!isComplete && <span className="regulars-hidden"> ({t("cohorts.grid.unfinished")})</span>}
    </td>
  );
}

/** A cell's figure, telling what it was made of when it is pressed. Arrow keys lead here: a thousand cells are not a thousand tab stops. */
const Opening = ({ onOpen, children }: { onOpen: ((button: HTMLElement) => void) | undefined; children: string }) =>
  (onOpen === undefined ? children : <button type="button" className="retention-open" tabIndex={-1} onClick={(event) => onOpen(event.currentTarget)}>{children}</button>);

export const HEAT_LEVELS = 7;

const DARK_FROM = 0.95; // the share of cells lighter than the darkest: one that is all of a single customer must not pale the others

/** What the darkest colour begins at; the first period of a share is always whole and stays plain. */
function scaleOf(table: CohortTable, look: GridLook): number {
  const values = table.rows.flatMap((row) => row.cells.flatMap(({ at }) => (isPlain(at, look) ? [] : [figureOf(row, at, look)?.value ?? 0]))).filter((value) => value > 0);
  return values.sort((one, other) => one - other)[Math.ceil(values.length * DARK_FROM) - 1] ?? 0;
}

const isPlain = (at: number, { measure }: GridLook): boolean => at === 0 && (measure === "retention" || measure === "customers");

function heatOf(value: number, { at, look, scale }: { at: number; look: GridLook; scale: number }): string {
  if (isPlain(at, look)) return "retention-first";
  const level = scale === 0 ? 0 : Math.ceil((Math.min(Math.max(value, 0), scale) / scale) * HEAT_LEVELS);
  return `heat-${level}`;
}

/** What the colours mean, in words. */
export function RetentionLegend({ table, look }: { table: CohortTable; look: GridLook }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const levels = Array.from({ length: HEAT_LEVELS + 1 }, (_, level) => level);
  return (
    <div className="retention-legend">
      <span>
        <span className="retention-scale" aria-hidden="true">{levels.map((level) => <span key={level} className={`heat-${level}`} />)}</span>
        {t("cohorts.grid.legend", { low: writeMeasure(look.measure, 0, formats), high: writeMeasure(look.measure, scaleOf(table, look), formats) })}
      </span>
      <span>
        <span className="retention-scale" aria-hidden="true"><span className="heat-1 retention-unfinished" /></span>
        {t("cohorts.grid.legendUnfinished")}
      </span>
      {table.rows.length > SHOWN_MAX[table.grain] && <span>{t("cohorts.grid.newest", { count: SHOWN_MAX[table.grain] })}</span>}
    </div>
  );
}
