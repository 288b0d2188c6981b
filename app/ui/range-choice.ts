// Which days a page or report is about, and what they are compared with, as its address says: `?range=last_month`, `?from=2026-01-01&to=2026-01-31&compare=last_year`.
import { COMPARISONS, RANGE_PRESETS, type Comparison, type Overview, type RangePreset } from "../capabilities/analytics/model.ts";
import { parseDay, type Day, type DayRange } from "../values/day.ts";

/** Neither a range nor a preset: whatever suits the shop best. No comparison: the period before. */
export type RangeChoice = { range?: DayRange; preset?: RangePreset; comparison?: Comparison };
export type RangeRefusal = { field: "range" | "from" | "to" | "compare" | "compare_from" | "compare_to"; reason: "unknown" | "missing" | "not_a_day" | "reversed" | "ahead" };
export type RangeAnswer = ({ ok: true } & RangeChoice) | ({ ok: false } & RangeRefusal);

/** Days that are still to come are nothing to compare with. */
export function parseRangeChoice(parameters: URLSearchParams, today: Day): RangeAnswer {
  const days = parseDaysAbout(parameters);
  if (!days.ok) return days;
  const compared = parseComparison(parameters, today);
  return compared.ok ? { ...days, ...compared } : compared;
}

function parseDaysAbout(parameters: URLSearchParams): RangeAnswer {
  const { from, to, range } = Object.fromEntries(parameters);
  if (from !== undefined || to !== undefined) return parseDates({ from: from ?? "", to: to ?? "" });
  if (range === undefined || range === "") return { ok: true };
  const preset = RANGE_PRESETS.find((name) => name === range);
  return preset ? { ok: true, preset } : refuse("range", "unknown");
}

function parseComparison(parameters: URLSearchParams, today: Day): RangeAnswer {
  const { compare_from: from, compare_to: to, compare } = Object.fromEntries(parameters);
  if (from !== undefined || to !== undefined) {
    const dates = parseDates({ from: from ?? "", to: to ?? "" });
    if (dates.ok && dates.range && dates.range.to > today) return refuse(dates.range.from > today ? "compare_from" : "compare_to", "ahead");
    if (dates.ok) return { ok: true, ...(dates.range && { comparison: dates.range }) };
    return refuse(dates.field === "from" ? "compare_from" : "compare_to", dates.reason);
  }
  if (compare === undefined || compare === "") return { ok: true };
  const comparison = COMPARISONS.find((name) => name === compare);
  return comparison ? { ok: true, comparison } : refuse("compare", "unknown");
}

/** The two days somebody typed. */
export function parseDates(typed: { from: string; to: string }): RangeAnswer {
  if (typed.from === "") return refuse("from", "missing");
  if (typed.to === "") return refuse("to", "missing");
  const from = findDay(typed.from);
  const to = findDay(typed.to);
  if (from === null) return refuse("from", "not_a_day");
  if (to === null) return refuse("to", "not_a_day");
  if (from > to) return refuse("to", "reversed");
  return { ok: true, range: { from, to } };
}

/** The way back into the address. */
export const toParameters = ({ range, preset, comparison }: RangeChoice): Record<string, string> => ({ ...daysOf({ range, preset }), ...comparedOf(comparison) });

/** What a page shows, as a choice: for its own address and its report's. */
export const choiceOf = ({ range, preset, comparison }: Pick<Overview, "range" | "preset" | "comparison">): RangeChoice => ({ ...(preset === null ? { range } : { preset }), comparison });

function daysOf({ range, preset }: { range: DayRange | undefined; preset: RangePreset | undefined }): Record<string, string> {
  if (range) return { from: range.from, to: range.to };
  return preset ? { range: preset } : {};
}

/** The usual comparison needs no word. */
function comparedOf(comparison: Comparison | undefined): Record<string, string> {
  if (comparison === undefined || comparison === "previous") return {};
  return typeof comparison === "string" ? { compare: comparison } : { compare_from: comparison.from, compare_to: comparison.to };
}

const refuse = (field: RangeRefusal["field"], reason: RangeRefusal["reason"]): RangeAnswer & { ok: false } => ({ ok: false, field, reason });

function findDay(text: string): Day | null {
  try {
    return parseDay(text);
  } catch {
    return null;
  }
}
