// Which tier a shopper is in, day by day: a walk over the days on which something changes.
import { addDays, addMonths, lastDayOf, monthOf, parseDay, type Day } from "../../../values/day.ts";
import type { TierPeriod } from "../model/ledger.ts";
import type { ProgrammeVersion, TierLevel, Tiers } from "../model/programme.ts";

/** What counts towards a tier, on the day it was earned. */
export type Qualifying = { on: Day; spendMinor: number; points: number; orders: number };

const WINDOW_MONTHS = 12;

/** The same day so many months later; the last of the month where there is none. */
export function addMonthsToDay(day: Day, count: number): Day {
  const month = addMonths(monthOf(day), count);
  const last = lastDayOf(month);
  return Number(day.slice(8)) > Number(last.slice(8)) ? last : parseDay(`${month}${day.slice(7)}`);
}

/** The tier above the one they are in; null: there is none. */
export const levelAfter = (tiers: Tiers | null, tierId: string | null): TierLevel | null => tiers?.levels[tiers.levels.findIndex(({ id }) => id === tierId) + 1] ?? null;

/** Walks forward only: `advanceTo` a day, then `add` what was earned on it. */
export class TierWalk {
  readonly periods: TierPeriod[] = [];
  /** `leavesOn`: the first day whose twelve months are without it; worked out once, as every day weighed asks for it */
  private readonly earned: (Qualifying & { leavesOn: Day })[] = [];
  private tierId: string | null = null;
  private readonly lost = new Set<string>();
  /** until when nobody falls: what one version promised the next does not take back */
  private promisedUntil: Day | null = null;
  /** since when less was earned than staying takes */
  private shortSince: Day | null = null;
  private versionAt = -1;
  private day: Day | null = null;
  private readonly versions: readonly { on: Day; version: ProgrammeVersion }[];

  constructor(versions: readonly { on: Day; version: ProgrammeVersion }[]) {
    this.versions = versions;
  }

  /** The tier at the end of that day. */
  advanceTo(today: Day): string | null {
    for (let next = this.nextDay(today); next !== null; next = this.nextDay(today)) this.weigh(next);
    this.day = today;
    return this.tierId;
  }

  /** After `advanceTo(earned.on)`. */
  add(earned: Qualifying): string | null {
    this.earned.push({ ...earned, leavesOn: addMonthsToDay(earned.on, WINDOW_MONTHS) });
    this.weigh(earned.on);
    return this.tierId;
  }

  level(): TierLevel | null {
    return this.tiers()?.levels.find(({ id }) => id === this.tierId) ?? null;
  }

  /** Of the window that ends on `day`, in the basis of the tiers; 0 without tiers. */
  valueOn(day: Day): number {
    const tiers = this.tiers();
    if (tiers === null) return 0;
    return this.earned.filter((one) => one.on <= day && isWithin(tiers, one, day)).reduce((sum, one) => sum + valueIn(one, tiers), 0);
  }

  /** What the tier above takes; null: there is none. */
  nextEntry(): number | null {
    const next = levelAfter(this.tiers(), this.tierId);
    return next === null ? null : this.entryOf(next);
  }

  /** The last day of the tier where less was earned than staying takes, unless more comes; null: it is enough, or there is no tier. */
  keptUntil(): Day | null {
    const [tiers, level] = [this.tiers(), this.level()];
    if (tiers === null || level === null || this.day === null) return null;
    if (this.shortSince !== null) return addDays(this.endOfGrace(this.shortSince), -1);
    return tiers.period === "calendar" && this.valueOn(this.day) < level.keep ? parseDay(`${this.day.slice(0, 4)}-12-31`) : null;
  }

  /** The next day, after the one reached, on which the tier could change by itself. */
  nextChange(): Day | null {
    return this.nextDay(parseDay("9999-12-30"));
  }

  /** Days of versions, days on which something leaves the window, days grace ends. */
  private nextDay(until: Day): Day | null {
    const candidates = [this.versions[this.versionAt + 1]?.on ?? null, this.nextLeaving(), this.graceEnd()].filter((day) => day !== null);
    const next = candidates.toSorted()[0];
    return next !== undefined && next <= until ? next : null;
  }

  private nextLeaving(): Day | null {
    const tiers = this.tiers();
    if (tiers === null || this.tierId === null || tiers.period === "lifetime" || this.day === null) return null;
    const { day } = this;
    if (tiers.period === "calendar") return parseDay(`${String(Number(day.slice(0, 4)) + 1).padStart(4, "0")}-01-01`);
    return this.earned.find(({ leavesOn }) => leavesOn > day)?.leavesOn ?? null;
  }

  private graceEnd(): Day | null {
    const { day, shortSince } = this;
    if (shortSince === null || this.tierId === null) return null;
    const end = this.endOfGrace(shortSince);
    return day !== null && end <= day ? null : end;
  }

  private endOfGrace(since: Day): Day {
    const end = addDays(since, this.tiers()?.graceDays ?? 0);
    return this.promisedUntil !== null && this.promisedUntil > end ? this.promisedUntil : end;
  }

  private tiers(): Tiers | null {
    return this.versions[this.versionAt]?.version.programme.tiers ?? null;
  }

  private weigh(day: Day): void {
    while ((this.versions[this.versionAt + 1]?.on ?? "9999-99-99") <= day) this.nextVersion();
    this.day = this.day !== null && this.day > day ? this.day : day;
    const tiers = this.tiers();
    if (tiers === null) return this.move(null, day);
    const value = this.valueOn(day);
    const at = tiers.levels.findIndex(({ id }) => id === this.tierId);
    const reached = tiers.levels.findLastIndex((level) => value >= this.entryOf(level));
    if (reached > at) return this.move(tiers.levels[reached]?.id ?? null, day);
    if (at === -1) this.move(null, day);
    else this.fall(tiers, { at, day });
  }

  /** Days of grace begin anew where staying takes something else, and go on through any other change. */
  private nextVersion(): void {
    const before = stayingOf(this.tiers());
    this.versionAt += 1;
    if (stayingOf(this.tiers()) !== before) this.shortSince = null;
    const keptUntil = this.versions[this.versionAt]?.version.keptUntil ?? null;
    if (keptUntil !== null && (this.promisedUntil === null || keptUntil > this.promisedUntil)) this.promisedUntil = keptUntil;
  }

  /** Who came back for less than staying takes would fall the same day. */
  private entryOf({ id, entry, reenter, keep }: TierLevel): number {
    return this.lost.has(id) ? Math.max(reenter ?? entry, keep) : entry;
  }

  /** Within a calendar year last year's counts as well: what was reached then lasts until the year after has been weighed. */
  private keepingValue(tiers: Tiers, day: Day): number {
    const value = this.valueOn(day);
    return tiers.period === "calendar" ? Math.max(value, this.valueOn(parseDay(`${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}-12-31`))) : value;
  }

  /** A tier at a time, each with its own days of grace. */
  private fall(tiers: Tiers, { at, day }: { at: number; day: Day }): void {
    const value = this.keepingValue(tiers, day);
    for (const [steps, level] of tiers.levels.slice(0, at + 1).toReversed().entries()) {
      if (value >= level.keep) this.shortSince = null;
      else this.shortSince ??= day;
      if (this.shortSince === null || this.endOfGrace(this.shortSince) > day) return;
      this.lost.add(level.id);
      this.move(tiers.levels[at - steps - 1]?.id ?? null, day);
    }
  }

  private move(tierId: string | null, day: Day): void {
    if (tierId === this.tierId) return;
    this.tierId = tierId;
    this.shortSince = null;
    const last = this.periods.at(-1);
    if (last?.from === day) last.tierId = tierId;
    else this.periods.push({ tierId, from: day });
  }
}

const stayingOf = (tiers: Tiers | null): string => JSON.stringify(tiers && [tiers.basis, tiers.period, tiers.levels.map(({ id, keep }) => [id, keep])]);

function isWithin({ period }: Tiers, { on, leavesOn }: { on: Day; leavesOn: Day }, day: Day): boolean {
  if (period === "lifetime") return true;
  return period === "calendar" ? on.slice(0, 4) === day.slice(0, 4) : leavesOn > day;
}

const valueIn = (one: Qualifying, { basis }: Tiers): number => (basis === "spend" ? one.spendMinor : basis === "points" ? one.points : one.orders);

