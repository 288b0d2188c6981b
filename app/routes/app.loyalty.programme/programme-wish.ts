// What a merchant may ask of the programme's editor.
import { z } from "zod";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { readDraftText, type Faults } from "../../ui/forms/faults.ts";
import { readProgramme } from "../../ui/loyalty/programme-draft.ts";
import type { Day } from "../../values/day.ts";
import { daySchema } from "../../values/day-schema.ts";

export const PROGRAMME_PATH = "/app/loyalty/programme";

const form = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), programme: z.string() }),
  /** `savedAt`: as it was saved when its dry run was looked at; `keptUntil`: left out where tiers may be lost */
  z.object({ intent: z.literal("publish"), savedAt: z.iso.datetime().transform((text) => new Date(text)), keptUntil: z.string().optional() }),
]);

type Wish = { intent: "save"; programme: Programme } | { intent: "publish"; savedAt: Date; keptUntil: Day | null };
export type ProgrammeAnswer = { ok: true; intent: Wish["intent"] } | { ok: false; intent: Wish["intent"]; faults: Faults };

/** Throws for a form that is not one of ours; a person's mistake is an answer with the field's name. */
export function parseProgrammeWish(data: FormData, today: Day): { ok: true; wish: Wish } | Extract<ProgrammeAnswer, { ok: false }> {
  const said = form.parse(Object.fromEntries(data));
  const { intent } = said;
  if (intent === "save") {
    const read = readDraftText(said.programme, readProgramme);
    return read.ok ? { ok: true, wish: { intent, programme: read.value } } : { ok: false, intent, faults: read.faults };
  }
  if (said.keptUntil === undefined) return { ok: true, wish: { intent, savedAt: said.savedAt, keptUntil: null } };
  const keptUntil = daySchema.safeParse(said.keptUntil);
  const fault = !keptUntil.success ? (said.keptUntil === "" ? "missing" as const : "not_a_day" as const) : keptUntil.data <= today ? "in_past" as const : null;
  return keptUntil.success && fault === null ? { ok: true, wish: { intent, savedAt: said.savedAt, keptUntil: keptUntil.data } } : { ok: false, intent, faults: { keptUntil: { code: fault ?? "not_a_day", limit: null } } };
}
