// Which tier a shopper was in on a day, by what had happened until then: what an order earned with a tier does not change because another is refunded later.
import type { Day } from "../../../values/day.ts";
import type { EventFact, OrderFact } from "../model/facts.ts";
import type { ProgrammeVersion, TierLevel } from "../model/programme.ts";
import type { Grant } from "./history.ts";
import { TierWalk, type Qualifying } from "./tiers.ts";

/** What something counts towards tiers by what had happened up to and with a day; null: nothing. `revisedOn`: the days on which that changed. */
export type Counted = { happenedOn: Day; on: (day: Day) => Qualifying | null; revisedOn: readonly Day[] };

export class Past {
  private readonly versions: readonly { on: Day; version: ProgrammeVersion }[];
  private readonly all: Counted[] = [];
  private lastRevision: Day | null = null;
  /** told as of `asOf` up to the `told`-th: it goes on from there until a day comes on which something of it changed */
  private known: { walk: TierWalk; told: number; asOf: Day } | null = null;

  constructor(versions: readonly { on: Day; version: ProgrammeVersion }[]) {
    this.versions = versions;
  }

  add(counted: Counted): void {
    this.all.push(counted);
    for (const day of counted.revisedOn) if (this.lastRevision === null || day > this.lastRevision) this.lastRevision = day;
  }

  /** Days only go forward. `walk` has reached the day, and knows what was taken back after it as well. */
  levelOn(day: Day, walk: TierWalk): TierLevel | null {
    if (this.lastRevision === null || this.lastRevision <= day) return walk.level();
    const before = this.known;
    const isStill = before !== null && !this.all.slice(0, before.told).some(({ revisedOn }) => revisedOn.some((revision) => revision > before.asOf && revision <= day));
    const { walk: then, told } = isStill ? before : { walk: new TierWalk(this.versions), told: 0 };
    for (const counted of this.all.slice(told)) {
      const qualifying = counted.on(day);
      if (qualifying === null) continue;
      then.advanceTo(counted.happenedOn);
      then.add(qualifying);
    }
    this.known = { walk: then, told: this.all.length, asOf: day };
    then.advanceTo(day);
    return then.level();
  }
}

/** An edit has no day: it counts as if the order had been placed so. */
export function countOrder({ placedOn, wasPaid, cancelledOn, totalMinor, revenueMinor, refunds }: OrderFact, given: readonly Grant[]): Counted {
  const earned = given.find(({ kind }) => kind === "order");
  const refunded = (isMeant: (on: Day) => boolean) => refunds.reduce((sum, { on, amountMinor }) => sum + (isMeant(on) ? amountMinor : 0), 0);
  return {
    happenedOn: placedOn,
    revisedOn: [cancelledOn, ...refunds.map(({ on }) => on)].filter((day) => day !== null),
    on: (day) => {
      if (!wasPaid || (cancelledOn !== null && cancelledOn <= day)) return null;
      const spendMinor = cancelledOn === null ? revenueMinor + refunded((on) => on > day) : totalMinor - refunded((on) => on <= day); // a cancellation leaves no revenue
      if (spendMinor <= 0) return null;
      return { on: placedOn, spendMinor, points: earned ? earned.points - earned.takenBack.reduce((sum, back) => sum + (back.on <= day ? back.points : 0), 0) : 0, orders: 1 };
    },
  };
}

const COUNTS_FOR_TIER = new Set(["sign_up", "birthday", "review", "follow", "share", "survey", "custom", "flow", "referral"]); // what a merchant corrects or carries over moves no tier

export const countEvent = ({ kind, on: happenedOn, points, revokedOn }: EventFact): Counted => ({
  happenedOn, revisedOn: revokedOn === null ? [] : [revokedOn],
  on: (day) => (COUNTS_FOR_TIER.has(kind) && points > 0 && (revokedOn === null || revokedOn > day) ? { on: happenedOn, spendMinor: 0, points, orders: 0 } : null),
});
