// What a merchant may ask while setting a programme up.
import { z } from "zod";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { readDraftText, type Faults } from "../../ui/forms/faults.ts";
import { readProgramme } from "../../ui/loyalty/programme-draft.ts";
import type { Day } from "../../values/day.ts";
import { daySchema } from "../../values/day-schema.ts";

export const SETUP_PATH = "/app/loyalty/setup";

export const STEPS = ["earning", "rewards", "ways", "tiers", "launch"] as const;
export type Step = (typeof STEPS)[number];
export const stepIn = (said: string | null): Step => STEPS.find((step) => step === said) ?? STEPS[0];

const form = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), programme: z.string() }),
  z.object({ intent: z.literal("launch"), from: z.string() }),
]);

type Wish = { intent: "save"; programme: Programme } | { intent: "launch"; from: Day };
export type SetupAnswer = { ok: true; intent: Wish["intent"] } | { ok: false; faults: Faults };

/** Throws for a form that is not one of ours; a person's mistake is an answer with the field's name. */
export function parseSetupWish(data: FormData, today: Day): { ok: true; wish: Wish } | { ok: false; faults: Faults } {
  const said = form.parse(Object.fromEntries(data));
  if (said.intent === "save") {
    const read = readDraftText(said.programme, readProgramme);
    return read.ok ? { ok: true, wish: { intent: "save", programme: read.value } } : read;
  }
  const from = daySchema.safeParse(said.from);
  if (!from.success) return { ok: false, faults: { from: { code: said.from === "" ? "missing" : "not_a_day", limit: null } } };
  if (from.data > today) return { ok: false, faults: { from: { code: "in_future", limit: null } } };
  return { ok: true, wish: { intent: "launch", from: from.data } };
}
