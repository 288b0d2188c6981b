// Ids at the borders: job payloads and database rows carry them as text or bigint.
import { z } from "zod";
import { parseId, type CustomerId, type ShopId } from "./ids.ts";

const MAX = 2n ** 63n - 1n; // of a bigint column

/** As pages and forms carry a number of Shopify's. */
export const idTextSchema = z.string().refine((text) => /^\d{1,19}$/.test(text) && BigInt(text) <= MAX, "no number of Shopify's");

/** PostgreSQL keeps no NUL. */
export const textSchema = z.string().refine((text) => !text.includes("\0"), "must not contain NUL");

export const shopIdSchema = z.union([z.string().regex(/^-?\d{1,19}$/), z.bigint()]).transform((value): ShopId => parseId(value));
export const customerIdSchema = z.union([z.string().regex(/^\d{1,19}$/), z.bigint()]).transform((value): CustomerId => parseId(value));
