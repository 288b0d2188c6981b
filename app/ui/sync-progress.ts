// How far the history is in, in the shape pages show it: a bar per noun and one over all.
import type { Backfill, BackfillPart, Noun } from "../capabilities/sync/model.ts";
import { partShare } from "../capabilities/sync/rules.ts";

export type SyncProgress = {
  /** 0..100, whole */
  percent: number;
  secondsLeft: number | null;
  orderCount: number;
  parts: PartProgress[];
};
export type PartProgress = Pick<BackfillPart, "noun" | "state" | "gatheredCount" | "doneCount" | "expectedCount"> & { percent: number };

export function progressOf(backfill: Backfill): SyncProgress {
  return {
    percent: toPercent(backfill.share),
    secondsLeft: backfill.secondsLeft,
    orderCount: doneOf(backfill, "orders"),
    parts: backfill.parts.map(({ error: _error, ...part }) => ({ ...part, percent: percentOf(part) })),
  };
}

const doneOf = (backfill: Backfill, noun: Noun): number => backfill.parts.find((part) => part.noun === noun)?.doneCount ?? 0;

/** A bar is full when its part is done and not before, whatever Shopify expected. */
const percentOf = (part: Parameters<typeof partShare>[0]): number => (part.state === "done" ? 100 : Math.min(99, toPercent(partShare(part))));

const toPercent = (share: number): number => Math.floor(Math.min(1, Math.max(0, share)) * 100);
