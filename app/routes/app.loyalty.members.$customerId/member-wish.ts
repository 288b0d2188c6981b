// What a merchant may do to an account: give or take points with a reason, and note that a perk was handed over.
import { z } from "zod";
import { ADJUST_MAX, ADJUST_REPEATED_FROM, NOTE_MAX } from "../../capabilities/loyalty/model/books.ts";
import { readNumber } from "../../ui/typed-number.ts";
import { textSchema } from "../../values/id-schemas.ts";

export const ADJUST_FIELDS = ["points", "note", "repeated"] as const;
export type AdjustField = (typeof ADJUST_FIELDS)[number];
export type AdjustTyping = { direction: "give" | "take" } & Record<AdjustField, string>;

export type MemberWish = { intent: "adjust"; id: string; points: number; note: string } | { intent: "handOver"; redemptionId: string };
/** programme: it is paused, or not there */
export type MemberAnswer = { ok: true } | { ok: false; field: AdjustField | "programme" };

const adjustForm = z.object({ intent: z.literal("adjust"), id: z.uuid(), direction: z.enum(["give", "take"]), points: z.string(), note: textSchema, repeated: z.string() });
const form = z.discriminatedUnion("intent", [adjustForm, z.object({ intent: z.literal("handOver"), redemptionId: z.uuid() })]);

/** What is wrong with what was typed, the first of it; null: nothing. */
export function faultOf({ points, note, repeated }: Pick<AdjustTyping, AdjustField>): AdjustField | null {
  const read = readPoints(points);
  if (read === null) return "points";
  if (note.trim() === "" || note.trim().length > NOTE_MAX) return "note";
  return needsRepeating(points) && readPoints(repeated) !== read ? "repeated" : null;
}

export const needsRepeating = (points: string): boolean => (readPoints(points) ?? 0) > ADJUST_REPEATED_FROM;

export function readPoints(text: string): number | null {
  const read = readNumber(text, { is: "whole" }, { min: 1, max: ADJUST_MAX });
  return "value" in read ? read.value : null;
}

/** Below zero: owed. Null while no number is typed. */
export function balanceAfter(balance: number, { direction, points }: Pick<AdjustTyping, "direction" | "points">): number | null {
  const read = readPoints(points);
  return read === null ? null : direction === "take" ? balance - read : balance + read;
}

/** Throws for a form that is not one of ours; a person's mistake is an answer with the field's name. */
export function parseMemberWish(data: FormData): { ok: true; wish: MemberWish } | { ok: false; field: AdjustField } {
  const said = form.parse(Object.fromEntries(data));
  if (said.intent === "handOver") return { ok: true, wish: said };
  const field = faultOf(said);
  if (field !== null) return { ok: false, field };
  const points = readPoints(said.points) ?? 0;
  return { ok: true, wish: { intent: "adjust", id: said.id, points: said.direction === "take" ? -points : points, note: said.note.trim() } };
}
