// What the storefront shows of metafields: those of a customer and those of the app itself, of one namespace; `$app:x` is the app's own.

import type { SandboxContext } from "../context.ts";
import type { Id } from "../shop/model.ts";
import { toGid } from "./gids.ts";
import { createMetafields, type MetafieldDoc } from "./metafields.ts";
import { installationGid } from "./resolvers/shop.ts";

export type MetafieldsByKey = Readonly<Record<string, MetafieldDoc>>;
type Source = Pick<SandboxContext, "state" | "clock">;

export const readCustomerMetafields = (source: Source, customerId: Id, namespace: string): MetafieldsByKey => readByKey(source, toGid("Customer", customerId), namespace);
export const readAppMetafields = (source: Source, namespace: string): MetafieldsByKey => readByKey(source, installationGid, namespace);

function readByKey({ state, clock }: Source, ownerGid: string, namespace: string): MetafieldsByKey {
  const metafields = createMetafields(state, clock);
  const own = metafields.resolveNamespace(namespace);
  return Object.fromEntries(metafields.list(ownerGid).filter((field) => field.namespace === own).map((field) => [field.key, field]));
}
