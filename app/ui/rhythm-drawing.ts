// Where things lie in a picture of somebody's rhythm: each purchase on its day, as high as the days since the one before.
import { countDays, type Day } from "../values/day.ts";

export type RhythmFacts = {
  /** different days with a purchase, ascending */
  purchaseDays: readonly Day[];
  today: Day;
  /** days that usually pass, and after which customers like this seldom come back; null: not known */
  usualDays: number | null;
  lapseDays: number | null;
};

/** In hundredths of the picture's width and height, from its upper left corner. */
export type RhythmDot = { day: Day; /** since the purchase before; null: the first of all */ gapDays: number | null; x: number; y: number };
export type RhythmDrawing = { dots: RhythmDot[]; /** the gap that is still open */ running: { days: number; x: number; y: number }; usualY: number | null; lapseY: number | null; tallestDays: number };

const DOTS_MAX = 25; // more would touch each other on a phone
const HEADROOM = 1.1;
const EDGE = 3; // half a dot stays inside

/** null: nothing was bought yet. */
export function drawRhythm({ purchaseDays, today, usualDays, lapseDays }: RhythmFacts): RhythmDrawing | null {
  const shown = purchaseDays.slice(-DOTS_MAX);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return null;
  const end = last > today ? last : today; // an order may bear tomorrow's date
  const runningDays = daysFrom(last, end);
  const before = purchaseDays.length > shown.length ? purchaseDays.at(-DOTS_MAX - 1) : undefined;
  const gaps = shown.map((day, index) => {
    const previous = shown[index - 1] ?? before;
    return previous === undefined ? null : daysFrom(previous, day);
  });
  const tallestDays = Math.max(1, runningDays, usualDays ?? 0, lapseDays ?? 0, ...gaps.map((gap) => gap ?? 0));
  const span = daysFrom(first, end);
  const xOf = (day: Day): number => round(EDGE + (span === 0 ? 0.5 : daysFrom(first, day) / span) * (100 - 2 * EDGE));
  const yOf = (days: number): number => round(100 - (days / (tallestDays * HEADROOM)) * 100);
  return {
    dots: shown.map((day, index) => ({ day, gapDays: gaps[index] ?? null, x: xOf(day), y: yOf(gaps[index] ?? 0) })),
    running: { days: runningDays, x: xOf(end), y: yOf(runningDays) },
    usualY: usualDays === null ? null : yOf(usualDays),
    lapseY: lapseDays === null ? null : yOf(lapseDays),
    tallestDays,
  };
}

const daysFrom = (from: Day, to: Day): number => countDays({ from, to }) - 1;
const round = (value: number): number => Math.round(value * 100) / 100;
