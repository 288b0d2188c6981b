// The books: who has what, what the shop owes for it, and what each month did to it.
import type { Day, Month } from "../../../values/day.ts";
import type { CustomerId } from "../../../values/ids.ts";
import type { EntryDetail, EntryKind, Lot, TierPeriod } from "./ledger.ts";
import type { ProgrammeVersion } from "./programme.ts";
import type { Redemption } from "./redemption.ts";

export const MEMBER_SORTS = ["balance", "pending", "joined", "expiry", "tier"] as const;
export type MemberSort = (typeof MEMBER_SORTS)[number];
export type Direction = "ascending" | "descending";

/** `tierId` null: whatever tier; "": none. `isExpiring`: some of their points end within EXPIRING_DAYS. */
export type MemberFilter = { search: string; tierId: string | null; isOwing: boolean; isExpiring: boolean };
export type MemberQuery = MemberFilter & { sort: MemberSort; direction: Direction };

export const MEMBERS_PER_PAGE = 50;
export const MEMBERS_COUNTED_MAX = 10_000; // beyond it, "more than"
export const EXPIRING_DAYS = 30;

export type Expiry = { on: Day; points: number };

/** `balance` below zero: owed. */
export type ListedMember = {
  customerId: CustomerId; name: string; email: string | null; joinedOn: Day | null; balance: number; pending: number; waiting: number; tierId: string | null; nextExpiry: Expiry | null;
};

/** By hand beyond so many points, the number is asked for a second time: with the usual menu as much as five coupons. */
export const ADJUST_REPEATED_FROM = 1_000;
export const ADJUST_MAX = 1_000_000;
export const NOTE_MAX = 500;

/** A line of the ledger with what it needs to be explained. `sequence` above 1: it corrects an earlier line. */
export type BookEntry = {
  id: string; kind: EntryKind; points: number; on: Day; writtenAt: Date; balanceAfter: number; sequence: number; detail: EntryDetail;
  /** in the merchant's words */
  note: string | null;
  order: { id: string; name: string } | null;
  lines: { title: string; minor: number; percent: number; points: number }[];
  /** of the bonus windows that counted */
  windows: string[];
  /** of the grant that was taken back or ended */
  grantOrder: { id: string; name: string } | null;
};

export type AccountBook = {
  balance: number; pending: number; waiting: number;
  joinedOn: Day | null;
  birthday: string | null;
  tierId: string | null; tierSince: Day | null; tierValue: number;
  /** what the tier above takes of them; null: there is none */
  nextTierEntry: number | null;
  lots: Lot[];
  /** with the day they can be spent */
  pendingLots: Lot[];
  periods: TierPeriod[];
  redemptions: Redemption[];
  entries: BookEntry[];
  /** where the page after this begins */
  next: string | null;
};

/** Everybody's, now. */
export type Outstanding = { available: number; pending: number; waiting: number; owed: number; members: number; debtors: number };

/** What a month did, points with their signs; closing is opening and all of them. */
export const MOVES = ["issued", "imported", "adjusted", "spent", "expired", "takenBack", "forgiven", "closed"] as const;
export type Move = (typeof MOVES)[number];
export type MonthMoves = { month: Month } & Record<Move, number>;
/** `value`: what a point was worth at its end, kept since; of the running month, now. Null: no reward had a price. */
export type MonthBook = MonthMoves & { opening: number; closing: number; value: PointValue | null };

/** Sums over members who spent points or let them expire: x points, y of them expired. */
export type FinishedSums = { members: number; x: number; y: number; xx: number; xy: number; yy: number };

/** Shares of points that end unspent. Not known: no points end by the rules in force; none had time to end before `until` (null: nobody has any yet); or
 *  `needed` more members must have spent points, or let them expire, first. */
export type Breakage = { isKnown: true; share: number; low: number; high: number; members: number } | { isKnown: false; why: "endless" } | { isKnown: false; why: "young"; until: Day | null } | { isKnown: false; why: "few"; needed: number };

/** `rewardId`: the reward by which a point is worth most. */
export type PointValue = { minorPerPoint: number; rewardId: string };

export type Liability = {
  version: ProgrammeVersion | null;
  today: Day;
  outstanding: Outstanding;
  value: PointValue | null;
  /** by the month in which they end; null: no day is set */
  schedule: { month: Month | null; points: number }[];
  breakage: Breakage;
  months: MonthBook[];
  check: { checkedAt: Date; brokenCount: number } | null;
};

