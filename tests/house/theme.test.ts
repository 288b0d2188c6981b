// The theme extension as Shopify would take it: theme-check, what theme-check leaves out (schemas, sizes), and its words in three languages.
import { statSync } from "node:fs";
import path from "node:path";
import { themeCheckRun } from "@shopify/theme-check-node";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { listFiles, readText } from "./files.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const FOLDER = "extensions/regulars-theme";
const SETTINGS = "node_modules/@shopify/theme-check-docs-updater/data/setting.json"; // the types Shopify's own checker knows in themes
const files = listFiles(FOLDER).map((file) => file.slice(FOLDER.length + 1));
const read = (file: string) => readText(`${FOLDER}/${file}`);
const inFolder = (folder: string) => files.filter((file) => file.startsWith(`${folder}/`));
const liquid = [...inFolder("blocks"), ...inFolder("snippets")].map(read).join("\n");

test("theme-check finds nothing", async () => {
  const { offenses } = await themeCheckRun(path.join(ROOT, FOLDER), "theme-check:theme-app-extension");
  expect(offenses.map(({ uri, check, message }) => `${path.basename(uri)} ${check}: ${message}`)).toEqual([]);
});

test("the extension says what it is, and nothing Shopify does not ask of a theme's", () => {
  const Toml = z.strictObject({ extensions: z.tuple([z.strictObject({ type: z.literal("theme"), name: z.string().min(1), handle: z.string().regex(/^[a-z0-9-]{1,50}$/) })]) });
  expect(Toml.safeParse(parse(read("shopify.extension.toml"))).error).toBeUndefined();
});

describe("the budget holds", () => {
  const LIMITS: { what: string; of: RegExp; max: number; isSum?: boolean }[] = [
    { what: "a script", of: /^assets\/.*[.]js$/, max: 10_000 },
    { what: "a stylesheet", of: /^assets\/.*[.]css$/, max: 100_000 },
    { what: "a translation", of: /^locales\//, max: 15_000 },
    { what: "all Liquid", of: /[.]liquid$/, max: 100_000, isSum: true },
    { what: "everything", of: /./, max: 10_000_000, isSum: true },
  ];
  const tooLarge = (sizes: [string, number][]) => LIMITS.flatMap(({ what, of, max, isSum }) => {
    const found = sizes.filter(([file]) => of.test(file));
    const measured: [string, number][] = isSum === true ? [[what, found.reduce((sum, [, bytes]) => sum + bytes, 0)]] : found;
    return measured.filter(([, bytes]) => bytes > max).map(([name, bytes]) => `${name}: ${bytes} bytes, ${max} allowed`);
  });

  test("raw bytes, as shoppers' phones load them", () => expect(tooLarge(files.map((file) => [file, statSync(path.join(ROOT, FOLDER, file)).size]))).toEqual([]));
  test.each([["assets/a.js", 10_001], ["assets/a.css", 100_001], ["locales/ja.json", 15_001], ["blocks/a.liquid", 100_001]])("%s of %d bytes would be refused", (file, bytes) => {
    expect(tooLarge([[file, bytes]])).toHaveLength(1);
    expect(tooLarge([[file, bytes - 1]])).toEqual([]);
  });
  test("nothing lies where Shopify does not look, and there are at most 30 blocks", () => {
    const known = /^(shopify[.]extension[.]toml|assets\/[^/]+[.](jpg|jpeg|json|js|css|png|svg|wasm)|(blocks|snippets)\/[^/]+[.]liquid|locales\/[^/]+[.]json)$/;
    expect(files.filter((file) => !known.test(file))).toEqual([]);
    expect(inFolder("blocks").length).toBeLessThanOrEqual(30);
  });
});

const LANGUAGES = ["en", "ja", "zh-CN"] as const;
type Nested = { [key: string]: string | Nested };
const Nested: z.ZodType<Nested> = z.lazy(() => z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.union([z.string().min(1), Nested])));
const parseWords = (file: string) => new Map(flatten(Nested.parse(JSON.parse(read(`locales/${file}`)))));
const words = LANGUAGES.map((language) => ({ language, said: parseWords(`${language}${language === "en" ? ".default" : ""}.json`) }));
const schemaWords = LANGUAGES.map((language) => ({ language, said: parseWords(`${language}${language === "en" ? ".default" : ""}.schema.json`) }));

function flatten(nested: Nested, before = ""): [string, string][] {
  return Object.entries(nested).flatMap(([key, value]): [string, string][] => (typeof value === "string" ? [[before + key, value]] : flatten(value, `${before}${key}.`)));
}

describe("a block's schema", () => {
  const types: string[] = z.object({ properties: z.object({ type: z.object({ enum: z.array(z.string()) }) }) }).parse(JSON.parse(readText(SETTINGS))).properties.type.enum;
  const NOT_IN_APPS = ["color_scheme", "color_scheme_group", "font_picker"]; // they are the theme's
  const TEMPLATES = ["*", "404", "article", "blog", "cart", "collection", "customers/account", "customers/login", "customers/register", "gift_card", "index", "list-collections", "page", "password", "product", "search"];
  const NAME_MAX = 25;

  const word = z.string().startsWith("t:");
  const labelled = { id: z.string().regex(/^[a-z][a-z0-9_]*$/), label: word, info: word.optional() };
  const Setting = z.discriminatedUnion("type", [
    z.strictObject({ type: z.enum(["header", "paragraph"]), content: word, info: word.optional() }),
    z.strictObject({ type: z.literal("checkbox"), ...labelled, default: z.boolean() }),
    z.strictObject({ type: z.literal("color"), ...labelled, default: z.string().regex(/^#[0-9a-f]{6}$/) }),
    z.strictObject({ type: z.literal("number"), ...labelled, default: z.number(), placeholder: word.optional() }),
    z.strictObject({ type: z.enum(["text", "textarea", "url"]), ...labelled, default: z.string().min(1, "Shopify refuses an empty default").optional(), placeholder: word.optional() }),
    z.strictObject({ type: z.literal("select"), ...labelled, options: z.array(z.strictObject({ value: z.string().min(1), label: word })).min(2), default: z.string() })
      .refine(({ options, default: usual }) => options.some(({ value }) => value === usual), "the default is none of its options"),
    z.strictObject({ type: z.literal("range"), ...labelled, min: z.number(), max: z.number(), step: z.number().positive(), unit: z.string().max(3).optional(), default: z.number() })
      .refine(({ min, max, step }) => (max - min) / step >= 2 && (max - min) / step <= 100, "a range has 3 to 101 steps")
      .refine(({ min, max, step, default: usual }) => usual >= min && usual <= max && (usual - min) % step === 0, "the default is none of its steps"),
  ]);
  const Places = z.strictObject({ templates: z.array(z.enum(TEMPLATES)).min(1).optional(), groups: z.array(z.string()).optional() });
  const asset = (ending: string) => z.string().endsWith(ending).refine((file) => files.includes(`assets/${file}`), "no such asset");
  const Schema = z.strictObject({
    name: word, target: z.enum(["section", "head", "compliance_head", "body"]),
    stylesheet: asset(".css").optional(), javascript: asset(".js").optional(), class: z.string().optional(), tag: z.enum(["article", "aside", "div", "footer", "header", "section"]).optional(),
    available_if: z.string().regex(/^\{\{ app[.]metafields[.][a-z_]+[.][a-z_]+ \}\}$/, "a boolean metafield of the app"),
    enabled_on: Places.optional(), disabled_on: Places.optional(), settings: z.array(Setting),
  }).refine((schema) => schema.enabled_on === undefined || schema.disabled_on === undefined, "enabled_on or disabled_on, not both")
    .refine(({ target, class: name, tag }) => target === "section" || (name === undefined && tag === undefined), "an embed has neither class nor tag")
    .superRefine(({ settings }, context) => {
      const ids = settings.flatMap((setting) => ("id" in setting ? [setting.id] : []));
      if (new Set(ids).size < ids.length) context.addIssue("an id twice");
    });

  const schemaOf = (file: string): string => /\{% schema %\}([\s\S]*)\{% endschema %\}/.exec(read(file))?.[1] ?? "";
  const faultsOf = (text: string): string[] => Schema.safeParse(JSON.parse(text)).error?.issues.map(({ path: at, message }) => `${at.join(".")} ${message}`) ?? [];
  const keysIn = (text: string): string[] => [...text.matchAll(/"t:([^"]+)"/g)].map(([, key = ""]) => key);
  const blocks = inFolder("blocks");

  test.each(blocks)("%s keeps Shopify's rules", (file) => expect(faultsOf(schemaOf(file))).toEqual([]));
  test.each(blocks)("%s is said in all languages, its name briefly and without the app's", (file) => {
    for (const { said } of schemaWords) {
      expect(keysIn(schemaOf(file)).filter((key) => !said.has(key))).toEqual([]);
      const name = said.get(z.object({ name: z.string() }).parse(JSON.parse(schemaOf(file))).name.slice(2)) ?? "";
      expect(name.length).toBeLessThanOrEqual(NAME_MAX);
      expect(name).not.toContain("Regulars");
    }
  });
  test("only setting types an app block may have", () => {
    const used = blocks.flatMap((file) => [...schemaOf(file).matchAll(/"type": "(\w+)"/g)].map(([, type = ""]) => type));
    expect(used.filter((type) => !types.includes(type) || NOT_IN_APPS.includes(type))).toEqual([]);
    expect(used.length).toBeGreaterThan(20);
  });
  test("nothing is translated that no block says", () => {
    const said = new Set(blocks.flatMap((file) => keysIn(schemaOf(file))));
    expect([...(schemaWords[0]?.said.keys() ?? [])].filter((key) => !said.has(key))).toEqual([]);
  });

  test.each([
    ["an unknown setting", '"type": "range"', '"type": "slider"', "Invalid discriminator"],
    ["an id twice", '"id": "offset_y"', '"id": "offset_x"', "an id twice"],
    ["a default off the range", '"unit": "px", "default": 16', '"unit": "px", "default": 17', "none of its steps"],
    ["a default that is no option", '"default": "right"', '"default": "top"', "none of its options"],
    ["a stray target", '"target": "body"', '"target": "foot"', "Invalid option"],
    ["a text instead of a key", '"t:settings.accent"', '"Accent"', "Invalid string"],
    ["an empty default", '"default": "/apps/regulars"', '"default": ""', "empty default"],
    ["both kinds of place", '"target": "body",', '"target": "body", "enabled_on": { "templates": ["index"] }, "disabled_on": { "templates": ["cart"] },', "not both"],
  ])("%s would be refused", (_what, good, bad, why) => {
    const text = schemaOf("blocks/loyalty.liquid");
    expect(text).toContain(good);
    expect(faultsOf(text.replace(good, bad)).join()).toContain(why);
  });
});

describe("shoppers' words", () => {
  const PLURAL = /[.](one|other)$/;
  const basesOf = (said: Map<string, string>) => [...new Set([...said.keys()].map((key) => key.replace(PLURAL, "")))].sort();
  const blanksOf = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();
  const english = words[0]?.said ?? new Map<string, string>();

  test.each(words)("$language says the same things with the same blanks", ({ said }) => {
    expect(basesOf(said)).toEqual(basesOf(english));
    const blanks = new Map([...english].map(([key, text]) => [key.replace(PLURAL, ""), blanksOf(text)]));
    expect([...said].filter(([key, text]) => String(blanksOf(text)) !== String(blanks.get(key.replace(PLURAL, ""))))).toEqual([]);
  });
  test.each(words)("$language has the plural forms it needs, and knows its name", ({ language, said }) => {
    const wrong = [...english.keys()].filter((key) => key.endsWith(".other")).map((key) => key.replace(PLURAL, ""))
      .filter((base) => !said.has(`${base}.other`) || said.has(`${base}.one`) !== (language === "en"));
    expect(wrong).toEqual([]);
    expect(said.get("locale")).toBe(language);
  });
  test.each([...words, ...schemaWords].filter(({ language }) => language !== "en"))("$language has no Latin words but names", ({ said }) => {
    const latin = [...said].filter(([key, text]) => !/^(locale$|formats)/.test(key) && /[A-Za-z]{2,}/.test(text.replace(/\{\{.*?\}\}/g, "").replace(/JavaScript|z-index/g, "")));
    expect(latin).toEqual([]);
  });
  test("no app's name is shown", () => expect([...words, ...schemaWords].flatMap(({ said }) => [...said.values()]).filter((text) => text.includes("Regulars"))).toEqual([]));

  test("every key is said somewhere, and every key said is there", () => {
    const literal = new Set([...liquid.matchAll(/'([a-z_]+(?:[.][a-z_]+)+|locale)' \| t\b/g)].map(([, key = ""]) => key));
    const prefixes = [...liquid.matchAll(/'([a-z_]+[.][a-z_.]*)' \| append: /g)].map(([, prefix = ""]) => prefix);
    const bases = basesOf(english);
    expect([...literal].filter((key) => !bases.includes(key))).toEqual([]);
    expect(bases.filter((key) => !literal.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([]);
  });
});
