// The account: every line the ledger should hold up to a day, and what is left. Grants, spendings, expiry, debt and forgiveness, in the order of
// their days whatever the order of their news.
import { addDays, type Day } from "../../../values/day.ts";
import type { EventFact, RedemptionFact } from "../model/facts.ts";
import { withoutParts, type Account, type EntryKind, type Line, type Lot } from "../model/ledger.ts";
import type { Programme, ProgrammeVersion } from "../model/programme.ts";
import { compare, NEVER, type Grant } from "./history.ts";
import { addMonthsToDay } from "./tiers.ts";

export type Versions = readonly { on: Day; version: ProgrammeVersion }[];

const RETURNED_LIVE_DAYS = 30; // points that come back are not gone the same day

type OpenLot = Lot & { expired: number };
type Step = { on: Day; place: number; key: string; run: () => void };

/** Everything up to and with `today`, and the next day on which time alone changes something. */
export function readAccount({ grants, events, redemptions }: { grants: readonly Grant[]; events: readonly EventFact[]; redemptions: readonly RedemptionFact[] }, { versions, today }: { versions: Versions; today: Day }): Account & { nextChange: Day | null } {
  const teller = new Teller(versions);
  const steps: Step[] = [];
  const at = (on: Day, place: number, key: string, run: () => void) => void (on <= today && steps.push({ on, place, key, run }));
  const later: Day[] = [];
  for (const grant of grants) {
    const early = grant.takenBack.filter(({ on }) => on <= grant.availableOn); // a refund within the return window: never given
    const withheldPoints = early.reduce((sum, back) => sum + back.points, 0);
    if (grant.points <= withheldPoints) continue;
    if (grant.availableOn > today && grant.availableOn < NEVER) later.push(grant.availableOn);
    at(grant.availableOn, 0, grant.key, () => teller.give(grant, withheldPoints));
    for (const back of grant.takenBack) if (back.on > grant.availableOn) at(back.on, 2, back.key, () => teller.takeBack(grant, back));
  }
  for (const event of events) if (event.points < 0) at(event.on, 3, event.id, () => teller.spend({ key: `event:${event.id}`, kind: "event", points: -event.points, on: event.on, detail: { event: event.kind, eventId: event.id, version: event.version } }));
  for (const redemption of redemptions) {
    const { id, points, on, returnedOn } = redemption;
    at(on, 4, id, () => teller.spend({ key: `redeem:${id}`, kind: "redeem", points, on, detail: { redemptionId: id } }));
    if (returnedOn !== null) at(returnedOn, 5, id, () => teller.giveBack(id, points, returnedOn));
  }
  for (const step of steps.toSorted((one, other) => compare(one.on, other.on) || one.place - other.place || compare(one.key, other.key))) {
    teller.passTo(step.on);
    step.run();
  }
  teller.passTo(today);
  const pendingLots = grants.filter(({ availableOn }) => availableOn > today).map(pendingOf).filter(({ remaining }) => remaining > 0).toSorted((one, other) => compare(one.availableOn, other.availableOn) || compare(one.key, other.key));
  return { ...teller.close(), pendingLots, nextChange: earliest([...later, teller.nextChange()]) };
}

const pendingOf = (grant: Grant): Lot => ({ key: grant.key, remaining: grant.points - grant.takenBack.reduce((sum, { points }) => sum + points, 0), availableOn: grant.availableOn, expiresOn: grant.expiresOn });

export const earliest = (days: readonly (Day | null)[]): Day | null => days.filter((day) => day !== null).toSorted()[0] ?? null;

type Spending = { key: string; kind: EntryKind; points: number; on: Day; detail: Line["detail"] };

class Teller {
  private readonly versions: Versions;
  private readonly lines = new Map<string, Line>();
  /** by the day they expire, then by the day they came */
  private readonly lots: OpenLot[] = [];
  private readonly takenFrom = new Map<string, { lot: OpenLot; points: number }[]>();
  private owed = 0;
  private owedSince: Day | null = null;
  private activeOn: Day | null = null;
  private versionAt = -1;

  constructor(versions: Versions) {
    this.versions = versions;
  }

  give({ key, kind, points: whole, availableOn, expiresOn, detail }: Grant, withheldPoints: number): void {
    const points = whole - withheldPoints;
    this.write({ key, kind, points, on: availableOn, detail: withheldPoints > 0 ? { ...detail, withheldPoints } : detail });
    this.open({ key, remaining: points, availableOn, expiresOn, expired: 0 }, availableOn);
  }

  /** What of the grant has expired is not taken a second time; what was spent is taken from others, or owed. */
  takeBack(grant: Grant, { key, on, points }: { key: string; on: Day; points: number }): void {
    this.write({ key, kind: "take_back", points: -points, on, detail: { ...withoutParts(grant.detail), grantKey: grant.key } });
    const own = this.lots.find((lot) => lot.key === grant.key);
    const ofRemaining = Math.min(points, own?.remaining ?? 0);
    const ofExpired = Math.min(points - ofRemaining, own?.expired ?? 0);
    if (own !== undefined) {
      own.remaining -= ofRemaining;
      own.expired -= ofExpired;
      if (ofExpired > 0) this.write({ key: `expire:${grant.key}`, kind: "expire", points: ofExpired, on, detail: { grantKey: grant.key } });
    }
    this.take(points - ofRemaining - ofExpired, on);
  }

  spend({ key, kind, points, on, detail }: Spending): void {
    this.write({ key, kind, points: -points, on, detail });
    this.takenFrom.set(key, this.take(points, on));
    this.activeOn = on;
  }

  /** Into a lot of its own: as long as the longest of those it came from lived, and never less than a month. */
  giveBack(id: string, points: number, on: Day): void {
    this.write({ key: `give_back:${id}`, kind: "give_back", points, on, detail: { redemptionId: id } });
    const ends = (this.takenFrom.get(`redeem:${id}`) ?? []).map(({ lot }) => lot.expiresOn);
    const least = addDays(on, RETURNED_LIVE_DAYS);
    const expiresOn = ends.length === 0 || ends.includes(null) ? null : ends.reduce<Day>((latest, end) => (end !== null && end > latest ? end : latest), least);
    this.open({ key: `give_back:${id}`, remaining: points, availableOn: on, expiresOn, expired: 0 }, on);
  }

  /** What time alone does until the end of that day: each on its own day, the earliest first, by the rules then in force. */
  passTo(day: Day): void {
    for (let next = this.nextStop(); next !== null && next <= day; next = this.nextStop()) {
      if (this.versions[this.versionAt + 1]?.on === next) {
        this.versionAt += 1;
        continue;
      }
      this.expireOn(next);
      if (this.forgivenOn() === next) this.forgive(next);
    }
  }

  nextChange(): Day | null {
    return earliest([...this.lots.filter(({ remaining }) => remaining > 0).map((lot) => this.endOf(lot)), this.forgivenOn()]);
  }

  private nextStop(): Day | null {
    return earliest([this.versions[this.versionAt + 1]?.on ?? null, this.nextChange()]);
  }

  close(): Pick<Account, "lines" | "balance" | "lots"> {
    const lots = this.lots.filter(({ remaining }) => remaining > 0).map((lot) => ({ key: lot.key, remaining: lot.remaining, availableOn: lot.availableOn, expiresOn: this.endOf(lot) }));
    return {
      lines: [...this.lines.values()].filter(({ points }) => points !== 0),
      balance: lots.reduce((sum, { remaining }) => sum + remaining, 0) - this.owed,
      lots: lots.toSorted((one, other) => compare(one.expiresOn ?? NEVER, other.expiresOn ?? NEVER) || compare(one.availableOn, other.availableOn) || compare(one.key, other.key)),
    };
  }

  private open(lot: OpenLot, on: Day): void {
    const repaid = Math.min(this.owed, lot.remaining);
    this.owed -= repaid;
    if (this.owed === 0) this.owedSince = null;
    lot.remaining -= repaid;
    this.lots.push(lot);
    this.activeOn = on;
  }

  /** From the lots that end first; what they do not cover is owed. */
  private take(points: number, on: Day): { lot: OpenLot; points: number }[] {
    const taken: { lot: OpenLot; points: number }[] = [];
    let rest = points;
    for (const lot of this.lots.toSorted((one, other) => compare(this.endOf(one) ?? NEVER, this.endOf(other) ?? NEVER) || compare(one.availableOn, other.availableOn) || compare(one.key, other.key))) {
      const part = Math.min(rest, lot.remaining);
      if (part === 0) continue;
      lot.remaining -= part;
      rest -= part;
      taken.push({ lot, points: part });
    }
    if (rest > 0 && this.owed === 0) this.owedSince = on;
    this.owed += rest;
    return taken;
  }

  private expireOn(day: Day): void {
    for (const lot of this.lots) {
      if (lot.remaining === 0 || this.endOf(lot) !== day) continue;
      this.write({ key: `expire:${lot.key}`, kind: "expire", points: -lot.remaining, on: day, detail: { grantKey: lot.key } });
      lot.expired += lot.remaining;
      lot.remaining = 0;
    }
  }

  private forgive(day: Day): void {
    this.write({ key: `forgive:${this.owedSince}`, kind: "forgive", points: this.owed, on: day, detail: { monthCount: this.programme()?.forgivenAfterMonths ?? 0 } });
    this.owed = 0;
    this.owedSince = null;
  }

  /** A lot's own day, or that of inactivity, whichever is first. A rule of inactivity begins to count when it comes into force. */
  private endOf({ expiresOn }: Lot): Day | null {
    const rule = this.programme()?.expiry;
    if (rule?.kind !== "inactivity" || this.activeOn === null) return expiresOn;
    const since = this.inForceSince(({ expiry }) => expiry.kind === "inactivity" && expiry.months === rule.months);
    return earliest([expiresOn, addMonthsToDay(since > this.activeOn ? since : this.activeOn, rule.months)]);
  }

  private forgivenOn(): Day | null {
    const after = this.programme()?.forgivenAfterMonths ?? null;
    if (this.owedSince === null || after === null) return null;
    const since = this.inForceSince(({ forgivenAfterMonths }) => forgivenAfterMonths === after);
    return addMonthsToDay(since > this.owedSince ? since : this.owedSince, after);
  }

  private programme(): Programme | undefined {
    return this.versions[this.versionAt]?.version.programme;
  }

  /** The day from which a rule of the version in force has held without a break. */
  private inForceSince(isSame: (programme: Programme) => boolean): Day {
    const broken = this.versions.slice(0, this.versionAt + 1).findLastIndex(({ version }) => !isSame(version.programme));
    return this.versions[broken + 1]?.on ?? NEVER;
  }

  private write(line: Line): void {
    const known = this.lines.get(line.key);
    this.lines.set(line.key, known ? { ...known, points: known.points + line.points } : line);
  }
}
