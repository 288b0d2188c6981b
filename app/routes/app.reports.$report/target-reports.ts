// Goals, what is usual, and what happened when, as rows.
import { KPI_UNITS } from "../../capabilities/analytics/model.ts";
import { MEASURE_UNITS, type Annotation, type Goal, type Track, type UsualBand } from "../../capabilities/targets/model.ts";
import type { Day } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import { writeShare, type Column, type Report } from "./report.ts";

type About = { currency: string; today: Day };
type Unit = "count" | "share" | "money";

const columnsOf = (type: Column["type"], ...names: string[]): Column[] => names.map((name) => ({ name, type }));

/** A band's edge may lie between two people; money is rounded to the nearer unit. */
function write(value: number | null, unit: Unit, currency: string): string | number | null {
  if (value === null) return null;
  if (unit === "money") return toDecimal({ minor: Math.round(value), currency });
  return unit === "share" ? writeShare(value) : Number.isInteger(value) ? value : value.toFixed(COUNT_DIGITS);
}
const COUNT_DIGITS = 2;

/** Open ones with where they stand, then those that ended. */
export function goalsReport(tracks: readonly Track[], ended: readonly Goal[], { currency, today }: About): Report {
  const row = (goal: Goal, track: Track | null) => {
    const said = (value: number | null) => write(value, MEASURE_UNITS[goal.name], currency);
    return [goal.id, goal.name, goal.formula, goal.windowMonths, goal.state, goal.setOn, said(goal.startValue), goal.dueOn, said(goal.target), track?.asOf ?? goal.endedOn, said(track === null ? goal.endValue : track.value), said(track?.lineValue ?? null), track?.standing ?? null];
  };
  return {
    name: "goals",
    fileName: `regulars-goals-${today}`,
    about: { asOf: today, currency },
    columns: [...columnsOf("text", "goal_id", "figure", "formula"), ...columnsOf("integer", "window_months"), ...columnsOf("text", "state"), ...columnsOf("day", "set_on"), ...columnsOf("decimal", "start_value"), ...columnsOf("day", "due_on"), ...columnsOf("decimal", "target"), ...columnsOf("day", "value_on"), ...columnsOf("decimal", "value", "line_value"), ...columnsOf("text", "standing")],
    rows: [...tracks.map((track) => row(track.goal, track)), ...ended.map((goal) => row(goal, null))],
  };
}

export const usualBandsReport = (bands: readonly UsualBand[], { currency, today }: About): Report => ({
  name: "usual_bands",
  fileName: `regulars-usual-bands-${today}`,
  about: { asOf: today, currency },
  columns: [...columnsOf("text", "figure", "formula"), ...columnsOf("month", "month"), ...columnsOf("integer", "is_complete"), ...columnsOf("decimal", "value", "expected", "low", "high"), ...columnsOf("text", "expected_by"), ...columnsOf("integer", "errors"), ...columnsOf("text", "side")],
  rows: bands.flatMap(({ name, formula, points }) => points.map(({ month, isComplete, value, band, side }) => {
    const said = (figure: number | null) => write(figure, KPI_UNITS[name], currency);
    return [name, formula, month, isComplete ? 1 : 0, said(value), said(band?.expected ?? null), said(band?.low ?? null), said(band?.high ?? null), band?.by ?? null, band?.errors ?? null, side];
  })),
});

export const annotationsReport = (annotations: readonly Annotation[], { today }: About): Report => ({
  name: "annotations",
  fileName: `regulars-annotations-${today}`,
  about: { asOf: today },
  columns: [...columnsOf("text", "annotation_id"), ...columnsOf("day", "from", "to"), ...columnsOf("text", "kind", "text")],
  rows: annotations.map(({ id, from, to, kind, text }) => [id, from, to, kind, text]),
});
