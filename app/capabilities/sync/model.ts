// How far the shop's history is in, and what was found missing.
export const NOUNS = ["products", "customers", "orders"] as const;
export type Noun = (typeof NOUNS)[number];

/** Without it Shopify shows an app only the last 60 days of orders. */
export const FULL_HISTORY_SCOPE = "read_all_orders";

export type BackfillPart = {
  noun: Noun;
  state: "waiting" | "asked" | "reading" | "done" | "failed";
  /** what Shopify has put into its file so far, while it is asked */
  gatheredCount: number;
  doneCount: number;
  /** null: Shopify has not said yet */
  expectedCount: number | null;
  error: string | null;
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
  error: string | null;
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
  lastReconcile: ReconcileRun | null;
  counts: { orders: number; customers: number; products: number };
};
