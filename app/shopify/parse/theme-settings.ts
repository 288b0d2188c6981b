// A theme's settings_data.json: which app embeds are on.
import { z } from "zod";

const HEADER = /^\s*\/\*[\s\S]*?\*\//; // Shopify writes a comment before the JSON
const settingsSchema = z.object({ current: z.union([z.string(), z.object({ blocks: z.record(z.string(), z.object({ type: z.string(), disabled: z.boolean().optional() })).optional() })]) });

/** `shopify://apps/<handle>/blocks/<block>/<uuid>`, not disabled; null: not a file we can read. */
export function isEmbedOn(text: string, { handle, block }: { handle: string; block: string }): boolean | null {
  const read = settingsSchema.safeParse(parseJson(text.replace(HEADER, "")));
  if (!read.success) return null;
  const { current } = read.data;
  if (typeof current === "string") return false; // a preset as the theme came, in which no app has a place
  const start = `shopify://apps/${handle}/blocks/${block}/`;
  return Object.values(current.blocks ?? {}).some(({ type, disabled }) => type.startsWith(start) && disabled !== true);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
