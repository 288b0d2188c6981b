// The ledger: what a line says, and what a member has.
import type { Day } from "../../../values/day.ts";
import type { EventKind } from "./facts.ts";

export const ENTRY_KINDS = ["order", "first_order", "nth_order", "tier_gift", "event", "take_back", "redeem", "give_back", "expire", "forgive", "close"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** As a shopper is told it: points that came back because the reward could not be made are no return of theirs. */
export type ShownKind = EntryKind | "not_made";

/** Why: enough to work the points out again by hand. `percent` is the multiplier; of lines, what each earned of the usual rate. */
export type EntryDetail = {
  orderId?: string;
  version?: number;
  percent?: number;
  tierId?: string;
  windowIds?: string[];
  lines?: { id: string; minor: number; percent: number; points: number }[];
  shippingMinor?: number;
  number?: number;
  event?: EventKind;
  eventId?: string;
  redemptionId?: string;
  /** of the grant that expired */
  grantKey?: string;
  monthCount?: number;
};

/** One line as it should stand, summed over its corrections. `points` with its sign; `key` names what it is for. */
export type Line = { key: string; kind: EntryKind; points: number; on: Day; detail: EntryDetail };

/** What is left of a grant; spendable until the day before `expiresOn`. */
export type Lot = { key: string; remaining: number; availableOn: Day; expiresOn: Day | null };

export type TierPeriod = { tierId: string | null; from: Day };

export type Account = {
  lines: Line[];
  /** spendable; below zero: owed, to be earned back */
  balance: number;
  lots: Lot[];
  /** not spendable yet, and when */
  pendingLots: Lot[];
};
