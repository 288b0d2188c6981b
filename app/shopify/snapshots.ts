// What Shopify said, in our words: whole money, exact ids, real dates. Only the fields we use.
import type { Day } from "../values/day.ts";
import type { CustomerId, OrderId, OrderLineId, ProductId, RefundId, VariantId } from "../values/ids.ts";

export type FinancialStatus =
  | "PENDING" | "AUTHORIZED" | "PAID" | "PARTIALLY_PAID" | "PARTIALLY_REFUNDED" | "REFUNDED" | "VOIDED" | "EXPIRED";

export type OrderLineSnapshot = {
  id: OrderLineId;
  productId: ProductId | null;
  variantId: VariantId | null;
  title: string;
  quantity: number;
  currentQuantity: number;
  /** after discounts, before refunds */
  totalMinor: number;
  /** quantity times unit price */
  beforeDiscountsMinor: number;
  taxMinor: number;
  isGiftCard: boolean;
};

export type RefundSnapshot = { id: RefundId; refundedAt: Date; amountMinor: number };

export type OrderSnapshot = {
  id: OrderId;
  name: string;
  /** null: a guest */
  customer: EmbeddedCustomer | null;
  placedAt: Date;
  updatedAt: Date;
  cancelledAt: Date | null;
  isTest: boolean;
  financialStatus: FinancialStatus;
  currency: string;
  totalMinor: number;
  /** after edits, refunds and cancellation */
  revenueMinor: number;
  /** whether prices have their taxes in them */
  hasTaxIncluded: boolean;
  /** as bought, after discounts on it; and after refunds of it */
  shippingMinor: number;
  currentShippingMinor: number;
  discountMinor: number;
  refundedMinor: number;
  discountCodes: string[];
  sourceName: string | null;
  countryCode: string | null;
  lines: OrderLineSnapshot[];
  refunds: RefundSnapshot[];
};

/** As much of a customer as an order tells; never overwrites what a customer's own news said. */
export type EmbeddedCustomer = {
  id: CustomerId;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  createdAt: Date | null;
};

export type EmailConsent = "SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING" | "NOT_SUBSCRIBED" | "INVALID" | "REDACTED";

export type CustomerSnapshot = {
  id: CustomerId;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  /** null: this door does not say (webhooks carry no tags, locale, birthday, group or consent) */
  locale: string | null;
  countryCode: string | null;
  tags: string[] | null;
  /** the standard metafield `facts.birth_date` */
  birthOn: Day | null;
  /** Shopify's own group; it moves without news */
  rfmGroup: string | null;
  createdAt: Date;
  updatedAt: Date;
  consent: ConsentSnapshot | null;
};

export type ConsentSnapshot = { state: EmailConsent; updatedAt: Date | null };

export type VariantSnapshot = {
  id: VariantId;
  title: string;
  sku: string | null;
  priceMinor: number;
  /** null: unknown, or this door does not say */
  unitCostMinor: number | null;
};

export type ProductSnapshot = {
  id: ProductId;
  title: string;
  productType: string;
  vendor: string;
  status: string;
  tags: string[];
  createdAt: Date;
  updatedAt: Date;
  variants: VariantSnapshot[];
};

export type ShopSnapshot = {
  name: string;
  email: string | null;
  currency: string;
  timeZone: string;
  planName: string;
};
