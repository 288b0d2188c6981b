// Short news: who was deleted, merged, edited or is to be forgotten. Each throws a ParseError.
import { z } from "zod";
import type { AnyId, CustomerId, OrderId, ProductId } from "../../values/ids.ts";
import { exactId, id, optional, parseAs } from "./fields.ts";

export const parseDeletedOrder = (json: unknown): OrderId => exactId(parseAs("orders/delete", deletedBody<OrderId>(), json));
export const parseDeletedProduct = (json: unknown): ProductId => exactId(parseAs("products/delete", deletedBody<ProductId>(), json));
export const parseDeletedCustomer = (json: unknown): CustomerId => exactId(parseAs("customers/delete", deletedBody<CustomerId>(), json));
const deletedBody = <T extends AnyId>() => z.object({ id: id<T>(), admin_graphql_api_id: optional(id<T>()) });

/** orders/edited says which order, and too little of what became of it. */
export const parseEditedOrder = (json: unknown): OrderId => parseAs("orders/edited", editedBody, json).order_edit.order_id;
const editedBody = z.object({ order_edit: z.object({ order_id: id<OrderId>() }) });

/** customers/merge; null: it failed, and both are still there. */
export function parseMerge(json: unknown): { keptId: CustomerId; deletedId: CustomerId } | null {
  const { status, errors, ...ids } = parseAs("customers/merge", mergeBody, json);
  const { admin_graphql_api_customer_kept_id: keptId, admin_graphql_api_customer_deleted_id: deletedId } = ids;
  return errors.length > 0 || status === "failed" || keptId === null || deletedId === null ? null : { keptId, deletedId };
}
const mergeBody = z.object({
  admin_graphql_api_customer_kept_id: optional(id<CustomerId>()),
  admin_graphql_api_customer_deleted_id: optional(id<CustomerId>()),
  status: optional(z.string()), // the word for success is not documented, the one for failure is
  errors: z.array(z.unknown()).nullish().transform((errors) => errors ?? []),
});

/** app/scopes_update: what the merchant grants now. */
export const parseScopes = (json: unknown): string[] => parseAs("app/scopes_update", z.object({ current: z.array(z.string()) }), json).current.toSorted();

/** bulk_operations/finish: the gid of the operation, to be asked about. */
export const parseFinishedBulk = (json: unknown): string => parseAs("bulk_operations/finish", z.object({ admin_graphql_api_id: z.string() }), json).admin_graphql_api_id;

/** customers/data_request: what the merchant is to be handed. */
export function parseDataRequest(json: unknown): { requestId: bigint; customerId: CustomerId; orderIds: OrderId[] } {
  const body = parseAs("customers/data_request", dataRequestBody, json);
  return { requestId: body.data_request.id, customerId: body.customer.id, orderIds: body.orders_requested ?? [] };
}
const dataRequestBody = z.object({
  customer: z.object({ id: id<CustomerId>() }),
  orders_requested: optional(z.array(id<OrderId>())),
  data_request: z.object({ id: id<AnyId>().transform((number) => BigInt(number)) }),
});

/** customers/redact: who is to be forgotten, and which orders with them. */
export function parseRedaction(json: unknown): { customerId: CustomerId; orderIds: OrderId[] } {
  const body = parseAs("customers/redact", redactionBody, json);
  return { customerId: body.customer.id, orderIds: body.orders_to_redact ?? [] };
}
const redactionBody = z.object({ customer: z.object({ id: id<CustomerId>() }), orders_to_redact: optional(z.array(id<OrderId>())) });
