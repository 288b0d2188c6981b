// What a merchant may do with costs: type some in, look at a file of them, and take it over.
import { z } from "zod";
import { COST_FILE_MAX_BYTES, PURPOSES } from "../../capabilities/cohorts/model.ts";
import type { TypedCost } from "../../capabilities/cohorts/rules/cost-form.ts";
import { LOCALES, type Locale } from "../../i18n/locales.ts";
import { decodeText, type OlderEncoding } from "../../values/decode-text.ts";
import { textSchema } from "../../values/id-schemas.ts";
import type { UnreadFile } from "./cost-view.ts";

export type CostsWish = { intent: "save"; typed: TypedCost[] } | { intent: "preview" | "import"; text: string };

const AROUND_BYTES = 10_000; // of a form, besides its file
const TYPED_MAX = 1_000; // amounts at once
const TEXT_MAX = 300; // longer than anything that could be kept, so that the rules say what is wrong
const form = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), costs: z.string() }), z.object({ intent: z.enum(["preview", "import"]), locale: z.enum(LOCALES) }),
]);
const short = textSchema.refine((text) => text.length <= TEXT_MAX, "must be short");
const typedSchema = z.array(z.object({ month: short, purpose: z.enum(PURPOSES), channel: short, amount: short })).max(TYPED_MAX);

/** As spreadsheets save where they do not save UTF-8. */
const OLDER = { en: "windows-1252", ja: "shift_jis", "zh-CN": "gb18030" } as const satisfies Record<Locale, OlderEncoding>;

/** A file that is too large is refused before it is read. Throws for a form that is not one of ours. */
export async function readCostsWish(request: Request): Promise<{ ok: true; wish: CostsWish } | { ok: false; answer: UnreadFile }> {
  if (Number(request.headers.get("content-length") ?? 0) > COST_FILE_MAX_BYTES + AROUND_BYTES) return refused("too_large");
  const { file, ...said } = Object.fromEntries(await request.formData());
  const wish = form.parse(said);
  if (wish.intent === "save") return { ok: true, wish: { intent: "save", typed: typedSchema.parse(JSON.parse(wish.costs)) } };
  if (file === undefined || typeof file === "string") return refused("no_file");
  if (file.size > COST_FILE_MAX_BYTES) return refused("too_large");
  return { ok: true, wish: { intent: wish.intent, text: decodeText(new Uint8Array(await file.arrayBuffer()), OLDER[wish.locale]) } };
}

const refused = (fault: UnreadFile["fault"]) => ({ ok: false as const, answer: { ok: false as const, lines: null, fault } });
