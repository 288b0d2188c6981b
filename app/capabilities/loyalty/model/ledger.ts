// The ledger: what a line says, and what a member has.
import type { Day } from "../../../values/day.ts";
import type { EventKind } from "./facts.ts";

export const ENTRY_KINDS = ["order", "first_order", "nth_order", "tier_gift", "event", "take_back", "redeem", "give_back", "expire", "forgive", "close"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** As a shopper is told it: points that came back because the reward could not be made are no return of theirs. */
export type ShownKind = EntryKind | "not_made";

/** Why: enough to work the points out again by hand. `percent` is the multiplier; of lines, what each earned of the usual rate. What an order's lines,
 *  shipping and edits brought, less what was withheld, are the points of its key. */
export type EntryDetail = {
  orderId?: string;
  version?: number;
  percent?: number;
  tierId?: string;
  windowIds?: string[];
  lines?: { id: string; minor: number; percent: number; points: number }[];
  shippingMinor?: number;
  shippingPoints?: number;
  /** of what an edit added to the order as bought */
  addedPoints?: number;
  /** taken back before the points could be spent, and so never given */
  withheldPoints?: number;
  number?: number;
  event?: EventKind;
  eventId?: string;
  redemptionId?: string;
  /** of the grant that expired */
  grantKey?: string;
  monthCount?: number;
};

/** Of a line that takes away: what the points once added up from is not theirs any more. */
export const withoutParts = ({ lines: _lines, shippingMinor: _shippingMinor, shippingPoints: _shippingPoints, addedPoints: _addedPoints, withheldPoints: _withheldPoints, ...detail }: EntryDetail): EntryDetail => detail;

/** What the parts add up to. */
export const sumParts = ({ lines = [], shippingPoints = 0, addedPoints = 0, withheldPoints = 0 }: Pick<EntryDetail, "lines" | "shippingPoints" | "addedPoints" | "withheldPoints">): number =>
  lines.reduce((sum, { points }) => sum + points, shippingPoints + addedPoints - withheldPoints);

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
