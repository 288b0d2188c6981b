// The pretend theme with the app's extension in it: what it remembers, and the blocks it renders into pages.

import { join } from "node:path";
import { html, textOf, trusted, type Markup } from "../../admin-shell/markup.ts";
import { createMetafields } from "../../admin-api/metafields.ts";
import type { SandboxClock, ShopState } from "../../shop/model.ts";
import type { BlockPlace, RenderBlocks, Visit } from "../page.ts";
import { createLiquid, type LiquidObjects } from "./liquid-engine.ts";
import { describePage } from "./liquid-objects.ts";
import { readThemeExtension, type ThemeBlock, type ThemeExtension } from "./theme-extension.ts";
import { createThemeFiles, templates, type BlockSettings, type PlacedBlock, type TemplateName, type ThemeFiles } from "./theme-files.ts";

export type Theme = {
  /** null: the app has none */
  extension: ThemeExtension | null;
  files: ThemeFiles;
  assetsPath: string;
  renderBlocks: RenderBlocks;
};

type Parts = { state: ShopState; clock: SandboxClock; appHandle: string; extensionsFolder: string };

export function createTheme({ state, clock, appHandle, extensionsFolder }: Parts): Theme {
  const extension = readThemeExtension(extensionsFolder);
  const files = createThemeFiles(state, appHandle);
  const fitting = extension?.blocks.filter(({ schema }) => schema.target === "section" && schema.enabled_on === undefined) ?? [];
  if (fitting.length > 0) files.makePage(fitting.toSorted((one, other) => one.source.length - other.source.length).map(({ handle }) => handle)); // what fits any page, small things first
  const assetsPath = `/cdn/extensions/${extension?.handle ?? "none"}/assets`;
  const renderBlocks = extension === null ? async () => null : createRenderer({ state, clock, files, extension, assetsPath });
  return { extension, files, assetsPath, renderBlocks };
}

function createRenderer({ state, clock, files, extension, assetsPath }: { state: ShopState; clock: SandboxClock; files: ThemeFiles; extension: ThemeExtension; assetsPath: string }): RenderBlocks {
  const metafields = createMetafields(state, clock);
  const render = createLiquid(extension, { readShop: () => state.shop(), readNow: () => clock.now(), assetUrl: (file) => join(assetsPath, file) });
  const sheets = new WeakMap<Visit, Set<string>>(); // a block's stylesheet stands on a page once, however many blocks name it

  const renderOne = async (visit: Visit, objects: LiquidObjects, { block, placed }: { block: ThemeBlock; placed: PlacedBlock }): Promise<Markup> => {
    const { source, schema } = block;
    if (schema.available_if !== undefined && (await render(schema.available_if, objects)) !== "true") return html``;
    const settings = { ...defaultsOf(block), ...placed.settings };
    const shown = await render(source, { ...objects, block: { id: placed.id, type: block.handle, settings, shopify_attributes: "" } });
    const seen = sheets.get(visit) ?? new Set();
    sheets.set(visit, seen);
    const sheet = schema.stylesheet !== undefined && !seen.has(schema.stylesheet) ? html`<link rel="stylesheet" href="${assetsPath}/${schema.stylesheet}">` : null;
    if (schema.stylesheet !== undefined) seen.add(schema.stylesheet);
    return html`${sheet}<div id="shopify-block-${placed.id}" class="shopify-block shopify-app-block">${trusted(shown)}</div>`;
  };

  return async (place, visit, product) => {
    const template = templateOf(place, visit);
    const objects = describePage(visit, metafields, { template, product });
    const pieces: Markup[] = [];
    for (const found of listPlaced({ files, extension }, place, template)) pieces.push(await renderOne(visit, objects, found));
    return pieces.every((piece) => textOf(piece) === "") ? null : html`${pieces}`;
  };
}

function listPlaced({ files, extension }: { files: ThemeFiles; extension: ThemeExtension }, place: BlockPlace, template: TemplateName): { block: ThemeBlock; placed: PlacedBlock }[] {
  if (place !== "body-end") {
    return files.listBlocks(template).flatMap((placed) => {
      const block = extension.blocks.find(({ handle }) => handle === placed.handle);
      return block === undefined || !isForTemplate(block, template) ? [] : [{ block, placed }];
    });
  }
  return extension.blocks.filter(({ schema }) => schema.target === "body").flatMap((block) => {
    const placed = files.findEmbed(block.handle);
    return placed?.isOn === true && isForTemplate(block, template) ? [{ block, placed }] : [];
  });
}

export function isForTemplate({ schema: { enabled_on: on, disabled_on: off } }: ThemeBlock, template: TemplateName): boolean {
  if (on?.templates !== undefined && !on.templates.includes("*") && !on.templates.includes(template)) return false;
  return off?.templates?.includes(template) !== true && off?.templates?.includes("*") !== true;
}

export function defaultsOf({ schema }: ThemeBlock): BlockSettings {
  return Object.fromEntries(schema.settings.flatMap(({ id, type, default: value }) => (id === undefined ? [] : [[id, value ?? (type === "checkbox" ? false : "")]])));
}

function templateOf(place: BlockPlace, { path }: Visit): TemplateName {
  const named = templates.find((template) => place === `${template}-section`);
  if (named !== undefined) return named;
  const { pathname } = new URL(path, "http://storefront.invalid");
  if (pathname.startsWith("/products/")) return "product";
  return pathname === "/cart" ? "cart" : pathname.startsWith("/pages/") ? "page" : "index";
}
