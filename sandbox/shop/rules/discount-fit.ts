// Whether a discount may be used on an order at all: its dates, its uses, its buyers, and what must be in the cart.

import { findDiscountByCode, findOwnCode, hasUsed } from "../discounts.ts";
import { statusOf, type CodeReason, type DiscountDoc, type RefusedCode } from "../discount-model.ts";
import type { Ledger } from "../ledger.ts";
import type { CustomerDoc, OrderLineDoc } from "../model.ts";
import { parseSegmentQuery, readSegments } from "../segments.ts";
import { sum } from "./remaining.ts";

export type Shopping = { lines: readonly OrderLineDoc[]; customer: CustomerDoc | null; email: string | null };

/** A code as somebody typed it: the discount behind it, or why there is none for them. */
export function readCode(ledger: Ledger, code: string, shopping: Shopping): DiscountDoc | RefusedCode {
  const discount = findDiscountByCode(ledger, code) ?? findOwnCode(ledger, code);
  if (discount === null) return { code: code.trim().toUpperCase(), reason: "unknown" };
  const reason = findReason(ledger, discount, shopping);
  return reason === null ? discount : { code: discount.code ?? code, reason, ...(discount.minimum ? { minimum: discount.minimum } : {}) };
}

export function findReason(ledger: Ledger, discount: DiscountDoc, shopping: Shopping): CodeReason | null {
  const status = statusOf(discount, ledger.now());
  if (status !== "ACTIVE") return status === "EXPIRED" ? "expired" : "notYet";
  if (discount.usageLimit !== null && discount.usageCount >= discount.usageLimit) return "usedUp";
  if (!isBuyer(ledger, discount, shopping.customer)) return "otherCustomer";
  if (discount.isOncePerCustomer && hasUsed(ledger, discount.id, shopping)) return "usedByCustomer";
  const entitled = shopping.lines.filter((line) => isEntitled(discount, line));
  if (entitled.length === 0) return "noItem";
  return isMinimumMet(discount, entitled) ? null : discount.minimum?.kind === "quantity" ? "minimumQuantity" : "minimumSubtotal";
}

export function isEntitled({ items }: DiscountDoc, { productId, variantId }: Pick<OrderLineDoc, "productId" | "variantId">): boolean {
  if (items.kind === "all") return true;
  return (productId !== null && items.productIds.includes(productId)) || (variantId !== null && items.variantIds.includes(variantId));
}

function isBuyer(ledger: Ledger, { buyers }: DiscountDoc, customer: CustomerDoc | null): boolean {
  if (buyers.kind === "all") return true;
  if (customer === null) return false;
  if (buyers.kind === "customers") return buyers.ids.includes(customer.id);
  return readSegments(ledger).some(({ id, query }) => buyers.ids.includes(id) && parseSegmentQuery(query)?.(customer) === true);
}

/** Counted over what the discount is for, at full prices. */
function isMinimumMet({ minimum }: DiscountDoc, entitled: readonly OrderLineDoc[]): boolean {
  if (minimum === null) return true;
  if (minimum.kind === "quantity") return sum(entitled.map(({ quantity }) => quantity)) >= minimum.quantity;
  return sum(entitled.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor)) >= minimum.minor;
}
