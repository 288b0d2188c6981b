// How far the history is in, in the shape pages show it: a bar per noun and one over all.
import type { Backfill, BackfillPart, Noun } from "../capabilities/sync/model.ts";

export type SyncProgress = {
  /** 0..100, whole */
  percent: number;
  secondsLeft: number | null;
  orderCount: number;
  parts: PartProgress[];
};
export type PartProgress = Pick<BackfillPart, "noun" | "state" | "doneCount" | "expectedCount"> & { percent: number };

export function progressOf(backfill: Backfill): SyncProgress {
  return {
    percent: toPercent(backfill.share),
    secondsLeft: backfill.secondsLeft,
    orderCount: doneOf(backfill, "orders"),
    parts: backfill.parts.map(({ noun, state, doneCount, expectedCount }) => ({ noun, state, doneCount, expectedCount, percent: percentOf({ state, doneCount, expectedCount }) })),
  };
}

const doneOf = (backfill: Backfill, noun: Noun): number => backfill.parts.find((part) => part.noun === noun)?.doneCount ?? 0;

/** A bar is full when its part is done and not before, whatever Shopify expected. */
function percentOf({ state, doneCount, expectedCount }: Pick<BackfillPart, "state" | "doneCount" | "expectedCount">): number {
  if (state === "done") return 100;
  return expectedCount === null || expectedCount === 0 ? 0 : Math.min(99, toPercent(doneCount / expectedCount));
}

const toPercent = (share: number): number => Math.floor(Math.min(1, Math.max(0, share)) * 100);
