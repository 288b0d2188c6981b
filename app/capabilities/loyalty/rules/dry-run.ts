// One customer's last twelve months told twice: by the rules that were in force, and by a draft as if it had been in force all the time.
import { toDate, type Day } from "../../../values/day.ts";
import type { DryRunSums } from "../model/dry-run.ts";
import type { MemberFacts } from "../model/facts.ts";
import type { Programme, ProgrammeVersion } from "../model/programme.ts";
import { readHistory, type History } from "./history.ts";
import { addMonthsToDay } from "./tiers.ts";

const MONTHS = 12;

const dryRunFrom = (today: Day): Day => addMonthsToDay(today, -MONTHS);

/** The draft replaces whatever came into force within the twelve months; what was before stays. */
export function versionsThen(versions: readonly ProgrammeVersion[], draft: Programme, today: Day): ProgrammeVersion[] {
  const effectiveAt = toDate(dryRunFrom(today));
  const before = versions.filter((version) => version.effectiveAt < effectiveAt);
  return [...before, { version: (before.at(-1)?.version ?? 0) + 1, effectiveAt, keptUntil: null, programme: draft }];
}

export type Told = { points: number; tierId: string | null };

/** Points given for what happened in the twelve months, less those taken back, and the tier at their end. */
export function tellYear(facts: MemberFacts, means: { versions: readonly ProgrammeVersion[]; timeZone: string; today: Day }): Told {
  const history = readHistory(facts, means);
  return { points: pointsSince(history, dryRunFrom(means.today)), tierId: history.tiers.at(-1)?.tierId ?? null };
}

const pointsSince = ({ grants }: History, from: Day): number =>
  grants.filter(({ on }) => on >= from).reduce((sum, { points, takenBack }) => sum + points - takenBack.reduce((back, part) => back + part.points, 0), 0);

/** The sums with one more customer in them. */
export function addCustomer(sums: DryRunSums, now: Told, then: Told): DryRunSums {
  const count = (told: Told, so: DryRunSums["now"]) => ({ points: so.points + told.points, earners: so.earners + (told.points > 0 ? 1 : 0) });
  const at = sums.moves.findIndex(({ from, to }) => from === now.tierId && to === then.tierId);
  const moves = at === -1 ? [...sums.moves, { from: now.tierId, to: then.tierId, customers: 1 }] : sums.moves.map((move, index) => (index === at ? { ...move, customers: move.customers + 1 } : move));
  return {
    customers: sums.customers + 1, now: count(now, sums.now), then: count(then, sums.then), moves,
    gaining: sums.gaining + (then.points > now.points ? 1 : 0), losing: sums.losing + (then.points < now.points ? 1 : 0),
  };
}
