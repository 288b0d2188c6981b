// The checkout as a page: who buys, which codes, what pays, and what it comes to.

import { flag, html, type Markup } from "../admin-shell/markup.ts";
import { nameOf } from "../admin-shell/view.ts";
import { lastCharactersOf } from "../shop/payments.ts";
import { choiceOf, type CartLine } from "./cart.ts";
import { sayComplaint, type CheckoutPrice } from "./checkout-price.ts";
import type { Visit } from "./page.ts";
import { renderPriceSums } from "./sums.ts";

export type CheckoutWish = {
  token: string;
  email: string;
  firstName: string;
  lastName: string;
  countryCode: string;
  /** typed, and not tried yet */
  code: string;
  isGuest: boolean;
  wantsNews: boolean;
  usesCredit: boolean;
  /** what the page said it comes to when it was sent; null: it was no page of ours */
  shownPrice: string | null;
};
export type Complaints = { email?: string; lastName?: string; code?: string; order?: string };
type Checkout = { wish: CheckoutWish; complaints: Complaints; lines: readonly CartLine[]; price: CheckoutPrice };

/** The total and what is left of it without store credit, which the shopper may tick or not. */
export const shownPriceOf = ({ quote, dueMinor, creditMinor }: CheckoutPrice): string => `${quote.totalMinor} ${dueMinor + creditMinor}`;

const countryCodes = ["AU", "CA", "CN", "DE", "ES", "FR", "GB", "HK", "IT", "JP", "KR", "NL", "SG", "TW", "US"];
const APPLY = "apply-code";

export function renderCheckout(visit: Visit, checkout: Checkout): Markup {
  const { t } = visit;
  const { wish, complaints, price, lines } = checkout;
  return html`<section class="wide checkout"><form method="post" action="/checkout" class="checkout-form" novalidate data-submit-once>
<h1>${t("checkout.title")}</h1><input type="hidden" name="token" value="${wish.token}"><input type="hidden" name="shownPrice" value="${shownPriceOf(price)}">
${complaints.order === undefined ? null : html`<p class="complaint is-banner" role="alert">${complaints.order}</p>`}
${renderContact(visit, wish, complaints)}
${renderCodes(visit, checkout)}
${renderCredit(visit, checkout)}
<button class="button is-wide">${t("checkout.pay")}</button></form>
<aside class="summary" aria-label="${t("checkout.order")}"><h2>${t("checkout.order")}</h2>${renderLines(visit, lines)}${renderPriceSums(visit, price)}</aside></section>`;
}

function renderContact(visit: Visit, wish: CheckoutWish, complaints: Complaints): Markup {
  const { customer, session, t } = visit;
  const news = html`<p class="check"><label><input type="checkbox" name="news" value="1"${flag("checked", wish.wantsNews)}> ${t("checkout.news")}</label></p>`;
  if (customer !== null) return html`<p>${t("checkout.loggedIn", { email: customer.email ?? nameOf(customer) ?? customer.id })}</p>${news}`;
  const countries = new Intl.DisplayNames(session.locale, { type: "region" });
  const names = [renderField("firstName", t("checkout.first"), wish.firstName, "given-name"), renderField("lastName", t("checkout.last"), wish.lastName, "family-name", complaints.lastName)];
  // Japanese and Chinese forms ask for the family name first.
  if (session.locale !== "en") names.reverse();
  return html`<fieldset><legend>${t("checkout.contact")}</legend>
${renderField("email", t("checkout.email"), wish.email, "email", complaints.email)}${news}</fieldset>
<fieldset><legend>${t("checkout.delivery")}</legend><div class="field-row">${names}</div>
<p class="field"><label for="countryCode">${t("checkout.country")}</label><select id="countryCode" name="countryCode" autocomplete="country">${countryCodes.map(
    (code) => html`<option value="${code}"${flag("selected", code === wish.countryCode)}>${countries.of(code) ?? code}</option>`,
  )}</select></p>
<p class="check"><label><input type="checkbox" name="guest" value="1"${flag("checked", wish.isGuest)}${describedBy("guest-hint")}> ${t("checkout.guest")}</label><span id="guest-hint" class="hint">${t("checkout.guestHint")}</span></p></fieldset>`;
}

function renderField(name: string, label: string, value: string, autocomplete: string, complaint?: string): Markup {
  const isEmailField = name === "email";
  return html`<p class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${isEmailField ? "email" : "text"}" value="${value}" autocomplete="${autocomplete}"${
    complaint === undefined ? null : html` aria-invalid="true"${describedBy(`${name}-complaint`)}`
  }>${complaint === undefined ? null : html`<span class="complaint" id="${name}-complaint">${complaint}</span>`}</p>`;
}

const describedBy = (id: string): Markup => html` aria-describedby="${id}"`;

/** What waits in the session and does nothing on this order is said with its reason, and goes on waiting. */
function renderCodes(visit: Visit, { wish, complaints, price }: Checkout): Markup {
  const { t } = visit;
  const complaint = complaints.code;
  return html`<div class="field"><label for="code">${t("checkout.code")}</label>
<span class="code-row"><input id="code" name="code" value="${wish.code}" autocomplete="off" autocapitalize="characters"${complaint === undefined ? describedBy("code-hint") : html` aria-invalid="true"${describedBy("code-complaint code-hint")}`}>
<button type="submit" id="${APPLY}" class="button is-plain" formaction="/checkout/code">${t("checkout.apply")}</button></span>
${complaint === undefined ? null : html`<span class="complaint" id="code-complaint" role="alert">${complaint}</span>`}${renderCodeHint(visit)}
${renderApplied(visit, price)}</div>`;
}

function renderApplied(visit: Visit, { giftCards, discountCodes, refused }: CheckoutPrice): Markup | null {
  const { t, session } = visit;
  if (session.codes.length === 0) return null;
  const nameOfCode = (code: string): string => {
    const card = giftCards.find((each) => each.code === code)?.card;
    return card ? t("checkout.giftCard", { last: lastCharactersOf(card) }) : (discountCodes.find((each) => each.toUpperCase() === code) ?? code);
  };
  return html`<ul class="codes" aria-label="${t("checkout.applied")}">${session.codes.map((code) => {
    const reason = refused.find((each) => each.code.toUpperCase() === code);
    return html`<li><span>${nameOfCode(code)}</span> <button type="submit" class="link" formaction="/checkout/code" name="remove" value="${code}" aria-label="${t("checkout.removeCode", { code: nameOfCode(code) })}">${t("cart.remove")}</button>${reason === undefined ? null : html`<span class="complaint">${sayComplaint(visit, reason)}</span>`}</li>`;
  })}</ul>`;
}

const CODES_SHOWN = 2;

/** the shop's own codes, so that nobody has to guess one in a demonstration */
function renderCodeHint({ context, t }: Visit): Markup {
  const codes = context.state.recall("discount codes");
  const some = Array.isArray(codes) ? codes.filter((code) => typeof code === "string").slice(0, CODES_SHOWN) : [];
  return html`<span id="code-hint" class="hint">${some.length === 0 ? null : t("checkout.codeHint", { codes: some.join(", ") })}</span>`;
}

function renderCredit({ t, formatMoney }: Visit, { wish, price }: Checkout): Markup | null {
  if (price.creditBalanceMinor === 0) return null;
  return html`<fieldset><legend>${t("checkout.payment")}</legend>
<p class="check"><label><input type="checkbox" name="credit" value="1"${flag("checked", wish.usesCredit)} data-submit-with="${APPLY}"> ${t("checkout.credit", { amount: formatMoney(price.creditBalanceMinor) })}</label></p></fieldset>`;
}

function renderLines({ formatMoney }: Visit, lines: readonly CartLine[]): Markup {
  return html`<ul class="summary-lines">${lines.map(
    (line) => html`<li><span>${line.product.title}${choiceOf(line) === null ? null : html` <span class="hint">${choiceOf(line)}</span>`} × ${line.quantity}</span><span>${formatMoney(line.variant.priceMinor * line.quantity)}</span></li>`,
  )}</ul>`;
}
