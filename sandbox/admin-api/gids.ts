// Shopify's global ids, `gid://shopify/Order/123`, to and from the decimal ids of the shop; the number is never parsed.

import type { Id } from "../shop/model.ts";

export const toGid = (typeName: string, id: Id): string => `gid://shopify/${typeName}/${id}`;

export function parseGid(gid: string): { typeName: string; id: Id } | null {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)$/.exec(gid);
  return match?.[1] && match[2] && isId(match[2]) ? { typeName: match[1], id: match[2] } : null;
}

const ID_MAX = 2n ** 63n - 1n; // Shopify's ids, and SQLite's, are signed 64-bit numbers

export const isId = (text: string): boolean => /^\d{1,19}$/.test(text) && BigInt(text) <= ID_MAX;

/** Ids of one kind by their size: they may exceed what a double holds. */
export const compareIds = (a: Id, b: Id): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
