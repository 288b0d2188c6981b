// Blocks the app adds to pages of the Admin. Each runs in a frame without an origin, so that it reaches the app, and nothing else,
// from outside, as Shopify's do: with a session token, and by the leave of the app's CORS headers.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Router, type RequestHandler } from "express";
import { z } from "zod";
import type { SandboxContext } from "../context.ts";
import { bundleBlock } from "../extensions/bundle.ts";
import type { AdminBlock } from "../extensions/extension-files.ts";
import type { Locale } from "./languages.ts";
import { dataBlock, html, textOf, type Markup } from "./markup.ts";
import { promised } from "./promised-handler.ts";
import { createView, type View } from "./view.ts";

/** To a frame without an origin every script is another's, and of those the browser tells no broken promise unless they are anybody's. */
export const forAnybody = { "Access-Control-Allow-Origin": "*" };

export function createBlocks(context: SandboxContext): Router {
  const router = Router();
  router.get("/blocks/:handle/frame", showFrame(context));
  router.get("/blocks/:handle/script.js", sendScript(context));
  return router;
}

/** `resource` is the global id of what the page is about; scripts load the frames once they listen to them. */
export function renderBlocks({ context }: View, target: string, resource: string): Markup[] {
  const shown = context.isInstalled() ? context.blocks.filter((block) => block.target === target) : [];
  return shown.map(({ handle, name }) => html`<div class="card block"><iframe data-block title="${name}" sandbox="allow-scripts allow-popups allow-top-navigation-by-user-activation"
data-src="/sandbox/blocks/${handle}/frame?resource=${encodeURIComponent(resource)}"></iframe></div>`);
}

const findBlock = ({ blocks }: SandboxContext, handle: string | undefined): AdminBlock | undefined => blocks.find((block) => block.handle === handle);

function showFrame(context: SandboxContext): RequestHandler {
  return (request, response, next) => {
    const block = findBlock(context, request.params["handle"]);
    if (block === undefined) return next();
    const view = createView(context, request);
    const { resource } = request.query;
    const facts = {
      target: block.target,
      resource: typeof resource === "string" ? resource : "",
      locale: view.locale,
      words: readWords(block.folder, view.locale),
      app: { name: context.app.name, home: `/admin/apps/${context.app.handle}` },
      failed: view.t("block.failed"),
    };
    response.set("Cache-Control", "no-store").send(textOf(html`<!doctype html>
<html lang="${view.locale}">
<head>
<meta charset="utf-8">
<title>${block.name}</title>
<link rel="stylesheet" href="/sandbox/shell/block.css">
${dataBlock("block-data", facts)}
<script defer crossorigin src="/sandbox/shell/block-elements.js"></script>
<script defer crossorigin src="/sandbox/shell/block-frame.js"></script>
<script defer crossorigin src="/sandbox/blocks/${block.handle}/script.js"></script>
</head>
<body></body>
</html>`));
  };
}

const Words = z.record(z.string(), z.string());

/** The default language fills what the wished-for one lacks. */
function readWords(folder: string, locale: Locale): Record<string, string> {
  const locales = join(folder, "locales");
  const files = existsSync(locales) ? readdirSync(locales) : [];
  const read = (file: string | undefined): Record<string, string> => (file === undefined ? {} : Words.parse(JSON.parse(readFileSync(join(locales, file), "utf8"))));
  return { ...read(files.find((file) => file.endsWith(".default.json"))), ...read(files.find((file) => file.startsWith(`${locale}.`))) };
}

/** Built when first asked for, and kept: a new build needs a new start. One that failed is tried again. */
function sendScript(context: SandboxContext): RequestHandler {
  const scripts = new Map<string, Promise<string>>();
  return promised(async (request, response) => {
    const block = findBlock(context, request.params["handle"]);
    if (block === undefined) return void response.status(404).type("text").send("There is no such block.\n");
    try {
      const script = scripts.get(block.handle) ?? bundleBlock(block);
      scripts.set(block.handle, script);
      response.type("text/javascript").set({ "Cache-Control": "no-cache", ...forAnybody }).send(await script);
    } catch (error) {
      scripts.delete(block.handle);
      response.status(500).type("text").send(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  });
}
