// Products as the merchant sees them: page by page, each with its address in the storefront.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import type { ProductDoc } from "../../shop/model.ts";
import { renderFrame } from "../frame.ts";
import { html, type Markup } from "../markup.ts";
import { createView, type View } from "../view.ts";

const PRODUCTS_SHOWN = 50; // one screen and a bit

export function listProducts(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const after = typeof request.query["after"] === "string" ? request.query["after"] : null;
    const cursor = after === null || !/^\d+$/.test(after) ? null : { key: after, id: after };
    const products = context.state.listProducts({}, { sortKey: "ID", first: PRODUCTS_SHOWN, after: cursor });
    const last = products.length === PRODUCTS_SHOWN ? products.at(-1) : undefined;
    const body = html`<div class="page"><h1>${t("products.title")}</h1>
${products.length === 0 ? html`<p class="card">${t("products.empty")}</p>` : renderProductTable(view, products)}
${last === undefined ? null : html`<p><a class="button" href="/admin/products?after=${last.id}">${t("products.next")}</a></p>`}</div>`;
    response.send(renderFrame(view, { title: t("products.title"), section: "products", body }));
  };
}

export function showProduct(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const product = context.state.getProduct(request.params["id"] ?? "");
    const body = html`<div class="page is-narrow"><p><a href="/admin/products">← ${view.t("products.title")}</a></p>${
      product === null ? html`<p class="card">${view.t("products.none")}</p>` : renderProduct(view, product)
    }</div>`;
    const title = product?.title ?? view.t("products.title");
    response.status(product === null ? 404 : 200).send(renderFrame(view, { title, section: "products", body }));
  };
}

function renderProductTable(view: View, products: readonly ProductDoc[]): Markup {
  const { t } = view;
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${t("products.title")}"><table>
<thead><tr><th scope="col">${t("products.product")}</th><th scope="col">${t("products.status")}</th><th scope="col">${t("products.type")}</th>
<th scope="col" class="number">${t("products.variants")}</th><th scope="col" class="number">${t("products.price")}</th></tr></thead>
<tbody>${products.map(
    (product) => html`<tr><th scope="row"><a href="/admin/products/${product.id}">${product.title}</a></th>
<td><span class="pill is-${product.status.toLowerCase()}">${t(`status.${product.status}`)}</span></td><td>${product.productType}</td>
<td class="number">${product.variants.length}</td><td class="number">${priceOf(view, product)}</td></tr>`,
  )}</tbody></table></div>`;
}

function renderProduct(view: View, product: ProductDoc): Markup {
  const { t } = view;
  return html`<div class="title-row"><h1>${product.title}</h1><span class="pill is-${product.status.toLowerCase()}">${t(`status.${product.status}`)}</span>
<a class="button" href="/products/${product.handle}" target="_blank" rel="noopener">${t("products.view")}</a></div>
<p>${product.description}</p>
<div class="table-box" tabindex="0" role="region" aria-label="${product.title}"><table><thead><tr><th scope="col">${t("products.variants")}</th><th scope="col">SKU</th><th scope="col" class="number">${t("products.price")}</th></tr></thead>
<tbody>${product.variants.map((variant) => html`<tr><th scope="row">${variant.title}</th><td>${variant.sku}</td><td class="number">${view.formatMoney(variant.priceMinor)}</td></tr>`)}</tbody></table></div>`;
}

function priceOf(view: View, product: ProductDoc): string {
  const prices = product.variants.map((variant) => variant.priceMinor);
  if (prices.length === 0) return "—";
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  return lowest === highest ? view.formatMoney(lowest) : `${view.formatMoney(lowest)} – ${view.formatMoney(highest)}`;
}
