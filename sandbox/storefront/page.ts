// The frame around every page of the storefront, and the places where theme blocks of apps are rendered.

import type { Request, Response } from "express";
import type { SandboxContext } from "../context.ts";
import type { CustomerDoc, Instant, ProductDoc } from "../shop/model.ts";
import { localeNames, locales, readCookie, translatorOf, type Translate } from "../admin-shell/languages.ts";
import { flag, html, textOf, type Markup } from "../admin-shell/markup.ts";
import { moneyFormatter } from "../admin-shell/view.ts";
import { readSession, type Session } from "./session.ts";
import { words } from "./words.ts";

export type BlockPlace = "body-end" | `${"index" | "product" | "cart" | "page"}-section`;
/** what a theme extension puts into a page; the storefront itself has none */
export type RenderBlocks = (place: BlockPlace, visit: Visit, product: ProductDoc | null) => Promise<Markup | null>;

/** one request of one shopper */
export type Visit = {
  context: SandboxContext;
  renderBlocks: RenderBlocks;
  session: Session;
  customer: CustomerDoc | null;
  t: Translate<typeof words>;
  path: string;
  hasConsentBanner: boolean;
  formatMoney(amountMinor: number): string;
  formatDate(instant: Instant): string;
};

export function createVisit(context: SandboxContext, renderBlocks: RenderBlocks, request: Request): Visit {
  const session = readSession(context, request);
  const { currency, timeZone } = context.state.shop();
  const dates = new Intl.DateTimeFormat(session.locale, { dateStyle: "medium", timeZone });
  return {
    context,
    renderBlocks,
    session,
    customer: session.customerId === null ? null : context.state.getCustomer(session.customerId),
    t: translatorOf(words, session.locale),
    path: request.originalUrl,
    hasConsentBanner: request.query["consent"] === "ask" || readCookie(request, "sandbox_consent") !== null,
    formatMoney: moneyFormatter(session.locale, currency),
    formatDate: (instant) => dates.format(new Date(instant)),
  };
}

export type Page = { title: string; body: Markup; product?: ProductDoc; status?: number; /** blocks do not render on checkout */ isCheckout?: boolean };

export async function sendPage(visit: Visit, response: Response, page: Page): Promise<void> {
  const { session, context, t } = visit;
  const blocks = page.isCheckout ? null : await visit.renderBlocks("body-end", visit, page.product ?? null);
  const markup = html`<!doctype html>
<html lang="${session.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} – ${context.state.shop().name}</title>
<link rel="icon" href="/sandbox/shell/icon.svg" type="image/svg+xml">
<script>document.documentElement.classList.add("has-script")</script>
<link rel="stylesheet" href="/storefront/storefront.css">
<script src="/storefront/storefront.js" defer></script>
${renderConsent(visit)}
</head>
<body>
<a class="skip" href="#main">${t("frame.skip")}</a>
${renderHeader(visit)}
<main id="main">${page.body}</main>
${renderFooter(visit)}
${blocks}
</body>
</html>`;
  response.status(page.status ?? 200).set("Cache-Control", "no-store").type("html").send(textOf(markup));
}

function renderHeader({ context, session, customer, t }: Visit): Markup {
  const count = session.cart.reduce((sum, { quantity }) => sum + quantity, 0);
  return html`<header class="header"><p class="announcement">${t("frame.announce")}</p><div class="wide">
<a class="logo" href="/">${context.state.shop().name}</a>
<nav aria-label="${t("frame.main")}"><a href="/collections/all">${t("frame.shop")}</a>
<a href="${customer === null ? "/account/login" : "/account"}">${t(customer === null ? "frame.login" : "frame.account")}</a>
<a class="cart-link" href="/cart" aria-label="${t("frame.cartCount", { count })}">${t("frame.cart")}${count === 0 ? null : html` <span class="count" aria-hidden="true">${count}</span>`}</a></nav>
</div></header>`;
}

/** What Shopify loads where the law has a shop ask before it remembers: here for who was on a page with `?consent=ask`. */
function renderConsent({ t, hasConsentBanner }: Visit): Markup | null {
  if (!hasConsentBanner) return null;
  return html`<script src="/storefront/customer-privacy.js" data-text="${t("consent.text")}" data-accept="${t("consent.accept")}" data-decline="${t("consent.decline")}"></script>`;
}

function renderFooter({ context, session, path, t }: Visit): Markup {
  return html`<footer class="footer"><div class="wide">
<span>© ${context.clock.now().getUTCFullYear()} ${context.state.shop().name}</span>
<form class="language" method="post" action="/language"><input type="hidden" name="back" value="${path}">
<label for="language">${t("frame.language")}</label> <select id="language" name="locale" data-submit-on-change>${locales.map(
    (each) => html`<option value="${each}" lang="${each}"${flag("selected", each === session.locale)}>${localeNames[each]}</option>`,
  )}</select> <button class="button is-plain">${t("frame.choose")}</button></form>
<a href="/admin">${t("frame.admin")}</a>
</div></footer>`;
}
