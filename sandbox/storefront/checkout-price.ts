// What a checkout comes to: discounts that fit, gift cards and store credit as far as they go, and what is left to pay.

import type { RefusedCode } from "../shop/discount-model.ts";
import type { GiftCardDoc, GiftCardState } from "../shop/gift-cards.ts";
import type { Id } from "../shop/model.ts";
import type { Quote } from "../shop/quotes.ts";
import type { CartLine } from "./cart.ts";
import type { Visit } from "./page.ts";

export type Buyer = { email: string; isGuest: boolean };
export type UsedGiftCard = { code: string; card: GiftCardDoc; amountMinor: number };
export type Complaint = RefusedCode | { code: string; reason: Exclude<GiftCardState, "usable"> };
export type CheckoutPrice = {
  quote: Quote;
  discountCodes: string[];
  giftCards: UsedGiftCard[];
  /** what the logged-in shopper has, and what of it goes into this order */
  creditBalanceMinor: number;
  creditMinor: number;
  dueMinor: number;
  /** codes that do nothing here, and why */
  refused: Complaint[];
};

export type PriceWish = { lines: readonly CartLine[]; codes: readonly string[]; buyer: Buyer; usesCredit: boolean };

export function priceCheckout({ context, customer }: Visit, { lines, codes, buyer, usesCredit }: PriceWish): CheckoutPrice {
  const { state } = context;
  // A discount's name goes before a gift card's.
  const cards = codes.flatMap((code) => {
    const card = state.discounts.findByCode(code) === null ? state.giftCards.findByCode(code) : null;
    return card === null ? [] : [{ code, card, condition: state.giftCards.stateOf(card) }];
  });
  const quote = state.quoteOrder({
    ...(customer !== null ? { customerId: customer.id } : buyer.isGuest ? { customerId: null } : {}),
    email: customer?.email ?? (buyer.email || null),
    lines: toOrderLines(lines),
    discountCodes: codes.filter((code) => !cards.some((each) => each.code === code)),
  });
  let dueMinor = quote.totalMinor;
  const giftCards = cards.filter(({ condition }) => condition === "usable").map(({ code, card }): UsedGiftCard => {
    const amountMinor = Math.min(dueMinor, card.balanceMinor);
    dueMinor -= amountMinor;
    return { code, card, amountMinor };
  });
  const creditBalanceMinor = customer === null ? 0 : state.storeCredit.balanceOf(customer.id);
  const creditMinor = usesCredit ? Math.min(dueMinor, creditBalanceMinor) : 0;
  return {
    quote, giftCards, creditBalanceMinor, creditMinor,
    dueMinor: dueMinor - creditMinor,
    discountCodes: quote.applied.flatMap(({ code }) => code ?? []),
    refused: [...quote.refused, ...cards.flatMap(({ code, condition }) => (condition === "usable" ? [] : [{ code, reason: condition }]))],
  };
}

export const toOrderLines = (lines: readonly CartLine[]): { productId: Id; variantId: Id; quantity: number }[] =>
  lines.map(({ product, variant, quantity }) => ({ productId: product.id, variantId: variant.id, quantity }));

export function sayComplaint({ t, formatMoney }: Visit, complaint: Complaint): string {
  const { code, reason } = complaint;
  const minimum = "minimum" in complaint ? complaint.minimum : undefined;
  if (reason === "minimumSubtotal" || reason === "minimumQuantity") return t(`code.${reason}`, { code, minimum: minimum?.kind === "subtotal" ? formatMoney(minimum.minor) : String(minimum?.quantity ?? "") });
  return t(`code.${reason}`, { code });
}
