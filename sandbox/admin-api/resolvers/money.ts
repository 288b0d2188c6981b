// Amounts of the Admin API: decimal text and a currency, once for the shop and once for the shopper.

import { toDecimal } from "../amounts.ts";
import type { FieldTable, Money } from "./field-table.ts";

type MoneyBag = { minor: number };
export const moneyBag = (minor: number): MoneyBag => ({ minor });

/** The pretend shop has one currency, so what the shopper saw is what the shop gets. */
export const moneyBags: FieldTable<MoneyBag> = {
  shopMoney: ({ minor }, _args, { shop }): Money => ({ minor, currency: shop.currency }),
  presentmentMoney: ({ minor }, _args, { shop }): Money => ({ minor, currency: shop.currency }),
};

export const money: FieldTable<Money> = {
  amount: ({ minor, currency }) => toDecimal(minor, currency),
  currencyCode: ({ currency }) => currency,
};
