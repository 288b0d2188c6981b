// The Admin's first page: a hello, and where to go from here; and the page for what the sandbox does not have.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import { renderFrame } from "../frame.ts";
import { html } from "../markup.ts";
import { createView } from "../view.ts";

export function showHome(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t, formatCount } = view;
    const { state, app } = context;
    const counts = [
      ["/admin/orders", t("nav.orders"), state.countOrders({})],
      ["/admin/customers", t("nav.customers"), state.countCustomers({})],
      ["/admin/products", t("nav.products"), state.countProducts({})],
    ] as const;
    const body = html`<div class="page"><h1>${t("home.hello", { shop: state.shop().name })}</h1>
<p class="lead">${t("home.about")}</p>
<ul class="tiles">${counts.map(([href, word, count]) => html`<li><a class="card tile" href="${href}"><span>${word}</span><strong>${formatCount(count)}</strong></a></li>`)}</ul>
<p><a class="button is-primary" href="/admin/apps/${app.handle}">${t("home.openApp", { app: app.name })}</a></p></div>`;
    response.send(renderFrame(view, { title: t("home.title"), section: "home", body }));
  };
}

export function showMissing(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const { app } = context;
    const body = html`<div class="page is-narrow"><div class="card"><h1>${t("missing.title")}</h1>
<p>${t("missing.body", { path: `https://admin.shopify.com/…${request.path}` })}</p>
<p><a class="button" href="/admin/apps/${app.handle}">${t("missing.back", { app: app.name })}</a></p></div></div>`;
    response.status(404).send(renderFrame(view, { title: t("missing.title"), section: "other", body }));
  };
}
