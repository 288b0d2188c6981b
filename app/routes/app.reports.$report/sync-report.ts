// How far the history is in and whether anything waits, for a monitor.
import type { SyncStatus } from "../../capabilities/sync/model.ts";
import type { Report } from "./report.ts";

export function syncReport({ backfill, lastReconcile, counts, ...status }: SyncStatus): Report {
  return {
    name: "sync",
    fileName: "regulars-sync",
    about: {},
    columns: [{ name: "metric", type: "text" }, { name: "value", type: "mixed" }],
    rows: [
      ["backfill_state", backfill.state],
      ["backfill_share", backfill.share],
      ["backfill_finished_at", backfill.finishedAt?.toISOString() ?? null],
      ["is_limited_to_60_days", backfill.isLimitedTo60Days ? 1 : 0],
      ["orders", counts.orders],
      ["customers", counts.customers],
      ["products", counts.products],
      ["waiting_deliveries", status.waitingCount],
      ["lag_seconds", status.lagSeconds],
      ["quarantined_deliveries", status.quarantinedCount],
      ["unread_records", status.unreadCount],
      ["last_delivery_at", status.lastDeliveryAt?.toISOString() ?? null],
      ["collections_read_at", status.collections.readAt?.toISOString() ?? null],
      ["last_reconcile_at", lastReconcile?.finishedAt?.toISOString() ?? null],
      ["reconcile_orders_differing", lastReconcile?.differing.orders ?? null],
      ["reconcile_customers_differing", lastReconcile?.differing.customers ?? null],
      ["reconcile_products_differing", lastReconcile?.differing.products ?? null],
      ["reconcile_rollups_differing", lastReconcile?.differing.rollups ?? null],
    ],
  };
}
