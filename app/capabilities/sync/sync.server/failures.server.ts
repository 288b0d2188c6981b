// Why the night's work broke off.
import { ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable } from "../../../shopify/errors.ts";
import type { ReconcileError } from "../model.ts";

export function codeOf(error: unknown): ReconcileError {
  if (error instanceof ShopifyUnreachable) return "unreachable";
  if (error instanceof ShopifyRefused) return "refused";
  return error instanceof ShopifyMisunderstanding ? "misunderstood" : "unknown";
}
