// The pages with products: home, the collection with its search, and one product.

import type { Response } from "express";
import { flag, html, type Markup } from "../admin-shell/markup.ts";
import type { ProductDoc, VariantDoc } from "../shop/model.ts";
import { findProductByHandle, listActiveProducts, searchProducts } from "./catalog.ts";
import { drawProduct } from "./drawings.ts";
import { sendPage, type Visit } from "./page.ts";
import { sendMissing } from "./missing.ts";
import { QUANTITY_MAX } from "./session.ts";

const HOME_PRODUCTS = 8; // two rows
const PAGE_PRODUCTS = 24; // six rows of four

export async function showHome(visit: Visit, response: Response): Promise<void> {
  const { context, t } = visit;
  const products = listActiveProducts(context.state, null, HOME_PRODUCTS);
  const [first] = products;
  const { name } = context.state.shop();
  const section = await visit.renderBlocks("index-section", visit, null);
  const body = html`<section class="hero"><div class="wide"><div><h1>${name}</h1><p>${t("home.lead")}</p><a class="button" href="/collections/all">${t("home.button")}</a></div>
${first === undefined ? null : html`<div class="hero-drawing">${drawProduct(first)}</div>`}</div></section>
<section class="wide"><h2>${t("home.favourites")}</h2>${renderGrid(visit, products)}</section>
${section === null ? null : html`<section class="wide">${section}</section>`}`;
  await sendPage(visit, response, { title: name, body });
}

export async function showCollection(visit: Visit, response: Response, wish: { query: string; after: string | null }): Promise<void> {
  const { context, t } = visit;
  const isSearch = wish.query.trim() !== "";
  const products = isSearch ? searchProducts(context.state, wish.query, PAGE_PRODUCTS) : listActiveProducts(context.state, wish.after, PAGE_PRODUCTS);
  const last = !isSearch && products.length === PAGE_PRODUCTS ? products.at(-1) : undefined;
  const title = isSearch ? t("collection.found", { query: wish.query }) : t("collection.title");
  const body = html`<section class="wide"><div class="collection-head"><h1>${title}</h1>
<form role="search" action="/collections/all"><label class="visually-hidden" for="q">${t("collection.search")}</label>
<input id="q" type="search" name="q" value="${wish.query}" placeholder="${t("collection.search")}"><button class="button is-plain">${t("collection.find")}</button></form></div>
${products.length === 0 ? html`<p>${t("collection.empty")}</p>` : renderGrid(visit, products)}
${last === undefined ? null : html`<p class="more"><a class="button is-plain" href="/collections/all?after=${last.id}">${t("collection.next")}</a></p>`}</section>`;
  await sendPage(visit, response, { title, body });
}

export async function showProduct(visit: Visit, response: Response, handle: string): Promise<void> {
  const { context, t } = visit;
  const product = findProductByHandle(context.state, handle);
  if (product === null) return sendMissing(visit, response);
  const section = await visit.renderBlocks("product-section", visit, product);
  const body = html`<section class="wide product">
<div class="product-drawing">${drawProduct(product)}</div>
<div class="product-text"><p class="vendor">${product.vendor === "" ? product.productType : t("product.by", { vendor: product.vendor })}</p>
<h1>${product.title}</h1><p class="price">${renderPrice(visit, product)}</p>
${renderBuying(visit, product)}
${section}
<p class="description">${product.description}</p></div></section>`;
  await sendPage(visit, response, { title: product.title, body, product });
}

function renderGrid(visit: Visit, products: readonly ProductDoc[]): Markup {
  return html`<ul class="grid">${products.map(
    (product) => html`<li><a class="tile" href="/products/${product.handle}">${drawProduct(product)}<span class="tile-title">${product.title}</span><span class="price">${renderPrice(visit, product)}</span></a></li>`,
  )}</ul>`;
}

function renderPrice({ t, formatMoney }: Visit, product: ProductDoc): string {
  const prices = product.variants.map(({ priceMinor }) => priceMinor);
  if (prices.length === 0) return t("product.soldOut");
  const lowest = formatMoney(Math.min(...prices));
  return Math.min(...prices) === Math.max(...prices) ? lowest : t("collection.from", { price: lowest });
}

function renderBuying(visit: Visit, product: ProductDoc): Markup | null {
  const { t } = visit;
  if (product.variants.length === 0) return null;
  return html`<form class="buying" method="post" action="/cart/add">
${renderVariants(visit, product.variants)}
<p class="field is-short"><label for="quantity">${t("product.quantity")}</label><input id="quantity" name="quantity" type="number" inputmode="numeric" min="1" max="${QUANTITY_MAX}" value="1" required></p>
<button class="button">${t("product.add")}</button></form>`;
}

function renderVariants({ t, formatMoney }: Visit, variants: readonly VariantDoc[]): Markup {
  const [first] = variants;
  if (variants.length === 1 && first !== undefined) return html`<input type="hidden" name="variantId" value="${first.id}">`;
  return html`<fieldset class="variants"><legend>${t("product.variant")}</legend>${variants.map(
    (variant, index) => html`<label><input type="radio" name="variantId" value="${variant.id}"${flag("checked", index === 0)}><span>${variant.title} · ${formatMoney(variant.priceMinor)}</span></label>`,
  )}</fieldset>`;
}

/** The shop's one page besides its shelves: what app blocks say there. */
export async function showPage(visit: Visit, response: Response): Promise<void> {
  const { t } = visit;
  const section = await visit.renderBlocks("page-section", visit, null);
  const body = html`<section class="wide is-narrow"><h1>${t("page.title")}</h1>${section ?? html`<p>${t("page.empty")}</p>`}</section>`;
  await sendPage(visit, response, { title: t("page.title"), body });
}
