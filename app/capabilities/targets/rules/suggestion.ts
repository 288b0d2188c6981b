// A target the shop has stood at before: from its own last twelve windows, never from other shops.
import { lastDayOf, addMonths, monthOf, type Day, type Month } from "../../../values/day.ts";
import { MEASURE_UNITS, type Measure, type Suggestion } from "../model.ts";

export const WINDOWS_ASKED = 12;
const WINDOWS_MIN = 6;
const REACHED_SHARE = 0.75;
const SHARE_STEP = 1_000; // a tenth of a point, as shares are written
const TINY = 1e-9; // 0.29 × 1000 is 290, whatever the machine says

/** A measure at the end of a month; null: there is nothing to divide by. */
export type WindowValue = { month: Month; value: number | null };

/** The upper quartile of the last twelve windows: in a quarter of them the figure was at least there. Who stands higher already is shown the best,
 *  and who stands at the best, or above it, is asked to hold today's level. */
export function suggestTarget(measure: Measure, windows: readonly WindowValue[], { current, today }: { current: number | null; today: Day }): Suggestion {
  const dueOn = lastDayOf(addMonths(monthOf(today), monthsUntilDue(measure)));
  const known = windows.slice(-WINDOWS_ASKED).flatMap(({ month, value }) => (value === null ? [] : [{ month, value }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || known.length < WINDOWS_MIN || current === null) return { measure, current, target: null, dueOn, reason: { code: "too_short", have: known.length, need: WINDOWS_MIN } };
  const values = known.map(({ value }) => value).toSorted((one, other) => one - other);
  const quartile = written(measure, values[Math.ceil(REACHED_SHARE * values.length) - 1] ?? last.value);
  const best = written(measure, values.at(-1) ?? last.value);
  const stands = written(measure, current);
  const [code, target] = stands < quartile ? ["quartile", quartile] as const : stands < best ? ["best", best] as const : [stands > best ? "hold_today" : "hold", stands] as const;
  return { measure, current, target, dueOn, reason: { code, of: values.length, reached: values.filter((value) => value >= target).length, from: first.month, to: last.month } };
}

/** As it is written, and never more than was stood at. */
const written = ({ name }: Measure, value: number): number =>
  MEASURE_UNITS[name] === "share" ? Math.floor(value * SHARE_STEP + TINY) / SHARE_STEP : Math.floor(value);

/** Time for the figure to be measured anew at least twice. */
function monthsUntilDue({ name, windowMonths }: Measure): number {
  if (name === "cycle_repeat_rate") return Math.max(12, windowMonths + 3);
  return Math.max(3, Math.min(12, 2 * windowMonths));
}
