// What publishing a draft would do to one customer: the points of their last twelve months by the rules in force and by the draft, each as if it had been in
// force all the time, and the tier they would end up in if the draft came into force now.
import { addDays, toDate, type Day } from "../../../values/day.ts";
import type { CustomerId } from "../../../values/ids.ts";
import type { PastLine, PastOrder } from "../../orders/model.ts";
import { MOVERS_SHOWN, type DryRunSums } from "../model/dry-run.ts";
import type { EventFact, MemberFacts } from "../model/facts.ts";
import type { TierPeriod } from "../model/ledger.ts";
import type { Programme, ProgrammeVersion } from "../model/programme.ts";
import { decidePercents, toOrderFact } from "./facts.ts";
import { dayInForce, readHistory } from "./history.ts";
import { worthOf, type Occasion } from "./occasions.ts";
import { addMonthsToDay } from "./tiers.ts";

const MONTHS = 12;

/** `at`: when the draft would come into force, on `today`. */
export type Means = { versions: readonly ProgrammeVersion[]; timeZone: string; at: Date; today: Day; collectionIdsOf: (line: PastLine) => readonly string[] };

/** Points given for what happened in the twelve months, less those taken back. Lines earn by what is in their collections and tags now, whichever the programme. */
export function tellYear(facts: MemberFacts, past: readonly PastOrder[], programme: Programme | null, { versions, timeZone, today, collectionIdsOf }: Means): number {
  if (programme === null) return 0;
  const from = addMonthsToDay(today, -MONTHS);
  const effectiveAt = toDate(from);
  const before = versions.filter((version) => version.effectiveAt < effectiveAt);
  const then = { version: (before.at(-1)?.version ?? 0) + 1, effectiveAt, keptUntil: null, programme };
  const all = [...before, then];
  const orders = past.map((order) => toOrderFact(order, { timeZone, percents: decidePercents(order, { versions: all, known: {}, collectionIdsOf }) }));
  const events = facts.events.filter(({ kind }) => !BY_HAND.has(kind)).map((event) => (event.on < from ? event : { ...event, version: then.version, points: pointsBy(programme, event, versions) }));
  const { grants } = readHistory({ ...facts, orders, events }, { versions: all, timeZone, today });
  return grants.filter(({ on }) => on >= from).reduce((sum, { points, takenBack }) => sum + points - takenBack.reduce((back, part) => back + part.points, 0), 0);
}

const BY_HAND = new Set(["adjustment", "import"]); // no rule gave them

/** What a programme gives for what happened; of a friend, as the rules then in force took them for the household's or not. */
function pointsBy(programme: Programme, event: EventFact, versions: readonly ProgrammeVersion[]): number {
  const occasion = occasionOf(event);
  if (occasion !== null) return worthOf(occasion, programme)?.points ?? 0;
  const rules = versions.find(({ version }) => version === event.version)?.programme.referral;
  const isHousehold = rules?.householdPoints === event.points && rules.advocatePoints !== event.points;
  return (isHousehold ? programme.referral?.householdPoints : programme.referral?.advocatePoints) ?? 0;
}

function occasionOf({ kind, ruleId }: EventFact): Occasion | null {
  const [id, sourceId] = [ruleId ?? "", ""];
  switch (kind) {
    case "sign_up":
    case "birthday": return { kind };
    case "review":
    case "survey": return { kind, sourceId };
    case "follow":
    case "share": return { kind, linkId: id };
    case "custom":
    case "flow": return { kind, ruleId: id, sourceId };
    case "referral":
    case "adjustment":
    case "import": return null;
  }
}

/** Tiers without the draft and with it; the same: nothing moves. */
export type Move = { from: string | null; to: string | null };

/** Both walks go on until the last days of grace have passed, and nobody buys meanwhile; the day on which they are farthest apart counts. */
export function tellMove(facts: MemberFacts, draft: Programme, { versions, timeZone, at }: Means): Move {
  const next = { version: (versions.at(-1)?.version ?? 0) + 1, effectiveAt: at, keptUntil: null, programme: draft };
  const begins = dayInForce(next, timeZone);
  const promised = versions.reduce((latest, { keptUntil }) => (keptUntil !== null && keptUntil > latest ? keptUntil : latest), begins);
  const levels = draft.tiers?.levels ?? [];
  const until = addDays(promised, (draft.tiers?.graceDays ?? 0) * levels.length);
  const tiersBy = (known: readonly ProgrammeVersion[]): TierPeriod[] => readHistory(facts, { versions: known, timeZone, today: until }).tiers;
  const [now, then] = [tiersBy(versions), tiersBy([...versions, next])];
  const days = [begins, ...[...now, ...then].map(({ from }) => from).filter((day) => day > begins)].toSorted();
  const moves = days.map((day) => ({ from: tierOn(now, day), to: tierOn(then, day) }));
  const place = (programme: Programme | undefined, id: string | null): number => programme?.tiers?.levels.findIndex((level) => level.id === id) ?? -1;
  const size = ({ from, to }: Move): number => (from === to ? 0 : 1 + Math.abs(place(draft, to) - place(versions.at(-1)?.programme, from)));
  return moves.reduce((most, move) => (size(move) > size(most) ? move : most));
}

const tierOn = (periods: readonly TierPeriod[], day: Day): string | null => periods.findLast(({ from }) => from <= day)?.tierId ?? null;

/** The sums with one more customer in them. */
export function addCustomer(sums: DryRunSums, { customerId, now, then, move: { from, to } }: { customerId: CustomerId; now: number; then: number; move: Move }): DryRunSums {
  const count = (points: number, so: DryRunSums["now"]) => ({ points: so.points + points, earners: so.earners + (points > 0 ? 1 : 0) });
  const known = sums.moves.find((move) => move.from === from && move.to === to) ?? { from, to, customers: 0, firstIds: [] };
  const firstIds = from === to || known.firstIds.length >= MOVERS_SHOWN ? known.firstIds : [...known.firstIds, String(customerId)];
  return {
    customers: sums.customers + 1, now: count(now, sums.now), then: count(then, sums.then), moves: [...sums.moves.filter((move) => move !== known), { from, to, customers: known.customers + 1, firstIds }],
    gaining: sums.gaining + (then > now ? 1 : 0), losing: sums.losing + (then < now ? 1 : 0),
  };
}
