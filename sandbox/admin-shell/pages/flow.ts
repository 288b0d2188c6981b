// What apps have sent to Shopify Flow: in a real shop these triggers would start the merchant's workflows.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import type { FlowReceipt } from "../../shop/flow.ts";
import { renderFrame } from "../frame.ts";
import { html, type Markup } from "../markup.ts";
import { createView, nameOf, type View } from "../view.ts";

const RECEIPTS_SHOWN = 100; // two screens

export function listFlow(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const receipts = context.flow.list();
    const body = html`<div class="page"><h1>${t("flow.title")}</h1><p class="lead">${t("flow.about")}</p>
${receipts.length === 0 ? html`<p class="card">${t("flow.empty")}</p>` : renderReceipts(view, receipts)}</div>`;
    response.send(renderFrame(view, { title: t("flow.title"), section: "flow", body }));
  };
}

function renderReceipts(view: View, receipts: readonly FlowReceipt[]): Markup {
  const { t, formatCount } = view;
  const shown = receipts.slice(0, RECEIPTS_SHOWN);
  return html`<p class="hint">${t("flow.recent", { count: formatCount(shown.length), total: formatCount(receipts.length) })}</p>
<div class="table-box" tabindex="0" role="region" aria-label="${t("flow.title")}"><table>
<thead><tr><th scope="col">${t("flow.time")}</th><th scope="col">${t("flow.trigger")}</th><th scope="col">${t("flow.customer")}</th><th scope="col">${t("flow.fields")}</th></tr></thead>
<tbody>${shown.map(
    (receipt) => html`<tr><td>${view.formatTime(receipt.receivedAt)}</td><th scope="row">${triggerNameOf(view, receipt)}</th>
<td>${renderCustomer(view, receipt)}</td><td class="fields">${renderFields(receipt)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** An extension may be gone since. */
const triggerNameOf = ({ context }: View, { handle }: FlowReceipt): string => context.flow.triggers.find((trigger) => trigger.handle === handle)?.name ?? handle;

function renderCustomer({ t, context }: View, { payload }: FlowReceipt): Markup {
  const id = textOf(payload["customer_id"]);
  const customer = context.state.getCustomer(id);
  if (customer === null) return html`${id || "—"}`;
  return html`<a href="/admin/customers/${id}">${nameOf(customer) ?? customer.email ?? t("customers.nameless", { id })}</a>`;
}

function renderFields({ payload }: FlowReceipt): Markup {
  const fields = Object.entries(payload).filter(([key]) => key !== "customer_id");
  return html`<dl>${fields.map(([key, value]) => html`<div><dt>${key}</dt><dd>${textOf(value)}</dd></div>`)}</dl>`;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
