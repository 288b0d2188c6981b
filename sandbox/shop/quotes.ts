// What an order would cost: its lines, the discounts that fit, shipping; placing it asks the same question.

import { findCustomerByEmail } from "./customers.ts";
import type { DiscountDoc, RefusedCode } from "./discount-model.ts";
import { listAutomatic } from "./discounts.ts";
import type { Ledger } from "./ledger.ts";
import { SandboxError, type CustomerDoc, type PlaceOrder } from "./model.ts";
import { findReason, readCode, type Shopping } from "./rules/discount-fit.ts";
import { takeBest, type Discounted } from "./rules/discount-sums.ts";
import { makeLine } from "./rules/order-lines.ts";
import { lineNetMinor, sum } from "./rules/remaining.ts";

export type Quote = Discounted & { subtotalMinor: number; discountMinor: number; totalMinor: number; /** codes that do nothing here */ refused: RefusedCode[] };

const SHIPPING_SHARE = 0.1; // of the goods, where nobody says what shipping costs

/** Somebody typed a code that cannot be used on this order. */
export class CodeRefusal extends SandboxError {
  override name = "CodeRefusal";
  readonly refused: RefusedCode;
  constructor(refused: RefusedCode) {
    super(refused.reason === "unknown" ? `The shop has no discount code ${refused.code}.` : `The discount code ${refused.code} cannot be used on this order (${refused.reason}).`);
    this.refused = refused;
  }
}

/** Without a line's number: nothing is written down. */
export const quoteOrder = (ledger: Ledger, wish: PlaceOrder): Quote =>
  priceOrder(ledger, wish, wish.lines.map((line, index) => makeLine(ledger, line, String(index))), findBuyer(ledger, wish));

export function priceOrder(ledger: Ledger, wish: PlaceOrder, lines: Discounted["lines"], customer: CustomerDoc | null): Quote {
  const shopping: Shopping = { lines, customer, email: wish.email ?? customer?.email ?? null };
  const read = listCodes(wish).map((code) => readCode(ledger, code, shopping));
  const fitting = read.filter((each): each is DiscountDoc => !("reason" in each));
  // At the counter or by phone nothing is automatic.
  const automatic = (wish.sourceName ?? "web") === "web" ? listAutomatic(ledger).filter((discount) => findReason(ledger, discount, shopping) === null) : [];
  const discounted = takeBest(lines, [...fitting, ...automatic], (goodsMinor) => wish.shippingMinor ?? Math.round(goodsMinor * SHIPPING_SHARE));
  const isUsed = (code: string | null): boolean => discounted.applied.some((each) => each.code === code);
  const idle = fitting.filter(({ code }) => !isUsed(code)).map(({ code, value }): RefusedCode => ({ code: code ?? "", reason: value.kind === "shipping" && value.maximumMinor !== null ? "noShipping" : "combination" }));
  const subtotalMinor = sum(discounted.lines.map(lineNetMinor));
  return {
    ...discounted, subtotalMinor,
    discountMinor: sum(discounted.lines.map(({ discountMinor }) => discountMinor)),
    totalMinor: subtotalMinor + discounted.shippingMinor,
    refused: [...read.filter((each): each is RefusedCode => "reason" in each), ...idle],
  };
}

/** Each once, whatever its case. */
const listCodes = ({ discountCode, discountCodes = [] }: PlaceOrder): string[] =>
  [...new Map([...(discountCode ? [discountCode] : []), ...discountCodes].map((code) => [code.trim().toUpperCase(), code])).values()];

/** As Shopify does: an order belongs to whoever has its e-mail address. */
export function findBuyer(ledger: Ledger, { customerId, email }: PlaceOrder): CustomerDoc | null {
  if (customerId) return ledger.customer(customerId);
  return customerId === null || !email ? null : findCustomerByEmail(ledger, email);
}
