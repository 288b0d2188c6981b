// The parts an order was paid in, each under its gateway's name at Shopify.

import type { OrderDoc, PaymentDoc } from "../model.ts";
import { sum } from "./remaining.ts";

const CARD_GATEWAY = "bogus"; // Shopify's own name for the one that takes no money
const gateways = { storeCredit: "shopify_store_credit", giftCard: "gift_card" } as const satisfies Record<PaymentDoc["kind"], string>;

export type PaymentPart = { gateway: string; amountMinor: number };

export function paymentPartsOf({ payments = [], totalMinor }: OrderDoc): PaymentPart[] {
  const parts = payments.map(({ kind, amountMinor }) => ({ gateway: gateways[kind], amountMinor }));
  const restMinor = totalMinor - sum(parts.map(({ amountMinor }) => amountMinor));
  return restMinor > 0 || parts.length === 0 ? [...parts, { gateway: CARD_GATEWAY, amountMinor: restMinor }] : parts;
}

export const gatewaysOf = (order: OrderDoc): string[] => [...new Set(paymentPartsOf(order).map(({ gateway }) => gateway))];
