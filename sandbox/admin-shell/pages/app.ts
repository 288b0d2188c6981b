// The app's page: its title bar and its frame, or the invitation to install it.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import { addEmbedding, dropEmbedding } from "../embedding.ts";
import { renderFrame } from "../frame.ts";
import { html, type Markup } from "../markup.ts";
import { promised } from "../promised-handler.ts";
import { readRequestedScopes } from "../requested-scopes.ts";
import { createView, type View } from "../view.ts";
import { words } from "../words.ts";

/** answers `/admin/apps/{handle}` and everything below, which is the app's own path */
export function showApp(context: SandboxContext): RequestHandler {
  return promised(async (request, response) => {
    const view = createView(context, request);
    const body = context.isInstalled() ? await renderAppFrame(view, pathInApp(context, request.originalUrl)) : renderInstallation(view);
    response.set("Cache-Control", "no-store").send(renderFrame(view, { title: context.app.name, section: "app", body }));
  });
}

function pathInApp(context: SandboxContext, shellUrl: string): string {
  const path = shellUrl.slice(`/admin/apps/${context.app.handle}`.length);
  return path.startsWith("/app") ? path : `/app${dropEmbedding(path === "" ? "/" : path).slice(1)}`;
}

async function renderAppFrame(view: View, path: string): Promise<Markup> {
  const { t, context, locale } = view;
  const { name } = context.app;
  return html`<header class="app-bar">
<span class="app-icon" aria-hidden="true">${name.slice(0, 1)}</span>
<span id="title-back"></span>
<h1 class="app-title"><span class="app-name">${name}</span><span id="title" class="title" hidden></span></h1>
<div id="title-actions" class="title-actions"></div>
</header>
<iframe id="app" title="${name}" data-src="${await addEmbedding(context, path, locale)}" allow="clipboard-write; fullscreen"></iframe>
<div id="app-loading" class="app-loading" role="status"><span class="spinner" aria-hidden="true"></span><span class="visually-hidden">${t("app.loading", { app: name })}</span></div>
<dialog id="leave-dialog" class="dialog" aria-labelledby="leave-title">
<h2 id="leave-title"></h2><p id="leave-body"></p>
<div class="dialog-buttons"><button type="button" class="button" data-stay>${t("app.stay")}</button><button type="button" class="button is-critical" data-leave></button></div>
</dialog>`;
}

function renderInstallation(view: View): Markup {
  const { t, context } = view;
  const { name } = context.app;
  const { required: scopes } = readRequestedScopes();
  return html`<div class="page is-narrow"><div class="card install">
<span class="app-icon is-large" aria-hidden="true">${name.slice(0, 1)}</span>
<h1>${t("install.title", { app: name })}</h1>
${
  scopes.length === 0
    ? html`<p>${t("install.noScopes")}</p>`
    : html`<p>${t("install.lead", { app: name, shop: context.state.shop().name })}</p><ul class="scopes">${scopes.map((scope) => renderScope(view, scope))}</ul>`
}
<button type="button" class="button is-primary" data-install>${t("install.button")}</button>
<p class="panel-result" data-result role="alert"></p>
</div></div>`;
}

/** what `read_all_orders` means, and its own name after it */
function renderScope({ t }: View, scope: string): Markup {
  const [access = "", ...noun] = scope.split("_");
  const key = `scope.${noun.join("_")}`;
  const what = isScopeWord(key) ? t(key) : noun.join(" ");
  return html`<li><span>${access === "write" ? t("scope.write", { what }) : t("scope.read", { what })}</span> <code>${scope}</code></li>`;
}

function isScopeWord(key: string): key is Extract<keyof typeof words, `scope.${string}`> {
  return key in words;
}
