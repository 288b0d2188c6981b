// The cohort table, a line per cohort and period: periods not yet begun are absent, one nobody bought in is zeros.
import { MEASURE_UNITS, type CohortTable, type Grain, type Measure, type Selection, type TraitKind, type View } from "../../capabilities/cohorts/model.ts";
import { figureOf } from "../../capabilities/cohorts/rules/table.ts";
import { parseCohortQuery, parseTraitKind, writeTrait } from "../../ui/cohort-query.ts";
import { toDecimal } from "../../values/money.ts";
import type { Day } from "../../values/day.ts";
import { writeShare, type Report, type ReportAnswer, type Row } from "./report.ts";

export type CohortsWish = { grain: Grain; selection: Selection; /** null: no figure beside the sums */ measure: Measure | null; /** a block for each value of this; null: one */ by: TraitKind | null };

/** `grain`, `measure`, `by`, and any number of `filter=kind:value`. */
export function parseCohortsWish(parameters: URLSearchParams): { ok: true; wish: CohortsWish } | Extract<ReportAnswer, { ok: false }> {
  const said = parameters.get("by") ?? "";
  const by = said === "" ? null : parseTraitKind(said);
  const as = new URLSearchParams([...["grain", "measure"].flatMap((name) => (parameters.get(name) === null ? [] : [[name, parameters.get(name) ?? ""]])), ...parameters.getAll("filter").map((filter) => ["with", filter])]);
  const parsed = parseCohortQuery(as);
  if (!parsed.ok) return refused(parsed.field === "with" ? "filter" : parsed.field);
  if (by === undefined) return refused("by");
  const { grain, measure, selection } = parsed.query;
  return { ok: true, wish: { grain, selection, by, measure: as.has("measure") ? measure : null } };
}

const refused = (field: string) => ({ ok: false as const, field, message: `${field} cannot be understood. docs/reports.md lists what it may be.` });

/** `value`: of `by`; empty where there is one block. */
export type CohortBlock = { value: string; table: CohortTable };

export function cohortsReport({ grain, selection, measure, by }: CohortsWish, blocks: readonly CohortBlock[], { asOf, currency }: { asOf: Day; currency: string }): Report {
  const money = (minor: number): string => toDecimal({ minor: Math.round(minor), currency });
  const write = (name: Measure, value: number | null): string | number | null => {
    if (value === null) return null;
    const unit = MEASURE_UNITS[name];
    return unit === "money" ? money(value) : unit === "count" ? value : writeShare(value);
  };
  const lines = ({ value, table }: CohortBlock): Row[] => table.rows.flatMap((row) => row.cells.map((cell) => [
    ...(by === null ? [] : [value]), writeStart(grain, row.cohort), cell.at, row.size, cell.customers, cell.orders, money(cell.revenueMinor), cell.at === 0 ? row.size : returnedBy(row.cells, cell.at), cell.marginOrders === cell.orders ? money(cell.marginMinor) : null, Number(cell.isComplete),
    ...(measure === null ? [] : viewsOf(measure).map((view) => write(measure, figureOf(row, cell.at, { measure, view })?.value ?? null))),
  ]));
  return {
    name: "cohorts",
    fileName: `regulars-cohorts-${asOf}`,
    about: { grain, filter: selection.map(writeTrait).join(" "), by: by ?? "", measure: measure ?? "", asOf, currency },
    columns: [
      ...(by === null ? [] : [{ name: by, type: "text" as const }]), { name: "cohort", type: grain === "month" ? "month" : "text" }, { name: "period", type: "integer" }, { name: "cohort_size", type: "integer" }, { name: "customers", type: "integer" },
      { name: "orders", type: "integer" }, { name: "revenue", type: "decimal" }, { name: "returned_by", type: "integer" }, { name: "margin", type: "decimal" }, { name: "is_complete", type: "integer" },
      ...(measure === null ? [] : viewsOf(measure).map((view) => ({ name: view === "in" ? measure : `${measure}_by`, type: "decimal" as const }))),
    ],
    rows: blocks.flatMap(lines),
  };
}

const SUMS: readonly Measure[] = ["customers", "orders", "revenue", "margin"]; // every report has them within the period

const viewsOf = (measure: Measure): View[] => (SUMS.includes(measure) ? ["by"] : ["in", "by"]);

const returnedBy = (cells: CohortTable["rows"][number]["cells"], at: number): number => cells.slice(0, at + 1).reduce((sum, cell) => sum + cell.returned, 0);

const QUARTER_MONTHS = 3;

/** 2026-11-16, 2026-11, 2026-Q4 or 2026. */
function writeStart(grain: Grain, start: Day): string {
  if (grain === "week") return start;
  if (grain === "month") return start.slice(0, 7);
  return grain === "year" ? start.slice(0, 4) : `${start.slice(0, 4)}-Q${Math.ceil(Number(start.slice(5, 7)) / QUARTER_MONTHS)}`;
}

export const BY_MAX = 20; // values, the commonest
