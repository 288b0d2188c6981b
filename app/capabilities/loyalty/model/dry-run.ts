// What other rules would have meant: the last twelve months told twice, once as they were and once by the draft.
import type { Day } from "../../../values/day.ts";

/** Sums of everybody looked at so far; `now` by the rules in force, `then` by the draft as if it had been in force for twelve months. */
export type DryRunSums = {
  customers: number;
  /** points given within the twelve months, less those taken back */
  now: { points: number; earners: number };
  then: { points: number; earners: number };
  /** who would have more or fewer points from these months */
  gaining: number;
  losing: number;
  /** today's tier by the rules in force, and by the draft; null: none */
  moves: { from: string | null; to: string | null; customers: number }[];
};

/** `customersToDo` counts everybody. */
export type DryRun = { id: string; createdAt: Date; isDone: boolean; keptUntil: Day | null; customersToDo: number; sums: DryRunSums };

export const NOTHING: DryRunSums = { customers: 0, now: { points: 0, earners: 0 }, then: { points: 0, earners: 0 }, gaining: 0, losing: 0, moves: [] };
