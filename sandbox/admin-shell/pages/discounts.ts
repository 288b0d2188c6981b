// Discounts and gift cards as the merchant sees them: what they take off, for whom, and how often they were used.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import { classOf, statusOf, type DiscountDoc } from "../../shop/discount-model.ts";
import type { GiftCardDoc } from "../../shop/gift-cards.ts";
import { lastCharactersOf } from "../../shop/payments.ts";
import { renderFrame } from "../frame.ts";
import { html, type Markup } from "../markup.ts";
import { createView, nameOf, type View } from "../view.ts";

const SHOWN = 200; // a programme makes a code per reward; the newest are looked at

export function listDiscounts(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const { discounts, giftCards } = context.state;
    const made = discounts.list().toReversed().slice(0, SHOWN);
    const cards = giftCards.list().toReversed().slice(0, SHOWN);
    const body = html`<div class="page"><h1>${t("discounts.title")}</h1>
${made.length === 0 ? html`<p class="card">${t("discounts.empty")}</p>` : renderDiscountTable(view, made)}
<h2>${t("giftCards.title")}</h2>
${cards.length === 0 ? html`<p class="card">${t("giftCards.empty")}</p>` : renderCardTable(view, cards)}</div>`;
    response.send(renderFrame(view, { title: t("discounts.title"), section: "discounts", body }));
  };
}

function renderDiscountTable(view: View, discounts: readonly DiscountDoc[]): Markup {
  const { t } = view;
  const now = view.context.clock.now().toISOString();
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${t("discounts.title")}"><table>
<thead><tr><th scope="col">${t("discounts.name")}</th><th scope="col">${t("discounts.code")}</th><th scope="col">${t("discounts.status")}</th><th scope="col">${t("discounts.value")}</th><th scope="col">${t("discounts.buyers")}</th><th scope="col">${t("discounts.ends")}</th><th scope="col" class="number">${t("discounts.used")}</th></tr></thead>
<tbody>${discounts.map((discount) => html`<tr><th scope="row">${discount.title}</th><td>${discount.code === null ? t("discounts.automatic") : html`<code>${discount.code}</code>`}</td>
<td>${t(`discounts.${statusOf(discount, now)}`)}</td><td>${valueOf(view, discount)}</td><td>${buyersOf(view, discount)}</td><td>${discount.endsAt === null ? "—" : view.formatTime(discount.endsAt)}</td>
<td class="number">${view.formatCount(discount.usageCount)}${discount.usageLimit === null ? null : ` / ${view.formatCount(discount.usageLimit)}`}</td></tr>`)}</tbody></table></div>`;
}

function valueOf({ t, locale, formatMoney }: View, discount: DiscountDoc): string {
  const { value } = discount;
  if (value.kind === "shipping") return t("discounts.shipping");
  const amount = value.kind === "amount" ? formatMoney(value.minor) : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(value.share);
  return t(classOf(discount) === "product" ? "discounts.offProducts" : "discounts.offOrder", { amount });
}

function buyersOf({ t, context }: View, { buyers }: DiscountDoc): string {
  if (buyers.kind === "all") return t("discounts.everybody");
  const names = buyers.ids.map((id) => {
    if (buyers.kind === "segments") return context.segments.find(id)?.name ?? id;
    const customer = context.state.getCustomer(id);
    return (customer && (nameOf(customer) ?? customer.email)) ?? id;
  });
  return names.join(", ");
}

function renderCardTable(view: View, cards: readonly GiftCardDoc[]): Markup {
  const { t } = view;
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${t("giftCards.title")}"><table>
<thead><tr><th scope="col">${t("giftCards.code")}</th><th scope="col">${t("discounts.status")}</th><th scope="col" class="number">${t("giftCards.balance")}</th><th scope="col" class="number">${t("giftCards.initial")}</th><th scope="col">${t("orders.date")}</th></tr></thead>
<tbody>${cards.map((card) => html`<tr><th scope="row">•••• ${lastCharactersOf(card)}</th><td>${stateWord(view, card)}</td>
<td class="number">${view.formatMoney(card.balanceMinor)}</td><td class="number">${view.formatMoney(card.initialMinor)}</td><td>${view.formatTime(card.createdAt)}</td></tr>`)}</tbody></table></div>`;
}

function stateWord({ t, context }: View, card: GiftCardDoc): string {
  const state = context.state.giftCards.stateOf(card);
  return t(state === "empty" ? "giftCards.spent" : `giftCards.${state}`);
}
