// What an order is paid with: gift cards first, then store credit, and the card for the rest.

import { spendGiftCard, type GiftCardDoc } from "./gift-cards.ts";
import type { Ledger } from "./ledger.ts";
import type { Id, PaymentDoc, PlaceOrder } from "./model.ts";
import { balanceOf, spendCredit, createStoreCredit } from "./store-credit.ts";

type Owed = { orderId: Id; totalMinor: number; customerId: Id | null };

/** Inside of the order's transaction: credit and gift cards are spent with it or not at all. */
export function takePayments(ledger: Ledger, { storeCredit = false, giftCardCodes = [] }: NonNullable<PlaceOrder["payWith"]>, { orderId, totalMinor, customerId }: Owed): PaymentDoc[] {
  const payments: PaymentDoc[] = [];
  let dueMinor = totalMinor;
  for (const code of giftCardCodes) {
    if (dueMinor === 0) break;
    const { card, amountMinor } = spendGiftCard(ledger, code, { amountMinor: dueMinor, orderId });
    dueMinor -= amountMinor;
    payments.push({ kind: "giftCard", amountMinor, giftCardId: card.id, lastCharacters: lastCharactersOf(card) });
  }
  const creditMinor = storeCredit && customerId !== null ? Math.min(dueMinor, balanceOf(createStoreCredit(ledger).ofCustomer(customerId))) : 0;
  if (creditMinor > 0 && customerId !== null) {
    spendCredit(ledger, customerId, { amountMinor: creditMinor, event: "ORDER_PAYMENT", orderId });
    payments.push({ kind: "storeCredit", amountMinor: creditMinor });
  }
  return payments;
}

const SHOWN = 4; // of a code
export const lastCharactersOf = ({ code }: Pick<GiftCardDoc, "code">): string => code.slice(-SHOWN);
