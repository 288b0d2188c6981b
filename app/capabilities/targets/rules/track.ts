// Where a goal stands beside a straight line from the day it was set to the day it is due.
import { countDays, type Day } from "../../../values/day.ts";
import { MEASURE_UNITS, type Goal, type MeasureName, type Track } from "../model.ts";

/** The line on a day; before it was set its start, after it is due its target. */
export function lineOn({ startValue, setOn, target, dueOn }: Pick<Goal, "startValue" | "setOn" | "target" | "dueOn">, day: Day): number {
  if (day >= dueOn) return target;
  if (day <= setOn) return startValue;
  return startValue + ((target - startValue) * (countDays({ from: setOn, to: day }) - 1)) / (countDays({ from: setOn, to: dueOn }) - 1);
}

/** Smaller differences are written alike. */
const VISIBLE = { count: 0.5, share: 0.0005, money: 0.5 } as const;
const isBelow = (name: MeasureName, value: number, target: number): boolean => value < target - VISIBLE[MEASURE_UNITS[name]];

export const isReached = ({ name, target }: Pick<Goal, "name" | "target">, value: number | null): boolean => value !== null && !isBelow(name, value, target);

/** `value`: the figure on `asOf`, a day that is over and not after the due one; whoever holds today's goal against yesterday's line is fair by a day. */
export function trackOf(goal: Goal, value: number | null, asOf: Day): Track {
  const lineValue = lineOn(goal, asOf);
  const gap = value === null ? null : value - lineValue;
  return { goal, value, asOf, lineValue, gap, standing: standingOf(goal, { value, gap, isOver: asOf >= goal.dueOn }) };
}

function standingOf(goal: Goal, { value, gap, isOver }: { value: number | null; gap: number | null; isOver: boolean }): Track["standing"] {
  if (isReached(goal, value)) return "reached";
  if (isOver) return "missed";
  if (gap === null) return "unknown";
  if (Math.abs(gap) < VISIBLE[MEASURE_UNITS[goal.name]]) return "level";
  return gap > 0 ? "ahead" : "behind";
}
