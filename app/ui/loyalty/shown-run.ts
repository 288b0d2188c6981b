// A dry run as a page shows it.
import type { DryRun } from "../../capabilities/loyalty/model/dry-run.ts";

export type ShownRun = Pick<DryRun, "isDone" | "customersToDo" | "sums" | "names">;

export const runPath = (id: string): string => `/app/loyalty/dry-run/${id}`;

/** Customers who end up higher and lower, by the tiers' places now and then; `gone` of the lower are in a tier that is not there any more, and that nobody can keep. */
export function countMoves({ moves }: ShownRun["sums"], { now, then }: { now: readonly string[]; then: readonly string[] }): { up: number; down: number; gone: number } {
  const shifts = moves.map(({ from, to, customers }) => ({ shift: placeOf(to, then) - placeOf(from, now), isSame: from === to, isGone: from !== null && !then.includes(from), customers }));
  const sum = (isMeant: (one: (typeof shifts)[number]) => boolean) => shifts.filter((one) => !one.isSame && isMeant(one)).reduce((total, { customers }) => total + customers, 0);
  return { up: sum(({ shift }) => shift > 0), down: sum(({ shift }) => shift < 0), gone: sum(({ shift, isGone }) => shift < 0 && isGone) };
}

const placeOf = (id: string | null, levels: readonly string[]): number => (id === null ? -1 : levels.indexOf(id));
