// Which days a page or report is about, as its address says: `?range=last_month`, or `?from=2026-01-01&to=2026-01-31`.
import { RANGE_PRESETS, type RangePreset } from "../capabilities/analytics/model.ts";
import { parseDay, type Day, type DayRange } from "../values/day.ts";

/** Neither a range nor a preset: whatever suits the shop best. */
export type RangeChoice = { range?: DayRange; preset?: RangePreset };
export type RangeRefusal = { field: "range" | "from" | "to"; reason: "unknown" | "missing" | "not_a_day" | "reversed" };
export type RangeAnswer = ({ ok: true } & RangeChoice) | ({ ok: false } & RangeRefusal);

export function parseRangeChoice(parameters: URLSearchParams): RangeAnswer {
  const { from, to, range } = Object.fromEntries(parameters);
  if (from !== undefined || to !== undefined) return parseDates({ from: from ?? "", to: to ?? "" });
  if (range === undefined || range === "") return { ok: true };
  const preset = RANGE_PRESETS.find((name) => name === range);
  return preset ? { ok: true, preset } : refuse("range", "unknown");
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
export const toParameters = (choice: RangeChoice): Record<string, string> => {
  if (choice.range) return { from: choice.range.from, to: choice.range.to };
  return choice.preset ? { range: choice.preset } : {};
};

const refuse = (field: RangeRefusal["field"], reason: RangeRefusal["reason"]): RangeAnswer => ({ ok: false, field, reason });

function findDay(text: string): Day | null {
  try {
    return parseDay(text);
  } catch {
    return null;
  }
}
