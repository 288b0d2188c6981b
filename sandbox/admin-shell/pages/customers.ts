// Customers as the merchant sees them: a list with a search by e-mail or the members of a segment, and one person with tags, apps' blocks, orders and privacy requests.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import { toGid } from "../../admin-api/gids.ts";
import type { CustomerDoc } from "../../shop/model.ts";
import { listMembers, parseSegmentQuery } from "../../shop/segments.ts";
import { renderBlocks } from "../blocks.ts";
import { renderFrame } from "../frame.ts";
import { html, type Markup } from "../markup.ts";
import { createView, nameOf, type View } from "../view.ts";
import { renderOrderTable } from "./orders.ts";

const CUSTOMERS_SHOWN = 50; // one screen and a bit
const ORDERS_SHOWN = 50;

export function listCustomers(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const { query, segment } = request.query;
    const { customers, said } = choose(view, { email: typeof query === "string" ? query.trim() : "", segmentId: typeof segment === "string" ? segment : "" });
    const body = html`<div class="page"><h1>${t("customers.title")}</h1>
<form class="search-row" action="/admin/customers"><label class="visually-hidden" for="query">${t("frame.search")}</label>
<input id="query" type="search" name="query" value="${typeof query === "string" ? query.trim() : ""}" placeholder="${t("frame.search")}" autocomplete="off"><button class="button">${t("customers.search")}</button></form>
<p class="hint">${said}</p>${customers.length === 0 ? html`<p class="card">${t("customers.empty")}</p>` : renderCustomerTable(view, customers)}</div>`;
    response.send(renderFrame(view, { title: t("customers.title"), section: "customers", body }));
  };
}

/** who is listed, and the words for who that is */
function choose({ t, context, formatCount }: View, { email, segmentId }: { email: string; segmentId: string }): { customers: CustomerDoc[]; said: Markup } {
  const toAll = html` · <a href="/admin/customers">${t("customers.all")}</a>`;
  const segment = context.segments.find(segmentId);
  const isMember = segment && parseSegmentQuery(segment.query);
  if (isMember) {
    const members = listMembers(context.state, isMember);
    const customers = members.slice(0, CUSTOMERS_SHOWN);
    return { customers, said: html`${t("customers.inSegment", { name: segment.name, count: formatCount(customers.length), total: formatCount(members.length) })}${toAll}` };
  }
  if (email !== "") {
    const customer = context.state.findCustomerByEmail(email.toLowerCase());
    return { customers: customer === null ? [] : [customer], said: html`${t("customers.found", { query: email })}${toAll}` };
  }
  const customers = context.state.listCustomers({}, { sortKey: "CREATED_AT", reverse: true, first: CUSTOMERS_SHOWN });
  return { customers, said: html`${t("customers.recent", { count: formatCount(customers.length), total: formatCount(context.state.countCustomers({})) })}` };
}

export function showCustomer(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const customer = context.state.getCustomer(request.params["id"] ?? "");
    const body =
      customer === null
        ? html`<div class="page is-narrow"><p class="card">${view.t("customers.none")}</p></div>`
        : renderCustomer(view, customer);
    const title = customer === null ? view.t("customers.title") : titleOf(view, customer);
    response.status(customer === null ? 404 : 200).send(renderFrame(view, { title, section: "customers", body }));
  };
}

function renderCustomerTable(view: View, customers: readonly CustomerDoc[]): Markup {
  const { t } = view;
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${t("customers.title")}"><table>
<thead><tr><th scope="col">${t("customers.name")}</th><th scope="col">${t("customers.email")}</th><th scope="col">${t("customers.marketing")}</th>
<th scope="col">${t("customers.place")}</th><th scope="col" class="number">${t("customers.orders")}</th><th scope="col" class="number">${t("customers.spent")}</th></tr></thead>
<tbody>${customers.map((customer) => {
    const totals = view.context.state.customerTotals(customer.id);
    return html`<tr><th scope="row"><a href="/admin/customers/${customer.id}">${titleOf(view, customer)}</a></th><td>${customer.email}</td>
<td>${consentOf(view, customer)}</td><td>${view.formatCountry(customer.countryCode)}</td>
<td class="number">${view.formatCount(totals.orderCount)}</td><td class="number">${view.formatMoney(totals.amountMinor)}</td></tr>`;
  })}</tbody></table></div>`;
}

function renderCustomer(view: View, customer: CustomerDoc): Markup {
  const { t, context } = view;
  const totals = context.state.customerTotals(customer.id);
  const orders = context.state.listOrders({ customerId: customer.id }, { sortKey: "CREATED_AT", reverse: true, first: ORDERS_SHOWN });
  const facts: [string, string | Markup][] = [
    [t("customers.email"), customer.email ?? "—"],
    [t("customers.marketing"), consentOf(view, customer)],
    [t("customers.place"), [customer.city, view.formatCountry(customer.countryCode)].filter(Boolean).join(", ") || "—"],
    [t("customers.since"), view.formatTime(customer.createdAt)],
    [t("customers.orders"), view.formatCount(totals.orderCount)],
    [t("customers.spent"), view.formatMoney(totals.amountMinor)],
    [t("customers.credit"), view.formatMoney(context.state.storeCredit.balanceOf(customer.id))],
    [t("customers.tags"), customer.tags.length === 0 ? "—" : html`<span class="tags">${customer.tags.map((tag) => html`<span class="pill">${tag}</span>`)}</span>`],
  ];
  return html`<div class="page"><p><a href="/admin/customers">← ${t("customers.title")}</a></p><h1>${titleOf(view, customer)}</h1>
<dl class="card facts">${facts.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>
${renderBlocks(view, "admin.customer-details.block.render", toGid("Customer", customer.id))}
<h2>${t("orders.title")}</h2>
${orders.length === 0 ? html`<p class="card">${t("orders.empty")}</p>` : renderOrderTable(view, orders)}
<h2>${t("customers.privacy")}</h2>
<div class="button-row">
<button type="button" class="button" data-post="/sandbox/customers/${customer.id}/data-request" data-done="${t("customers.requested")}">${t("customers.request")}</button>
<button type="button" class="button is-critical" data-post="/sandbox/customers/${customer.id}/redact" data-ask="${t("customers.redactAsk")}">${t("customers.redact")}</button>
</div></div>`;
}

function titleOf({ t }: View, customer: CustomerDoc): string {
  return nameOf(customer) ?? customer.email ?? t("customers.nameless", { id: customer.id });
}

function consentOf({ t }: View, customer: CustomerDoc): string {
  const { state } = customer.emailConsent;
  return t(`status.${state}`);
}
