// How far the shop's history is in, and what was found missing.
import type { Misreading } from "../../values/misreading.ts";

export const NOUNS = ["products", "customers", "orders"] as const;
export type Noun = (typeof NOUNS)[number];

/** Without it Shopify shows an app only the last 60 days of orders. */
export const FULL_HISTORY_SCOPE = "read_all_orders";

/** Why a part waits or stopped. token, scope, shop: Shopify refuses us, as in shopify/errors.ts */
export const PART_ERRORS = ["unreachable", "expired", "shopify_failed", "unreadable", "invalid_query", "token", "scope", "shop"] as const;
export type PartError = (typeof PART_ERRORS)[number];

/** Why a comparison stopped. */
export const RECONCILE_ERRORS = ["unreachable", "refused", "misunderstood", "unknown"] as const;
export type ReconcileError = (typeof RECONCILE_ERRORS)[number];

/** Something of Shopify's that could not be read or stored, until it can. */
export type UnreadRecord = {
  noun: Noun;
  /** null: not even its number could be read */
  id: string | null;
  reason: Misreading;
  seenAt: Date;
};

export type BackfillPart = {
  noun: Noun;
  state: "waiting" | "asked" | "reading" | "done" | "failed";
  /** what Shopify has put into its file so far, while it is asked */
  gatheredCount: number;
  doneCount: number;
  /** null: Shopify has not said yet */
  expectedCount: number | null;
  error: PartError | null;
};

export type Backfill = {
  state: "none" | "running" | "done" | "failed";
  parts: BackfillPart[];
  /** 0..1 over all parts */
  share: number;
  secondsLeft: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Shopify shows only the last 60 days without read_all_orders */
  isLimitedTo60Days: boolean;
};

export type ReconcileRun = {
  id: string;
  startedAt: Date;
  finishedAt: Date | null;
  windowFrom: Date;
  windowTo: Date;
  compared: { orders: number; customers: number; products: number };
  differing: { orders: number; customers: number; products: number; rollups: number };
  error: ReconcileError | null;
};

export type SyncStatus = {
  backfill: Backfill;
  /** deliveries written down but not yet opened */
  waitingCount: number;
  /** age of the oldest of them; 0 when none waits */
  lagSeconds: number;
  /** when the newest delivery arrived */
  lastDeliveryAt: Date | null;
  quarantinedCount: number;
  unreadCount: number;
  lastReconcile: ReconcileRun | null;
  /** `readAt`: when all of them were last read; null: not yet */
  collections: { readAt: Date | null; error: ReconcileError | null };
  counts: { orders: number; customers: number; products: number };
};
