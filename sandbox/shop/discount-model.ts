// What a discount of the shop is, and what one did to an order.

import type { Id, Instant } from "./model.ts";

export type DiscountBuyers = { kind: "all" } | { kind: "customers"; ids: Id[] } | { kind: "segments"; ids: Id[] };
export type DiscountItems = { kind: "all" } | { kind: "products"; productIds: Id[]; variantIds: Id[] };
export type DiscountMinimum = { kind: "subtotal"; minor: number } | { kind: "quantity"; quantity: number };
export type DiscountValue =
  /** from 0 to 1 */
  | { kind: "percentage"; share: number }
  /** on every piece, or once on all of them together */
  | { kind: "amount"; minor: number; isOnEach: boolean }
  /** free, where shipping costs no more than that */
  | { kind: "shipping"; maximumMinor: number | null };
export type DiscountClass = "order" | "product" | "shipping";

export type DiscountDoc = {
  id: Id;
  /** null: nobody types anything, it is automatic */
  code: string | null;
  title: string;
  value: DiscountValue;
  items: DiscountItems;
  buyers: DiscountBuyers;
  minimum: DiscountMinimum | null;
  isOncePerCustomer: boolean;
  usageLimit: number | null;
  /** orders it was used on; a cancelled one counts on, as a code once used stays used */
  usageCount: number;
  combinesWith: Record<DiscountClass, boolean>;
  startsAt: Instant;
  endsAt: Instant | null;
  tags: string[];
  createdAt: Instant;
  updatedAt: Instant;
};
export type DiscountWish = Omit<DiscountDoc, "id" | "usageCount" | "createdAt" | "updatedAt">;

export const classOf = ({ value, items }: Pick<DiscountDoc, "value" | "items">): DiscountClass => (value.kind === "shipping" ? "shipping" : items.kind === "all" ? "order" : "product");

export type DiscountStatus = "ACTIVE" | "EXPIRED" | "SCHEDULED";

export function statusOf({ startsAt, endsAt }: Pick<DiscountDoc, "startsAt" | "endsAt">, now: Instant): DiscountStatus {
  if (endsAt !== null && Date.parse(endsAt) <= Date.parse(now)) return "EXPIRED";
  return Date.parse(startsAt) <= Date.parse(now) ? "ACTIVE" : "SCHEDULED";
}

/** Why a code does nothing on an order. */
export type CodeReason = "unknown" | "notYet" | "expired" | "usedUp" | "usedByCustomer" | "otherCustomer" | "minimumSubtotal" | "minimumQuantity" | "noItem" | "noShipping" | "combination";
export type RefusedCode = { code: string; reason: CodeReason; minimum?: DiscountMinimum };

/** What one discount took off an order, as the order remembers it. */
export type AppliedDiscount = {
  /** as written by who made it; null: automatic */
  code: string | null;
  title: string;
  class: DiscountClass;
  value: DiscountValue;
  amountMinor: number;
};
/** Of a line: what which of its order's discounts took off it. */
export type DiscountShare = { discount: number; amountMinor: number };
