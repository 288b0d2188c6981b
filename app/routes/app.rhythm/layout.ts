// What the page draws of a rhythm: as many points as a picture can hold, and the days a table names.
import type { PurchaseRhythm } from "../../capabilities/cohorts/cohorts.server.ts";
import type { LapsePoint } from "../../capabilities/cohorts/model.ts";
import { clockOf, countLater, followedFor, type Clock } from "../../capabilities/cohorts/rules/clock.ts";
import { bucketsOf, countGaps, lapsePointOf, quantileOf } from "../../capabilities/cohorts/rules/gaps.ts";
import { survivalOf } from "../../capabilities/cohorts/rules/survival.ts";

/** `came`: the share who have placed the order by the day's end; `orders`: how many that were seen so far. */
export type CurvePoint = { day: number; came: number; low: number | null; high: number | null; orders: number; atRisk: number };
/** `to` null: and more. */
export type Bar = { from: number; to: number | null; orders: number };

export type RhythmFigures = {
  /** who placed the order before; of these on the same day another, on a later one, and not yet */
  customers: number;
  sameDay: number;
  cameLater: number;
  waiting: number;
  clock: Omit<Clock, "chances"> | null;
  /** `atRisk`: who still waited on the day */
  chances: { day: number; chance: number; atRisk: number }[];
  curve: CurvePoint[];
  milestones: CurvePoint[];
  bars: Bar[];
  gapCount: number;
  lapse: LapsePoint | null;
};

const POINTS_MAX = 80;
const MILESTONES = [0, 7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730, 1_095, 1_460, 1_825];

export function figuresOf({ gaps, waiters }: PurchaseRhythm): RhythmFigures {
  const found = clockOf(waiters);
  const days = survivalOf(waiters);
  let orders = 0;
  const points = days.map(({ day, atRisk, events, survival, low, high }): CurvePoint => {
    orders += events;
    return { day, came: 1 - survival, low: high === null ? null : 1 - high, high: low === null ? null : 1 - low, orders, atRisk };
  });
  const end = Math.min(days.length - 1, Math.max(1, found?.horizonDays ?? followedFor(waiters.followed)));
  const named = new Set([...MILESTONES.filter((day) => day < end), end, ...(found === null ? [] : [found.half.day, ...(found.moment === null ? [] : [found.moment.day])])]);
  const seen = countGaps(waiters.came);
  const { chances, ...clock } = found ?? { chances: [] };
  return {
    customers: days[0]?.atRisk ?? 0, sameDay: days[0]?.events ?? 0, cameLater: countLater(waiters), waiting: (days[0]?.atRisk ?? 0) - seen,
    clock: "half" in clock ? clock : null,
    chances: found === null ? [] : thin(chances.map((chance, at) => ({ day: at + 1, chance, atRisk: days[at + 1]?.atRisk ?? 0 })).slice(0, reachOf(found))),
    curve: thin(points.slice(0, drawnTo(points.slice(0, end + 1), found) + 1)), milestones: points.filter(({ day }) => named.has(day)),
    bars: barsOf(gaps), gapCount: countGaps(gaps), lapse: lapsePointOf(gaps),
  };
}

const LEAST_REACH = 30;
const NEARLY_ALL = 0.97; // of those who come by the horizon: after that the curve only runs on

function drawnTo(points: readonly CurvePoint[], clock: Clock | null): number {
  const last = points.at(-1);
  if (last === undefined) return 0;
  const nearly = points.find(({ came }) => came >= last.came * NEARLY_ALL)?.day ?? last.day;
  return Math.min(last.day, Math.max(LEAST_REACH, nearly, 2 * (clock?.moment?.high ?? 0)));
}

/** Twice as far as there is something to see: after that the chance only goes on falling. */
const reachOf = ({ half, moment, horizonDays }: Clock): number => Math.min(horizonDays, Math.max(LEAST_REACH, 2 * half.high, 2 * (moment?.high ?? horizonDays)));

/** Every k-th, so that the steps between them are equal. */
function thin<Point>(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / POINTS_MAX);
  return points.filter((_point, at) => at % every === 0);
}

const WIDTHS = [1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 90, 180] as const; // days in a bar
const BARS_MAX = 18; // more and a phone has no room for what is below them
const SHOWN = 0.95; // of the gaps; the longest would leave no room for the others

/** Bars of equal width, and one for all that is longer. */
function barsOf(gaps: PurchaseRhythm["gaps"]): Bar[] {
  const shownDays = quantileOf(gaps, SHOWN) ?? 0;
  const width = WIDTHS.find((days) => shownDays / days <= BARS_MAX) ?? Math.ceil(shownDays / BARS_MAX);
  const buckets = bucketsOf(gaps, width);
  const shown = buckets.filter(({ from }) => from <= shownDays);
  const longer = buckets.slice(shown.length).reduce((sum, { orders }) => sum + orders, 0);
  return longer === 0 ? shown : [...shown, { from: (shown.at(-1)?.to ?? 0) + 1, to: null, orders: longer }];
}

/** Where the half and the day to write stand in a line drawn at these days. */
export const clockMarks = (days: readonly number[], { half, moment }: Pick<Clock, "half" | "moment">): { name: "half" | "write"; day: number; x: number }[] =>
  [{ name: "half" as const, day: half.day }, ...(moment === null ? [] : [{ name: "write" as const, day: moment.day }])].flatMap((mark) => {
    const x = placeOf(days, mark.day);
    return x === undefined ? [] : [{ ...mark, x }];
  });

/** The point of a drawn line, or the bar, that a day falls on. */
export const placeOf = (starts: readonly number[], day: number): number | undefined => starts.findLast((start) => start <= day) ?? starts[0];
