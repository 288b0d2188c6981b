// Extensions as Shopify's CLI would take them: its rules (4.8.2, flow_trigger, flow_action and ui_extension) copied, since it only checks after a login.
import { existsSync } from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { listFiles, readText } from "./files.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const TARGETS = ["admin", "customer-account", "checkout"].map((surface) => path.join(ROOT, "node_modules/@shopify/ui-extensions/build/ts/surfaces", surface, "targets"));

const Handle = z.string().min(1).max(30) // Flow's limit; the CLI's own is 50
  .regex(/^[a-zA-Z0-9-]+$/, "only letters, digits and hyphens").refine((handle) => !/^-|-$/.test(handle), "no hyphen at either end");

const Reference = z.strictObject({ type: z.enum(["customer_reference", "order_reference", "product_reference", "company_reference", "company_contact_reference"]), description: z.string().optional() });
const Field = z.union([
  Reference,
  z.strictObject({ type: z.enum(["boolean", "email", "single_line_text_field", "url", "number_decimal"]), key: z.string().regex(/^[a-zA-Z\s]+$/, "only letters and spaces"), description: z.string().optional() }),
]);
const ActionField = z.union([
  Reference.extend({ required: z.boolean().optional() }),
  z.strictObject({ type: z.enum(["boolean", "email", "single_line_text_field", "multi_line_text_field", "number_integer", "url", "number_decimal"]), key: z.string().min(1), name: z.string().min(1), required: z.boolean().optional(), description: z.string().optional() }),
]);
const FlowAction = z.strictObject({ type: z.literal("flow_action"), name: z.string().min(1), handle: Handle, description: z.string().optional(), runtime_url: z.url({ protocol: /^https$/ }) });
const FlowTrigger = z.strictObject({ type: z.literal("flow_trigger"), name: z.string().min(1), handle: Handle, description: z.string().optional() });
const Targeting = z.strictObject({
  target: z.string().refine((target) => TARGETS.some((folder) => existsSync(path.join(folder, `${target}.d.ts`))), "no such place on Shopify's pages"),
  module: z.string().startsWith("./"),
});
const UiExtension = z.strictObject({
  type: z.literal("ui_extension"), name: z.string().min(1), handle: Handle, description: z.string().optional(),
  api_version: z.string(), // here and not at the top: what stands there is the Admin API's (versions.test.ts), this one is the package's
  capabilities: z.strictObject({ api_access: z.boolean(), network_access: z.boolean(), block_progress: z.boolean(), collect_buyer_consent: z.strictObject({}) }).partial().optional(),
  targeting: z.array(Targeting).min(1).refine((all) => new Set(all.map(({ target }) => target)).size === all.length, "a target twice"),
});
const ExtensionToml = z.union([
  z.strictObject({ extensions: z.tuple([FlowTrigger]), settings: z.strictObject({ fields: z.array(Field).min(1) }) }),
  z.strictObject({ extensions: z.tuple([FlowAction]), settings: z.strictObject({ fields: z.array(ActionField).min(1) }) }),
  z.strictObject({ extensions: z.tuple([UiExtension]) }),
]);

const TOML = "shopify.extension.toml";
const tomls = listFiles("extensions").filter((file) => path.basename(file) === TOML && !readText(file).includes('type = "theme"')); // a theme's: scripts/check-theme.ts
const extensions = tomls.map((file) => ({ file, folder: path.dirname(file), toml: ExtensionToml.parse(parse(readText(file))) }));
const uiExtensions = extensions.flatMap(({ folder, toml: { extensions: [extension] } }) => (extension.type === "ui_extension" ? [{ folder, ...extension }] : []));

test.each(tomls)("%s keeps the CLI's rules", (file) => expect(ExtensionToml.safeParse(parse(readText(file))).error).toBeUndefined());

test("every folder holds an extension, and every handle is used once", () => {
  const folders = new Set(listFiles("extensions").map((file) => file.split("/")[1] ?? ""));
  expect([...folders].filter((folder) => !existsSync(path.join(ROOT, "extensions", folder, TOML)))).toEqual([]);
  const handles = extensions.map(({ toml: { extensions: [{ handle }] } }) => handle);
  expect(new Set(handles).size).toBe(handles.length);
  expect(handles.length).toBeGreaterThan(0);
});

test("every action of Flow's is a route of ours, at the address Shopify knows us by", () => {
  const { application_url: home } = z.object({ application_url: z.string() }).parse(parse(readText("shopify.app.toml")));
  const actions = extensions.flatMap(({ toml: { extensions: [extension] } }) => (extension.type === "flow_action" ? [new URL(extension.runtime_url)] : []));
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter(({ origin, pathname }) => origin !== new URL(home).origin || !existsSync(path.join(ROOT, `app/routes${pathname.replaceAll("/", ".").replace(".", "/")}.ts`)))).toEqual([]);
});

test.each([
  ["a handle with a space", 'handle = "customer-entered-segment"', 'handle = "customer entered"', "only letters, digits and hyphens"],
  ["a handle that ends in a hyphen", 'handle = "customer-entered-segment"', 'handle = "customer-"', "no hyphen at either end"],
  ["a key with a digit", 'key = "Reason"', 'key = "Reason 1"', "only letters and spaces"],
  ["a reference with a key", 'type = "customer_reference"', 'type = "customer_reference"\nkey = "Customer"', "Unrecognized key"],
  ["a field of several lines, which only actions have", 'type = "single_line_text_field"', 'type = "multi_line_text_field"', "Invalid option"],
  ["a field Flow does not take", 'type = "customer_reference"', 'type = "marketing_activity_reference"', "Invalid option"],
])("%s would be refused", (_what, good, bad, why) => {
  const text = readText("extensions/flow-customer-entered-segment/shopify.extension.toml");
  expect(text).toContain(good);
  expect(JSON.stringify(ExtensionToml.safeParse(parse(text.replace(good, bad))).error?.issues)).toContain(why);
});

describe("a UI extension", () => {
  const installed = z.object({ version: z.string() }).parse(JSON.parse(readText("node_modules/@shopify/ui-extensions/package.json"))).version;
  const [year = "", month = ""] = installed.split(".");

  test.each(uiExtensions)("$handle speaks the version of the elements it is checked against", ({ api_version: version }) => expect(version).toBe(`${year}-${month.padStart(2, "0")}`));
  test.each(uiExtensions)("$handle has the files it names", ({ folder, targeting }) => expect(targeting.filter(({ module }) => !existsSync(path.join(ROOT, folder, module)))).toEqual([]));

  describe.each(uiExtensions)("$handle in every language", ({ folder }) => {
    const Words = z.record(z.string(), z.string().min(1));
    const files = listFiles(`${folder}/locales`);
    const locales = new Map(files.map((file) => [path.basename(file).replace(/([.]default)?[.]json$/, ""), Words.parse(JSON.parse(readText(file)))]));

    test("has one default, and all of ours", () => {
      expect(files.filter((file) => file.endsWith(".default.json")).map((file) => path.basename(file))).toEqual(["en.default.json"]);
      expect([...locales.keys()].sort()).toEqual(["en", "ja", "zh-CN"]);
    });
    test("says the same things", () => {
      const keys = [...locales.values()].map((words) => Object.keys(words));
      expect(new Set(keys.map((each) => each.join())).size).toBe(1);
    });
    test("tells the app which it is", () => expect([...locales].filter(([locale, words]) => words["locale"] !== locale)).toEqual([]));
    test("leaves nothing in English", () => {
      const scripts = { ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, "zh-CN": /\p{Script=Han}/u };
      const untranslated = Object.entries(scripts).flatMap(([locale, script]) =>
        Object.entries(locales.get(locale) ?? {}).filter(([key, sentence]) => key !== "locale" && (!script.test(sentence) || /[a-z]{2,} [a-z]{2,}/i.test(sentence))));
      expect(untranslated).toEqual([]);
    });
  });
});
