// Checking out: one form, one real order, however often the form is sent.

import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import { flag, html, type Markup } from "../admin-shell/markup.ts";
import { nameOf } from "../admin-shell/view.ts";
import { SandboxError, type CustomerDoc, type Id, type OrderDoc, type ShopState } from "../shop/model.ts";
import { choiceOf, listCartLines, sumLines, type CartLine } from "./cart.ts";
import { isEmail, readField } from "./forms.ts";
import { sendPage, type Visit } from "./page.ts";
import { sendMissing } from "./missing.ts";
import { keepSession } from "./session.ts";

type Wish = { token: string; email: string; firstName: string; lastName: string; countryCode: string; code: string; isGuest: boolean; wantsNews: boolean };
type Complaints = { email?: string; lastName?: string; order?: string };

const countryCodes = ["AU", "CA", "CN", "DE", "ES", "FR", "GB", "HK", "IT", "JP", "KR", "NL", "SG", "TW", "US"];

export async function showCheckout(visit: Visit, response: Response): Promise<void> {
  const { customer, context } = visit;
  const wish: Wish = {
    token: randomUUID(),
    email: customer?.email ?? "",
    firstName: customer?.firstName ?? "",
    lastName: customer?.lastName ?? "",
    countryCode: customer?.countryCode ?? context.state.shop().countryCode,
    code: "",
    isGuest: false,
    wantsNews: false,
  };
  await sendForm(visit, response, wish, {});
}

export async function submitCheckout(visit: Visit, request: Request, response: Response): Promise<void> {
  const { context, session, t } = visit;
  const wish = readWish(visit, request);
  if (findOrderOfCheckout(context.state, wish.token) !== null) return response.redirect(303, thanksPath(wish));
  const lines = listCartLines(visit);
  if (lines.length === 0) return response.redirect(303, "/cart");
  const complaints = checkWish(visit, wish);
  if (Object.keys(complaints).length > 0) return sendForm(visit, response, wish, complaints);
  try {
    placeOrderOnce(visit, wish, lines);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return sendForm(visit, response, wish, { order: t("checkout.refused", { reason: error.message }) });
  }
  keepSession(context, response, { ...session, cart: [] });
  response.redirect(303, thanksPath(wish));
}

export async function showThanks(visit: Visit, response: Response, token: string): Promise<void> {
  const { context, t } = visit;
  const order = findOrderOfCheckout(context.state, token);
  if (order === null) return sendMissing(visit, response);
  const customer = order.customerId === null ? null : context.state.getCustomer(order.customerId);
  const name = customer === null ? null : nameOf(customer);
  const title = name === null ? t("thanks.titlePlain") : t("thanks.title", { name });
  const body = html`<section class="wide is-narrow thanks"><h1>${title}</h1><p>${t("thanks.order", { order: order.name })}</p>
${renderOrder(visit, order)}
<p><a class="button" href="/collections/all">${t("thanks.continue")}</a></p></section>`;
  await sendPage(visit, response, { title, body, isCheckout: true });
}

/** between looking and placing nothing waits, so a form sent twice finds the order of the first time */
function placeOrderOnce({ context, session, customer }: Visit, wish: Wish, lines: readonly CartLine[]): void {
  const { state } = context;
  const buyer = customer ?? (wish.isGuest ? null : findOrMakeCustomer(state, wish, session.locale));
  if (wish.wantsNews && buyer !== null && buyer.emailConsent.state !== "SUBSCRIBED") {
    const updatedAt = context.clock.now().toISOString();
    state.updateCustomer(buyer.id, { emailConsent: { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt } });
  }
  const order = state.placeOrder({
    customerId: buyer?.id ?? null,
    email: customer?.email ?? wish.email,
    lines: lines.map(({ product, variant, quantity }) => ({ productId: product.id, variantId: variant.id, quantity })),
    discountCode: wish.code === "" ? null : wish.code,
    sourceName: "web",
    locale: session.locale,
  });
  state.remember(memoryOf(wish.token), order.id);
}

/** as Shopify does: an order belongs to whoever has its e-mail address */
function findOrMakeCustomer(state: ShopState, wish: Wish, locale: string): CustomerDoc {
  const { email, firstName, lastName, countryCode } = wish;
  const known = state.findCustomerByEmail(email);
  return known ?? state.createCustomer({ email, firstName: firstName || null, lastName, countryCode, locale, state: "DISABLED" });
}

const memoryOf = (token: string): string => `storefront checkout ${token}`;
const thanksPath = ({ token }: Wish): string => `/checkout/thank-you/${token}`;

function findOrderOfCheckout(state: ShopState, token: string): OrderDoc | null {
  const orderId = state.recall(memoryOf(token));
  return typeof orderId === "string" ? state.getOrder(orderId satisfies Id) : null;
}

function readWish({ customer }: Visit, request: Request): Wish {
  const token = readField(request, "token");
  const countryCode = readField(request, "countryCode");
  return {
    token: /^[0-9a-f-]{36}$/.test(token) ? token : randomUUID(),
    email: customer?.email ?? readField(request, "email").toLowerCase(),
    firstName: readField(request, "firstName"),
    lastName: readField(request, "lastName"),
    countryCode: /^[A-Z]{2}$/.test(countryCode) ? countryCode : "US",
    code: readField(request, "code").toUpperCase(),
    isGuest: customer === null && readField(request, "guest") !== "",
    wantsNews: readField(request, "news") !== "",
  };
}

function checkWish({ customer, t }: Visit, wish: Wish): Complaints {
  if (customer !== null) return {};
  return {
    ...(isEmail(wish.email) ? {} : { email: t("checkout.badEmail") }),
    ...(wish.lastName === "" ? { lastName: t("checkout.badName") } : {}),
  };
}

async function sendForm(visit: Visit, response: Response, wish: Wish, complaints: Complaints): Promise<void> {
  const lines = listCartLines(visit);
  if (lines.length === 0) return response.redirect(303, "/cart");
  const { t } = visit;
  const body = html`<section class="wide checkout"><form method="post" action="/checkout" class="checkout-form" novalidate data-submit-once>
<h1>${t("checkout.title")}</h1><input type="hidden" name="token" value="${wish.token}">
${complaints.order === undefined ? null : html`<p class="complaint is-banner" role="alert">${complaints.order}</p>`}
${renderContact(visit, wish, complaints)}
<p class="field"><label for="code">${t("checkout.code")}</label><input id="code" name="code" value="${wish.code}" autocomplete="off" autocapitalize="characters"${describedBy("code-hint")}>${renderCodeHint(visit)}</p>
<button class="button is-wide">${t("checkout.pay")}</button></form>
<aside class="summary" aria-label="${t("checkout.order")}"><h2>${t("checkout.order")}</h2>${renderSummary(visit, lines)}</aside></section>`;
  await sendPage(visit, response, { title: t("checkout.title"), body, isCheckout: true, status: Object.keys(complaints).length === 0 ? 200 : 422 });
}

function renderContact(visit: Visit, wish: Wish, complaints: Complaints): Markup {
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

const CODES_SHOWN = 2;

/** the shop's own codes, so that nobody has to guess one in a demonstration */
function renderCodeHint({ context, t }: Visit): Markup {
  const codes = context.state.recall("discount codes");
  const some = Array.isArray(codes) ? codes.filter((code) => typeof code === "string").slice(0, CODES_SHOWN) : [];
  return html`<span id="code-hint" class="hint">${some.length === 0 ? null : t("checkout.codeHint", { codes: some.join(", ") })}</span>`;
}

function renderSummary({ t, formatMoney }: Visit, lines: readonly CartLine[]): Markup {
  return html`<ul class="summary-lines">${lines.map(
    (line) => html`<li><span>${line.product.title}${choiceOf(line) === null ? null : html` <span class="hint">${choiceOf(line)}</span>`} × ${line.quantity}</span><span>${formatMoney(line.variant.priceMinor * line.quantity)}</span></li>`,
  )}</ul>
<p class="total"><span>${t("sums.subtotal")}</span> <strong>${formatMoney(sumLines(lines))}</strong></p><p class="hint">${t("checkout.later")}</p>`;
}

function renderOrder({ t, formatMoney }: Visit, order: OrderDoc): Markup {
  const sums: [string, number][] = [
    [t("sums.subtotal"), order.subtotalMinor + order.discountMinor],
    [[t("sums.discount"), ...order.discountCodes].join(" "), -order.discountMinor],
    [t("sums.shipping"), order.shippingMinor],
    [t("sums.total"), order.totalMinor],
    [t("sums.refunded"), -order.refundedMinor],
  ];
  return html`<div class="summary"><ul class="summary-lines">${order.lines.map(
    (line) => html`<li><span>${line.title}${line.variantTitle === null ? null : html` <span class="hint">${line.variantTitle}</span>`} × ${line.quantity}</span><span>${formatMoney(line.unitPriceMinor * line.quantity)}</span></li>`,
  )}</ul><dl class="sums">${sums
    .filter(([, amountMinor]) => amountMinor !== 0)
    .map(([word, amountMinor]) => html`<div><dt>${word}</dt><dd>${formatMoney(amountMinor)}</dd></div>`)}</dl></div>`;
}
