// Logging in as any customer (it is a sandbox), making an account, and looking at one's orders.

import type { Request, Response } from "express";
import { html, type Markup } from "../admin-shell/markup.ts";
import { nameOf } from "../admin-shell/view.ts";
import type { CustomerDoc, Id, ShopState } from "../shop/model.ts";
import { isEmail, readField } from "./forms.ts";
import { sendPage, type Visit } from "./page.ts";
import { keepSession } from "./session.ts";

const ORDERS_SHOWN = 30;
const CUSTOMERS_LOOKED_AT = 200; // enough to find people of each language
const EXAMPLES_PER_LANGUAGE = 2;

export async function showLogin(visit: Visit, response: Response, complaint: string | null = null): Promise<void> {
  const { t, context } = visit;
  const examples = listExamples(context.state);
  const body = html`<section class="wide is-narrow"><h1>${t("login.title")}</h1><p>${t("login.lead")}</p>
<form class="stack" method="post" action="/account/login" novalidate>${renderEmail(visit, complaint)}<button class="button">${t("login.button")}</button></form>
<p><a href="/account/register">${t("login.register")}</a></p>
${examples.length === 0 ? null : html`<h2>${t("login.examples")}</h2><ul class="examples">${examples.map(renderExample)}</ul>`}</section>`;
  await sendPage(visit, response, { title: t("login.title"), body, status: complaint === null ? 200 : 422 });
}

export async function logIn(visit: Visit, request: Request, response: Response): Promise<void> {
  const email = readField(request, "email").toLowerCase();
  const customer = email === "" ? null : visit.context.state.findCustomerByEmail(email);
  if (customer === null) return showLogin(visit, response, visit.t("login.unknown"));
  beCustomer(visit, response, customer.id);
  response.redirect(303, "/account");
}

export function logOut(visit: Visit, response: Response): void {
  beCustomer(visit, response, null);
  response.redirect(303, "/");
}

export async function showRegistration(visit: Visit, response: Response, complaint: string | null = null): Promise<void> {
  const { t } = visit;
  const body = html`<section class="wide is-narrow"><h1>${t("register.title")}</h1>
<form class="stack" method="post" action="/account/register" novalidate>
<p class="field"><label for="firstName">${t("checkout.first")}</label><input id="firstName" name="firstName" autocomplete="given-name"></p>
<p class="field"><label for="lastName">${t("checkout.last")}</label><input id="lastName" name="lastName" autocomplete="family-name"></p>
${renderEmail(visit, complaint)}
<p class="check"><label><input type="checkbox" name="news" value="1"> ${t("checkout.news")}</label></p>
<button class="button">${t("register.button")}</button></form></section>`;
  await sendPage(visit, response, { title: t("register.title"), body, status: complaint === null ? 200 : 422 });
}

export async function register(visit: Visit, request: Request, response: Response): Promise<void> {
  const { state, clock } = visit.context;
  const email = readField(request, "email").toLowerCase();
  if (!isEmail(email)) return showRegistration(visit, response, visit.t("checkout.badEmail"));
  if (state.findCustomerByEmail(email) !== null) return showRegistration(visit, response, visit.t("register.taken"));
  const hasConsent = readField(request, "news") !== "";
  const customer = state.createCustomer({
    email,
    firstName: readField(request, "firstName") || null,
    lastName: readField(request, "lastName") || null,
    locale: visit.session.locale,
    countryCode: state.shop().countryCode,
    state: "ENABLED",
    emailConsent: hasConsent
      ? { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: clock.now().toISOString() }
      : { state: "NOT_SUBSCRIBED", optInLevel: null, updatedAt: null },
  });
  beCustomer(visit, response, customer.id);
  response.redirect(303, "/account");
}

export async function showAccount(visit: Visit, response: Response): Promise<void> {
  const { customer, context, t } = visit;
  if (customer === null) return response.redirect(303, "/account/login");
  const orders = context.state.listOrders({ customerId: customer.id }, { sortKey: "CREATED_AT", reverse: true, first: ORDERS_SHOWN });
  const body = html`<section class="wide"><div class="account-head"><h1>${t("account.hello", { name: nameOf(customer) ?? customer.email ?? "" })}</h1>
<form method="post" action="/account/logout"><button class="button is-plain">${t("account.logout")}</button></form></div>
<h2>${t("account.orders")}</h2>
${orders.length === 0 ? html`<p>${t("account.none")}</p>` : renderOrders(visit, orders)}</section>`;
  await sendPage(visit, response, { title: t("frame.account"), body });
}

function renderOrders({ t, formatDate, formatMoney }: Visit, orders: ReturnType<ShopState["listOrders"]>): Markup {
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${t("account.orders")}"><table>
<thead><tr><th scope="col">${t("account.order")}</th><th scope="col">${t("account.date")}</th><th scope="col">${t("account.items")}</th><th scope="col" class="number">${t("account.total")}</th></tr></thead>
<tbody>${orders.map(
    (order) => html`<tr><th scope="row">${order.name}</th><td>${formatDate(order.createdAt)}</td><td>${order.lines.map((line) => `${line.title} × ${line.quantity}`).join(", ")}</td>
<td class="number">${formatMoney(order.currentTotalMinor)}${order.cancelledAt === null ? null : ` (${t("account.cancelled")})`}</td></tr>`,
  )}</tbody></table></div>`;
}

function renderEmail({ t }: Visit, complaint: string | null): Markup {
  return html`<p class="field"><label for="email">${t("checkout.email")}</label><input id="email" name="email" type="email" autocomplete="email"${
    complaint === null ? null : html` aria-invalid="true" aria-describedby="email-complaint"`
  }>${complaint === null ? null : html`<span class="complaint" id="email-complaint" role="alert">${complaint}</span>`}</p>`;
}

function renderExample(customer: CustomerDoc): Markup {
  return html`<li><form method="post" action="/account/login"><input type="hidden" name="email" value="${customer.email}"><button class="example"><strong>${nameOf(customer)}</strong><span>${customer.email}</span></button></form></li>`;
}

/** a few people with a name and an address, of each language the shop's customers speak */
function listExamples(state: ShopState): CustomerDoc[] {
  const people = state
    .listCustomers({}, { sortKey: "ID", first: CUSTOMERS_LOOKED_AT })
    .filter((customer) => customer.email !== null && nameOf(customer) !== null);
  const byLanguage = Map.groupBy(people, ({ locale }) => locale.slice(0, 2));
  return [...byLanguage.values()].flatMap((speakers) => speakers.slice(0, EXAMPLES_PER_LANGUAGE));
}

function beCustomer(visit: Visit, response: Response, customerId: Id | null): void {
  keepSession(visit.context, response, { ...visit.session, customerId });
}
