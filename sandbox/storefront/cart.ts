// The cart: what is in it, what it costs, and the page to change it.

import type { Request, Response } from "express";
import { html, type Markup } from "../admin-shell/markup.ts";
import { findVariant, type VariantInProduct } from "./catalog.ts";
import { priceCheckout } from "./checkout-price.ts";
import { drawProduct } from "./drawings.ts";
import { readField, readQuantity } from "./forms.ts";
import { sendPage, type Visit } from "./page.ts";
import { keepSession, QUANTITY_MAX, setQuantity } from "./session.ts";

export type CartLine = VariantInProduct & { quantity: number };

/** what is still for sale of what was put in */
export function listCartLines({ context, session }: Visit): CartLine[] {
  return session.cart.flatMap(({ variantId, quantity }) => {
    const found = findVariant(context.state, variantId);
    return found === null ? [] : [{ ...found, quantity }];
  });
}

function sumLines(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { variant, quantity }) => sum + variant.priceMinor * quantity, 0);
}

/** the title of a variant, unless it is Shopify's word for having no choice */
export function choiceOf({ variant }: Pick<CartLine, "variant">): string | null {
  return variant.title === "" || variant.title === "Default Title" ? null : variant.title;
}

export function addToCart(visit: Visit, request: Request, response: Response): void {
  const variantId = readField(request, "variantId");
  if (/^\d+$/.test(variantId) && findVariant(visit.context.state, variantId) !== null) {
    const before = visit.session.cart.find((entry) => entry.variantId === variantId)?.quantity ?? 0;
    changeCart(visit, response, { variantId, quantity: before + Math.max(1, readQuantity(request)) });
  }
  response.redirect(303, "/cart");
}

export function updateCart(visit: Visit, request: Request, response: Response): void {
  changeCart(visit, response, { variantId: readField(request, "variantId"), quantity: readQuantity(request) });
  response.redirect(303, "/cart");
}

function changeCart(visit: Visit, response: Response, entry: { variantId: string; quantity: number }): void {
  keepSession(visit.context, response, { ...visit.session, cart: setQuantity(visit.session.cart, entry) });
}

export async function showCart(visit: Visit, response: Response): Promise<void> {
  const { t, formatMoney } = visit;
  const lines = listCartLines(visit);
  const body =
    lines.length === 0
      ? html`<section class="wide is-narrow"><h1>${t("cart.title")}</h1><p>${t("cart.empty")}</p><p><a class="button" href="/collections/all">${t("cart.browse")}</a></p></section>`
      : html`<section class="wide is-narrow"><h1>${t("cart.title")}</h1><ul class="cart-lines">${lines.map((line) => renderLine(visit, line))}</ul>
<div class="cart-foot">${renderSavings(visit, lines)}<p class="total"><span>${t("cart.subtotal")}</span> <strong>${formatMoney(sumLines(lines))}</strong></p><a class="button" href="/checkout">${t("cart.checkout")}</a></div>${await visit.renderBlocks("cart-section", visit, null)}</section>`;
  await sendPage(visit, response, { title: t("cart.title"), body });
}

/** What the checkout will take off: codes that wait in the session, and what is automatic for this shopper. */
function renderSavings(visit: Visit, lines: readonly CartLine[]): Markup | null {
  const { t, formatMoney, session } = visit;
  const { applied } = priceCheckout(visit, { lines, codes: session.codes, buyer: { email: "", isGuest: false }, usesCredit: false }).quote;
  const saving = applied.filter(({ amountMinor }) => amountMinor > 0);
  if (saving.length === 0) return null;
  return html`<ul class="savings">${saving.map(({ code, title, class: kind, amountMinor }) => html`<li>${t(kind === "shipping" ? "sums.shipping" : "sums.discount")} ${code ?? title} ${formatMoney(-amountMinor)}</li>`)}</ul>`;
}

function renderLine({ t, formatMoney }: Visit, line: CartLine): Markup {
  const { product, variant, quantity } = line;
  return html`<li><a class="thumb" href="/products/${product.handle}" tabindex="-1" aria-hidden="true">${drawProduct(product)}</a>
<div class="line-text"><a href="/products/${product.handle}">${product.title}</a>${choiceOf(line) === null ? null : html`<span class="hint">${choiceOf(line)}</span>`}<span class="hint">${formatMoney(variant.priceMinor)}</span></div>
<form class="line-quantity" method="post" action="/cart/update"><input type="hidden" name="variantId" value="${variant.id}">
<label class="visually-hidden" for="quantity-${variant.id}">${t("cart.quantityOf", { product: product.title })}</label>
<input id="quantity-${variant.id}" type="number" inputmode="numeric" name="quantity" min="0" max="${QUANTITY_MAX}" value="${quantity}" required data-submit-on-change><button class="button is-plain">${t("cart.update")}</button></form>
<form method="post" action="/cart/update"><input type="hidden" name="variantId" value="${variant.id}"><input type="hidden" name="quantity" value="0"><button class="link" aria-label="${t("cart.removeThis", { product: product.title })}">${t("cart.remove")}</button></form>
<strong class="line-total">${formatMoney(variant.priceMinor * quantity)}</strong></li>`;
}
