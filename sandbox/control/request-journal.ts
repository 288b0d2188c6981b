// What the app asked of Shopify lately: when, what, how dear, how it ended; never a token, never a person.

import type { SandboxClock } from "../shop/model.ts";

export type RequestKind = "graphql" | "token" | "bulk-operation" | "bulk-file";
export type RequestEnd = { status: number; operationName?: string | null; costPoints?: number | null; error?: string };
export type RequestNote = RequestEnd & { at: string; kind: RequestKind; durationMs: number };

export type RequestJournal = {
  /** answers what to call when the request has ended */
  begin: (kind: RequestKind) => (end: RequestEnd) => void;
  list: () => RequestNote[];
  clear: () => void;
}

const NOTES_KEPT = 2_000; // a backfill and an evening of clicking

export function createRequestJournal(clock: SandboxClock): RequestJournal {
  let notes: RequestNote[] = [];
  return {
    begin(kind) {
      const at = clock.now().toISOString();
      const beganAtMs = performance.now();
      return (end) => {
        notes.push({ at, kind, ...end, durationMs: Math.round(performance.now() - beganAtMs) });
        if (notes.length > NOTES_KEPT * 2) notes = notes.slice(-NOTES_KEPT);
      };
    },
    list: () => notes.slice(-NOTES_KEPT),
    clear() {
      notes = [];
    },
  };
}
