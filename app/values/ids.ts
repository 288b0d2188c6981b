// Shopify's numbers as branded bigints: they exceed what a double holds, and one noun's id is not another's.

declare const noun: unique symbol;
type Id<Noun extends string> = bigint & { readonly [noun]: Noun };

export type ShopId = Id<"shop">;
export type CustomerId = Id<"customer">;
export type OrderId = Id<"order">;
export type OrderLineId = Id<"order line">;
export type RefundId = Id<"refund">;
export type ProductId = Id<"product">;
export type VariantId = Id<"variant">;
/** A customer's id, or minus the order's id for a guest. */
export type BuyerId = Id<"buyer">;
export type AnyId = ShopId | BuyerId | CustomerId | OrderId | OrderLineId | RefundId | ProductId | VariantId;

const DIGITS = /^-?\d{1,19}$/;

/** Reads `gid://shopify/Order/123`, `"123"`, `123` or `123n`. Throws a RangeError for anything else, an inexact number included. */
export function parseId<T extends AnyId>(value: unknown): T {
  if (typeof value === "bigint") return brand(value);
  if (typeof value === "number" && Number.isSafeInteger(value)) return brand(BigInt(value));
  if (typeof value === "string") {
    const digits = value.slice(value.lastIndexOf("/") + 1);
    const query = digits.indexOf("?"); // line items of some topics carry one
    const text = query === -1 ? digits : digits.slice(0, query);
    if (DIGITS.test(text)) return brand(BigInt(text));
  }
  throw new RangeError("not an id");
}

export const gid = (type: "Order" | "Customer" | "Product" | "ProductVariant", id: AnyId) => `gid://shopify/${type}/${id}`;

function brand<T extends Id<string>>(value: bigint): T {
  return value as T; // the one place where a number becomes an id
}
