// What a merchant may ask on a segment's page, from its form.
import { z } from "zod";
import { segmentForm, type SegmentForm, type SegmentRefusal } from "../../capabilities/segments/model.ts";
import { readRule } from "../../ui/rule-preview.ts";

const flag = z.enum(["true", "false"]).transform((text) => text === "true").optional();
const wish = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), id: z.uuid(), name: z.string(), rule: z.string() }),
  z.object({ intent: z.literal("delete") }),
  z.object({ intent: z.literal("tell"), isMirrored: flag, isFlowOn: flag }),
  z.object({ intent: z.literal("retry") }),
]);

type Wish = { intent: "save"; form: SegmentForm } | Exclude<z.output<typeof wish>, { intent: "save" }>;
export type SegmentPageAnswer = { ok: true; intent: Wish["intent"]; id: string } | { ok: false; field: "name" | "rule" | "segment"; reason: "missing" | "too_long" | "unreadable" | SegmentRefusal };
type Refused = Extract<SegmentPageAnswer, { ok: false }>;

/** Throws for a form that is not one of ours; a person's mistake is an answer with the field's name. */
export function parseSegmentWish(form: FormData): { ok: true; wish: Wish } | Refused {
  const said = wish.parse(Object.fromEntries(form));
  if (said.intent !== "save") return { ok: true, wish: said };
  const name = said.name.trim();
  if (name === "") return { ok: false, field: "name", reason: "missing" };
  const rule = readRule(said.rule);
  if (rule === null) return { ok: false, field: "rule", reason: "unreadable" };
  const read = segmentForm.safeParse({ id: said.id, name, rule });
  return read.success ? { ok: true, wish: { intent: "save", form: read.data } } : { ok: false, field: "name", reason: "too_long" };
}

/** Where the page says what the room refused. */
export const refusalOf = (reason: SegmentRefusal): Refused => ({ ok: false, field: reason === "name_taken" ? "name" : "segment", reason });
