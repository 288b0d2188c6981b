// What one request to the Admin API may see of the shop.

import type { AppIdentity } from "../context.ts";
import type { FlowInbox } from "../shop/flow.ts";
import type { Id, SandboxClock, ShopState } from "../shop/model.ts";
import type { Segments } from "../shop/segments.ts";
import { hasScope, type AccessRules } from "./access.ts";
import type { BulkOperations } from "./bulk/bulk-operations.ts";
import type { Metafields } from "./metafields.ts";
import type { ApiContext } from "./resolvers/field-table.ts";

export type ApiContextOptions = {
  state: ShopState;
  clock: SandboxClock;
  app: AppIdentity;
  access: AccessRules;
  metafields: Metafields;
  segments: Segments;
  flow: FlowInbox;
  bulkOperations: BulkOperations;
};

const VISIBLE_DAYS = 60; // of orders, without read_all_orders
const ROWS_REMEMBERED = 5_000; // per kind and request: a bulk operation meets the same products again and again

export function createApiContext({ state, clock, app, access, metafields, segments, flow, bulkOperations }: ApiContextOptions, granted: ReadonlySet<string>): ApiContext {
  const oldestVisible = new Date(clock.now().getTime() - VISIBLE_DAYS * 86_400_000).toISOString();
  return {
    state, clock, access, granted, metafields, segments, flow, bulkOperations,
    shop: state.shop(),
    app: { apiKey: app.apiKey, handle: app.handle, name: app.name },
    ordersSince: hasScope(granted, "read_all_orders") ? {} : { createdAtMin: oldestVisible },
    readProduct: rememberRows((id) => state.getProduct(id)),
    readCustomer: rememberRows((id) => state.getCustomer(id)),
    readOrder: (id) => state.getOrder(id),
  };
}

function rememberRows<T>(read: (id: Id) => T | null): (id: Id) => T | null {
  const known = new Map<Id, T | null>();
  return (id) => {
    const remembered = known.get(id);
    if (remembered !== undefined) return remembered;
    if (known.size >= ROWS_REMEMBERED) known.clear();
    const row = read(id);
    known.set(id, row);
    return row;
  };
}
