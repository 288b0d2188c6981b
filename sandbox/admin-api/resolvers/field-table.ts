// How a field gets its value: one table per type, from a field's name to a plain function of source, arguments and context.

import type { FlowInbox } from "../../shop/flow.ts";
import type { Id, OrderFilter, ProductDoc, CustomerDoc, OrderDoc, SandboxClock, ShopDoc, ShopState } from "../../shop/model.ts";
import type { Segments } from "../../shop/segments.ts";
import type { AccessRules } from "../access.ts";
import type { BulkOperations } from "../bulk/bulk-operations.ts";
import type { Metafields } from "../metafields.ts";

export type Arguments = Readonly<Record<string, unknown>>;

/** One request's view of the shop: whose it is, what may be seen, and what was already read. */
export type ApiContext = {
  state: ShopState;
  clock: SandboxClock;
  shop: ShopDoc;
  app: { apiKey: string; handle: string; name: string };
  access: AccessRules;
  granted: ReadonlySet<string>;
  /** without read_all_orders, orders older than this do not exist */
  ordersSince: Pick<OrderFilter, "createdAtMin">;
  metafields: Metafields;
  segments: Segments;
  flow: FlowInbox;
  bulkOperations: BulkOperations;
  readProduct: (id: Id) => ProductDoc | null;
  readCustomer: (id: Id) => CustomerDoc | null;
  readOrder: (id: Id) => OrderDoc | null;
};

// The method form is checked loosely, so that a table for orders can stand in a list of tables; the schema guarantees that it only gets orders.
type Resolver<S> = { resolve(source: S, args: Arguments, context: ApiContext): unknown }["resolve"];
export type FieldTable<S = unknown> = Readonly<Record<string, Resolver<S>>>;
export type AnyResolver = Resolver<unknown>;

/** GraphQL has to know which type an object behind an interface is; who hands it over says so. */
const typeNames = new WeakMap<object, string>();

export function asNode<T extends object>(typeName: string, source: T | null): T | null {
  if (source !== null) typeNames.set(source, typeName);
  return source;
}

export const readTypeName = (source: unknown): string | undefined =>
  typeof source === "object" && source !== null ? typeNames.get(source) : undefined;

/** GraphQL's DateTime has whole seconds. */
export const toDateTime = (instant: string | null): string | null => instant?.replace(/\.\d+Z$/, "Z") ?? null;

export type Money = { minor: number; currency: string };
