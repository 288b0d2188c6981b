// The state of the sync as the page shows it: what a browser may know, instants as text.
import type { DataRequest } from "../../capabilities/privacy/model.ts";
import type { PartError, ReconcileRun, SyncStatus, UnreadRecord } from "../../capabilities/sync/model.ts";
import type { QuarantinePage as SetAside } from "../../inbox/model.ts";
import type { Misreading } from "../../values/misreading.ts";
import { progressOf, type SyncProgress } from "../../ui/sync-progress.ts";

export type SyncView = {
  history: { state: SyncStatus["backfill"]["state"]; progress: SyncProgress; finishedAt: string | null; reasons: PartError[]; isLimitedTo60Days: boolean };
  counts: SyncStatus["counts"];
  news: { waitingCount: number; lagSeconds: number; lastDeliveryAt: string | null; /** `isFailing`: the last try broke off */ collections: { readAt: string | null; isFailing: boolean } };
  reconcile: ReconcileView | null;
};
export type ReconcileView = Pick<ReconcileRun, "compared" | "differing" | "error"> & {
  state: "running" | "same" | "repaired" | "failed";
  startedAt: string;
  finishedAt: string | null;
  windowFrom: string;
  windowTo: string;
};
export type QuarantineRow = { id: string; topic: string; receivedAt: string; reason: Misreading };
export type QuarantinePage = { rows: QuarantineRow[]; page: number; hasNext: boolean };
export type DataRequestRow = { id: string; customerId: string; requestedAt: string; handedOverAt: string | null };

export const toSyncView = ({ backfill, lastReconcile, ...status }: SyncStatus): SyncView => ({
  history: {
    state: backfill.state,
    progress: progressOf(backfill),
    finishedAt: toText(backfill.finishedAt),
    reasons: [...new Set(backfill.parts.flatMap(({ error }) => (error === null ? [] : [error])))],
    isLimitedTo60Days: backfill.isLimitedTo60Days,
  },
  counts: status.counts,
  news: { waitingCount: status.waitingCount, lagSeconds: status.lagSeconds, lastDeliveryAt: toText(status.lastDeliveryAt), collections: { readAt: toText(status.collections.readAt), isFailing: status.collections.error !== null } },
  reconcile: lastReconcile && toReconcileView(lastReconcile),
});

const QUARANTINE_PAGE_SIZE = 20; // what listQuarantined answers

export const toQuarantinePage = ({ deliveries, totalCount }: SetAside, page: number): QuarantinePage => ({
  rows: deliveries.map(({ id, topic, receivedAt, reason }) => ({ id, topic, receivedAt: receivedAt.toISOString(), reason })),
  page,
  hasNext: totalCount > page * QUARANTINE_PAGE_SIZE,
});

export type UnreadRows = { rows: { key: string; noun: UnreadRecord["noun"]; id: string | null; reason: Misreading }[]; count: number };

export const toUnreadRows = (records: UnreadRecord[], count: number): UnreadRows =>
  ({ rows: records.map(({ noun, id, reason }) => ({ key: `${noun} ${id}`, noun, id, reason })), count });

export const toDataRequestRows = (requests: DataRequest[]): DataRequestRow[] =>
  requests.map(({ id, customerId, requestedAt, handedOverAt }) => ({ id, customerId, requestedAt: requestedAt.toISOString(), handedOverAt: toText(handedOverAt) }));

const toReconcileView = (run: ReconcileRun): ReconcileView => ({
  compared: run.compared,
  differing: run.differing,
  error: run.error,
  state: stateOf(run),
  startedAt: run.startedAt.toISOString(),
  finishedAt: toText(run.finishedAt),
  windowFrom: run.windowFrom.toISOString(),
  windowTo: run.windowTo.toISOString(),
});

function stateOf({ error, finishedAt, differing }: ReconcileRun): ReconcileView["state"] {
  if (error !== null) return "failed";
  if (finishedAt === null) return "running";
  return Object.values(differing).some((count) => count > 0) ? "repaired" : "same";
}

const toText = (instant: Date | null): string | null => instant?.toISOString() ?? null;
