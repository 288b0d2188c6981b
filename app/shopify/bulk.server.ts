// Bulk operations: Shopify writes everything a query finds into one file, and we come for it later.
import { z } from "zod";
import { askShopify } from "./admin.server.ts";
import { bulkQuery, countsQuery, startBulkMutation } from "./queries/bulk.ts";

/** busy: as many as Shopify allows at once are running; invalid: it does not take our query */
export type BulkStart = { ok: true; id: string } | { ok: false; reason: "busy" | "invalid" };

/** `document` from queries/*.ts. Asking twice starts two: store the id at once. */
export async function startBulk(domain: string, document: string): Promise<BulkStart> {
  const { bulkOperationRunQuery: answer } = await askShopify(domain, startBulkMutation, { query: document }, startSchema);
  if (answer?.bulkOperation) return { ok: true, id: answer.bulkOperation.id };
  const isBusy = answer?.userErrors.some(({ code }) => code === "LIMIT_REACHED" || code === "OPERATION_IN_PROGRESS") ?? false;
  return { ok: false, reason: isBusy ? "busy" : "invalid" };
}

export type Bulk = {
  id: string;
  status: "CREATED" | "RUNNING" | "COMPLETED" | "CANCELING" | "CANCELED" | "FAILED" | "EXPIRED";
  errorCode: string | null;
  /** root objects and everything below them, so far */
  objectCount: number;
  rootObjectCount: number;
  byteCount: number | null;
  /** signed, for seven days; null: not finished, or nothing was found */
  url: string | null;
  /** what a failed one had written */
  partialUrl: string | null;
};

/** null: Shopify does not know it (any more). */
export async function readBulk(domain: string, id: string): Promise<Bulk | null> {
  const { bulkOperation: found } = await askShopify(domain, bulkQuery, { id }, readSchema);
  if (found === null) return null;
  const { fileSize, partialDataUrl, ...bulk } = found;
  return { ...bulk, byteCount: fileSize, partialUrl: partialDataUrl };
}

/** How many there are to come; null: Shopify would not count that far. */
export async function countRemote(domain: string): Promise<{ orders: number | null; customers: number | null; products: number | null }> {
  const counts = await askShopify(domain, countsQuery, {}, countsSchema);
  return { orders: counts.ordersCount?.count ?? null, customers: counts.customersCount?.count ?? null, products: counts.productsCount?.count ?? null };
}

const startSchema = z.object({
  bulkOperationRunQuery: z
    .object({ bulkOperation: z.object({ id: z.string() }).nullable(), userErrors: z.array(z.object({ code: z.string().nullable() })) })
    .nullable(),
});

const count = z.string().regex(/^\d+$/).transform(Number); // an UnsignedInt64 comes as text, and no shop has 2^53 of anything

const readSchema = z.object({
  bulkOperation: z
    .object({
      id: z.string(),
      status: z.enum(["CREATED", "RUNNING", "COMPLETED", "CANCELING", "CANCELED", "FAILED", "EXPIRED"]),
      errorCode: z.string().nullable(),
      objectCount: count,
      rootObjectCount: count,
      fileSize: count.nullable(),
      url: z.string().nullable(),
      partialDataUrl: z.string().nullable(),
    })
    .nullable(),
});

const counted = z.object({ count: z.number().int() }).nullable();
const countsSchema = z.object({ ordersCount: counted, customersCount: counted, productsCount: counted });
