// The cohort table: a real table first, coloured second. What has not happened yet is empty, never zero.
import { useTranslation } from "react-i18next";
import type { CohortCell, CohortRow, CohortTable } from "../capabilities/analytics/model.ts";
import type { Formats } from "../i18n/formats.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { useFormats } from "./shop-formats.tsx";
import "./retention-grid.css";

export type GridView = "percent" | "count";

export function RetentionGrid({ table, view }: { table: CohortTable; view: GridView }) {
  const { t } = useTranslation();
  const periods = [...table.averageShares.keys()];
  const scale = scaleOf(table);
  return (
    <ScrollRegion label={t("analytics.cohorts.region")} className="retention-region">
      <table className="retention-grid">
        <caption className="regulars-hidden">{t(view === "percent" ? "analytics.cohorts.captionPercent" : "analytics.cohorts.captionCount")}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className="retention-cohort">{t("analytics.cohorts.cohort")}</th>
            <th scope="col" rowSpan={2}>{t("analytics.cohorts.size")}</th>
            <th scope="colgroup" colSpan={periods.length} className="retention-periods">{t("analytics.cohorts.periods")}</th>
          </tr>
          <tr>{periods.map((period) => <th key={period} scope="col">{period}</th>)}</tr>
        </thead>
        <tbody>
          <AverageRow table={table} scale={scale} />
        </tbody>
        <tbody>
          {table.rows.map((row) => <Row key={row.cohort} row={row} view={view} scale={scale} periodCount={periods.length} />)}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function AverageRow({ table, scale }: { table: CohortTable; scale: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = table.rows.reduce((sum, row) => sum + row.cohortSize, 0);
  return (
    <tr className="retention-average">
      <th scope="row" className="retention-cohort">{t("analytics.cohorts.average")}</th>
      <td>{formats.count(people)}</td>
      {table.averageShares.map((share, period) => (
        <td key={period} className={share === null ? "" : heatOf({ period, share }, scale)}>{share === null ? "" : formats.share(share)}</td>
      ))}
    </tr>
  );
}

function Row({ row, view, scale, periodCount }: { row: CohortRow; view: GridView; scale: number; periodCount: number }) {
  const formats = useFormats();
  const missing = Array.from({ length: periodCount - row.cells.length }, (_, index) => row.cells.length + index);
  return (
    <tr>
      <th scope="row" className="retention-cohort">{formats.month(row.cohort)}</th>
      <td>{formats.count(row.cohortSize)}</td>
      {row.cells.map((cell) => <Cell key={cell.period} cell={cell} size={row.cohortSize} view={view} scale={scale} />)}
      {missing.map((period) => <td key={period} className="retention-later" />)}
    </tr>
  );
}

function Cell({ cell, size, view, scale }: { cell: CohortCell; size: number; view: GridView; scale: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const heat = heatOf({ period: cell.period, share: cell.customers / size }, scale);
  const words = writeCell(cell, size, view, formats);
  if (cell.isComplete) return <td className={heat}>{words}</td>;
  return (
    <td className={`${heat} retention-unfinished`}>
      {words}
      <span className="regulars-hidden"> ({t("analytics.cohorts.unfinished")})</span>
    </td>
  );
}

const writeCell = (cell: CohortCell, size: number, view: GridView, formats: Formats): string =>
  view === "count" ? formats.count(cell.customers) : formats.share(cell.customers / size);

export const HEAT_LEVELS = 7;

const DARK_FROM = 0.95; // the share of months lighter than the darkest: one that is all of a single customer must not pale the others

/** What the darkest colour begins at; the first month itself is always whole and stays plain. */
function scaleOf(table: CohortTable): number {
  const shares = table.rows.flatMap((row) => row.cells.filter((cell) => cell.period > 0 && cell.customers > 0).map((cell) => cell.customers / row.cohortSize));
  return shares.sort((one, other) => one - other)[Math.ceil(shares.length * DARK_FROM) - 1] ?? 0;
}

function heatOf({ period, share }: { period: number; share: number }, scale: number): string {
  if (period === 0) return "retention-first";
  const level = scale === 0 ? 0 : Math.ceil((Math.min(share, scale) / scale) * HEAT_LEVELS);
  return `heat-${level}`;
}

/** What the colours mean, in words. */
export function RetentionLegend({ table }: { table: CohortTable }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const levels = Array.from({ length: HEAT_LEVELS + 1 }, (_, level) => level);
  return (
    <div className="retention-legend">
      <span>
        <span className="retention-scale" aria-hidden="true">{levels.map((level) => <span key={level} className={`heat-${level}`} />)}</span>
        {t("analytics.cohorts.legend", { low: formats.share(0), high: formats.share(scaleOf(table)) })}
      </span>
      <span>
        <span className="retention-scale" aria-hidden="true"><span className="heat-1 retention-unfinished" /></span>
        {t("analytics.cohorts.legendUnfinished")}
      </span>
    </div>
  );
}
