// A theme app extension as Shopify takes it from its folder: blocks with their schemas, snippets, translations, assets.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { SandboxError } from "../../shop/model.ts";

const Choice = z.object({ value: z.string(), label: z.string() });
const Setting = z.object({
  type: z.string(), id: z.string().optional(), label: z.string().optional(), info: z.string().optional(), content: z.string().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  min: z.number().optional(), max: z.number().optional(), step: z.number().optional(), unit: z.string().optional(), options: z.array(Choice).optional(),
});
const Places = z.object({ templates: z.array(z.string()).optional(), groups: z.array(z.string()).optional() });
const Schema = z.object({
  name: z.string(), target: z.enum(["section", "head", "compliance_head", "body"]), settings: z.array(Setting).default([]),
  stylesheet: z.string().optional(), javascript: z.string().optional(), available_if: z.string().optional(), enabled_on: Places.optional(), disabled_on: Places.optional(),
});
const Toml = z.object({ extensions: z.array(z.object({ type: z.string(), handle: z.string() })).min(1) });

export type ThemeSetting = z.infer<typeof Setting>;
export type ThemeBlock = { handle: string; source: string; schema: z.infer<typeof Schema> };
/** nested texts, plural forms among them */
export type Translations = { [key: string]: string | Translations };
export type ThemeExtension = {
  handle: string;
  blocks: ThemeBlock[];
  snippets: Map<string, string>;
  /** what shoppers read, by language */
  words: Map<string, Translations>;
  /** what merchants read in the theme editor */
  schemaWords: Map<string, Translations>;
  defaultLocale: string;
  assetsFolder: string;
};

/** The one theme extension among an app's extensions: Shopify allows no second. */
export function readThemeExtension(root: string): ThemeExtension | null {
  const folders = existsSync(root) ? readdirSync(root).map((name) => join(root, name)) : [];
  for (const folder of folders) {
    const file = join(folder, "shopify.extension.toml");
    const extension = existsSync(file) ? Toml.parse(parse(readFileSync(file, "utf8"))).extensions.find(({ type }) => type === "theme") : undefined;
    if (extension !== undefined) return readFolder(folder, extension.handle);
  }
  return null;
}

function readFolder(folder: string, handle: string): ThemeExtension {
  const locales = readAll(join(folder, "locales"), ".json");
  const pick = (isSchema: boolean): Map<string, Translations> => new Map(locales.filter(({ name }) => name.endsWith(".schema") === isSchema)
    .map(({ name, text }) => [name.replace(/[.]schema$/, "").replace(/[.]default$/, ""), JSON.parse(text) as Translations])); // tests/house/theme.test.ts holds the files to this shape
  return {
    handle,
    blocks: readAll(join(folder, "blocks"), ".liquid").map(({ name, text }) => parseBlock(name, text)),
    snippets: new Map(readAll(join(folder, "snippets"), ".liquid").map(({ name, text }) => [name, text])),
    words: pick(false),
    schemaWords: pick(true),
    defaultLocale: locales.find(({ name }) => name.endsWith(".default"))?.name.replace(/[.]default$/, "") ?? "en",
    assetsFolder: join(folder, "assets"),
  };
}

function readAll(folder: string, ending: string): { name: string; text: string }[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)).sort() : [];
  return names.map((name) => ({ name: basename(name, ending), text: readFileSync(join(folder, name), "utf8") }));
}

const schemaTag = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

function parseBlock(handle: string, text: string): ThemeBlock {
  const parsed = Schema.safeParse(JSON.parse(schemaTag.exec(text)?.[1] ?? "{}"));
  if (!parsed.success) throw new SandboxError(`blocks/${handle}.liquid: its schema is not one: ${parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ")}`);
  return { handle, source: text.replace(schemaTag, ""), schema: parsed.data };
}

/** `t:settings.accent` in the merchant's language, other texts as they are */
export function sayToMerchant({ schemaWords, defaultLocale }: ThemeExtension, locale: string, text: string | undefined): string {
  if (!text?.startsWith("t:")) return text ?? "";
  const key = text.slice(2);
  const found = findWord(schemaWords.get(locale), key) ?? findWord(schemaWords.get(defaultLocale), key);
  return typeof found === "string" ? found : text;
}

export function findWord(words: Translations | undefined, key: string): string | Translations | undefined {
  return key.split(".").reduce<string | Translations | undefined>((found, name) => (typeof found === "object" ? found[name] : undefined), words);
}
