// What a writer of orders learns, what it may ask to be read again, and what a reader gets of one customer.
import type { Day } from "../../values/day.ts";
import type { BuyerId, CustomerId, OrderId } from "../../values/ids.ts";

export type SavedOrders = {
  /** whose counted orders, or what is known of them, is now other, before and after: analytics takes them */
  changedBuyerIds: BuyerId[];
  /** how many differed from what was stored; a newer word that says the same is none */
  changedCount: number;
};

/** Of two words of one second that differ, only Shopify knows the last: its stamps have whole seconds. */
export type HeardOrders = SavedOrders & { doubtfulIds: OrderId[] };

export type Merge = { keptId: CustomerId; deletedId: CustomerId };

export const REREAD_NOUNS = ["order", "customer", "product"] as const;
export type RereadNoun = (typeof REREAD_NOUNS)[number];

/** A wish to read something again; `version` tells it from a later wish for the same. */
export type Reread = { noun: RereadNoun; id: bigint; version: number };

export type NounCounts = { orders: number; customers: number; products: number };

/** How other places may name a person: by any of these numbers, or one of these addresses. */
export type Mentions = { ids: bigint[]; emails: string[] };

/** A customer as Shopify last described them. */
export type CustomerRecord = {
  id: CustomerId;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  /** BCP 47 */
  locale: string | null;
  countryCode: string | null;
  tags: string[];
  emailConsent: string | null;
  birthOn: Day | null;
  shopifyRfmGroup: string | null;
  createdAt: Date;
};

/** An order of one customer; `isCounted`: it is in the figures. */
export type CustomerOrder = {
  id: OrderId;
  name: string;
  placedAt: Date;
  isCounted: boolean;
  isCancelled: boolean;
  totalMinor: number;
  lines: { title: string; quantity: number }[];
  refunds: { refundedAt: Date; amountMinor: number }[];
};
