// Ids at the borders: job payloads and database rows carry them as text or bigint.
import { z } from "zod";
import { parseId, type AnyId, type BuyerId, type CustomerId, type OrderId, type ShopId } from "./ids.ts";

const idSchema = <T extends AnyId>() => z.union([z.string().regex(/^-?\d{1,19}$/), z.bigint()]).transform((value): T => parseId(value));

export const shopIdSchema = idSchema<ShopId>();
export const customerIdSchema = idSchema<CustomerId>();
export const orderIdSchema = idSchema<OrderId>();
export const buyerIdSchema = idSchema<BuyerId>();
