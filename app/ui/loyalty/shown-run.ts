// A dry run as a page shows it.
import type { DryRun } from "../../capabilities/loyalty/model/dry-run.ts";

export type ShownRun = Pick<DryRun, "isDone" | "customersToDo" | "sums">;

export const runPath = (id: string): string => `/app/loyalty/dry-run/${id}`;

/** Customers who end up higher and lower, by the tiers' places now and then; a tier that is gone is below those that are not. */
export function countMoves({ moves }: ShownRun["sums"], { now, then }: { now: readonly string[]; then: readonly string[] }): { up: number; down: number } {
  const shifts = moves.map(({ from, to, customers }) => ({ shift: placeOf(to, then) - placeOf(from, now), isSame: from === to, customers }));
  const sum = (isMeant: (shift: number) => boolean) => shifts.filter(({ shift, isSame }) => !isSame && isMeant(shift)).reduce((total, { customers }) => total + customers, 0);
  return { up: sum((shift) => shift > 0), down: sum((shift) => shift < 0) };
}

const placeOf = (id: string | null, levels: readonly string[]): number => (id === null ? -1 : levels.indexOf(id));
