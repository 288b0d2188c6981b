// Orders as the merchant sees them: the recent ones, and one of them with its lines; refunding and cancelling go through the control API.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import type { OrderDoc } from "../../shop/model.ts";
import { renderFrame } from "../frame.ts";
import { flag, html, type Markup } from "../markup.ts";
import { createView, nameOf, type View } from "../view.ts";

const ORDERS_SHOWN = 50; // one screen and a bit

export function listOrders(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const orders = context.state.listOrders({}, { sortKey: "CREATED_AT", reverse: true, first: ORDERS_SHOWN });
    const total = context.state.countOrders({});
    const body = html`<div class="page"><h1>${t("orders.title")}</h1>
${
  orders.length === 0
    ? html`<p class="card">${t("orders.empty")}</p>`
    : html`<p class="hint">${t("orders.recent", { count: view.formatCount(orders.length), total: view.formatCount(total) })}</p>${renderOrderTable(view, orders)}`
}</div>`;
    response.send(renderFrame(view, { title: t("orders.title"), section: "orders", body }));
  };
}

export function showOrder(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const order = context.state.getOrder(request.params["id"] ?? "");
    const body =
      order === null
        ? html`<div class="page is-narrow"><p class="card">${t("orders.none")}</p></div>`
        : html`<div class="page is-narrow"><p><a href="/admin/orders">← ${t("orders.title")}</a></p>
<div class="title-row"><h1>${order.name}</h1>${renderStatus(view, order)}${renderActions(view, order)}</div>
<p class="hint">${view.formatTime(order.createdAt)} · ${renderBuyer(view, order)}</p>
${renderLines(view, order)}${renderSums(view, order)}</div>`;
    response.status(order === null ? 404 : 200).send(renderFrame(view, { title: order?.name ?? t("orders.title"), section: "orders", body }));
  };
}

export function renderOrderTable(view: View, orders: readonly OrderDoc[]): Markup {
  const { t } = view;
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${t("orders.title")}"><table>
<thead><tr><th scope="col">${t("orders.order")}</th><th scope="col">${t("orders.date")}</th><th scope="col">${t("orders.customer")}</th>
<th scope="col">${t("orders.status")}</th><th scope="col" class="number">${t("orders.total")}</th><th scope="col">${t("orders.actions")}</th></tr></thead>
<tbody>${orders.map(
    (order) => html`<tr><th scope="row"><a href="/admin/orders/${order.id}">${order.name}</a></th>
<td>${view.formatTime(order.createdAt)}</td><td>${renderBuyer(view, order)}</td><td>${renderStatus(view, order)}</td>
<td class="number">${view.formatMoney(order.currentTotalMinor)}</td><td>${renderActions(view, order)}</td></tr>`,
  )}</tbody></table></div>`;
}

function renderBuyer({ t, context }: View, order: OrderDoc): Markup {
  const customer = order.customerId === null ? null : context.state.getCustomer(order.customerId);
  if (customer === null) return html`${order.email ?? t("orders.guest")}`;
  const name = nameOf(customer) ?? customer.email ?? t("customers.nameless", { id: customer.id });
  return html`<a href="/admin/customers/${customer.id}">${name}</a>`;
}

function renderStatus({ t }: View, order: OrderDoc): Markup {
  const isCancelled = order.cancelledAt !== null;
  return html`<span class="pill is-${order.financialStatus.toLowerCase()}">${t(`status.${order.financialStatus}`)}</span>${
    isCancelled ? html` <span class="pill is-cancelled">${t("orders.cancelled")}</span>` : null
  }`;
}

function renderActions({ t }: View, order: OrderDoc): Markup {
  const isOpen = order.cancelledAt === null;
  const button = (verb: "refund" | "cancel", word: string, label: string, can: boolean): Markup =>
    html`<button type="button" class="button is-small" data-post="/sandbox/orders/${order.id}/${verb}" aria-label="${label}"${flag("disabled", !can)}>${word}</button>`;
  return html`<span class="button-row">${button("refund", t("orders.refund"), t("orders.refundThis", { order: order.name }), isOpen && order.currentTotalMinor > 0)}
${button("cancel", t("orders.cancel"), t("orders.cancelThis", { order: order.name }), isOpen)}</span>`;
}

function renderLines(view: View, order: OrderDoc): Markup {
  const { t } = view;
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${order.name}"><table>
<thead><tr><th scope="col">${t("orders.item")}</th><th scope="col" class="number">${t("orders.price")}</th><th scope="col" class="number">${t("orders.quantity")}</th><th scope="col" class="number">${t("orders.total")}</th></tr></thead>
<tbody>${order.lines.map(
    (line) => html`<tr><th scope="row">${line.title}${line.variantTitle === null ? null : html` <span class="hint">${line.variantTitle}</span>`}</th>
<td class="number">${view.formatMoney(line.unitPriceMinor)}</td>
<td class="number">${line.currentQuantity === line.quantity ? line.quantity : html`<del>${line.quantity}</del> ${line.currentQuantity}`}</td>
<td class="number">${view.formatMoney(line.unitPriceMinor * line.quantity)}</td></tr>`,
  )}</tbody></table></div>`;
}

function renderSums(view: View, order: OrderDoc): Markup {
  const { t, formatMoney } = view;
  const sums: [string, number][] = [
    [t("orders.subtotal"), order.subtotalMinor],
    [t("orders.discount"), -order.discountMinor],
    [t("orders.shipping"), order.shippingMinor],
    [t("orders.tax"), order.taxMinor],
    [t("orders.total"), order.totalMinor],
    [t("orders.refunded"), -order.refundedMinor],
  ];
  const codes = order.discountCodes.length === 0 ? null : html`<div><dt>${t("orders.codes")}</dt><dd>${order.discountCodes.join(", ")}</dd></div>`;
  return html`<dl class="card sums">${sums
    .filter(([, amountMinor], index) => index === 0 || index === 4 || amountMinor !== 0)
    .map(([word, amountMinor]) => html`<div><dt>${word}</dt><dd>${formatMoney(amountMinor)}</dd></div>`)}${codes}</dl>`;
}
