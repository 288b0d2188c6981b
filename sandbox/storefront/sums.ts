// The sums below a cart, a checkout and an order: goods, each discount by its name, shipping, total, and who pays what.

import { html, type Markup } from "../admin-shell/markup.ts";
import type { AppliedDiscount } from "../shop/discount-model.ts";
import type { OrderDoc } from "../shop/model.ts";
import { discountsOf } from "../shop/rules/discount-parts.ts";
import { fullShippingMinor, sum } from "../shop/rules/remaining.ts";
import type { CheckoutPrice } from "./checkout-price.ts";
import { lastCharactersOf } from "../shop/payments.ts";
import type { Visit } from "./page.ts";

type Row = readonly [word: string, amount: string];

export function renderPriceSums(visit: Visit, { quote, giftCards, creditMinor, dueMinor }: CheckoutPrice): Markup {
  const { t, formatMoney } = visit;
  const isSplit = giftCards.length > 0 || creditMinor > 0;
  return renderRows([
    ...goodsRows(visit, { ...quote, fullShippingMinor: quote.shippingMinor + quote.shippingDiscountMinor }),
    ...giftCards.map(({ card, amountMinor }): Row => [t("checkout.giftCard", { last: lastCharactersOf(card) }), formatMoney(-amountMinor)]),
    ...(creditMinor > 0 ? [[t("sums.credit"), formatMoney(-creditMinor)] as const] : []),
    ...(isSplit ? [[t("sums.due"), formatMoney(dueMinor)] as const] : []),
  ]);
}

export function renderOrderSums(visit: Visit, order: OrderDoc): Markup {
  const { t, formatMoney } = visit;
  const { payments = [] } = order;
  const restMinor = order.totalMinor - sum(payments.map(({ amountMinor }) => amountMinor));
  return renderRows([
    ...goodsRows(visit, { ...order, applied: discountsOf(order), fullShippingMinor: fullShippingMinor(order) }),
    ...payments.map((payment): Row => [payment.kind === "giftCard" ? t("checkout.giftCard", { last: payment.lastCharacters }) : t("sums.credit"), formatMoney(payment.amountMinor)]),
    ...(payments.length > 0 && restMinor > 0 ? [[t("sums.card"), formatMoney(restMinor)] as const] : []),
    ...(order.refundedMinor > 0 ? [[t("sums.refunded"), formatMoney(-order.refundedMinor)] as const] : []),
  ]);
}

type Goods = { subtotalMinor: number; discountMinor: number; applied: readonly AppliedDiscount[]; shippingMinor: number; fullShippingMinor: number; totalMinor: number };

function goodsRows({ t, formatMoney }: Visit, goods: Goods): Row[] {
  const isFree = goods.shippingMinor === 0;
  return [
    [t("sums.subtotal"), formatMoney(goods.subtotalMinor + goods.discountMinor)],
    ...goods.applied.filter(({ amountMinor, class: kind }) => amountMinor > 0 && kind !== "shipping").map(({ code, title, amountMinor }): Row => [`${t("sums.discount")} ${code ?? title}`, formatMoney(-amountMinor)]),
    [[t("sums.shipping"), ...goods.applied.filter(({ class: kind }) => kind === "shipping").map(({ code, title }) => code ?? title)].join(" "), isFree ? t("sums.free") : formatMoney(goods.shippingMinor)],
    [t("sums.total"), formatMoney(goods.totalMinor)],
  ];
}

const renderRows = (rows: readonly Row[]): Markup => html`<dl class="sums">${rows.map(([word, amount]) => html`<div><dt>${word}</dt><dd>${amount}</dd></div>`)}</dl>`;
