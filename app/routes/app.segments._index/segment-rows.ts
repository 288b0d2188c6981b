// Segments in the shape their list shows them.
import type { ReadyKey, ToldSegment } from "../../capabilities/segments/model.ts";
import type { SegmentSum } from "../../capabilities/segments/segments.server.ts";

export type SegmentRow = Pick<ToldSegment, "id" | "name" | "isMirrored" | "isFlowOn" | "isPopulated" | "isRefilling" | "memberCount" | "waitingCount" | "refusedCount"> & {
  readyKey: ReadyKey | null;
  revenueMinor: number;
  stakeMinor: number;
};

export function toSegmentRows(segments: readonly ToldSegment[], sums: readonly SegmentSum[]): SegmentRow[] {
  const sumOf = new Map(sums.map((sum) => [sum.segmentId, sum]));
  return segments.map(({ id, readyKey, name, isMirrored, isFlowOn, isPopulated, isRefilling, memberCount, waitingCount, refusedCount }) => ({
    id, readyKey, name, isMirrored, isFlowOn, isPopulated, isRefilling, memberCount, waitingCount, refusedCount, revenueMinor: sumOf.get(id)?.revenueMinor ?? 0, stakeMinor: sumOf.get(id)?.stakeMinor ?? 0,
  }));
}
