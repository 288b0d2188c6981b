// What the staff decides about a friend, with the reason for it.
import { z } from "zod";
import { idTextSchema, textSchema } from "../../values/id-schemas.ts";

export const NOTE_MAX = 500;
export const DECISIONS = ["accept", "refuse"] as const;
export type DecisionKind = (typeof DECISIONS)[number];

export type TasksWish = { intent: DecisionKind; orderId: string; note: string };
/** gone: somebody decided meanwhile, or the points are given */
export type TasksAnswer = { ok: true } | { ok: false; field: "note" | "gone" };

const form = z.object({ intent: z.enum(DECISIONS), orderId: idTextSchema, note: textSchema });

/** Throws for a form that is not one of ours; a note that is missing or too long is an answer. */
export function parseTasksWish(data: FormData): { ok: true; wish: TasksWish } | { ok: false; field: "note" } {
  const said = form.parse(Object.fromEntries(data));
  const note = said.note.trim();
  return note === "" || note.length > NOTE_MAX ? { ok: false, field: "note" } : { ok: true, wish: { ...said, note } };
}
