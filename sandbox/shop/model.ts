// What the pretend shop is made of, and what may be done to it. Ids are decimal strings (they may exceed 2^53), instants are
// ISO 8601 in UTC, money is integer minor units of the shop's one currency.

import type { AppliedDiscount, DiscountShare } from "./discount-model.ts";
import type { Discounts } from "./discounts.ts";
import type { GiftCards } from "./gift-cards.ts";
import type { Quote } from "./quotes.ts";
import type { StoreCredit } from "./store-credit.ts";

export type Id = string;
export type Instant = string;

export type ShopDoc = {
  id: Id;
  /** e.g. `regulars-tea.myshopify.com` */
  domain: string;
  name: string;
  email: string;
  currency: string;
  timeZone: string;
  planName: string;
  countryCode: string;
  createdAt: Instant;
};

export type VariantDoc = { id: Id; title: string; sku: string; priceMinor: number; unitCostMinor: number | null; updatedAt: Instant };

export type ProductDoc = {
  id: Id;
  title: string;
  handle: string;
  description: string;
  productType: string;
  vendor: string;
  status: "ACTIVE" | "ARCHIVED" | "DRAFT";
  tags: string[];
  createdAt: Instant;
  updatedAt: Instant;
  variants: VariantDoc[];
};

export type EmailConsent = {
  state: "SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING" | "NOT_SUBSCRIBED";
  optInLevel: "SINGLE_OPT_IN" | "CONFIRMED_OPT_IN" | null;
  updatedAt: Instant | null;
};

export type CustomerDoc = {
  id: Id;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  locale: string;
  countryCode: string | null;
  city: string | null;
  /** kept only where somebody said */
  street?: string | null;
  postcode?: string | null;
  state: "ENABLED" | "DISABLED" | "INVITED";
  tags: string[];
  note: string | null;
  /** `1988-03-14`: the standard metafield facts.birth_date, which shoppers fill in at checkout or in their account */
  birthOn: string | null;
  emailConsent: EmailConsent;
  createdAt: Instant;
  updatedAt: Instant;
};

export type OrderLineDoc = {
  id: Id;
  productId: Id | null;
  variantId: Id | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  quantity: number;
  /** after edits and refunds */
  currentQuantity: number;
  unitPriceMinor: number;
  /** this line's share of all discounts */
  discountMinor: number;
  /** which of the order's discounts that is; left out where it is one code on the whole order */
  shares?: DiscountShare[];
};

export type RefundDoc = {
  id: Id;
  createdAt: Instant;
  note: string | null;
  lines: { id: Id; lineId: Id; quantity: number; subtotalMinor: number; taxMinor: number }[];
  shippingMinor: number;
  /** what the customer got back in all, goodwill included */
  amountMinor: number;
};

export type FinancialStatus = "PENDING" | "AUTHORIZED" | "PAID" | "PARTIALLY_PAID" | "PARTIALLY_REFUNDED" | "REFUNDED" | "VOIDED" | "EXPIRED";

/** Of an order paid in part otherwise than by card; refunds of the pretend shop go to the card, never back to credit or gift card. */
export type PaymentDoc = { kind: "storeCredit"; amountMinor: number } | { kind: "giftCard"; amountMinor: number; giftCardId: Id; lastCharacters: string };

export type OrderDoc = {
  id: Id;
  name: string;
  number: number;
  /** null: a guest */
  customerId: Id | null;
  email: string | null;
  createdAt: Instant;
  processedAt: Instant;
  updatedAt: Instant;
  cancelledAt: Instant | null;
  cancelReason: string | null;
  test: boolean;
  financialStatus: FinancialStatus;
  sourceName: string;
  countryCode: string | null;
  customerLocale: string | null;
  discountCodes: string[];
  /** what the discounts were; left out where it is no more than one code on the whole order */
  discounts?: AppliedDiscount[];
  /** what shipping would have cost more; `shippingMinor` is what it did */
  shippingDiscountMinor?: number;
  payments?: PaymentDoc[];
  tags: string[];
  /** as ordered, plus edits */
  subtotalMinor: number;
  discountMinor: number;
  shippingMinor: number;
  taxMinor: number;
  totalMinor: number;
  /** after edits, refunds and cancellation: Shopify's current_total_price */
  currentTotalMinor: number;
  refundedMinor: number;
  lines: OrderLineDoc[];
  refunds: RefundDoc[];
};

/** Money amounts a caller may leave out are worked out from the lines. */
export type PlaceOrder = {
  id?: Id;
  customerId?: Id | null;
  email?: string | null;
  lines: { productId?: Id | null; variantId?: Id | null; title?: string; quantity: number; unitPriceMinor?: number }[];
  discountCode?: string | null;
  /** several, where they go together */
  discountCodes?: string[];
  /** with store credit as far as it goes, and with these gift cards before */
  payWith?: { storeCredit?: boolean; giftCardCodes?: string[] };
  processedAt?: Instant;
  shippingMinor?: number;
  sourceName?: string;
  financialStatus?: FinancialStatus;
  test?: boolean;
  locale?: string;
};

export type RefundOrder = {
  /** left out: everything that is still there */
  lines?: { lineId: Id; quantity: number }[];
  /** a goodwill amount without lines */
  amountMinor?: number;
  note?: string;
};

export type EditOrder = { setQuantities?: { lineId: Id; quantity: number }[]; add?: { variantId: Id; quantity: number }[] };

/** Something Shopify tells its apps: the body is what it was at that moment. */
export type ShopEvent = { topic: string; occurredAt: Instant; /** JSON text, ids as bare numbers */ body: string };

export type OrderFilter = {
  ids?: Id[];
  customerId?: Id;
  /** inclusive lower, exclusive upper bounds */
  updatedAtMin?: Instant;
  updatedAtMax?: Instant;
  createdAtMin?: Instant;
  createdAtMax?: Instant;
};
export type CustomerFilter = { ids?: Id[]; email?: string; updatedAtMin?: Instant; updatedAtMax?: Instant };
export type ProductFilter = { ids?: Id[]; updatedAtMin?: Instant; updatedAtMax?: Instant };
export type Page = { sortKey: "ID" | "UPDATED_AT" | "CREATED_AT"; reverse?: boolean; first: number; after?: { key: string; id: Id } | null };

/** The shop's state, kept in SQLite (`node:sqlite`), so that it survives a kill. Every verb is one transaction, stamps updatedAt
 *  from the clock and emits its events after the commit, in the order in which things happened. An unknown id or a wish that cannot be met throws
 *  `SandboxError` with a sentence for the person who asked. */
export interface ShopState {
  shop(): ShopDoc;

  getOrder(id: Id): OrderDoc | null;
  getCustomer(id: Id): CustomerDoc | null;
  findCustomerByEmail(email: string): CustomerDoc | null;
  getProduct(id: Id): ProductDoc | null;
  findProductOfVariant(variantId: Id): ProductDoc | null;
  listOrders(filter: OrderFilter, page: Page): OrderDoc[];
  listCustomers(filter: CustomerFilter, page: Page): CustomerDoc[];
  listProducts(filter: ProductFilter, page: Page): ProductDoc[];
  countOrders(filter: OrderFilter): number;
  countCustomers(filter: CustomerFilter): number;
  countProducts(filter: ProductFilter): number;
  /** all rows by ascending id, streamed: for bulk operations */
  eachOrder(filter: OrderFilter): Iterable<OrderDoc>;
  eachCustomer(filter: CustomerFilter): Iterable<CustomerDoc>;
  eachProduct(filter: ProductFilter): Iterable<ProductDoc>;
  /** not cancelled, not test; amountMinor is what Shopify calls amountSpent */
  customerTotals(customerId: Id): { orderCount: number; amountMinor: number; lastOrderId: Id | null };

  discounts: Discounts;
  storeCredit: StoreCredit;
  giftCards: GiftCards;

  /** what it would cost, and which codes do nothing on it; nothing is written */
  quoteOrder(wish: PlaceOrder): Quote;
  placeOrder(wish: PlaceOrder): OrderDoc;
  refundOrder(id: Id, wish: RefundOrder): OrderDoc;
  cancelOrder(id: Id, reason?: string): OrderDoc;
  editOrder(id: Id, wish: EditOrder): OrderDoc;
  deleteOrder(id: Id): void;
  createCustomer(wish: Partial<Omit<CustomerDoc, "id" | "createdAt" | "updatedAt">>): CustomerDoc;
  updateCustomer(id: Id, changes: Partial<Omit<CustomerDoc, "id" | "createdAt" | "updatedAt">>): CustomerDoc;
  deleteCustomer(id: Id): void;
  mergeCustomers(wish: { keptId: Id; deletedId: Id }): CustomerDoc;
  /** what the merchant asked for: Shopify sends customers/redact */
  redactCustomer(id: Id): void;
  requestCustomerData(id: Id): void;
  updateProduct(id: Id, changes: Partial<Pick<ProductDoc, "title" | "status" | "tags" | "productType">>): ProductDoc;
  deleteProduct(id: Id): void;

  /** verbs inside happen at this moment instead of now, in one transaction: history being made, or days being stepped */
  during<T>(at: Instant, run: () => T): T;

  /** a small key-value store for the rest of the sandbox: tokens, clock offset, bulk operations, pending deliveries */
  remember(key: string, value: unknown): void;
  recall(key: string): unknown;

  /** answers a function that stops listening */
  onEvent(listener: (event: ShopEvent) => void): () => void;
  close(): void;
}

export class SandboxError extends Error {
  override name = "SandboxError";
}

/** The sandbox's one clock: the real one plus an offset. */
export interface SandboxClock {
  now(): Date;
  /** milliseconds ahead of (or behind) the real clock */
  readonly offsetMs: number;
  setOffset(offsetMs: number): void;
  onChange(listener: (offsetMs: number) => void): () => void;
}
