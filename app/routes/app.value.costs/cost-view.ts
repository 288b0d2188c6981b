// What the page of costs answers, and where its forms go.
import type { CostFileAnswer } from "../../capabilities/cohorts/cohorts.server.ts";
import type { CostFault } from "../../capabilities/cohorts/model.ts";

/** Where its forms go. */
export const COSTS_PATH = "/app/value/costs";

/** no_file, too_large: of a file that was not read. */
export type UnreadFile = { ok: false; lines: null; fault: "no_file" | "too_large" };
export type FileAnswer = CostFileAnswer | UnreadFile;
/** `faults` by month, purpose and channel (`costKey`). */
export type TypedAnswer = { ok: true } | { ok: false; faults: Record<string, CostFault> };
