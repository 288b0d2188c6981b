// A block's one script, made as Shopify's CLI makes it: bundled and minified, and given to `shopify.extend` under its target.

import { join } from "node:path";
import type { InlineConfig } from "vite";
import type { AdminBlock } from "./extension-files.ts";

/** `appUrl`: where the app is, for a block that says `process.env.APP_URL`. */
export async function bundleBlock(block: AdminBlock, { appUrl = "" } = {}): Promise<string> {
  const { build } = await import("vite"); // a third of a second that only who looks at a block should wait for
  const built = await build(configFor(block, appUrl));
  const chunks = (Array.isArray(built) ? built : [built]).flatMap((output) => ("output" in output ? output.output : []));
  const [script] = chunks.filter((chunk) => chunk.type === "chunk");
  if (script === undefined) throw new Error(`${block.handle}: nothing was built`);
  return script.code;
}

const ENTRY = "virtual:block"; // no file: what the CLI writes around the module

const configFor = ({ folder, module, target }: AdminBlock, appUrl: string): InlineConfig => ({
  root: folder,
  configFile: false,
  envDir: false,
  logLevel: "silent", // what goes wrong is thrown
  mode: "production",
  publicDir: false,
  define: { "process.env.APP_URL": JSON.stringify(appUrl) },
  plugins: [{
    name: "block-entry",
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) => (id === ENTRY ? `import draw from ${JSON.stringify(join(folder, module))};\nshopify.extend(${JSON.stringify(target)}, (...given) => draw(...given));` : null),
  }],
  build: {
    write: false,
    target: "es2015", // the CLI's
    minify: "esbuild",
    modulePreload: false,
    rollupOptions: { input: ENTRY, output: { format: "iife" } },
  },
});
