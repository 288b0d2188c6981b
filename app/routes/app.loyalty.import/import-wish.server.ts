// What a merchant may do with a file of members: look at it, take it over, and undo that.
import { z } from "zod";
import { FILE_MAX_BYTES } from "../../capabilities/loyalty/model/imports.ts";
import { decodeText } from "../../values/decode-text.ts";
import { textSchema } from "../../values/id-schemas.ts";
import type { ImportFault } from "./import-view.ts";

export type ImportWish = { intent: "preview"; text: string } | { intent: "import"; id: string; fileName: string; text: string } | { intent: "undo"; id: string };

const NAME_MAX = 200;
const AROUND_BYTES = 10_000; // of a form, besides its file
const form = z.discriminatedUnion("intent", [z.object({ intent: z.literal("preview") }), z.object({ intent: z.literal("import"), id: z.uuid() }), z.object({ intent: z.literal("undo"), id: z.uuid() })]);
const fileName = textSchema.transform((name) => name.slice(0, NAME_MAX));

/** A file that is too large is refused before it is read. Throws for a form that is not one of ours. */
export async function readImportWish(request: Request): Promise<{ ok: true; wish: ImportWish } | { ok: false; fault: ImportFault }> {
  if (Number(request.headers.get("content-length") ?? 0) > FILE_MAX_BYTES + AROUND_BYTES) return { ok: false, fault: "too_large" };
  const data = await request.formData();
  const { file, ...said } = Object.fromEntries(data);
  const wish = form.parse(said);
  if (wish.intent === "undo") return { ok: true, wish };
  if (file === undefined || typeof file === "string") return { ok: false, fault: "no_file" };
  if (file.size > FILE_MAX_BYTES) return { ok: false, fault: "too_large" };
  const text = decodeText(new Uint8Array(await file.arrayBuffer()), "windows-1252"); // in any older encoding addresses and numbers are the same, and nothing else is read
  return { ok: true, wish: wish.intent === "preview" ? { ...wish, text } : { ...wish, text, fileName: fileName.parse(file.name) } };
}
