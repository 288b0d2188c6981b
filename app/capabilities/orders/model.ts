// What a writer of orders learns, what it may ask to be read again, and what a reader gets of one customer.
import type { Day } from "../../values/day.ts";
import type { FinancialStatus } from "../../shopify/snapshots.ts";
import type { BuyerId, CustomerId, OrderId, OrderLineId, ProductId } from "../../values/ids.ts";

export type SavedOrders = {
  /** whose orders, or what is known of them, are now other, before and after, in something that figures or points are made of: analytics takes them */
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

/** The orders of one customer, the oldest first, whether they count or not: what points are made of. Amounts as in an OrderSnapshot. */
export type OrderHistory = readonly PastOrder[];

export type PastOrder = {
  id: OrderId;
  placedAt: Date;
  cancelledAt: Date | null;
  isTest: boolean;
  financialStatus: FinancialStatus;
  totalMinor: number;
  revenueMinor: number;
  hasTaxIncluded: boolean;
  shippingMinor: number;
  currentShippingMinor: number;
  /** of lines and shipping together */
  discountMinor: number;
  discountCodes: readonly string[];
  lines: readonly PastLine[];
  refunds: readonly { refundedAt: Date; amountMinor: number }[];
};

export type PastLine = {
  id: OrderLineId;
  quantity: number;
  currentQuantity: number;
  totalMinor: number;
  beforeDiscountsMinor: number;
  taxMinor: number;
  isGiftCard: boolean;
  productId: ProductId | null;
  /** as the product is today; of one that is gone, or was none, "" and no tags */
  productType: string;
  tags: readonly string[];
};

/** Nouns a person picks by their title. */
export const TITLED_NOUNS = ["products", "collections"] as const;
export type TitledNoun = (typeof TITLED_NOUNS)[number];
export type Titled = { id: bigint; title: string };
