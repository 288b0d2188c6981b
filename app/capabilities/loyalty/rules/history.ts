// A shopper's whole history, told again from its facts: what was given and when it can be spent, and which tier they were in. The order in which
// news of the facts arrived leaves no trace, as nothing here is remembered from the time before.
import { addDays, dayAt, type Day } from "../../../values/day.ts";
import type { EventFact, MemberFacts, OrderFact } from "../model/facts.ts";
import type { EntryDetail, EntryKind, TierPeriod } from "../model/ledger.ts";
import type { Programme, ProgrammeVersion, TierLevel } from "../model/programme.ts";
import { pointsOf, stack, windowsOn } from "./earning.ts";
import { countEvent, countOrder, Past, type Counted } from "./past.ts";
import { addMonthsToDay, TierWalk } from "./tiers.ts";

/** Points given for something. They can be spent from `availableOn` to the day before `expiresOn`. */
export type Grant = {
  key: string;
  kind: EntryKind;
  points: number;
  on: Day;
  availableOn: Day;
  /** null: never, or as inactivity says */
  expiresOn: Day | null;
  detail: EntryDetail;
  /** what the reason for them took back since, in order; together never more than `points` */
  takenBack: { key: string; on: Day; points: number }[];
};

export type History = { grants: Grant[]; tiers: TierPeriod[]; tierValue: number; nextTierEntry: number | null; tierKeptUntil: Day | null; nextTierChange: Day | null };

type Versions = readonly { on: Day; version: ProgrammeVersion }[];

/** `versions` oldest first; up to and with `today`. */
export function readHistory(facts: MemberFacts, { versions, timeZone, today }: { versions: readonly ProgrammeVersion[]; timeZone: string; today: Day }): History {
  const dated = dateVersions(versions, timeZone);
  const walk = new TierWalk(dated);
  const past = new Past(dated);
  const grants: Grant[] = [];
  const countable = { orders: 0 };
  for (const step of stepsOf(facts, today)) {
    walk.advanceTo(step.on);
    const given = "event" in step ? eventGrants(step.event, { versions: dated, joinedOn: facts.joinedOn }) : orderGrants(step.order, { level: past.levelOn(step.on, walk), versions, countable, joinedOn: facts.joinedOn });
    const counted: Counted = "event" in step ? countEvent(step.event) : countOrder(step.order, given);
    const qualifying = counted.on(NEVER);
    if (qualifying !== null) walk.add(qualifying);
    past.add(counted);
    grants.push(...given);
  }
  walk.advanceTo(today);
  return {
    grants: [...grants, ...giftGrants(walk.periods, dated, facts.joinedOn)], tiers: walk.periods, tierValue: walk.valueOn(today),
    nextTierEntry: walk.nextEntry(), tierKeptUntil: walk.keptUntil(), nextTierChange: walk.nextChange(),
  };
}

/** What goes by days (tiers, expiry, forgiveness) follows a version from the first midnight on which it is in force: what was given earlier on
 *  the day it came stays as it was given. */
export const dateVersions = (versions: readonly ProgrammeVersion[], timeZone: string): Versions =>
  versions.map((version) => ({ on: dayInForce(version, timeZone), version }));

export const dayInForce = ({ effectiveAt }: Pick<ProgrammeVersion, "effectiveAt">, timeZone: string): Day => addDays(dayAt(new Date(effectiveAt.getTime() - 1), timeZone), 1);

type Step = { on: Day; at: string } & ({ order: OrderFact } | { event: EventFact });

/** By day, orders first and by their moment, so that the same facts always make the same walk. */
function stepsOf({ orders, events }: MemberFacts, today: Day): Step[] {
  const steps: Step[] = [
    ...orders.map((order) => ({ on: order.placedOn, at: `0 ${order.placedAt.toISOString()} ${String(order.id).padStart(20, "0")}`, order })),
    ...events.map((event) => ({ on: event.on, at: `1 ${event.id}`, event })),
  ];
  return steps.filter(({ on }) => on <= today).toSorted((one, other) => compare(one.on, other.on) || compare(one.at, other.at));
}

export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

type Ordered = { level: TierLevel | null; versions: readonly ProgrammeVersion[]; countable: { orders: number }; joinedOn: Day | null };

function orderGrants(order: OrderFact, { level, versions, countable, joinedOn }: Ordered): Grant[] {
  const version = versions.findLast(({ effectiveAt }) => effectiveAt <= order.placedAt) ?? null;
  const isKept = order.wasPaid && order.cancelledOn === null && order.revenueMinor > 0;
  if (isKept) countable.orders += 1;
  return version === null ? [] : grantsUnder(version, order, { level, number: isKept ? countable.orders : null, joinedOn });
}

type Standing = { level: { id: string; percent: number } | null; number: number | null; joinedOn: Day | null };

function grantsUnder({ version, programme }: ProgrammeVersion, order: OrderFact, { level, number, joinedOn }: Standing): Grant[] {
  const windows = windowsOn(programme.windows, order.placedOn);
  const percent = stack([...(level ? [level.percent] : []), ...windows.map((window) => window.percent)], programme.stacking);
  const { points, deserved, lines, shippingMinor } = pointsOf(order, programme.order, percent);
  const dates = datesOf(order.placedOn, { programme, joinedOn, pendingDays: programme.pendingDays });
  const base = { on: order.placedOn, ...dates, takenBack: [] };
  const detail = { orderId: String(order.id), version };
  const given = Math.max(points, deserved);
  const shippingPoints = points - sum(lines);
  const grants: Grant[] = given === 0 ? [] : [{
    ...base, key: `order:${order.id}`, kind: "order", points: given, takenBack: takenBackOf(order, given - deserved),
    detail: { ...detail, percent, ...(level ? { tierId: level.id } : {}), windowIds: windows.map(({ id }) => id), lines, ...(shippingMinor > 0 && { shippingMinor }), ...(shippingPoints > 0 && { shippingPoints }), ...(given > points && { addedPoints: given - points }) },
  }];
  if (number === 1 && programme.firstOrder.isOn) grants.push({ ...base, key: `first_order:${order.id}`, kind: "first_order", points: programme.firstOrder.points, detail });
  const nth = programme.nthOrders.find((rule) => rule.number === number);
  if (nth) grants.push({ ...base, key: `nth_order:${nth.number}:${order.id}`, kind: "nth_order", points: nth.points, detail: { ...detail, number: nth.number } });
  return grants;
}

/** Spread over the refunds by what each gave back, to the point; a cancellation or an edit takes all on its day. */
function takenBackOf(order: OrderFact, points: number): Grant["takenBack"] {
  if (points <= 0) return [];
  const refunds = order.refunds.filter(({ amountMinor }) => amountMinor > 0).toSorted((one, other) => compare(one.on, other.on) || one.amountMinor - other.amountMinor);
  const whole = refunds.reduce((total, { amountMinor }) => total + amountMinor, 0);
  if (whole === 0) return [{ key: `take_back:${order.id}:0`, on: order.cancelledOn ?? order.placedOn, points }];
  let given = 0;
  let minor = 0;
  return refunds.flatMap(({ on, amountMinor }, at) => {
    minor += amountMinor;
    const upTo = Math.floor((points * minor) / whole);
    const part = upTo - given;
    given = upTo;
    return part === 0 ? [] : [{ key: `take_back:${order.id}:${at}`, on, points: part }];
  });
}

/** Who joins later gets what waited on the day they join. */
function datesOf(on: Day, { programme, joinedOn, pendingDays }: { programme: Programme; joinedOn: Day | null; pendingDays: number }): { availableOn: Day; expiresOn: Day | null } {
  const settledOn = addDays(on, pendingDays);
  const waitsFor = programme.enrolment === "joiners" ? (joinedOn ?? NEVER) : on;
  const availableOn = settledOn > waitsFor ? settledOn : waitsFor;
  return { availableOn, expiresOn: programme.expiry.kind === "per_grant" && availableOn !== NEVER ? addMonthsToDay(availableOn, programme.expiry.months) : null };
}
/** Points of who has not joined wait. */
export const NEVER: Day = "9999-12-31" as Day; // a day, written by hand

function eventGrants(event: EventFact, { versions, joinedOn }: { versions: Versions; joinedOn: Day | null }): Grant[] {
  const programme = versions.find(({ version }) => version.version === event.version)?.version.programme;
  if (event.points <= 0 || programme === undefined) return [];
  const detail = { event: event.kind, eventId: event.id, version: event.version };
  const takenBack = event.revokedOn === null ? [] : [{ key: `take_back:event:${event.id}`, on: event.revokedOn, points: event.points }];
  return [{ key: `event:${event.id}`, kind: "event", points: event.points, on: event.on, ...datesOf(event.on, { programme, joinedOn, pendingDays: 0 }), detail, takenBack }];
}

/** Entering a tier for the first time, from below. */
function giftGrants(periods: readonly TierPeriod[], versions: Versions, joinedOn: Day | null): Grant[] {
  const entered = new Set<string>();
  return periods.flatMap(({ tierId, from }, at) => {
    if (tierId === null || entered.has(tierId)) return [];
    entered.add(tierId);
    const version = versions.findLast(({ on }) => on <= from)?.version;
    const levels = version?.programme.tiers?.levels ?? [];
    const place = levels.findIndex(({ id }) => id === tierId);
    const points = levels[place]?.giftPoints ?? 0;
    if (version === undefined || points === 0 || levels.findIndex(({ id }) => id === periods[at - 1]?.tierId) > place) return [];
    return [{ key: `tier_gift:${tierId}`, kind: "tier_gift" as const, points, on: from, ...datesOf(from, { programme: version.programme, joinedOn, pendingDays: 0 }), detail: { tierId, version: version.version }, takenBack: [] }];
  });
}

const sum = (parts: readonly { points: number }[]): number => parts.reduce((total, { points }) => total + points, 0);

