// The page after an order was placed.

import type { Response } from "express";
import { html, type Markup } from "../admin-shell/markup.ts";
import { nameOf } from "../admin-shell/view.ts";
import type { OrderDoc } from "../shop/model.ts";
import { findOrderOfCheckout } from "./checkout-orders.ts";
import { sendMissing } from "./missing.ts";
import { sendPage, type Visit } from "./page.ts";
import { renderOrderSums } from "./sums.ts";

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

function renderOrder(visit: Visit, order: OrderDoc): Markup {
  return html`<div class="summary"><ul class="summary-lines">${order.lines.map(
    (line) => html`<li><span>${line.title}${line.variantTitle === null ? null : html` <span class="hint">${line.variantTitle}</span>`} × ${line.quantity}</span><span>${visit.formatMoney(line.unitPriceMinor * line.quantity)}</span></li>`,
  )}</ul>${renderOrderSums(visit, order)}</div>`;
}
