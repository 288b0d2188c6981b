// What is to be written so that the ledger says what the facts say: differences alone, so that nothing written is ever touched.
import type { Day } from "../../../values/day.ts";
import type { MemberFacts } from "../model/facts.ts";
import { withoutParts, type EntryDetail, type EntryKind, type Line, type Lot, type TierPeriod } from "../model/ledger.ts";
import type { ProgrammeVersion } from "../model/programme.ts";
import { earliest, readAccount } from "./account.ts";
import { compare, dateVersions, NEVER, readHistory } from "./history.ts";

/** What stands in the ledger for a key, its corrections added up. */
export type Posted = { key: string; kind: EntryKind; points: number; count: number; detail: EntryDetail };

/** `sequence` counts a key's lines from 1: two writers that both think they write the first cannot both succeed. `balanceAfter` as of writing. */
export type NewEntry = { key: string; sequence: number; kind: EntryKind; points: number; on: Day; detail: EntryDetail; balanceAfter: number };

export type Standing = {
  balance: number;
  /** will be spendable, on known days */
  pending: number;
  /** will be there once the shopper joins */
  waiting: number;
  tierId: string | null;
  tierSince: Day | null;
  /** in the basis of the tiers */
  tierValue: number;
  /** what the tier above takes of them; null: there is none */
  nextTierEntry: number | null;
  /** the last day of their tier, as they have less than staying takes; null: they have enough */
  tierKeptUntil: Day | null;
  lots: Lot[];
  pendingLots: Lot[];
  periods: TierPeriod[];
  /** the next day on which time alone changes something; null: none */
  nextChange: Day | null;
};

export type Settlement = { entries: NewEntry[]; standing: Standing };

export function settle(facts: MemberFacts, { versions, timeZone, today, posted }: { versions: readonly ProgrammeVersion[]; timeZone: string; today: Day; posted: readonly Posted[] }): Settlement {
  const history = readHistory(facts, { versions, timeZone, today });
  const dated = dateVersions(versions, timeZone);
  const account = readAccount({ grants: history.grants, events: facts.events, redemptions: facts.redemptions }, { versions: dated, today });
  const tier = history.tiers.at(-1);
  const sumOf = (lots: readonly Lot[]) => lots.reduce((sum, { remaining }) => sum + remaining, 0);
  const waiting = account.pendingLots.filter(({ availableOn }) => availableOn === NEVER);
  return {
    entries: differencesOf(account.lines, posted, today),
    standing: {
      balance: account.balance, lots: account.lots, pendingLots: account.pendingLots, waiting: sumOf(waiting), pending: sumOf(account.pendingLots) - sumOf(waiting), periods: history.tiers,
      tierId: tier?.tierId ?? null, tierSince: tier?.from ?? null, tierValue: history.tierValue,
      nextTierEntry: history.nextTierEntry, tierKeptUntil: history.tierKeptUntil, nextChange: earliest([account.nextChange, history.nextTierChange]),
    },
  };
}

function differencesOf(lines: readonly Line[], posted: readonly Posted[], today: Day): NewEntry[] {
  const wanted = new Map(lines.map((line) => [line.key, line]));
  const known = new Map(posted.map((one) => [one.key, one]));
  const gone = posted.filter(({ key, points }) => points !== 0 && !wanted.has(key)).map((one) => ({ ...one, points: -one.points, on: today, detail: withoutParts(one.detail) }));
  const changed = lines.map((line) => ({ ...line, points: line.points - (known.get(line.key)?.points ?? 0), count: known.get(line.key)?.count ?? 0 })).filter(({ points }) => points !== 0);
  let balance = posted.reduce((sum, { points }) => sum + points, 0);
  return [...gone, ...changed].toSorted((one, other) => compare(one.on, other.on) || other.points - one.points || compare(one.key, other.key))
    .map(({ key, kind, points, on, detail, count }) => ({ key, kind, points, on, detail, sequence: count + 1, balanceAfter: (balance += points) }));
}
