// The pretend theme editor, reached by Shopify's deep links: a switch and the settings of every block the app has, beside a preview.

import express, { Router, type Request } from "express";
import type { SandboxContext } from "../../context.ts";
import { renderFrame } from "../../admin-shell/frame.ts";
import { translatorOf, type Translate } from "../../admin-shell/languages.ts";
import { flag, html, type Markup } from "../../admin-shell/markup.ts";
import { createView, type View } from "../../admin-shell/view.ts";
import { listActiveProducts } from "../catalog.ts";
import { readSettings, renderSetting, type SettingFault } from "./editor-settings.ts";
import { words } from "./editor-words.ts";
import { defaultsOf, isForTemplate } from "./theme.ts";
import { sayToMerchant, type ThemeBlock } from "./theme-extension.ts";
import { templates, type BlockSettings, type TemplateName } from "./theme-files.ts";

const editorPath = "/admin/themes/current/editor";

type Editor = { view: View; t: Translate<typeof words>; template: TemplateName; /** just switched on by a link, and not saved yet */ newcomer: ThemeBlock | null; fault: SettingFault | null };
type Standing = { isOn: boolean; settings: BlockSettings };

export function createThemeEditor(context: SandboxContext): Router {
  const router = Router();
  router.get("/", (request, response) => {
    response.send(renderEditor(createEditor(context, request), request.query["saved"] === "1"));
  });
  router.post("/", express.urlencoded({ extended: false, limit: "50kb" }), (request, response) => {
    const editor = createEditor(context, request);
    const fault = save(editor, request);
    if (fault !== null) return void response.status(422).send(renderEditor({ ...editor, fault }, false));
    response.redirect(303, `${editorPath}?context=apps&template=${editor.template}&saved=1`);
  });
  return router;
}

function createEditor(context: SandboxContext, request: Request): Editor {
  const { query } = request;
  const view = createView(context, request);
  const read = (name: string): string => (typeof query[name] === "string" ? query[name] : "");
  const asked = read("template").split(".")[0]; // `page.loyalty` is a page
  const template = templates.find((each) => each === asked) ?? "index";
  const [key, handle] = (read("activateAppId") || read("addAppBlockId")).split("/");
  const newcomer = key === context.app.apiKey ? listBlocks(context, template).find((block) => block.handle === handle) : undefined;
  return { view, t: translatorOf(words, view.locale), template, newcomer: newcomer ?? null, fault: null };
}

/** embeds, and the blocks that may stand on the template */
function listBlocks({ theme }: SandboxContext, template: TemplateName): ThemeBlock[] {
  return (theme.extension?.blocks ?? []).filter((block) => block.schema.target !== "section" || isForTemplate(block, template));
}

function save({ view: { context }, template }: Editor, request: Request): SettingFault | null {
  const form = new Map(Object.entries({ ...request.body } as Record<string, unknown>).map(([name, value]) => [name, String(value)])); // what express made of a form
  const { files } = context.theme;
  const read = listBlocks(context, template).map((block) => ({ block, answer: readSettings(block, form) }));
  for (const { answer } of read) if (!answer.ok) return answer.fault;
  for (const { block, answer } of read) {
    if (!answer.ok) continue;
    const { handle, schema } = block;
    const isOn = form.has(`${handle}.on`);
    if (schema.target === "section") {
      if (isOn) files.saveBlock(template, handle, answer.settings);
      else files.removeBlock(template, handle);
    } else if (isOn || files.findEmbed(handle) !== null) files.saveEmbed(handle, { isOn, settings: answer.settings });
  }
  return null;
}

function renderEditor(editor: Editor, isSaved: boolean): string {
  const { view, t, template, newcomer, fault } = editor;
  const { context } = view;
  const blocks = listBlocks(context, template);
  const embeds = blocks.filter(({ schema }) => schema.target !== "section");
  const placed = blocks.filter(({ schema }) => schema.target === "section");
  const body = html`<link rel="stylesheet" href="/sandbox/shell/theme-editor.css"><div class="page"><div class="title-row"><h1>${t("title")}</h1></div>
<form class="search-row" action="${editorPath}"><input type="hidden" name="context" value="apps"><label for="template">${t("template")}</label>
<select id="template" name="template">${templates.map((each) => html`<option value="${each}"${flag("selected", each === template)}>${t(`template.${each}`)}</option>`)}</select><button class="button">${t("show")}</button></form>
${isSaved ? html`<p class="card" role="status">${t("saved")}</p>` : null}
${newcomer === null ? null : html`<p class="card is-unsaved" role="status">${t("unsaved", { block: nameOf(editor, newcomer) })}</p>`}
${fault === null ? null : html`<p class="card is-refused" role="alert">${t("refused", { setting: say(editor, fault.label), value: fault.value })}</p>`}
<div class="editor"><form method="post" action="${editorPath}?context=apps&template=${template}">
<h2>${t("embeds")}</h2><p class="hint">${t("embedsHint")}</p>${embeds.length === 0 ? html`<p class="card">${t("none")}</p>` : embeds.map((block) => renderBlock(editor, block))}
<h2>${t("blocks")}</h2>${placed.length === 0 ? html`<p class="card">${t("none")}</p>` : placed.map((block) => renderBlock(editor, block))}
<p><button class="button is-primary">${t("save")}</button></p></form>
<section class="preview"><h2 id="preview">${t("preview")}</h2><iframe title="${t("preview")}" src="${pathOf(context, template)}?locale=${view.locale}"></iframe></section></div></div>`;
  return renderFrame(view, { title: t("title"), section: "other", body });
}

function renderBlock(editor: Editor, block: ThemeBlock): Markup {
  const { t, view } = editor;
  const { isOn, settings } = readStanding(editor, block);
  const { handle, schema } = block;
  return html`<fieldset class="card block-card"><legend class="visually-hidden">${nameOf(editor, block)}</legend>
<label class="switch"><span><strong>${nameOf(editor, block)}</strong> <span class="hint">${view.context.app.name}</span></span>
<span><input type="checkbox" role="switch" name="${handle}.on" value="1"${flag("checked", isOn)} aria-label="${nameOf(editor, block)}"> ${t("on")}</span></label>
<details><summary>${t("settings")}</summary>${schema.settings.map((setting) => renderSetting({ say: (text) => say(editor, text), handle, settings }, setting))}</details></fieldset>`;
}

function readStanding({ view: { context }, template, newcomer }: Editor, block: ThemeBlock): Standing {
  const { files } = context.theme;
  const embed = block.schema.target === "section" ? null : files.findEmbed(block.handle);
  const placed = block.schema.target === "section" ? files.listBlocks(template).find(({ handle }) => handle === block.handle) : undefined;
  const settings = { ...defaultsOf(block), ...(embed ?? placed)?.settings };
  return { settings, isOn: newcomer === block || embed?.isOn === true || placed !== undefined };
}

function pathOf({ state }: SandboxContext, template: TemplateName): string {
  if (template === "product") return `/products/${listActiveProducts(state, null, 1)[0]?.handle ?? ""}`;
  return template === "cart" ? "/cart" : template === "page" ? "/pages/loyalty" : "/";
}

const say = ({ view }: Editor, text: string | undefined): string => {
  const { extension } = view.context.theme;
  return extension === null ? "" : sayToMerchant(extension, view.locale, text);
};
const nameOf = (editor: Editor, { schema }: ThemeBlock): string => say(editor, schema.name);
