// What the app's extensions/*/shopify.extension.toml say to Shopify: triggers for Flow, and blocks for pages of the Admin.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { SandboxError } from "../shop/model.ts";
import type { FlowTrigger } from "../shop/flow.ts";

export type AdminBlock = { handle: string; name: string; target: string; folder: string; /** the file that draws it */ module: string };
export type Extensions = { flowTriggers: FlowTrigger[]; blocks: AdminBlock[] };

const FILE = "shopify.extension.toml";

const Toml = z.object({
  extensions: z.array(z.object({
    type: z.string(),
    handle: z.string(),
    name: z.string(),
    targeting: z.array(z.object({ target: z.string(), module: z.string().default("") })).default([]),
  })).min(1),
  settings: z.object({ fields: z.array(z.object({ type: z.string(), key: z.string().optional() })).default([]) }).prefault({}),
});

export function readExtensions(root: string): Extensions {
  const folders = existsSync(root) ? readdirSync(root).sort().map((name) => join(root, name)).filter((folder) => existsSync(join(folder, FILE))) : [];
  const all = folders.map(readExtension);
  return { flowTriggers: all.flatMap(({ flowTriggers }) => flowTriggers), blocks: all.flatMap(({ blocks }) => blocks) };
}

function readExtension(folder: string): Extensions {
  const file = join(folder, FILE);
  const parsed = Toml.safeParse(parse(readFileSync(file, "utf8")));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new SandboxError(`${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it cannot be read"}`);
  }
  const { extensions, settings } = parsed.data;
  const fields = settings.fields.map(({ type, key }) => ({ type, key: key ?? type.replace(/_reference$/, "_id") }));
  return {
    flowTriggers: extensions.filter(({ type }) => type === "flow_trigger").map(({ handle, name }) => ({ handle, name, fields })),
    blocks: extensions.filter(({ type }) => type === "ui_extension").flatMap(({ handle, name, targeting }) =>
      targeting.filter(({ target }) => target.endsWith(".block.render")).map(({ target, module }) => ({ handle, name, target, folder, module }))),
  };
}
