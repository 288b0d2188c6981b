// What other rules would mean: twelve months told by the rules in force and by the draft, and who would change their tier.
import type { Day } from "../../../values/day.ts";

export const MOVERS_SHOWN = 50; // of each move, by name

/** Sums of everybody looked at so far; `now` by the rules in force, `then` by the draft, either as if it had been in force for twelve months. */
export type DryRunSums = {
  customers: number;
  /** points given within the twelve months, less those taken back */
  now: { points: number; earners: number };
  then: { points: number; earners: number };
  /** who would have more or fewer points from these months */
  gaining: number;
  losing: number;
  /** the tier by the rules in force, and by the draft once it is, days of grace over; null: none. The first of who moves. */
  moves: { from: string | null; to: string | null; customers: number; firstIds: string[] }[];
};

/** `customersToDo` counts everybody; `names` are those of who moves, of everybody who is still there. */
export type DryRun = { id: string; createdAt: Date; isDone: boolean; keptUntil: Day | null; customersToDo: number; sums: DryRunSums; names: Record<string, string> };

export const NOTHING: DryRunSums = { customers: 0, now: { points: 0, earners: 0 }, then: { points: 0, earners: 0 }, gaining: 0, losing: 0, moves: [] };
