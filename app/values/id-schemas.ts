// Ids at the borders: job payloads and database rows carry them as text or bigint.
import { z } from "zod";
import { parseId, type ShopId } from "./ids.ts";

export const shopIdSchema = z.union([z.string().regex(/^-?\d{1,19}$/), z.bigint()]).transform((value): ShopId => parseId(value));
