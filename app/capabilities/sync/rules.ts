// How far a backfill is, how long it will take, and when it is night in a shop.
import { addDays, dayAt, type Day } from "../../values/day.ts";
import { ratio } from "../../values/percent.ts";
import type { Backfill, BackfillPart, Noun } from "./model.ts";
import { FULL_HISTORY_SCOPE, NOUNS } from "./model.ts";

export type StoredPart = BackfillPart & { startedAt: Date | null; finishedAt: Date | null };

const SHARE_TO_GUESS_FROM = 0.02; // before that a guess would jump by hours

export function describeBackfill(parts: readonly StoredPart[], { scopes, at }: { scopes: readonly string[]; at: Date }): Backfill {
  const ordered = NOUNS.flatMap((noun) => parts.filter((part) => part.noun === noun));
  const state = stateOf(ordered);
  const share = state === "done" ? 1 : shareOf(ordered);
  const startedAt = earliest(ordered.map((part) => part.startedAt));
  return {
    state,
    parts: ordered.map(({ noun, state: partState, gatheredCount, doneCount, expectedCount, error }) => ({ noun, state: partState, gatheredCount, doneCount, expectedCount, error })),
    share,
    secondsLeft: state === "running" && startedAt !== null ? secondsLeft(share, at.getTime() - startedAt.getTime()) : null,
    startedAt,
    finishedAt: state === "done" ? (ordered[0]?.finishedAt ?? null) : null,
    isLimitedTo60Days: !scopes.includes(FULL_HISTORY_SCOPE),
  };
}

/** Read is not done: the sums are still to be built, and `finishedAt` says that they are. */
export function stateOf(parts: readonly StoredPart[]): Backfill["state"] {
  if (parts.length === 0) return "none";
  if (parts.every((part) => part.finishedAt !== null)) return "done";
  return parts.some((part) => part.state === "failed") && parts.every((part) => part.state === "failed" || part.state === "done") ? "failed" : "running";
}

// Used when Shopify did not say how many there are: orders with their lines are most of every history.
const USUAL_SHARES: Record<Noun, number> = { products: 1, customers: 9, orders: 90 };
const ORDER_WEIGHT = 3; // an order with its lines and refunds takes as long as three customers

export function shareOf(parts: readonly BackfillPart[]): number {
  const isCounted = parts.every((part) => part.expectedCount !== null);
  const weightOf = (part: BackfillPart) => isCounted ? Math.max(part.expectedCount ?? 0, part.doneCount, 1) * (part.noun === "orders" ? ORDER_WEIGHT : 1) : USUAL_SHARES[part.noun];
  const total = parts.reduce((sum, part) => sum + weightOf(part), 0);
  const done = parts.reduce((sum, part) => sum + weightOf(part) * partShare(part), 0);
  return Math.min(ratio(done, total) ?? 0, SHARE_BEFORE_SUMS);
}
const SHARE_BEFORE_SUMS = 0.99; // the last hundredth is for building the sums

const GATHERED_SHARE = 0.3; // of a part's time, Shopify's own gathering; the rest is our reading

/** 0..1: Shopify gathers first, then we read. */
export function partShare({ state, gatheredCount, doneCount, expectedCount }: Pick<BackfillPart, "state" | "gatheredCount" | "doneCount" | "expectedCount">): number {
  if (state === "done") return 1;
  if (state === "waiting" || expectedCount === null || expectedCount === 0) return 0;
  const of = (count: number) => Math.min(count / expectedCount, 1);
  return state === "asked" ? GATHERED_SHARE * of(gatheredCount) : GATHERED_SHARE + (1 - GATHERED_SHARE) * of(doneCount);
}

const secondsLeft = (share: number, elapsedMs: number): number | null =>
  share < SHARE_TO_GUESS_FROM ? null : Math.max(1, Math.round((elapsedMs / 1000) * ((1 - share) / share)));

const earliest = (instants: readonly (Date | null)[]): Date | null =>
  instants.reduce((found, instant) => (instant !== null && (found === null || instant < found) ? instant : found), null);

const NIGHT_FROM_HOUR = 3; // shops sell least then, and every clock change of the night is over
const RETRY_AFTER_MS = 3_600_000; // a night that failed is tried again every hour; one that takes longer counts as lost

/** The shop's own calendar has moved on and its night work is not done. */
export function isNightDue({ lastNightOn, undoneAt, timeZone, at }: { lastNightOn: Day | null; undoneAt: Date | null; timeZone: string; at: Date }): boolean {
  if (undoneAt !== null && Math.abs(at.getTime() - undoneAt.getTime()) < RETRY_AFTER_MS) return false;
  const today = dayAt(at, timeZone);
  if (lastNightOn === null) return true;
  if (lastNightOn >= today) return false;
  return lastNightOn < addDays(today, -1) || hourAt(at, timeZone) >= NIGHT_FROM_HOUR;
}

const hourAt = (instant: Date, timeZone: string): number => Number(new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(instant));

const OVERLAP_MS = 3_600_000; // Shopify's search index lags behind its clock, and clocks differ
const SETTLE_MS = 120_000; // news younger than this may still be under way, which is not lost

/** From where the last look ended, or the backfill began. null: nothing to look at yet. */
export function windowToCompare({ since, at }: { since: Date; at: Date }): { from: Date; to: Date } | null {
  const window = { from: new Date(since.getTime() - OVERLAP_MS), to: new Date(at.getTime() - SETTLE_MS) };
  return window.from < window.to ? window : null;
}

const POLL_MIN_SECONDS = 2;
const POLL_MAX_SECONDS = 30;

/** How long to leave Shopify alone: a tenth of the time it has been at work. */
export const pollSeconds = (elapsedMs: number): number => Math.round(Math.min(Math.max(elapsedMs / 10_000, POLL_MIN_SECONDS), POLL_MAX_SECONDS));
